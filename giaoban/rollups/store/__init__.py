"""Where facts come from: columnar files made beforehand, and what changed since, as one consistent relation.

buckets.py    which reports share files
catalogue.py  the agreement's indicators, breakdowns and regimes, read once
trees.py      the dated tree, kept in memory while its stamp stays the same
shelf.py      the files: written once, renamed into place, never changed
relations.py  files + overlay of what changed since, under one snapshot
engine.py     one DuckDB connection per thread
"""
