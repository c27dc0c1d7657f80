"""What may be done to the map, each as a plain function: from a request to a list of changes, checked.

Services make changes; ``app.store.writing.commit`` writes them in the caller's transaction.
"""

from app.store.services.adding import add_comment
from app.store.services.drafting import Added, Author
from app.store.services.submission import CommentIn, CruxIn, NodeIn, PassageIn, RelationIn

__all__ = ["Added", "Author", "CommentIn", "CruxIn", "NodeIn", "PassageIn", "RelationIn", "add_comment"]
