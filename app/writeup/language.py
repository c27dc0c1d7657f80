"""English joins: statements as clauses, lists with "and", capitals and full stops where they belong.

Node texts are whole sentences written by editors. To put one into running text it must lose its full stop
and, unless it starts with a name, its capital; which words are names is learnt from the map's own texts.
"""

import re
from collections.abc import Sequence

from app.writeup.lexicon import Lexicon

_INNER_STOP = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!etc)(?<!\b[A-Z])[.!?][\"”’)]*\s+[\"“‘(]*[A-Z]")
_LEAD = re.compile(
    r"^(Arguably|Probably|Perhaps|Maybe|Realistically|Overall|Presumably|(?:As|By) an? [^,;:.]{3,40}"
    r"|(?:At|For|From|In|On|Under|With)(?: [^\s,;:.]+){1,6}), "
)
_GUESS = re.compile(r"^(?:As|By) an? ((?:[\w-]+ ){0,3})guess, ")
_NO_VERB = r"(?:this|thus|always|perhaps|besides|towards|across|sometimes|plus|versus)\b"
_COMMAND = re.compile(r"(?:imagine|suppose|consider|think of|let us) ", re.IGNORECASE)
_PRONOUNS = frozenset(["it", "that", "this", "which", "who", "there", "he", "she", "they", "we"])


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
    text = re.sub(r"[\s,;:]+\Z", "", text)
    bare = text.rstrip("\"”’)'")
    return text if bare.endswith((".", "!", "?", "…")) else f"{text}."


def capital(text: str) -> str:
    """The text with a capital first letter.

    >>> capital("the gap")
    'The gap'
    """
    return text[:1].upper() + text[1:]


def sentences(text: str) -> list[str]:
    """The sentences of a statement; abbreviations end none.

    >>> sentences("It rains. It pours, e.g. The rain in Spain.")
    ['It rains.', 'It pours, e.g. The rain in Spain.']
    """
    text, found = " ".join(text.split()), []
    while (stop := _INNER_STOP.search(text)) is not None:
        end = stop.start() + len(stop.group().split()[0])
        found.append(text[:end])
        text = text[end:].strip()
    return [*found, text]


def embeds(text: str) -> bool:
    """Whether a statement can follow "that": no question or command, and none that opens with "That"."""
    return not any(
        s.endswith(("?", "!")) or s.startswith("That ") or _COMMAND.match(_LEAD.sub("", s))
        for s in sentences(text)
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
    >>> turned("That models fail will be seen only when it is too late.")
    'It will be seen only when it is too late that models fail.'
    >>> turned("That evidence is weak.")
    'That evidence is weak.'
    """
    if not text.startswith("That ") or len(sentences(text)) > 1:
        return text
    words = unstopped(text).split()[1:]
    for at in range(len(words) - 2, 1, -1):
        if words[at] in _VERBS and words[at - 1].lower() not in _PRONOUNS:
            subject = words[:at]
            plural = subject[0].endswith("s") and not subject[0].endswith("ss")
            if plural or _VERBS & set(subject):
                return f"It {' '.join(words[at:])} that {' '.join(subject)}."
    return text


def guessed(text: str) -> tuple[str, str]:
    """A statement that is called a guess: what kind of guess, and the rest; ("", text) of any other.

    >>> guessed("As a best guess, it rains.")
    ('best guess', 'It rains.')
    """
    found = _GUESS.match(text)
    return (f"{found.group(1)}guess", capital(text[found.end() :])) if found else ("", text)


def that(text: str, lexicon: Lexicon) -> str:
    """A statement after a verb of saying: "that the gap is bounded"; a question after a colon.

    >>> that("The gap is bounded.", Lexicon([]))
    'that the gap is bounded'
    >>> that("It is so. It is not.", Lexicon([]))
    'that it is so, and that it is not'
    """
    text = turned(text)
    if text.startswith(("Suppose that ", "Imagine that ")):
        return unstopped(text).split(" ", 1)[1]
    if not embeds(text):
        return f"this: {lexicon.lower_first(unstopped(text))}"
    return ", and ".join(f"that{_clause(sentence, lexicon)}" for sentence in sentences(text))


def _clause(sentence: str, lexicon: Lexicon) -> str:
    lead = _LEAD.match(sentence)
    if lead is None:
        return f" {lexicon.lower_first(unstopped(sentence))}"
    rest = lexicon.lower_first(capital(unstopped(sentence[lead.end() :])))
    return f", {lexicon.lower_first(lead.group(1))}, {rest}"


def whether(text: str, lexicon: Lexicon) -> str:
    """A statement after a verb of asking."""
    text = turned(text)
    if embeds(text):
        return ", and ".join(f"whether {lexicon.lower_first(unstopped(s))}" for s in sentences(text))
    return f"whether this is so: {lexicon.lower_first(unstopped(text))}"


def folded(clauses: Sequence[str]) -> list[str]:
    """Clauses that begin alike, with the beginning said once; others as they are.

    >>> folded(["that the old pier will lean", "that the old pier will sink"])
    ['that the old pier will lean', 'will sink']
    """
    split = [clause.split() for clause in clauses]
    common = 0
    while common < min(map(len, split)) and len({words[common] for words in split}) == 1:
        common += 1
    for at in range(min(common, min(map(len, split)) - 1), 2, -1):
        if all(words[at] in _VERBS for words in split):
            return [clauses[0], *(" ".join(words[at:]) for words in split[1:])]
    return list(clauses)


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
    text = re.sub(
        rf"\b{label} (?!{_NO_VERB})([a-z]+[a-rt-z]s)\b(?!['’])",
        lambda found: f"they {_plural_verb(found.group(1))}",
        text,
    )
    return re.sub(
        rf"\b{label} (?=(?:\w+ed|would|could|might|may|can|must|should|had|will|did)\b)", "they ", text
    )


def _plural_verb(verb: str) -> str:
    """ "guesses" → "guess", "says" → "say", "denies" → "deny"."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zes")) else verb[:-1]
