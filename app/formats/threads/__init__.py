"""Comment threads from elsewhere: bytes to a neutral thread of posts, one module a form. Pure."""

from app.formats.threads.reading import FORMS, read
from app.formats.threads.thread import Post, Thread, key_of

__all__ = ["FORMS", "Post", "Thread", "key_of", "read"]
