"""The aligned TSV as one of the formats that ``aligntool convert`` reads and writes."""

from aligntool import table
from aligntool.codec import TableFormat

__all__ = ["PLUGIN"]

PLUGIN = TableFormat("tsv", (".tsv",), "the aligned TSV itself", table.read, table.write)
