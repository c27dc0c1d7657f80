"""The whole map: an island per crux, each laid out on its own, packed side by side.

One layout of everything would be a mile of crossing lines. So each crux gathers its arguments, relations
within an island are drawn in full, and those that leave it as a badge beside their source with a faint line
to where they go. From afar each island shows what it is about (:mod:`app.drawing.overview`).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app import urls
from app.analysis import Analysis
from app.drawing import boxes, overview, render, strokes, svg
from app.drawing.boxes import DENSE, ROOMY, Box
from app.drawing.islands import APART, SCENARIOS, islands
from app.drawing.layout import Frame, Line, Placed, Plan, Point, Size, place
from app.drawing.metrics import shorten
from app.drawing.outline import outline
from app.drawing.packing import pack
from app.drawing.picture import Picture
from app.drawing.scene import Scene
from app.drawing.visible import Visible

PADDING = 18.0
CAPTION = 34.0
GAP = 36.0
ASPECT = 1.6
WIDTHS = 24
"""How many widths of the whole are tried."""


@dataclass(frozen=True)
class _Island:
    key: str
    caption: str
    members: tuple[str, ...]
    placed: Placed
    lines: tuple[tuple[str, int], ...]  # (relation, how many routed lines it has here)


def whole_scene(analysis: Analysis) -> Scene:
    """Everything that is visible."""
    shown = Visible(analysis.view)
    cruxes = sorted(key for key, node in shown.nodes.items() if node.type == "crux")
    scenarios = [node.id for node in analysis.view.scenarios if node.id in shown.nodes]
    return Scene(
        name="whole-map",
        title=f"The whole map: {analysis.view.content.info.title}",
        shown=shown,
        nodes=tuple(shown.nodes),
        relations=tuple(shown.relations),
        roots=(*scenarios, *cruxes),
    )


def whole_picture(analysis: Analysis) -> Picture:
    """Draw the whole map."""
    scene = whole_scene(analysis)
    made = {
        key: boxes.box(scene.node(key), analysis.view.words, ROOMY if scene.node(key).scenario else DENSE)
        for key in scene.nodes
    }
    made = {key: replace(box, focus=box.node.type == "crux") for key, box in made.items()}
    groups = islands(scene.shown)
    lands = [_island(scene, made, key, members) for key, members in groups.items()]
    homes = _packed(lands)
    frames: dict[str, Frame] = {}
    under, over, areas = [], [], []
    for land in lands:
        area = homes[land.key]
        dx, dy = area.x + PADDING, area.y + CAPTION
        frames |= {key: frame.moved(dx, dy) for key, frame in land.placed.frames.items()}
        areas.append(_area(land, area))
    for land in lands:
        area = homes[land.key]
        position = 0
        for key, count in land.lines:
            routes = [
                [(x + area.x + PADDING, y + area.y + CAPTION) for x, y in route]
                for route in land.placed.routes[position : position + count]
            ]
            position += count
            relation = scene.relation(key)
            if count == 1:
                routes.append(_reach(frames[render.badge_key(key)], frames[_end(scene, relation.target)]))
            below, above = strokes.draw(
                relation,
                analysis.view.words.relations[relation.type],
                routes,
                frames[render.badge_key(key)],
                _briefly(scene, key),
                far=count == 1,
            )
            under.append(below)
            over.append(above)
    drawn = [boxes.draw(made[key], frames[render.node_key(key)]) for key in scene.nodes]
    width = max((f.right for f in homes.values()), default=0) + render.MARGIN
    height = max((f.bottom for f in homes.values()), default=0) + render.MARGIN
    far = [_tile(analysis, scene, land, homes[land.key], frames) for land in lands]
    parts = (
        ("d-areas", areas),
        ("d-lines", under),
        ("d-nodes", drawn),
        ("d-badges", over),
        ("d-overview", far),
    )
    return Picture(
        name=scene.name,
        title=scene.title,
        description=f"{render.describe(scene)} Arguments are gathered by the crux that they reach first.",
        width=width,
        height=height,
        body=svg.tag("g", *(svg.tag("g", *part, class_=name) for name, part in parts), class_="d-scene"),
        kind="whole",
        outline=outline(scene),
        frames={key: frames[render.node_key(key)] for key in scene.nodes},
        badges={key: frames[render.badge_key(key)] for key in scene.relations},
    )


def _briefly(scene: Scene, key: str) -> str:
    """A relation's name here: hundreds of them are on one page, and the sentences stand beside it."""
    return scene.shown.view.words.relations[scene.relation(key).type].label


