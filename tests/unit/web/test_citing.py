"""A page is cited by its title, its permalink, the revision and its date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.citing import citation
from tests.support import bibtex

AT = "2026-11-21T09:18:00+00:00"


def cite(
    title: str, address: str = "https://map.example/nodes/x", path: str = "/nodes/x", at: str = AT
) -> tuple[str, str, dict[str, str]]:
    """The text, the key and the fields."""
    made = citation(title, "Cars & squares", address, path, 7, at)
    ((key, fields),) = bibtex.read(made.bibtex).items()
    return made.text, key, fields


def test_it_names_title_map_revision_date_and_permalink() -> None:
    text, key, fields = cite("Most customers come by car.")
    assert text == (
        "“Most customers come by car”. In: Cars & squares (argument map), revision 7 of 2026-11-21. "
        "https://map.example/nodes/x"
    )
    assert key == "nodes-x-r7"
    assert fields == {
        "title": "{Most customers come by car.}",
        "howpublished": r"In: Cars \& squares (argument map)",
        "year": "2026",
        "month": "nov",
        "note": "Revision 7 of 2026-11-21",
        "url": "https://map.example/nodes/x",
    }


@pytest.mark.parametrize(
    "title",
    ["70 % of {customers}", "an open { brace", "} a closed one", r"a \command{x} and a \ at the end\\"],
)
def test_what_bibtex_reads_as_structure_stays_text(title: str) -> None:
    _, _, fields = cite(title)
    assert bibtex.plain(fields["title"][1:-1]) == title


@given(st.text(), st.text())
def test_no_title_and_no_address_breaks_the_entry(title: str, query: str) -> None:
    _, _, fields = cite(title, f"https://map.example/matrix?{query}", f"/matrix?{query}")
    assert set(fields) == {"title", "howpublished", "year", "month", "note", "url"}
    assert fields["url"].isascii()
    assert not set('{} \\"') & set(fields["url"])


def test_a_map_without_a_date_is_cited_without_one() -> None:
    text, _, fields = cite("A title", at="")
    assert "revision 7. " in text
    assert "year" not in fields
