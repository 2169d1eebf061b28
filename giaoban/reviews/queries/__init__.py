"""Questions about reviews. reading: what stands in one; narratives: what may be taken into one;
asking: its figures, answered by the roll-up; missing: what is lacking before it is issued; tracing:
what is behind a figure; verifying: does a file still say what was issued, and is it still true."""

from giaoban.reviews.queries.reading import Body, Contents, contents, history, review_for, visible

__all__ = ["Body", "Contents", "contents", "history", "review_for", "visible"]
