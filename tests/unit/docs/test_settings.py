"""Every setting is documented, with the meaning the code gives it."""

from pathlib import Path

import pytest

from app.errors import InvalidInput
from app.settings import Settings, settings

TABLE = (Path(__file__).parents[3] / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_each_setting_stands_in_the_documentation(name: str) -> None:
    (row,) = [line for line in TABLE.splitlines() if line.startswith(f"| `CRUXMAP_{name.upper()}` ")]
    description = Settings.model_fields[name].description
    assert description is not None and description in row


def test_no_setting_is_documented_that_is_not_there() -> None:
    named = {line.split("`")[1] for line in TABLE.splitlines() if line.startswith("| `")}
    assert named == {f"CRUXMAP_{name.upper()}" for name in Settings.model_fields}


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRUXMAP_PORT", "8123")
    monkeypatch.setenv("CRUXMAP_VERDICT_MARGIN", "0.1")
    chosen = Settings()
    assert (chosen.port, chosen.verdict_margin) == (8123, 0.1)


def test_a_setting_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRUXMAP_PORT", "ninety")
    with pytest.raises(InvalidInput, match="CRUXMAP_PORT"):
        settings.__wrapped__()
