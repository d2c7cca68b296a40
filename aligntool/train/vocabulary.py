"""The joint subword vocabulary: one SentencePiece unigram model (Kudo and Richardson 2018) for all."""

import io
import random
from collections.abc import Iterable, Sequence
from typing import Any

from aligntool.errors import InputError

__all__ = ["BOS", "EOS", "TAG", "UNK", "Vocabulary"]

UNK, BOS, EOS = 0, 1, 2
"""Ids of ``<unk>``, ``<s>`` and ``</s>``: where CTranslate2 looks for them."""

TAG = "<BT>"
"""Piece at the head of a source that a machine wrote (Caswell et al. 2019)."""

SAMPLE = 600_000


class Vocabulary:
    """A trained SentencePiece model.

    Args:
        model: The serialised SentencePiece model, as in a package's ``sentencepiece.model``.
    """

    def __init__(self, model: bytes) -> None:
        import sentencepiece  # noqa: PLC0415 - heavy, and only training needs it

        self.model = model
        self._processor: Any = sentencepiece.SentencePieceProcessor(model_proto=model)

    @classmethod
    def train(cls, texts: Sequence[str], size: int, seed: int = 1) -> "Vocabulary":
        """Learn a vocabulary.

        Args:
            texts: Sentences of all the languages, in the mixture that is to be trained on.
            size: Number of pieces; fewer come out when the texts are too few.
            seed: Chooses the sentences when there are more than needed.

        Raises:
            InputError: There is no text to learn from.
        """
        import sentencepiece  # noqa: PLC0415 - heavy, and only training needs it

        if not texts:
            raise InputError("no sentence is left to train on", "look at the report of dropped pairs above")
        sample = texts
        if len(texts) > SAMPLE:
            sample = random.Random(seed).sample(texts, SAMPLE)  # noqa: S311 - not for secrets
        out = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(sample),
            model_writer=out,
            vocab_size=size,
            model_type="unigram",
            character_coverage=0.9999,
            byte_fallback=False,
            normalization_rule_name="nfkc",
            hard_vocab_limit=False,  # a toy corpus has no 12,000 pieces in it
            unk_id=UNK,
            bos_id=BOS,
            eos_id=EOS,
            pad_id=-1,
            user_defined_symbols=[TAG],
            num_threads=2,
            minloglevel=2,
        )
        return cls(out.getvalue())

    def __len__(self) -> int:
        return int(self._processor.get_piece_size())

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Ids of each text's pieces, without begin and end."""
        ids: list[list[int]] = self._processor.encode(list(texts), num_threads=2)
        return ids

    def pieces(self) -> list[str]:
        """All the pieces, by id."""
        return [str(self._processor.id_to_piece(i)) for i in range(len(self))]

    def split(self, text: str) -> list[str]:
        """The pieces of one text."""
        return [str(piece) for piece in self._processor.encode(text, out_type=str)]

    def join(self, pieces: Iterable[str]) -> str:
        """The text that the pieces spell."""
        return str(self._processor.decode(list(pieces)))
