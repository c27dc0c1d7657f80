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
from app.formats.exchange import Imported
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
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


def bring(form: str, data: bytes, path: Path) -> tuple[float, float, Imported]:
    """Seconds to read a file and to store it in a new map, and what was read."""
    reading, (_, imported) = timed(lambda: registry.read(data, f"debate.{form}", form))
    database = Database(f"sqlite:///{path}")
    prepare(database)
    storing, _ = timed(lambda: bring_in(database, imported.content, prefix="b", who="bench", why="bench"))
    database.dispose()
    return reading, storing, imported


def official(data: bytes, folder: Path) -> float | None:
    """Seconds Argdown's own tool takes to read the same file, or None where it is not installed."""
    tool = shutil.which(os.environ.get("ARGDOWN_CLI", "argdown"))
    if tool is None:
        return None
    path = folder / "debate.argdown"
    path.write_bytes(data)
    command = [tool, "json", str(path), "--stdout", "--silent"]
    seconds, done = timed(lambda: subprocess.run(command, capture_output=True, check=True))
    found = len(json.loads(done.stdout)["statements"])
    if found != STATEMENTS:
        raise RuntimeError(f"Argdown's own tool found {found:,} statements")
    return float(seconds)


def against_official(folder: Path) -> str:
    """The ratio of our times to those of Argdown's own tool: the best of three, taken in turns."""
    data = argdown()
    reads, imports, others = [], [], []
    for turn in range(3):
        other = official(data, folder)
        if other is None:
            return "argdown's own tool is not installed (npm install --global @argdown/cli): no ratio"
        reading, storing, _ = bring("argdown", data, folder / f"turn-{turn}.sqlite3")
        reads.append(reading)
        imports.append(reading + storing)
        others.append(other)
    return (
        f"ratio to argdown's own tool ({min(others):.2f} s): reading {min(reads) / min(others):.2f}, "
        f"the whole import, checked and stored, {min(imports) / min(others):.2f}"
    )


def main() -> None:
    """Print a line a format, and the ratio."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for form, data in (("argdown", argdown()), ("kialo", kialo()), ("xaif", xaif())):
            reading, storing, imported = bring(form, data, folder / f"{form}.sqlite3")
            print(
                f"read {form:8} {reading:6.2f} s, store {storing:6.2f} s ({imported.counts.statements:,} statements)"
            )
        result = analysis(MapSnapshot(imported.content, 1, vocabulary()))
        for found in registry.FORMATS.values():
            if found.write is not None:
                seconds, written = timed(lambda found=found: found.write(result))  # type: ignore[misc]
                print(f"write {found.name:8} {seconds:6.2f} s ({len(written.data):,} bytes)")
        print(against_official(folder))


if __name__ == "__main__":
    main()
