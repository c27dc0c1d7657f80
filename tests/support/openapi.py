"""The published description of the API: ``make openapi`` writes it, a test compares it."""

import json
import tempfile
from pathlib import Path

from app.main import create_app
from app.settings import Settings

PUBLISHED = Path(__file__).resolve().parents[2] / "schema" / "openapi.json"


def render() -> str:
    """The OpenAPI document of the application as it is now, as text that compares line by line."""
    with tempfile.TemporaryDirectory(prefix="cruxmap-openapi-") as folder:
        app = create_app(Settings(database_url=f"sqlite:///{folder}/empty.sqlite3"))
        description = app.openapi()
        app.state.database.dispose()
    return json.dumps(description, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PUBLISHED.write_text(render(), encoding="utf-8")
    print(f"Wrote {PUBLISHED.name}")
