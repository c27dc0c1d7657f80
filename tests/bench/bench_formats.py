"""How long 10,000 statements take to read, store and write; and, where it is installed, Argdown's own tool.

Prints ratios rather than judging them: python tests/bench/bench_formats.py
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.analysis import analysis
from app.formats import registry
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.importing import bring_in
from app.store.migrate import prepare

STATEMENTS = 10_000


def argdown() -> bytes:
    """A debate with a relation a statement, most of them to an earlier one."""
    rng = random.Random(7)
    blocks = [
        f"[s{n}]: Statement {n} says something of interest.\n  {rng.choice(('+>', '->'))} [s{rng.randrange(max(n, 1))}]"
        for n in range(1, STATEMENTS)
    ]
    return "\n\n".join(["[s0]: The thesis.", *blocks]).encode()


def kialo() -> bytes:
    """The same shape as a Kialo export."""
    lines = [
        f"1.{n}. {'Pro' if n % 2 else 'Con'}: Statement {n} says something of interest."
        for n in range(1, STATEMENTS)
    ]
    return ("Discussion Title: T\n\n1. The thesis.\n" + "\n".join(lines)).encode()


def xaif() -> bytes:
    """The same shape as xAIF, each statement said by one of twenty speakers."""
    nodes: list[dict[str, Any]] = []
    edges: list[dict[str, Any]] = []
    for n in range(STATEMENTS):
        base = 4 * n
        kinds = (
            ("I", f"Statement {n}."),
            ("L", f"Speaker {n % 20} : Statement {n}."),
            ("YA", "Asserting"),
            ("RA", "Default Inference"),
        )
        nodes += [{"nodeID": base + k, "type": kind, "text": text} for k, (kind, text) in enumerate(kinds)]
        pairs = [(base + 1, base + 2), (base + 2, base)] + (
            [(base, base + 3), (base + 3, 4 * (n // 2))] if n else []
        )
        edges += [{"edgeID": len(edges) + k, "fromID": a, "toID": b} for k, (a, b) in enumerate(pairs)]
    return json.dumps({"AIF": {"nodes": nodes, "edges": edges}}).encode()


def timed(work: Any) -> tuple[float, Any]:
    """Seconds, and what the work gave."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def official(data: bytes, folder: Path) -> float | None:
    """Seconds Argdown's own tool takes for the same file, or None where it is not installed."""
    tool = shutil.which(os.environ.get("ARGDOWN_CLI", "argdown"))
    if tool is None:
        return None
    path = folder / "debate.argdown"
    path.write_bytes(data)
    seconds, done = timed(
        lambda: subprocess.run(
            [tool, "json", str(path), "--stdout", "--silent"], capture_output=True, check=False
        )
    )
    return float(seconds) if done.returncode == 0 else None


def main() -> None:
    """Print a line a format."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        reads: dict[str, float] = {}
        for form, data in (("argdown", argdown()), ("kialo", kialo()), ("xaif", xaif())):
            reading, (_, imported) = timed(
                lambda data=data, form=form: registry.read(data, f"debate.{form}", form)
            )  # type: ignore[misc]
            reads[form] = reading
            database = Database(f"sqlite:///{folder / form}.sqlite3")
            prepare(database)
            storing, _ = timed(
                lambda d=database, i=imported: bring_in(d, i.content, prefix="b", who="bench", why="bench")
            )  # type: ignore[misc]
            print(
                f"read {form:8} {reading:6.2f} s, store {storing:6.2f} s ({imported.counts.statements:,} statements)"
            )
        result = analysis(CurrentMap(database)())
        for found in registry.FORMATS.values():
            if found.write is not None:
                seconds, written = timed(lambda found=found: found.write(result))  # type: ignore[misc]
                print(f"write {found.name:8} {seconds:6.2f} s ({len(written.data):,} bytes)")
        other = official(argdown(), folder)
        if other is None:
            print("argdown's own tool is not installed (npm install --global @argdown/cli): no ratio")
        else:
            print(
                f"argdown's own tool {other:6.2f} s: {other / reads['argdown']:.1f} times as long as our reading"
            )


if __name__ == "__main__":
    main()
