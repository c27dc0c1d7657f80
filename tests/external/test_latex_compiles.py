"""The LaTeX export compiles with whatever engine this machine has; a machine without one fails here."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import live

ENGINES = ("pdflatex", "xelatex", "lualatex", "tectonic")
HOST = "\\documentclass{article}\n\\begin{document}\nBefore.\n\\input{fragment}\nAfter.\n\\end{document}\n"


def engine() -> str:
    found = next((name for name in ENGINES if shutil.which(name)), None)
    if found is None:
        pytest.fail(f"none of {', '.join(ENGINES)} is installed")
    return found


def compiled(name: str, folder: Path) -> Path:
    chosen = engine()
    switches = (
        [] if chosen == "tectonic" else ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape"]
    )
    for _ in range(2):
        done = subprocess.run(
            [chosen, *switches, f"{name}.tex"], cwd=folder, capture_output=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout.decode(errors="replace")[-3000:]
    log = (folder / f"{name}.log").read_text(errors="replace") if chosen != "tectonic" else ""
    assert "undefined references" not in log
    return folder / f"{name}.pdf"


@pytest.mark.external
def test_the_seeded_maps_export_compiles_with_its_figures(seeded_url: str, tmp_path: Path) -> None:
    target = tmp_path / "cruxes.tex"
    done = live.run(
        "export", "cruxes", "--database", seeded_url, "--format", "latex", "--output", str(target)
    )
    assert done.returncode == 0, done.stderr
    assert compiled("cruxes", tmp_path).stat().st_size > 10_000


@pytest.mark.external
def test_the_fragment_compiles_inside_a_bare_article(seeded_url: str, tmp_path: Path) -> None:
    target = tmp_path / "fragment.tex"
    done = live.run(
        "export", "cruxes", "--database", seeded_url, "--format", "latex", "--fragment", "--no-figures",
        "--output", str(target),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (tmp_path / "host.tex").write_text(HOST, encoding="utf-8")
    assert compiled("host", tmp_path).stat().st_size > 10_000


@pytest.mark.external
def test_hostile_text_compiles_and_runs_nothing(tmp_path: Path) -> None:
    from app.writeup.renderers import render
    from tests.unit.writeup.samples import hostile

    text = "\\input{/etc/passwd} $x^2_3$ 50% & # ~ {a} \\end{document} \"q\" `b` <t> | [x] -- '' ,, 漢 😀 é … ⁻²³ ?` \\\\"
    (tmp_path / "hostile.tex").write_bytes(render(hostile(text), "latex"))
    assert compiled("hostile", tmp_path).stat().st_size > 1_000
