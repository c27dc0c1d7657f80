"""Reading source texts: paragraphs, sentences, passages, quotations, footnotes. Pure functions.

Offsets are code points of the decoded text, used as Python slices; paragraphs are counted from 1.
"""

from app.source.duplicates import Duplicate, duplicates
from app.source.footnotes import Anchored, Footnote, Marker, anchored, footnotes, markers
from app.source.markdown import QuotedLine, quoted_lines
from app.source.normalise import Folded, UnsafeCharacter, fold, unsafe_characters
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
from app.source.quotations import Piece, Quotation, abridged, abridgements, find_quotation
from app.source.reattach import Reattachment, reattach
from app.source.repeats import Repeat, repeats
from app.source.sentences import Sentence, sentences, sentences_in

__all__ = [
    "Anchored",
    "Description",
    "Duplicate",
    "Folded",
    "Footnote",
    "Marker",
    "OffsetOutOfRange",
    "Paragraph",
    "ParagraphOutOfRange",
    "Passage",
    "PassageMismatch",
    "Piece",
    "Quotation",
    "QuoteAmbiguous",
    "QuoteNotFound",
    "QuotedLine",
    "Reattachment",
    "Repeat",
    "Sentence",
    "UnsafeCharacter",
    "abridged",
    "abridgements",
    "anchored",
    "describe",
    "duplicates",
    "find_quotation",
    "fold",
    "footnotes",
    "locate",
    "markers",
    "occurrence_of",
    "paragraph_at",
    "paragraph_numbered",
    "paragraphs",
    "quoted_lines",
    "range_of",
    "reattach",
    "repeats",
    "sentences",
    "sentences_in",
    "unsafe_characters",
    "verify",
]
