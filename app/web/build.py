"""What the pages of this installation are made of, as one short hash: part of every ETag and asset URL."""

import hashlib
from functools import lru_cache

from app import resources


@lru_cache(maxsize=1)
def build() -> str:
    """Changes when a template, a style sheet, a script or any code of the program changes."""
    digest = hashlib.sha256()
    folders = (
        (resources.path("templates"), "*"),
        (resources.PACKAGE / "static", "*"),
        (resources.PACKAGE, "*.py"),
    )
    for folder, pattern in folders:
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
