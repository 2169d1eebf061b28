"""The peer: a DHIS2-like layout rebuilt on PostgreSQL, without its Java. Nothing of DHIS2 is copied.

tables.py  the transaction table, the resource tables, the analytics table and its indexes
build.py   fill, build, change 1 %, update
shapes.py  the questions in SQL, and the same for the product
"""
