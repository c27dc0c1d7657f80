"""Imports go one way."""

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
# Each package and what it may use; top-level modules (errors, settings, resources) may be used by all.
ALLOWED: dict[str, set[str]] = {
    "source": set(),
    "model": {"source"},
    "reasoning": set(),
    "analysis": {"model", "reasoning", "source"},
    "drawing": {"analysis", "model", "reasoning", "source", "urls"},
    "writeup": {"analysis", "drawing", "model", "reasoning", "source", "urls"},
    "formats": {"analysis", "model", "reasoning", "source", "urls"},
    "store": {"analysis", "formats", "model", "source"},
}
COMMON = {"errors", "settings", "resources"}


def imports(path: Path) -> set[str]:
    """The parts of app that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "app":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("app.")}
    return found


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_uses_only_what_lies_below_it(package: str) -> None:
    modules = sorted((APP / package).rglob("*.py"))
    assert modules
    for module in modules:
        beyond = imports(module) - ALLOWED[package] - COMMON - {package}
        assert not beyond, f"{module.relative_to(APP.parent)} imports {', '.join(sorted(beyond))}"


def test_only_the_store_and_the_edges_know_the_tables() -> None:
    for module in APP.rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        part = module.relative_to(APP).parts[0]
        if part not in ("store", "model"):
            assert "model.tables" not in text, f"{module} reaches for the tables"


def test_no_module_of_the_program_knows_the_bundled_thread() -> None:
    for module in APP.rglob("*.py"):
        text = module.read_text(encoding="utf-8").lower()
        for word in ("misalign", "superintelligence", "openai", "boaz", "scheming"):
            assert word not in text, f"{module} knows about {word}"
