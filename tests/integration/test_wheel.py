"""The wheel alone is enough: installed into an empty environment, it loads its seeds and serves them."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import live

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDERS = ("schema", "seeds", "templates")


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=CHECKOUT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), ".")
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel, and the libraries of this one: all but this checkout."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, with_pip=False)
    # Paths on a .pth come last and their own .pth files are not read: the editable install stays out.
    libraries = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    Path(libraries, "libraries-of-the-tests.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip(
        "--python", str(folder / "bin" / "python"), "install", "--quiet", "--no-deps", "--no-index", str(wheel)
    )  # fmt: skip
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """An empty working directory; it must still be empty afterwards."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    yield folder
    assert list(folder.iterdir()) == []


def test_the_wheel_carries_every_data_file_of_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--", *FOLDERS], cwd=CHECKOUT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    assert tracked != [""]
    assert {f"app/_data/{name}" for name in tracked if name and (CHECKOUT / name).exists()} <= packed


def test_the_wheel_carries_nothing_but_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.namelist()
    assert {name.split("/")[0] for name in packed} == {"app", "cruxmap-0.1.0.dist-info"}
    assert [name for name in packed if "__pycache__" in name or name.endswith(".pyc")] == []


def test_the_installed_program_uses_its_own_code_and_data(environment: Path, elsewhere: Path) -> None:
    code = (
        f"import app, app.resources as r; print(app.__file__);[print(r.path(name)) for name in {FOLDERS!r}]"
    )
    python = str(environment / "bin" / "python")
    said = subprocess.run([python, "-c", code], cwd=elsewhere, capture_output=True, text=True, check=True)
    paths = [Path(line) for line in said.stdout.splitlines()]
    assert len(paths) == 4
    assert all(path.resolve().is_relative_to(environment.resolve()) for path in paths), paths


def test_the_installed_program_loads_its_seeds_and_serves_them(
    environment: Path, elsewhere: Path, tmp_path: Path
) -> None:
    command = (str(environment / "bin" / "cruxmap"),)
    database = f"sqlite:///{tmp_path / 'map.sqlite3'}"
    loaded = live.run("load", "--database", database, command=command, cwd=elsewhere)
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr

    with live.serving(database, command=command, cwd=elsewhere) as server:
        status, page = server.get("/")
        assert status == 200
        assert b"<!doctype html>" in page.lower()
        status, _ = server.get("/api/v1/openapi.json")
        assert status == 200
