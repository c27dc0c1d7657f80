"""A map as a folder of files, and back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app import resources
from app.errors import InvalidInput
from app.formats import map_dump, map_files
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from tests.support import maps


def write(folder: Path) -> Path:
    map_dump.write(maps.snapshot(), folder)
    return folder


def test_what_is_dumped_loads_equal(tmp_path: Path) -> None:
    assert map_files.read(write(tmp_path), vocabulary()) == maps.content()


def test_what_is_loaded_dumps_to_the_same_bytes(tmp_path: Path) -> None:
    first = map_dump.files(maps.snapshot())
    view = MapSnapshot(map_files.read(write(tmp_path), vocabulary()), 7, vocabulary())
    assert map_dump.files(view) == first


def test_the_bundled_map_is_written_as_dump_writes_it() -> None:
    folder = resources.path("seeds")
    view = MapSnapshot(map_files.read(folder, vocabulary()), 0, vocabulary())
    for name, body in map_dump.files(view).items():
        assert (folder / name).read_bytes() == body, (
            f"{name} is not in canonical form: load the seeds and dump them"
        )
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert names == map_dump.files(view).keys()


def test_a_dump_over_an_earlier_one_takes_away_what_is_gone(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "comments" / "c99.yaml").write_text("{}")
    write(tmp_path)
    assert not (tmp_path / "comments" / "c99.yaml").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InvalidInput, match="holds other files"):
        write(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def replacing(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            replacing("comments/c2.yaml", "type: objection", "type: idea"),
            "comments/c2.yaml:14: nodes.0.type: 'idea'",
        ),
        (
            replacing("comments/c2.yaml", "quote: They only looked", "quote: They barely looked"),
            "passage 1: ",
        ),
        (replacing("comments/c2.yaml", "paragraph: 3", "paragraph: 33"), "there is no paragraph 33"),
        (replacing("comments/c2.yaml", "target: c1-r1", "target: nowhere"), "no node or relation 'nowhere'"),
        (replacing("documents/one.txt", "cracks", "rust"), "have changed under its passages"),
        (replacing("comments/c2.yaml", "participant: bob", "participant: zed"), "no participant 'zed'"),
        (replacing("comments/c2.yaml", "nodes:", "knodes:"), "knodes"),
        (replacing("comments/c2.yaml", "id: only-above-water", "id: no-cracks"), "stands twice"),
        (replacing("map.yaml", "file: one.txt", "file: ../../etc/passwd"), "does not match"),
        (replacing("map.yaml", "file: one.txt", "file: other.txt"), "is missing"),
        (replacing("comments/c2.yaml", "nodes:", "\tnodes:"), "this is not YAML"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line(
    tmp_path: Path, change: Callable[[Path], None], said: str
) -> None:
    change(write(tmp_path))
    with pytest.raises(InvalidInput) as caught:
        map_files.read(tmp_path, vocabulary())
    assert said in str(caught.value)


def test_a_quote_that_occurs_twice_needs_its_occurrence(tmp_path: Path) -> None:
    write(tmp_path)
    replacing("comments/c1.yaml", "quote: The inspectors found no cracks", "quote: he")(tmp_path)
    with pytest.raises(InvalidInput, match="stands 3 times in paragraph 1"):
        map_files.read(tmp_path, vocabulary())


def test_a_folder_without_map_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no map files"):
        map_files.read(tmp_path, vocabulary())
    with pytest.raises(InvalidInput, match="no such file"):
        map_files.read(tmp_path / "gone", vocabulary())
