"""giaoban verify FILE"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

SUMMARY = (
    "prove that every figure of a review file is what was issued and still true; exit 1 unless all match"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .docx, .pdf or .html that giaoban wrote")
    parser.add_argument("--all", action="store_true", help="list the figures that match, too")


def run(options: argparse.Namespace) -> int:
    """A line for each figure that does not match, then digits outside figures, then the count."""
    from django.utils.translation import gettext as _

    from giaoban.reviews.queries.verifying import check

    options.file.read_bytes()
    checked = check(options.file)
    found = checked.comparison
    for fact in [*checked.facts, *(str(fact) for fact in found.facts)]:
        print(fact)
    for verdict in found.verdicts:
        if options.all or verdict.outcome != "match":
            print(_line(verdict))
    for loose in found.loose:
        print(
            _("digits outside figures: %(text)s (%(context)s)")
            % {"text": loose.text, "context": loose.context}
        )
    print(_("%(count)s figures, %(match)s match") % {"count": len(found.verdicts), "match": found.matching})
    return 0 if checked.ok else 1


def _line(verdict: Any) -> str:
    """`figure: outcome; was X, file shows Y, today Z; who, when: what`."""
    from django.utils.translation import gettext as _

    parts = [f"{verdict.figure}: {', '.join(str(o) for o in (verdict.outcome, *verdict.also))}"]
    if verdict.outcome != "match":
        if verdict.expected or verdict.found:
            what = {"expected": verdict.expected or "—", "found": verdict.found or "—"}
            parts.append(_("issued %(expected)s, in the file %(found)s") % what)
        if verdict.now is not None:
            parts.append(_("today %(now)s") % {"now": verdict.now})
        parts += [f"{c.what} ({c.who}, {c.when})" for c in verdict.changes]
    return "; ".join(parts)
