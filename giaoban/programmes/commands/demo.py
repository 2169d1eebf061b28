"""giaoban demo"""

from __future__ import annotations

import argparse

SUMMARY = "make a small programme with sample figures, print who can sign in, and serve it"
HOME = "migrate"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port (default %(default)s)")
    parser.add_argument("--no-serve", action="store_true", help="only make the programme")


def run(options: argparse.Namespace) -> int:
    from giaoban.programmes.commands.serve import serve
    from giaoban.programmes.demo import build
    from giaoban.programmes.progress import shown
    from giaoban.programmes.serving import Plan

    with shown() as progress:
        people = build(progress)
    _introduce(people)
    if options.no_serve:
        return 0
    return serve(Plan(options.host, options.port, workers=1, jobs=1))


def _introduce(people: list) -> None:  # type: ignore[type-arg]
    """Who can sign in, said to be sample data."""
    from django.utils.translation import gettext as _

    from giaoban.agreements.models import Role

    print(_("SAMPLE DATA. The units are real places; every figure, sentence and account is made up."))
    print(_("Sign in as one of these, password %(password)s:") % {"password": people[0].password})
    for person in people:
        print(f"  {person.email:<30} {Role(person.role).label}", flush=True)