def _end(scene: Scene, target: str) -> str:
    return render.badge_key(target) if target in scene.shown.relations else render.node_key(target)


def _island(scene: Scene, made: Mapping[str, Box], key: str, members: tuple[str, ...]) -> _Island:
    """Lay out an island; what hangs together in it together, the pieces packed side by side."""
    pieces = [_piece(scene, made, piece) for piece in _pieces(scene, members)]
    sizes = {
        str(number): Size(math.ceil(placed.width), math.ceil(placed.height))
        for number, (placed, _) in enumerate(pieces)
    }
    order = sorted(sizes, key=lambda number: (-sizes[number].height, int(number)))
    area = sum((size.width + GAP) * (size.height + GAP) for size in sizes.values())
    wide = math.inf if key == SCENARIOS else math.sqrt(area * ASPECT)
    wide = min(wide, sum(size.width + GAP for size in sizes.values()))
    spots = pack({number: sizes[number] for number in order}, wide, GAP / 2)
    frames: dict[str, Frame] = {}
    routes: list[tuple[Point, ...]] = []
    lines: list[tuple[str, int]] = []
    for number, (placed, counts) in enumerate(pieces):
        spot = spots[str(number)]
        frames |= {name: frame.moved(spot.x, spot.y) for name, frame in placed.frames.items()}
        routes += [tuple((x + spot.x, y + spot.y) for x, y in route) for route in placed.routes]
        lines += counts
    right, bottom = max(spot.right for spot in spots.values()), max(spot.bottom for spot in spots.values())
    return _Island(
        key, _caption(scene, key), members, Placed(frames, {}, tuple(routes), right, bottom), tuple(lines)
    )


