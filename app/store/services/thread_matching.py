"""Which post of a thread is which comment of the map, and which author which participant."""

import re
from collections.abc import Container

from app.formats.exchange import Losses
from app.formats.threads import Post, key_of
from app.formats.threads.thread import digest
from app.model.records import Comment, CommentText, Participant
from app.model.snapshot import MapSnapshot
from app.store.services.slugs import slug, unused

# Ids of fewer characters ("c1") are given anew in every thread.
_TELLING = 15


class People:
    """Participants by label; those the map does not have yet are made."""

    def __init__(self, view: MapSnapshot) -> None:
        self._all: dict[str, Participant] = dict(view.content.participants)
        self._labels: dict[str, str] = {}
        for person in self._all.values():
            self._labels.setdefault(person.label.casefold(), person.id)
        self.new: list[Participant] = []

    def of(self, author: str | None) -> str:
        """The participant with this label; for None one of its own, since nobody knows who it is."""
        if author is None:
            number = 1
            while f"unknown {number}" in self._labels:
                number += 1
            author = f"unknown {number}"
        found = self._labels.get(author.casefold())
        if found is not None:
            return self._root(found)
        person = Participant(id=unused(slug(author, "participant"), self._all), label=author)
        self._all[person.id] = person
        self._labels[author.casefold()] = person.id
        self.new.append(person)
        return person.id

    def same(self, author: str, participant: str) -> bool:
        """Whether a label is that of a participant, or of one that was merged into it or with it."""
        found = self._labels.get(author.casefold())
        return found is not None and self._root(found) == self._root(participant)

    def _root(self, key: str) -> str:
        for _ in range(20):
            into = self._all[key].merged_into
            if into is None or into not in self._all:
                break
            key = into
        return key


class Matching:
    """Finds the comments that posts are already.

    ``prefix`` begins the ids of the thread's texts; ``gone`` holds ids that are not used again.
    """

    def __init__(
        self, view: MapSnapshot, people: People, prefix: str, gone: Container[tuple[str, str]], losses: Losses
    ) -> None:
        self.view = view
        self.people = people
        self.prefix = prefix
        self.gone = gone
        self.losses = losses
        self._taken: set[str] = set()

    def comment_id(self, post: Post) -> tuple[str | None, Comment | None]:
        """The id of the post's comment and, where the map has it, the comment; no id where it has to stay out."""
        comments = self.view.content.comments
        keys = (key_of(post.id), f"{key_of(post.id)}-{digest(self.prefix, post.id)}")
        for key in keys:
            found = comments.get(key)
            if found is not None and key not in self._taken and self._same(found, post):
                self._taken.add(key)
                return key, found
        if ("comment", keys[0]) in self.gone or ("comment", keys[1]) in self.gone:
            self.losses.add("posts", "they were removed from the map for good", post.id)
            return None, None
        # Where something else has its id, a comment of another thread, it gets one of its own.
        for key in keys:
            if key not in comments and key not in self._taken:
                self._taken.add(key)
                return key, None
        self.losses.add("posts", "their id belongs to other comments of the map", post.id)
        return None, None

    def answered(self, post_id: str) -> Comment | None:
        """The comment of the map that is a post which is not in the file."""
        found = self.view.content.comments.get(key_of(post_id))
        return found if found is not None and self._of_thread(found) else None

    def needs_version(self, comment: Comment, post: Post) -> bool:
        """Whether the post has words that no version of the comment has, and may get one."""
        if self._says(comment, post.body):
            if self.view.text_of(comment) != post.body:
                self.losses.add("older texts", "the map has newer versions of these comments", comment.id)
            return False
        if comment.type != "api":
            self.losses.add("changed texts", "the comment stands in a source document", comment.id)
        elif not self.view.visible(comment):
            self.losses.add("changed texts", f"the comment is {comment.status}", comment.id)
        else:
            return True
        return False

    def _same(self, comment: Comment, post: Post) -> bool:
        if self._says(comment, post.body) or (post.url is not None and comment.source_url == post.url):
            return True
        if post.author is None:
            said_by_author = comment.attribution == "inferred"
        else:
            said_by_author = self.people.same(post.author, comment.participant)
        return said_by_author and self._of_thread(comment)

    def _of_thread(self, comment: Comment) -> bool:
        """Whether the comment's id can only be that of one post, or its text is one of this thread."""
        return len(comment.id) >= _TELLING or comment.document.startswith(f"{self.prefix}-")

    def _says(self, comment: Comment, body: str) -> bool:
        return any(self._text(version) == body for version in comment.versions)

    def _text(self, version: CommentText) -> str:
        lines = self.view.paragraphs[version.document][version.first_paragraph - 1 : version.last_paragraph]
        return self.view.content.documents[version.document].text[lines[0].start : lines[-1].end]


def stem_of(document: str) -> str:
    """What the ids of all versions of a comment's text begin with."""
    return re.sub(r"-v\d+$", "", document)
