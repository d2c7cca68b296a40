"""Two versions of a text and of a table that tests compare."""

from aligntool import table
from aligntool.table import Row, Table, made, pack

DRAFT = """\
Police raid at the harbour

The chief of of police said on Monday that 12,5 tonnes of grain was seized . He go to the harbor at dawn.
Nobody knew of the ship. Its name was “Zeemeeuw” and it sailed under a flag of Liberia.

In the evening, the crew was heard by the judge. Witnesses speak of shouts, of lights and of a boat that left.

The owner denies all.
"""
CLEAN = """\
Police raid at the harbour

The head of police said on Monday that 12.5 tonnes of grain were seized. He goes to the harbour at dawn.
Its name was was “Zeemeeuw”. It sailed under the flag of Liberia.

The crew was heard by the judge in the evening. Witnesses speak of shouts, lights and a boat that left.
Nobody knew of the ship.

The owner denies everything 🚢 and says so in Arabic: أنكر المالك كل شيء.
"""
_ROWS = (
    ("Het regent.", "It rains.", "It is raining."),
    ("De wind waait.", "The wind blows.", "The wind is blowing."),
    ("Dag.", "Day.", "Goodbye."),
)


def row(number, doc="talk", **cells):
    """A row of the table, some of its cells changed."""
    src, mt, tgt = _ROWS[number - 1]
    basis = {"id": f"{doc}:{number}", "doc": doc, "src_lang": "nl", "tgt_lang": "en", "score": "1.000"}
    basis |= {"src_ids": str(number), "tgt_ids": str(number), "src": src, "mt": mt, "tgt": tgt}
    return Row(**basis | {"data": pack({"made": made(tgt)})} | cells)


def tsv(doc="talk"):
    """A table of one document as a file holds it."""
    return table.write(Table(tuple(row(number, doc) for number in (1, 2, 3))))


def bilingual():
    """A table of two documents."""
    return table.write(Table(tuple(row(number, doc) for doc in "ab" for number in (1, 2, 3))))
