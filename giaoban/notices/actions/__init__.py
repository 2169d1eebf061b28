"""The verbs of notices. `post` and `tell` are what upper apps use; docs/how-to/notices.md shows them.

post: mails to anybody, with a calendar file and papers.  tell: notices in the product, and by mail to those
who want it.  Both write rows in the caller's transaction; sending begins after the commit.
"""

from giaoban.notices.actions.choosing import choose, make_feed, mark_all_read, mark_read, renew_feed
from giaoban.notices.actions.erasing import erase_old
from giaoban.notices.actions.posting import About, compose, post
from giaoban.notices.actions.returning import bring_in
from giaoban.notices.actions.sending import send_again, send_waiting, withdraw, withdraw_about
from giaoban.notices.actions.telling import tell

__all__ = [
    "About", "bring_in", "choose", "compose", "erase_old", "make_feed", "mark_all_read", "mark_read", "post",
    "renew_feed", "send_again", "send_waiting", "tell", "withdraw", "withdraw_about",
]  # fmt: skip
