"""Write docs/specimen: the bundled map's cruxes as the export gives them.

Run ``python -m tests.support.specimen`` after the seeds or the wording of the export changed.
"""

import shutil
from pathlib import Path

from app import resources
from app.analysis import analysis
from app.formats import map_files
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from app.writeup.export import export
from app.writeup.options import Options

FOLDER = Path(__file__).parents[2] / "docs" / "specimen"
FORMS = {"md": "md", "html": "html", "latex": "tex", "txt": "txt", "bibtex": "bib"}
# Where `make serve` listens: permalinks work for whoever has it running.
SITE = "http://127.0.0.1:8000"


def main() -> None:
    """Replace what is there; the same map gives the same bytes."""
    content = map_files.read(resources.path("seeds"), vocabulary())
    result = analysis(MapSnapshot(content, 1, vocabulary()))
    shutil.rmtree(FOLDER / "figures", ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for form, suffix in FORMS.items():
        # One set of drawings is enough for the repository: those of the Markdown file.
        options = Options(base_url=SITE, figures=form == "md")
        made = export(result, options, form, folder="figures" if form == "md" else None)
        (FOLDER / f"cruxes.{suffix}").write_bytes(made.content)
        for name, drawing in made.files.items():
            (FOLDER / name).parent.mkdir(exist_ok=True)
            (FOLDER / name).write_bytes(drawing)
    print(f"Wrote {sum(1 for path in FOLDER.rglob('*') if path.is_file())} files to {FOLDER}.")


if __name__ == "__main__":
    main()
