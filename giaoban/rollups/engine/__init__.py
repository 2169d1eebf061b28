"""Roll-up arithmetic: pure functions over table expressions, one regime at a time.

question.py    what is asked: indicators, places, periods, breakdown, basis
tree.py        the dated tree and its succession edges, held in memory
succession.py  where a fact of one day lands when it is restated to another
placement.py   which facts count at which asked place, for each basis
handover.py    who took over from a unit that ended: a stock is handed over, not added
flatten.py     documents become facts, with the totals that follow from one complete breakdown
relations.py   small tables made in memory: spans, spots, landings, heirs
stages.py      the table expressions: facts wanted, over periods, over units
plain.py       as reported, or as of a day: facts stay with their units
restated.py    restated: facts land on other units first
partials.py    sums per place, made beforehand
finish.py      integers out of the engine to exact fractions
rollup.py      puts the above together
counting.py    reports accepted and due, on time, newest
lineage.py     which reports stand behind a figure

Days are ordinals (date.toordinal); a span of a regime is named by the ordinal of its last day.
Values are integers scaled by the indicator's decimals; nothing here is floating point.
"""
