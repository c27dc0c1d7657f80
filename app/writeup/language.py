"""English joins: statements as clauses, lists with "and", capitals and full stops where they belong.

Node texts are whole sentences written by editors. To put one into running text it must lose its full stop
and, unless it starts with a name, its capital; which words are names is learnt from the map's own texts.
"""

import re
from collections.abc import Sequence

from app.writeup.lexicon import Lexicon

_INNER_STOP = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!etc)(?<!\b[A-Z])[.!?][\"”’)]*\s+[\"“‘(]*[A-Z]")
_ADVERB_FIRST = re.compile(r"^(Arguably|Probably|Perhaps|Maybe|Realistically|Overall|Presumably), ")


def unstopped(text: str) -> str:
    """The text without white space around it and without the full stop at its end.

    >>> unstopped("So it is. ")
    'So it is'
    >>> unstopped("And so on …")
    'And so on …'
    """
    text = " ".join(text.split())
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def stopped(text: str) -> str:
    """The text with exactly one mark at its end.

    >>> stopped("So it is"), stopped("Is it so?"), stopped("He says “no.”")
    ('So it is.', 'Is it so?', 'He says “no.”')
    """
    text = text.rstrip()
    bare = text.rstrip("\"”’)'")
    return text if bare.endswith((".", "!", "?", "…")) else f"{text.rstrip(',;:')}."


def capital(text: str) -> str:
    """The text with a capital first letter.

    >>> capital("the gap")
    'The gap'
    """
    return text[:1].upper() + text[1:]


def embeds(text: str) -> bool:
    """Whether a statement can follow "that": one sentence, not a question, not one that opens with "That"."""
    text = text.strip()
    return not (
        text.endswith(("?", "!"))
        or text.startswith(("That ", "“", '"'))
        or _INNER_STOP.search(text) is not None
    )


_VERBS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "can",
        "could",
        "may",
        "might",
        "would",
        "will",
        "must",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "shall",
        "should",
    ]
)


def turned(text: str) -> str:
    """A statement whose subject is a that-clause, with that clause at its end; others as they are.

    >>> turned("That failures are rare is reassuring.")
    'It is reassuring that failures are rare.'
    >>> turned("That evidence is weak.")
    'That evidence is weak.'
    """
    if not text.startswith("That ") or _INNER_STOP.search(text):
        return text
    subject, found, rest = unstopped(text)[5:].rpartition(" is ")
    if not found or not rest or not _VERBS & set(subject.split()):
        return text
    return f"It is {rest} that {subject}."


def that(text: str, lexicon: Lexicon) -> str:
    """A statement after a verb of saying: "that the gap is bounded"; where "that" will not do, after a colon.

    >>> that("The gap is bounded.", Lexicon([]))
    'that the gap is bounded'
    >>> that("It is so. It is not.", Lexicon([]))
    'this: it is so. It is not'
    """
    text = turned(text)
    adverb = _ADVERB_FIRST.match(text)
    if adverb is not None and embeds(text):
        return f"that, {adverb.group(1).lower()}, {lexicon.lower_first(capital(unstopped(text[adverb.end() :])))}"
    if text.startswith(("Suppose that ", "Imagine that ")):
        return unstopped(text).split(" ", 1)[1]
    if embeds(text):
        return f"that {lexicon.lower_first(unstopped(text))}"
    return f"this: {lexicon.lower_first(unstopped(text))}"


def whether(text: str, lexicon: Lexicon) -> str:
    """A statement after a verb of asking."""
    text = turned(text)
    if embeds(text):
        return f"whether {lexicon.lower_first(unstopped(text))}"
    return f"whether this is so: {lexicon.lower_first(unstopped(text))}"


def listing(items: Sequence[str], conjunction: str = "and") -> str:
    """Items with commas and a last "and".

    >>> listing(["A"]), listing(["A", "B"]), listing(["A", "B", "C"])
    ('A', 'A and B', 'A, B and C')
    """
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def number_word(count: int) -> str:
    """A small number as a word."""
    words = [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ]
    return words[count] if 0 <= count < len(words) else str(count)


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "point"), counted(3, "point")
    ('one point', 'three points')
    """
    return f"{number_word(count)} {singular if count == 1 else plural or singular + 's'}"


def own(text: str, name: str) -> str:
    """What a speaker says of themselves, without their own label where the verb allows a pronoun.

    >>> own("that commenter 8 does not know commenter 8's limits", "commenter 8")
    'that they do not know their limits'
    """
    label = re.escape(name)
    text = re.sub(rf"\b{label}['’]s\b", "their", text)
    for verb, plural in (("does", "do"), ("has", "have"), ("is", "are"), ("was", "were")):
        text = re.sub(rf"\b{label} {verb}\b", f"they {plural}", text)
    return re.sub(
        rf"\b{label} (?=(?:\w+ed|would|could|might|may|can|must|should|had|will|did)\b)", "they ", text
    )
