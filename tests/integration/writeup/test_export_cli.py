"""``cruxmap export cruxes`` as a person at a terminal meets it."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from app.cli import main
from tests.support import live

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(seeded_url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command in this process: exit code, output, errors."""

    def command(*options: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["cruxmap", "export", "cruxes", "--database", seeded_url, *options])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return int(ended.value.code or 0), out, err

    return command


def cruxes(run: Run, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("--format", "json", *options)[1])["cruxes"]
    return found


def test_the_installed_program_writes_markdown_to_standard_output(seeded_url: str) -> None:
    done = live.run("export", "cruxes", "--database", seeded_url)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# ")
    assert "[^1]: " in done.stdout


def test_json_has_every_crux_of_the_map(run: Run) -> None:
    found = cruxes(run)
    assert len(found) >= 8
    assert all(crux["question"] and crux["stances"] for crux in found)


def test_one_crux_can_be_chosen(run: Run) -> None:
    chosen = cruxes(run)[-1]["id"]
    assert [crux["id"] for crux in cruxes(run, "--crux", chosen)] == [chosen]


def test_the_thread_order_follows_the_documents(run: Run) -> None:
    assert {c["id"] for c in cruxes(run, "--order", "thread")} == {c["id"] for c in cruxes(run)}


@pytest.mark.parametrize(("form", "suffix", "figure"), [("md", "md", "svg"), ("latex", "tex", "pdf")])
def test_files_have_their_figures_beside_them(
    run: Run, tmp_path: Path, form: str, suffix: str, figure: str
) -> None:
    crux = cruxes(run)[0]["id"]
    target = tmp_path / f"cruxes.{suffix}"
    code, _, err = run("--format", form, "--crux", crux, "--output", str(target))
    assert code == 0, err
    drawn = tmp_path / "cruxes-figures" / f"{crux}.{figure}"
    assert drawn.stat().st_size > 500
    assert f"cruxes-figures/{crux}.{figure}" in target.read_text(encoding="utf-8")


def test_standard_output_says_that_figures_need_a_file_or_links_them_to_the_site(run: Run) -> None:
    crux = cruxes(run)[0]["id"]
    _, out, err = run("--crux", crux)
    assert "![" not in out
    assert "--output" in err and len(err.splitlines()) == 1
    _, out, err = run("--crux", crux, "--base-url", "https://map.example")
    assert f"](<https://map.example/drawings/crux/{crux}.svg>)" in out
    assert not err
    assert not run("--crux", crux, "--no-figures")[2]


def test_a_word_document_opens(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "cruxes.docx"
    code, _, err = run("--format", "docx", "--output", str(target), "--no-figures")
    assert code == 0, err
    opened = docx.Document(io.BytesIO(target.read_bytes()))
    assert len(opened.tables) == 1
    assert any(p.style is not None and p.style.name == "Quote" for p in opened.paragraphs)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--crux", "nope"), "there is no crux 'nope'"),
        (("--participant", "nobody"), "there is no participant 'nobody'"),
        (("--points", "0"), "0 points a side"),
        (("--format", "md", "--fragment"), "only LaTeX has fragments"),
        (("--output", "/nowhere/at/all.md"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run: Run, options: tuple[str, ...], words: str) -> None:
    code, out, err = run(*options)
    assert code != 0
    assert not out
    assert words in " ".join(err.split())
    assert "Traceback" not in err


def test_the_help_shows_an_example(run: Run) -> None:
    assert "cruxmap export cruxes --format docx" in " ".join(run("--help")[1].split())
