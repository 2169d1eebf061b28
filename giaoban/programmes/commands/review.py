"""giaoban review AGREEMENT"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

SUMMARY = "build the draft review of a period (the same one when repeated) and write its files"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("agreement", help="the code of the agreement")
    parser.add_argument("--period", required=True, metavar="P", help="2020, 2020-H1, 2020-Q1, 2020-03 …")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where review.docx, .pdf and .html go"
    )
    parser.add_argument(
        "--lang", choices=("vi", "en"), default="vi", help="its language (default %(default)s)"
    )
    parser.add_argument("--issue", action="store_true", help="issue it: its words and figures are frozen")


def run(options: argparse.Namespace) -> None:
    from django.utils import timezone, translation
    from django.utils.translation import gettext as _

    from giaoban.agreements.queries import articles_reviewed_yearly
    from giaoban.core.actors import System
    from giaoban.programmes.queries import agreement_named
    from giaoban.reviews.actions.building import build
    from giaoban.reviews.exports import files
    from giaoban.reviews.models import FROZEN

    agreement, by, at = agreement_named(options.agreement), System("review"), timezone.now()
    with translation.override(options.lang):
        review = build(
            agreement=agreement, period=options.period, language=options.lang,
            article=articles_reviewed_yearly(agreement).first(), by=by, at=at,
        )  # fmt: skip
    if options.issue and review.state not in FROZEN:
        review = _issued(review, by, at)
    with translation.override(options.lang):
        made = files(review, options.out)
    for path in made.values():
        print(path)
    print(_("Review %(number)s: %(state)s.") % {"number": review.pk, "state": review.get_state_display()})


def _issued(review: Any, by: Any, at: Any) -> Any:
    """Issue it; what is lacking is listed, and on a terminal the question is asked."""
    import sys

    from django.utils.translation import gettext as _

    from giaoban.core.refused import Refused
    from giaoban.reviews.actions.issuing import issue

    try:
        return issue(review=review, by=by, at=at)
    except Refused as refused:
        if refused.details.get("code") != "lacking":
            raise
        print(refused, file=sys.stderr)
        for lack in refused.details["lacking"][:100]:
            print("  " + ", ".join(f"{key} {value}" for key, value in lack.items()), file=sys.stderr)
    if sys.stdin.isatty() and input(_("Issue it all the same? [y/N] ")).strip().lower() not in (
        "y",
        "yes",
        "c",
        "có",
    ):
        raise Refused(_("It was not issued."))
    return issue(review=review, by=by, at=at, confirmed=True)
