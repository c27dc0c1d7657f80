"""Settings, each read from an environment variable ``CRUXMAP_…`` and listed in docs/settings.md."""

from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import InvalidInput, Problem


def default_database_url() -> str:
    """An SQLite file in the user's data directory."""
    return f"sqlite:///{user_data_path('cruxmap', appauthor=False) / 'cruxmap.sqlite3'}"


class Settings(BaseSettings):
    """All settings of Cruxmap, typed. Unknown ``CRUXMAP_`` variables are ignored."""

    model_config = SettingsConfigDict(env_prefix="CRUXMAP_", frozen=True)

    database_url: str = Field(
        default_factory=default_database_url,
        description="Where the map is kept: an SQLAlchemy URL (`sqlite:///path`, `postgresql+pg8000://…`).",
    )
    host: str = Field("127.0.0.1", description="Address the server binds to; loopback unless told otherwise.")
    port: int = Field(8000, ge=0, le=65535, description="Port the server listens on; 0 picks a free one.")
    base_url: str = Field(
        "",
        description="Public address of the site, for permalinks in exports; empty: the address of the request.",
    )
    token: str = Field(
        "",
        description="A bearer token for writing; empty: one is made at the first start, printed and kept.",
    )
    allowed_hosts: str = Field(
        "",
        description="Host names the server answers to, separated by commas; empty: loopback names, or any "
        "host when bound to another address.",
    )
    max_body_bytes: int = Field(1_000_000, ge=1_000, description="Largest request body accepted, in bytes.")
    max_import_bytes: int = Field(
        4_000_000, ge=1_000, le=16 * 1024 * 1024, description="Largest map accepted for import, in bytes."
    )
    max_comment_characters: int = Field(
        100_000, ge=100, description="Longest comment body accepted, in characters."
    )
    writes_per_minute: int = Field(
        120,
        ge=0,
        description="Most writes a token may make, or an address without one try, in a minute; 0: any.",
    )
    reports_per_hour: int = Field(
        20, ge=0, description="Most misreadings an address may report in an hour; 0: any number."
    )
    verdict_margin: float = Field(
        0.05, ge=0, le=1, description="Least lead in strength for a scenario to be named the leader."
    )
    verdict_jitters: int = Field(
        200, ge=0, le=10_000, description="Number of seeded jitters of the base scores a leader must survive."
    )
    verdict_jitter_size: float = Field(
        0.2, ge=0, le=1, description="Size of a jitter: each base score moves by up to this much."
    )
    verdict_jitter_share: float = Field(
        0.8, ge=0, le=1, description="Share of the jitters in which a leader must stay the leader."
    )
    log_level: str = Field("info", description="How much the server logs: debug, info, warning or error.")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process.

    Raises
    ------
    InvalidInput : an environment variable does not make sense; names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise InvalidInput(
            [
                Problem(e["msg"], f"CRUXMAP_{str(e['loc'][0]).upper()}", "see docs/settings.md")
                for e in error.errors(include_url=False, include_input=False)
            ]
        ) from error


def sqlite_path(url: str) -> Path | None:
    """The file behind an SQLite URL; None for any other database."""
    prefix = "sqlite:///"
    return Path(url[len(prefix) :]) if url.startswith(prefix) else None
