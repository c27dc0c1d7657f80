"""The data folders are found in a checkout and in a wheel."""

from pathlib import Path

import pytest

from app import resources
from app.errors import CruxmapError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An ``app`` package in an otherwise empty folder."""
    package = tmp_path / "app"
    package.mkdir()
    monkeypatch.setattr(resources, "PACKAGE", package)
    return package


def test_this_checkout_has_all_three_folders() -> None:
    assert (resources.path("schema") / "vocabulary.toml").is_file()
    assert (resources.path("seeds") / "documents").is_dir()
    assert resources.path("templates").is_dir()


def test_in_a_checkout_the_top_level_folder_is_used(package: Path) -> None:
    (package.parent / "schema").mkdir()
    assert resources.path("schema") == package.parent / "schema"


def test_an_installed_package_prefers_its_own_data_to_a_folder_beside_it(package: Path) -> None:
    (package.parent / "schema").mkdir()
    (package / "_data" / "schema").mkdir(parents=True)
    assert resources.path("schema") == package / "_data" / "schema"


def test_an_incomplete_installation_says_what_is_missing_and_what_to_do(package: Path) -> None:
    with pytest.raises(CruxmapError, match=r"lacks its templates/ folder.*install it again"):
        resources.path("templates")