def _pieces(scene: Scene, members: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The members by what hangs together, through relations that stay among them."""
    inside, pieces, seen = set(members), [], set()
    for start in members:
        if start in seen:
            continue
        seen.add(start)
        piece, ring = [start], [start]
        while ring:
            for relation in scene.shown.touching(ring.pop()):
                for end in (relation.source, relation.target, scene.shown.landing(relation)):
                    if end in inside and end not in seen:
                        seen.add(end)
                        piece.append(end)
                        ring.append(end)
                if relation.target in scene.shown.relations:
                    source = scene.relation(relation.target).source
                    if source in inside and source not in seen:
                        seen.add(source)
                        piece.append(source)
                        ring.append(source)
        pieces.append(tuple(sorted(piece, key=members.index)))
    return pieces


def _piece(
    scene: Scene, made: Mapping[str, Box], members: tuple[str, ...]
) -> tuple[Placed, list[tuple[str, int]]]:
    inside = set(members)
    kinds = scene.shown.view.words.relations
    sizes: dict[str, Size] = {render.node_key(node): made[node].size for node in members}
    mine = [scene.relation(r) for r in scene.relations if scene.relation(r).source in inside]
    at_home = {r.id for r in mine}
    lines: list[Line] = []
    counts: list[tuple[str, int]] = []
    for relation in mine:
        badge = render.badge_key(relation.id)
        sizes[badge] = strokes.badge_size(kinds[relation.type])
        lines.append(Line(render.node_key(relation.source), badge))
        stays = relation.target in inside or relation.target in at_home
        if stays:
            lines.append(Line(badge, _end(scene, relation.target)))
        counts.append((relation.id, 2 if stays else 1))
    round_ = frozenset(render.badge_key(r.id) for r in mine if kinds[r.type].polarity)
    return place(Plan(sizes, lines, round=round_, between_ranks=20, between_boxes=10)), counts


def _caption(scene: Scene, key: str) -> str:
    if key == SCENARIOS:
        return "The scenarios"
    return (
        "Tied to no crux: what speaks straight to a scenario, or to nothing"
        if key == APART
        else scene.node(key).text
    )


def _packed(lands: list[_Island]) -> Mapping[str, Frame]:
    """Frames of the islands: the scenarios on top, then the large ones before the small."""
    least = overview.SMALLEST if len(lands) > 1 else (0, 0)
    sizes = {
        land.key: Size(
            max(math.ceil(land.placed.width + 2 * PADDING), least[0]),
            max(math.ceil(land.placed.height + CAPTION + PADDING), least[1] if land.key != SCENARIOS else 0),
        )
        for land in lands
    }
    order = sorted(sizes, key=lambda key: (key != SCENARIOS, key == APART, -sizes[key].height, key))
    area = sum((size.width + GAP) * (size.height + GAP) for size in sizes.values())
    tried = [
        pack({key: sizes[key] for key in order}, math.sqrt(area * ASPECT) * (0.8 + step / WIDTHS), GAP)
        for step in range(WIDTHS)
    ]
    packed = min(tried, key=_shrunk)
    return {key: frame.moved(render.MARGIN, render.MARGIN) for key, frame in packed.items()}


def _shrunk(packed: Mapping[str, Frame]) -> float:
    """How much a packing must be shrunk to fit a frame of the wanted shape."""
    right = max((frame.right for frame in packed.values()), default=0.0)
    bottom = max((frame.bottom for frame in packed.values()), default=0.0)
    return max(right / ASPECT, bottom)


def _area(land: _Island, frame: Frame) -> str:
    # Bold letters are about a seventh wider than those that are measured.
    caption = shorten(land.caption, 17 * 1.15, frame.width - 2 * PADDING)
    rect = svg.tag(
        "rect", x=frame.x, y=frame.y, width=frame.width, height=frame.height, rx=10, class_="d-area"
    )
    words = svg.text(caption, frame.x + PADDING, frame.y + 23, "d-caption d-island")
    return svg.tag("g", rect, words, class_="d-group", data_island=land.key)


def _tile(analysis: Analysis, scene: Scene, land: _Island, frame: Frame, frames: Mapping[str, Frame]) -> str:
    if land.key == SCENARIOS:
        return "".join(
            overview.letter(
                node.scenario.letter,
                f"Scenario {node.scenario.letter}: {node.text}",
                urls.node(node),
                frames[render.node_key(node.id)],
            )
            for node in map(scene.node, land.members)
            if node.scenario is not None
        )
    if land.key == APART:
        return overview.tile("Tied to no crux", _caption(scene, APART), None, frame, (), APART)
    node, terms = scene.node(land.key), analysis.view.words.stances
    stances = analysis.stances_of(land.key)
    said = [
        (topic.scenario.letter, terms[stances[topic.id].stance].sign)
        for topic in analysis.view.scenarios
        if topic.scenario is not None and topic.id in stances and stances[topic.id].stance != "none"
    ]
    name = node.crux.question if node.crux is not None else node.text
    count = len(land.members)
    whole = f"{name} {count} {'statement' if count == 1 else 'statements'}"
    return overview.tile(name, whole, urls.node(node), frame, said, land.key)


def _reach(badge: Frame, end: Frame) -> list[Point]:
    """A faint curve from a badge to a frame on another island."""
    x0, y0 = badge.middle
    x1, y1 = end.middle
    tip = _border(end, (x0, y0))
    start = _border(badge, (x1, y1))
    bend = 0.12
    dx, dy = tip[0] - start[0], tip[1] - start[1]
    return [
        start,
        (start[0] + dx / 3 - dy * bend, start[1] + dy / 3 + dx * bend),
        (start[0] + 2 * dx / 3 - dy * bend, start[1] + 2 * dy / 3 + dx * bend),
        tip,
    ]


def _border(frame: Frame, towards: Point) -> Point:
    """Where the straight line from the middle of a frame to a point leaves the frame."""
    x, y = frame.middle
    dx, dy = towards[0] - x, towards[1] - y
    if not dx and not dy:
        return x, frame.y
    scale = min(
        frame.width / 2 / abs(dx) if dx else math.inf, frame.height / 2 / abs(dy) if dy else math.inf, 1.0
    )
    return x + dx * scale, y + dy * scale
