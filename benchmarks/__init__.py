"""Benchmarks: every figure is a ratio to a peer or a limit, measured in one run (docs/reference/benchmarks.md).

world.py      the generated programme: units, indicators, months, and the value of every cell
programme.py  the same as a programme folder, and as plain integers for the peers
homes.py      homes into which the product loaded such folders
measure.py    interleaved repetitions, medians, the machine
results.py    what was measured, as JSON
page.py       prints the page from it
"""
