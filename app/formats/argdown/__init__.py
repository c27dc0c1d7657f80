"""Argdown (https://argdown.org): reading and writing.

The parser is our own: the official one runs on Node.js and answers with a model in which the places of
words are lost, which a map needs. It reads the language of ``@argdown/core`` 1.7 (its ``lexer.ts`` and
``parser.ts`` are the specification) and forgives a little more.
"""

from app.formats.argdown.reading import looks_like, read
from app.formats.argdown.writing import write

__all__ = ["looks_like", "read", "write"]
