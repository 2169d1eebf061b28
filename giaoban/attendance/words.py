"""The sentences that the door's script shows. {name}, {unit}, {time}, {count} are filled in there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def words() -> dict[str, Any]:
    """name -> sentence in the reader's language."""
    return {**_results(), **_states()}


def _results() -> dict[str, str]:
    return {
        "entered": _("{name} has entered."),
        "left": _("{name} has left."),
        "already": _("{name} is inside already, since {time}. If this is somebody else, find him by name."),
        "notInside": _("{name} has not entered yet. Choose “Entry” first."),
        "forged": _("This badge is not genuine. Look for the name on the list."),
        "expired": _("This badge has expired. Look for the name on the list."),
        "other": _("This badge belongs to another meeting."),
        "void": _("This badge was declared void; another one was made. Look for the name on the list."),
        "unknown": _("Nobody on the list has this code. Read it again, or look for the name."),
        "replaced": _("{name} is replaced by {other}. Find {other} by name."),
        "withdrawn": _("{name} was taken off the list. Ask the secretary."),
        "notCode": _("A code has eight letters and digits, like K7M2-9QXD."),
        "noName": _("Write the name of the person."),
        "early": _("Check-in has not opened yet; the entry is noted all the same."),
        "unchecked": _("The browser cannot check signatures on this address; the server will."),
    }


def _states() -> dict[str, str]:
    return {
        "online": _("On line"),
        "offline": _("No line"),
        "waiting": _("{count} waiting to be sent"),
        "nothingWaiting": _("everything sent"),
        "ready": _("This page also works without a line."),
        "notReady": _("Not ready for work without a line yet."),
        "insecure": _("Work without a line and the camera need an address that begins with https."),
        "closed": _("This door has been closed. Ask the secretary for another link."),
        "noCamera": _("The camera did not open. Allow it in the browser, or use the code or the name."),
        "looking": _("Hold the badge before the camera."),
        "record": _("Record"),
        "instead": _("Somebody comes instead"),
        "nobody": _("Nobody on the list fits. Try fewer letters, or “Not on the list”."),
        "more": _("… and {count} more. Write more letters."),
        "inPlaceOf": _("In the place of {name}"),
        "notListed": _("Not on the list"),
        "inside": _("inside"),
        "entry": _("entry"),
        "exit": _("exit"),
        "waitingMark": _("not sent yet"),
        "notKept": _("The server did not take {count} notes. Check these people in again."),
        "noConflicts": _("No conflicts."),
        "nothingNoted": _("Nothing noted yet."),
        "noUnit": _("Without a unit"),
        "total": _("Together"),
    }
