"""``python -m app.reasoning < case.json``: evaluate a bare framework. Malformed input: one line, exit 2."""

import json
import sys

from app.errors import InvalidInput
from app.reasoning.casefile import evaluate, read_case


def main() -> int:
    """Read a case from standard input, write its evaluation to standard output."""
    try:
        case = read_case(sys.stdin.buffer.read().decode("utf-8"))
    except UnicodeDecodeError:
        return _refuse("the input is not UTF-8")
    except InvalidInput as error:
        shown, more = str(error.problems[0]), len(error.problems) - 1
        return _refuse(f"{shown} … and {more} more" if more else shown)
    if case.ignored:
        sys.stderr.write(_one_line(f"note: ignored unknown keys: {', '.join(case.ignored[:10])}"))
    json.dump(evaluate(case), sys.stdout, allow_nan=False, indent=2)
    sys.stdout.write("\n")
    return 0


def _refuse(reason: str) -> int:
    sys.stderr.write(_one_line(f"error: {reason}"))
    return 2


def _one_line(text: str) -> str:
    """One printable line of bounded length, whatever the input put into it."""
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))
    return f"{line[:500]}\n"


if __name__ == "__main__":
    raise SystemExit(main())
