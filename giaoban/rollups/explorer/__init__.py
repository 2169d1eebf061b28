"""The explorer: what is chosen in the address becomes units, periods and figures, then a table and a chart.

address.py   the query string: canonical, changed in one part
scene.py     what can be chosen in an agreement
gazetteer.py all units with their names over time, in memory
spans.py     periods as people type them: lists, ranges, quick choices
reach.py     the units whose figures a person may read
places.py    the units that stand in the rows, on the day of each period
asking.py    the one place that asks the roll-up
compare.py   the same period a year before, the period before, the target
table.py     rows, columns, totals, order, pages
drawing.py   the chart of a table
words.py     rules and notes in sentences
tracing.py   what stands behind one figure
"""
