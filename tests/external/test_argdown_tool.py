"""What we write opens in Argdown's own tool, without a warning and with the same words.

Needs `argdown` (npm install --global @argdown/cli) on the PATH, or its path in ARGDOWN_CLI.
"""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app import resources
from app.formats import argdown, map_files
from app.formats.exchange import clean
from app.model.records import MapContent
from app.model.vocabulary import vocabulary
from tests.support import maps
from tests.support.generated_maps import analysed, contents

pytestmark = pytest.mark.external
TOOL = os.environ.get("ARGDOWN_CLI", "argdown")


def opened(content: MapContent, folder: Path) -> dict[str, Any]:
    """What the tool makes of a map; fails on any warning."""
    path = folder / "map.argdown"
    path.write_bytes(argdown.write(analysed(content)).data)
    done = subprocess.run(
        [TOOL, "json", str(path), "--stdout", "--logParserErrors", "--throwExceptions"],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    value, end = json.JSONDecoder().raw_decode(done.stdout)
    said = done.stdout[end:] + "".join(
        line for line in done.stderr.splitlines() if not line.startswith("npm ")
    )
    assert "rror" not in said, said
    assert "arn" not in said, said
    found: dict[str, Any] = value
    return found


def agrees(content: MapContent, found: dict[str, Any]) -> None:
    """The tool finds each statement with its words, and as many relations of each kind as there are."""
    for node in content.nodes.values():
        words = [
            m.get("text", "").strip(" ")
            for m in found["statements"][node.id]["members"]
            if not m.get("isReference")
        ]
        assert [w[: len(clean(node.text))] for w in words] == [clean(node.text)]
    polar = {(r.type, r.source, r.target) for r in content.relations.values() if r.type in vocabulary().polar}
    aims = {
        r.target for r in content.relations.values() if r.type in vocabulary().polar
    } & content.relations.keys()
    through = {key for key in aims if content.relations[key].type in vocabulary().polar}
    counts = Counter(r["relationType"] for r in found["relations"])
    names = {"supports": "support", "attacks": "attack", "undercuts": "undercut"}
    if len(polar) == sum(r.type in vocabulary().polar for r in content.relations.values()):
        wanted = Counter(names[kind] for kind, _, _ in polar) + Counter({"support": len(through)})
        assert counts == wanted


def test_the_small_map_opens_without_a_warning(tmp_path: Path) -> None:
    agrees(maps.content(), opened(maps.content(), tmp_path))


def test_the_bundled_map_opens_without_a_warning(tmp_path: Path) -> None:
    content = map_files.read(resources.path("seeds"), vocabulary())
    agrees(content, opened(content, tmp_path))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=contents())
def test_whatever_the_words_are_the_tool_reads_the_same(tmp_path: Path, content: MapContent) -> None:
    agrees(content, opened(content, tmp_path))
