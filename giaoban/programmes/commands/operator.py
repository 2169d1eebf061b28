"""giaoban operator EMAIL"""

from __future__ import annotations

import argparse

SUMMARY = "make a person an operator and print the link by which he signs in the first time"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="e-mail address, with which the person signs in")
    parser.add_argument("--name", help="name that others see (default: the address)")
    parser.add_argument(
        "--site", default="http://localhost:8000/", help="where people find us (default %(default)s)"
    )
    parser.add_argument(
        "--password", action="store_true", help="ask for a password here instead of printing a link"
    )


def run(options: argparse.Namespace) -> None:
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from giaoban.programmes.actions.operators import make_operator, set_password

    at = timezone.now()
    made = make_operator(email=options.email, name=options.name or options.email, site=options.site, at=at)
    if options.password:
        set_password(person=made.person, password=_asked(), at=at)
        print(_("%(email)s is an operator and signs in with this password.") % {"email": made.person.email})
    else:
        print(_("%(email)s is an operator. He sets his password here, once:") % {"email": made.person.email})
        print(made.link)


def _asked() -> str:
    """The password, typed twice or read from what is piped in."""
    import sys
    from getpass import getpass

    from django.utils.translation import gettext as _

    from giaoban.core.refused import Refused

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed = getpass(_("Password: "))
    if typed != getpass(_("Once more: ")):
        raise Refused(_("The two passwords differ."))
    return typed
