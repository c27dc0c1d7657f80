"""Which words keep their capital inside a sentence: learnt from the map's own texts."""

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MID = re.compile(r"(?<=[a-z,;][ ])([^\W\d_][\w'’-]*)")
_FUNCTION_WORDS = frozenset(
    [
        "the",
        "an",
        "this",
        "these",
        "those",
        "there",
        "it",
        "its",
        "we",
        "our",
        "you",
        "your",
        "they",
        "their",
        "he",
        "she",
        "his",
        "her",
        "one",
        "some",
        "many",
        "most",
        "much",
        "more",
        "less",
        "few",
        "no",
        "not",
        "nothing",
        "nobody",
        "none",
        "all",
        "any",
        "each",
        "every",
        "either",
        "neither",
        "both",
        "another",
        "other",
        "others",
        "such",
        "if",
        "when",
        "whenever",
        "where",
        "while",
        "as",
        "because",
        "since",
        "although",
        "though",
        "unless",
        "until",
        "once",
        "after",
        "before",
        "insofar",
        "in",
        "on",
        "at",
        "by",
        "with",
        "without",
        "within",
        "under",
        "over",
        "from",
        "to",
        "for",
        "of",
        "about",
        "among",
        "between",
        "beyond",
        "through",
        "during",
        "per",
        "and",
        "or",
        "but",
        "so",
        "yet",
        "nor",
        "then",
        "thus",
        "hence",
        "still",
        "even",
        "only",
        "also",
        "just",
        "maybe",
        "perhaps",
        "arguably",
        "probably",
        "what",
        "who",
        "which",
        "whose",
        "how",
        "why",
        "whether",
        "that",
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "has",
        "have",
        "had",
        "suppose",
        "let",
        "people",
    ]
)
_VERBS_AFTER_LETTER = frozenset(
    [
        "is",
        "was",
        "can",
        "could",
        "may",
        "might",
        "must",
        "will",
        "would",
        "has",
        "had",
        "does",
        "stays",
        "stays",
        "stands",
        "falls",
        "fails",
        "holds",
        "loses",
        "keeps",
        "breaks",
        "allows",
        "posits",
        "says",
        "and",
        "or",
        "becomes",
        "needs",
        "means",
        "remains",
        "gains",
        "goes",
        "follows",
        "requires",
    ]
)


class Lexicon:
    """Knows which sentence-opening words keep their capital, from how texts write them mid-sentence."""

    def __init__(self, texts: Iterable[str], names: Iterable[str] = ()) -> None:
        self._lower: Counter[str] = Counter()
        self._upper: Counter[str] = Counter()
        for text in texts:
            for word in _MID.findall(text):
                (self._lower if word[0].islower() else self._upper)[_bare(word)] += 1
        for name in names:
            for word in _WORD.findall(name):
                if word[0].isupper():
                    self._upper[_bare(word)] += 1000

    def lower_first(self, text: str) -> str:
        """The text as it goes on after other words: without the capital of a sentence's beginning.

        >>> Lexicon(["we think AI is here"]).lower_first("The gap is bounded.")
        'the gap is bounded.'
        >>> Lexicon([]).lower_first("Rome's bridges are fine.")
        "Rome's bridges are fine."
        """
        match = _WORD.match(text)
        if match is None:
            return text
        joins = self._joins(match.group(), text[match.end() :])
        return text[0].lower() + text[1:] if joins else text

    def _joins(self, word: str, rest: str) -> bool:
        if any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word):
            return False
        if word.startswith(("I'", "I’")) or word == "I":
            return False
        if word == "A":  # the article, or scenario A
            second = _WORD.match(rest.lstrip())
            return second is not None and second.group() not in _VERBS_AFTER_LETTER
        if len(word) == 1 or word.startswith(("A'", "A’")):
            return False
        bare = _bare(word)
        if bare in _FUNCTION_WORDS:
            return True
        lower, upper = self._lower[bare], self._upper[bare]
        if lower or upper:
            return lower >= upper
        following = rest.lstrip()
        return not following[:1].isupper() and not word.endswith(("'s", "’s"))


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")
