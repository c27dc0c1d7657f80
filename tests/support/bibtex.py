"""Reading BibTeX as strictly as BibTeX does: braces are counted, whatever stands before them."""

import re

MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}


def read(text: str) -> dict[str, dict[str, str]]:
    """The fields of every entry by its key; ValueError for anything else."""
    found: dict[str, dict[str, str]] = {}
    rest = text.strip()
    while rest:
        head = re.match(r"@[a-z]+\{([A-Za-z0-9:._-]+),\s*", rest)
        if head is None:
            raise ValueError(f"no entry begins at {rest[:40]!r}")
        if head[1] in found:
            raise ValueError(f"the key {head[1]!r} stands twice")
        fields: dict[str, str] = {}
        rest = rest[head.end() :]
        while not rest.startswith("}"):
            name = re.match(r"([a-z]+)\s*=\s*", rest)
            if name is None or name[1] in fields:
                raise ValueError(f"no new field begins at {rest[:40]!r}")
            value, rest = _value(rest[name.end() :])
            fields[name[1]] = value
            comma = re.match(r"\s*,\s*|\s*(?=\})", rest)
            if comma is None:
                raise ValueError(f"neither comma nor end at {rest[:40]!r}")
            rest = rest[comma.end() :]
        found[head[1]] = fields
        rest = rest[1:].lstrip()
    return found


def _value(rest: str) -> tuple[str, str]:
    bare = re.match(r"[a-z]+", rest)
    if bare is not None and bare[0] in MONTHS:
        return bare[0], rest[bare.end() :]
    depth = end = 0
    while end < len(rest):
        depth += (rest[end] == "{") - (rest[end] == "}")
        end += 1
        if depth == 0:
            break
    if not rest.startswith("{") or depth:
        raise ValueError(f"no value in braces at {rest[:40]!r}")
    return rest[1 : end - 1], rest[end:]


def plain(text: str) -> str:
    """A field as it is read: without commands and braces, for titles without mathematics."""
    named = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "ldots": "…"}
    text = re.sub(r"\\([a-z]+)\{\}", lambda m: named[m[1]], text.replace("``", "“").replace("''", "”"))
    return re.sub(r"\\([%&#_$])", r"\1", text)
