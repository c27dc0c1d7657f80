"""What others build with holds: the examples run, a generated client works, generated requests find nothing."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import live

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
EXAMPLES = (ROOT / "README.md").read_text(encoding="utf-8")
UNLIMITED = {
    "CRUXMAP_WRITES_PER_MINUTE": "0",
    "CRUXMAP_REPORTS_PER_HOUR": "0",
    "CRUXMAP_VERDICT_JITTERS": "5",
}


@pytest.fixture(scope="module")
def server(loaded: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.LiveServer]:
    """The real program, serving the small map to all tests here."""
    path = tmp_path_factory.mktemp("served") / "map.sqlite3"
    path.write_bytes(loaded)
    with live.serving(f"sqlite:///{path}", environment=UNLIMITED) as running:
        yield running


def block(language: str, containing: str) -> str:
    """The example in this language that contains these words."""
    blocks = re.findall(rf"```{language}\n(.*?)```", EXAMPLES, re.DOTALL)
    (found,) = (b for b in blocks if containing in b)
    return found


def test_the_documentation_of_the_api_shows_the_same_examples() -> None:
    told = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert block("bash", "/comments") in told
    assert block("python", "dry_run") in told


def test_the_curl_example_adds_a_comment(server: live.LiveServer) -> None:
    example = block("bash", "/comments")
    (data,) = re.findall(r"-d '(.*)'", example, re.DOTALL)
    if shutil.which("curl"):
        done = subprocess.run(
            ["bash", "-c", example.replace("http://127.0.0.1:8000", server.url)],
            env=os.environ | {"CRUXMAP_TOKEN": server.token},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        answer = json.loads(done.stdout)
    else:
        request = urllib.request.Request(
            f"{server.url}/api/v1/comments",
            data.encode(),
            {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as reply:
            answer = json.load(reply)
    assert answer["refs"]["early"] == "cracks-in-bridges-are-found-early"
    assert server.get(answer["comment"]["url"])[0] == 200


def test_the_python_example_tells_what_a_comment_would_change(server: live.LiveServer) -> None:
    example = block("python", "dry_run").replace("http://127.0.0.1:8000", server.url)
    done = subprocess.run(
        [sys.executable, "-c", example],
        env=os.environ | {"CRUXMAP_TOKEN": server.token},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.startswith("The comment adds its text")


def test_a_generated_client_adds_a_comment(server: live.LiveServer, tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("post_hooks: []\n")
    made = subprocess.run(
        [
            sys.executable, "-m", "openapi_python_client", "generate", "--path", str(ROOT / "schema" / "openapi.json"),
            "--config", "config.yml", "--output-path", str(tmp_path / "client"), "--meta", "none", "--fail-on-warning",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=300,
        check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    program = f"""
from client import AuthenticatedClient
from client.api.writing import add_comment
from client.api.map_ import get_node
from client.models import CommentIn, NodeIn, PassageIn, AddedShape
with AuthenticatedClient(base_url={server.url!r}, token={server.token!r}) as client:
    sent = CommentIn(
        participant="a generated client",
        body="Rust can be seen from a boat.",
        nodes=[NodeIn(ref="seen", type_="claim", text="Rust can be seen from a boat.",
                      passages=[PassageIn(quote="can be seen from a boat")])],
    )
    answer = add_comment.sync(client=client, body=sent)
    assert isinstance(answer, AddedShape), answer
    print(get_node.sync(answer.refs["seen"], client=client).text)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=120,
        check=False,
    )
    assert done.stdout == "Rust can be seen from a boat.\n", done.stderr


def test_generated_requests_find_nothing(server: live.LiveServer, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run",
            f"{server.url}/api/v1/openapi.json", "-H", f"Authorization: Bearer {server.token}",
            "--checks", "all", "--phases", "examples,fuzzing,stateful", "--max-examples", "2",
            "--seed", "1", "--warnings", "off", "--generation-database", "none",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=600,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr
