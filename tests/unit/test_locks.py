"""The locks install the same versions everywhere, from any registry."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[2]
RUNTIME = CHECKOUT / "requirements.txt"
DEVELOPMENT = CHECKOUT / "requirements-dev.txt"


def pins(lock: Path) -> list[tuple[Requirement, str]]:
    """Each requirement of a lock, with the rest of its entry."""
    text = re.sub(r"^\s*#.*\n", "", lock.read_text(), flags=re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.replace("\\\n", " ").strip())
    split = (re.split(r"\s+(?=--hash)", entry, maxsplit=1) for entry in entries)
    return [(Requirement(parts[0]), parts[1] if len(parts) > 1 else "") for parts in split]


def versions(lock: Path) -> set[tuple[str, str]]:
    return {(pin.name, str(pin.specifier)) for pin, _ in pins(lock)}


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=lambda path: path.name)
def test_a_lock_names_no_registry_and_no_path(lock: Path) -> None:
    for number, line in enumerate(lock.read_text().splitlines(), start=1):
        assert "://" not in line, f"{lock.name}:{number}"
        assert not line.startswith(("-", "/", ".")), f"{lock.name}:{number}"
        assert "(/" not in line, f"{lock.name}:{number}"


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=lambda path: path.name)
def test_a_lock_pins_and_hashes_every_package(lock: Path) -> None:
    assert len(pins(lock)) > 20
    for pin, hashes in pins(lock):
        assert re.fullmatch(r"==[^*,]+", str(pin.specifier)), pin
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", hashes), pin


def test_both_locks_agree_on_every_version() -> None:
    assert versions(RUNTIME) <= versions(DEVELOPMENT)


def test_the_runtime_lock_fits_what_the_package_asks_for() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    locked = {canonicalize_name(pin.name): pin.specifier for pin, _ in pins(RUNTIME)}
    for line in project["project"]["dependencies"]:
        wanted = Requirement(line)
        version = str(locked[canonicalize_name(wanted.name)]).removeprefix("==")
        assert wanted.specifier.contains(version), line
