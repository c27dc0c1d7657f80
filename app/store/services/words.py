"""The closed lists of the vocabulary as types: what validates them is what documents them."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema

from app.model.vocabulary import vocabulary


def _schema(names: Iterable[str], description: str) -> WithJsonSchema:
    schema: dict[str, Any] = {"type": "string", "enum": list(names), "description": description}
    return WithJsonSchema(schema)


def _one_of(group: str) -> AfterValidator:
    def check(value: str) -> str:
        terms = getattr(vocabulary(), group)
        if value not in terms:
            raise ValueError(f"must be one of {', '.join(terms)}")
        return value

    return AfterValidator(check)


_words = vocabulary()

NodeType = Annotated[str, _one_of("nodes"), _schema(_words.nodes, "A type of node.")]
RelationType = Annotated[str, _one_of("relations"), _schema(_words.relations, "A type of relation.")]
Attitude = Annotated[
    str, _one_of("attitudes"), _schema(_words.attitudes, "What the holder does with it in the passage.")
]
Status = Annotated[str, _one_of("statuses"), _schema(_words.statuses, "Where it stands in review.")]
Basis = Annotated[str, _one_of("bases"), _schema(_words.bases, "Whether the text says it, or an editor.")]
Attribution = Annotated[
    str, _one_of("attributions"), _schema(_words.attributions, "How it is known who speaks.")
]
CommentKind = Annotated[str, _one_of("comment_kinds"), _schema(_words.comment_kinds, "A kind of comment.")]
StanceWord = Annotated[
    str, _one_of("stances"), _schema(_words.stances, "What an argument does for a scenario.")
]
NewNodeType = Annotated[
    str,
    _one_of("nodes"),
    _schema(
        (name for name in _words.nodes if name != "scenario"),
        "A type of node. Scenarios belong to the map's files and are not added with comments.",
    ),
]
