"""Reading source texts: paragraphs, sentences, passages, quotations, footnotes. Pure functions."""

from app.source.normalise import Folded, fold
from app.source.paragraphs import (
    OffsetOutOfRange,
    Paragraph,
    ParagraphOutOfRange,
    paragraph_at,
    paragraph_numbered,
    paragraphs,
    range_of,
)
from app.source.passages import (
    Description,
    Passage,
    PassageMismatch,
    QuoteAmbiguous,
    QuoteNotFound,
    describe,
    locate,
    occurrence_of,
    verify,
)
from app.source.sentences import Sentence, sentences, sentences_in

__all__ = [
    "Description",
    "Folded",
    "OffsetOutOfRange",
    "Paragraph",
    "ParagraphOutOfRange",
    "Passage",
    "PassageMismatch",
    "QuoteAmbiguous",
    "QuoteNotFound",
    "Sentence",
    "describe",
    "fold",
    "locate",
    "occurrence_of",
    "paragraph_at",
    "paragraph_numbered",
    "paragraphs",
    "range_of",
    "sentences",
    "sentences_in",
    "verify",
]
