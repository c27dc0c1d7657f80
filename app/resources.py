"""Where the data that travels with the program lies.

In a checkout ``schema/``, ``seeds/`` and ``templates/`` are top-level folders; in an installed wheel
they lie inside the package, under ``app/_data`` (see ``force-include`` in ``pyproject.toml``).
"""

from pathlib import Path
from typing import Literal

from app.errors import CruxmapError

Folder = Literal["schema", "seeds", "templates"]

PACKAGE = Path(__file__).resolve().parent


def path(name: Folder) -> Path:
    """The folder ``name`` of this installation.

    A wheel's own copy wins, so that an installed program never picks up a folder of the same name
    that happens to lie beside ``site-packages/app``.

    Raises
    ------
    CruxmapError
        The installation is incomplete: the folder is in neither place.
    """
    for folder in (PACKAGE / "_data" / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise CruxmapError(
        f"This installation of Cruxmap lacks its {name}/ folder",
        where=str(PACKAGE),
        remedy="install it again from a complete checkout or wheel",
    )
