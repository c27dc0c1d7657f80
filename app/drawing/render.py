"""From a scene to a picture: measure, lay out, draw."""

from collections.abc import Mapping, Sequence

from app.drawing import boxes, strokes, svg
from app.drawing.boxes import FOCUS, ROOMY, Box, BoxStyle
from app.drawing.layout import Frame, Line, Plan, Point, Size, place
from app.drawing.metrics import shorten
from app.drawing.outline import outline
from app.drawing.picture import Picture
from app.drawing.scene import Scene

MARGIN = 16.0
_CAPTION = 13.0


def picture(
    scene: Scene, *, style: BoxStyle = ROOMY, focus_style: BoxStyle = FOCUS, links: bool = True
) -> Picture:
    """Draw a scene: each statement to the left, what bears on it to its right."""
    made = measured(scene, style, focus_style)
    placed = place(plan(scene, made))
    frames = {key: frame.moved(MARGIN, MARGIN) for key, frame in placed.frames.items()}
    under, over = drawn_relations(scene, placed.routes, frames, links=links)
    areas = [_area(key, scene, frame.moved(MARGIN, MARGIN)) for key, frame in placed.groups.items()]
    body = svg.tag(
        "g",
        *areas,
        svg.tag("g", *under, class_="d-lines"),
        svg.tag(
            "g",
            *(boxes.draw(made[key], frames[node_key(key)], links=links) for key in scene.nodes),
            class_="d-nodes",
        ),
        svg.tag("g", *over, class_="d-badges"),
        class_="d-scene",
    )
    return Picture(
        name=scene.name,
        title=scene.title,
        description=describe(scene),
        width=placed.width + 2 * MARGIN,
        height=placed.height + 2 * MARGIN,
        body=body,
        linked=links,
        outline=outline(scene),
        frames={key: frames[node_key(key)] for key in scene.nodes},
        badges={key: frames[badge_key(key)] for key in scene.relations},
    )


def measured(scene: Scene, style: BoxStyle, focus_style: BoxStyle) -> Mapping[str, Box]:
    """The boxes of a scene."""
    words = scene.shown.view.words
    return {
        key: boxes.box(
            scene.node(key),
            words,
            focus_style if key in scene.focus else style,
            hidden=0 if key in scene.focus else scene.hidden.get(key, 0),
            focus=key in scene.focus,
        )
        for key in scene.nodes
    }


def plan(scene: Scene, made: Mapping[str, Box]) -> Plan:
    """Nodes and the badges of relations as boxes, each relation as two lines that meet at its badge.

    So a badge lies on no box and no other badge, and a relation on a relation simply ends at a badge.
    """
    kinds = scene.shown.view.words.relations
    sizes: dict[str, Size] = {node_key(key): made[key].size for key in scene.nodes}
    lines: list[Line] = []
    for key in scene.relations:
        relation = scene.relation(key)
        sizes[badge_key(key)] = strokes.badge_size(kinds[relation.type])
        target = (
            badge_key(relation.target)
            if relation.target in scene.shown.relations
            else node_key(relation.target)
        )
        back = key in scene.backwards
        lines += [Line(node_key(relation.source), badge_key(key), back), Line(badge_key(key), target, back)]
    home = {node: group for group, members in scene.groups.items() for node in members}
    groups: dict[str, list[str]] = {
        group: [node_key(n) for n in members] for group, members in scene.groups.items()
    }
    for key in scene.relations:
        if (group := home.get(scene.relation(key).source)) is not None:
            groups[group].append(badge_key(key))
    round_ = frozenset(badge_key(key) for key in scene.relations if kinds[scene.relation(key).type].polarity)
    first, last = (node_key(key) if key is not None else None for key in (scene.first, scene.last))
    return Plan(sizes, lines, groups, round_, first, last, scene.direction)


def drawn_relations(
    scene: Scene,
    routes: Sequence[Sequence[Point]],
    frames: Mapping[str, Frame],
    *,
    links: bool,
) -> tuple[list[str], list[str]]:
    """The lines and the badges of a scene whose relations were routed two lines each."""
    under, over = [], []
    for position, key in enumerate(scene.relations):
        relation = scene.relation(key)
        kind = scene.shown.view.words.relations[relation.type]
        pair = [
            [(x + MARGIN, y + MARGIN) for x, y in route] for route in routes[2 * position : 2 * position + 2]
        ]
        below, above = strokes.draw(
            relation, kind, pair, frames[badge_key(key)], in_words(scene, key), links=links
        )
        under.append(below)
        over.append(above)
    return under, over


def in_words(scene: Scene, key: str) -> str:
    """A relation of a scene in a sentence."""
    relation = scene.relation(key)
    words = scene.shown.view.words.relations
    if relation.target in scene.shown.nodes:
        target = scene.node(relation.target).text
    else:
        other = scene.relation(relation.target)
        target = f"that “{scene.node(other.source).text}” {words[other.type].label} “{scene.node(scene.shown.landing(other)).text}”"
    return strokes.describe(relation, words[relation.type], scene.node(relation.source).text, target)


def describe(scene: Scene) -> str:
    """A drawing in words for screen readers: how much there is, and the relations of what it is about."""
    words = scene.shown.view.words
    nodes = f"{len(scene.nodes)} {'statement' if len(scene.nodes) == 1 else 'statements'}"
    links = f"{len(scene.relations)} {'link' if len(scene.relations) == 1 else 'links'}"
    parts = [
        f"A drawing of {nodes} and {links} between them"
        + (", what bears on a statement to the right of it." if scene.direction == "RL" else ".")
    ]
    for key in scene.roots:
        drawn = [scene.relation(r) for r in scene.relations if scene.relation(r).target == key]
        counts: dict[str, int] = {}
        for relation in drawn:
            label = words.relations[relation.type].inverse
            counts[label] = counts.get(label, 0) + 1
        told = ", ".join(f"{label} {count}" for label, count in counts.items())
        parts.append(f"“{scene.node(key).text}”" + (f" is {told} of them." if told else "."))
    parts.append("The outline has the same content as a list.")
    return " ".join(parts)


def _area(key: str, scene: Scene, frame: Frame) -> str:
    caption = shorten(scene.captions.get(key, ""), _CAPTION, frame.width - 28)
    inset = 3.0  # neighbouring areas touch otherwise
    rect = svg.tag(
        "rect",
        x=frame.x + inset,
        y=frame.y + inset,
        width=frame.width - 2 * inset,
        height=frame.height - 2 * inset,
        rx=8,
        class_="d-area",
    )
    words = svg.text(caption, frame.x + 14, frame.y + 23, "d-caption")
    return svg.tag("g", rect, words, class_=f"d-group d-side-{key}")


def node_key(key: str) -> str:
    return f"node {key}"


def badge_key(key: str) -> str:
    return f"badge {key}"
