"""Public pages as bytes: made once, kept in files of the home, answered before Django, never out of date.

`journal` tells every process what changes, before it is committed; `tables` reads from a statement which rows it
reads or writes; `watching` listens on the connections; `noting` (among the models) collects what a page shows;
`shelf` keeps the bytes; `storing` makes them; `front` answers; `told` remembers which pictures are
public. docs/decisions/0021-stored-pages.md says why.
"""
