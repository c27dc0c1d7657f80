"""What can be cited says how: each kind of page, with an entry that BibTeX reads."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from tests.support import bibtex

PAGES = (
    ("/scenarios/A", "Scenario A: "),
    ("/scenarios/A/vs/B", "Scenarios A and B side by side"),
    ("/cruxes/people-come", "People would come"),
    ("/nodes/most-by-car", "Most customers"),
    ("/relations/r-undercut", "``A count on one Saturday"),
    ("/comments/k3", "Comment k3 by "),
    ("/documents/thread", ""),
    ("/participants/doubter", "What doubter says"),
    ("/participants/doubter/vs/checker", "Doubter and checker compared"),
    ("/matrix", "Arguments"),
    ("/matrix?A=supports&type=claim", "Arguments"),
    ("/verdict", "The verdict of the map"),
)


@pytest.mark.parametrize(("path", "title"), PAGES)
def test_a_page_says_how_to_cite_it(site: TestClient, path: str, title: str) -> None:
    text = site.get(path).text
    (written,) = re.findall(r'<pre[^>]* aria-label="BibTeX">(.*?)</pre>', text, re.DOTALL)
    ((key, fields),) = bibtex.read(unescape(written)).items()
    assert fields["title"].startswith("{" + title)
    assert fields["url"] == f"https://map.example{path}"
    date = re.fullmatch(r"Revision 1 of (\d{4}-\d\d-\d\d)", fields["note"])
    assert date is not None
    assert date[1].startswith(fields["year"])
    assert key.endswith("-r1")
    assert f"revision 1 of {date[1]}. https://map.example{path}" in unescape(text)
