"""Prints docs/reference/states.md and rights.md from every app's policy.py.

Any object of a ``giaoban.<app>.policy`` module with a mapping `rights` (right ->
grants or role names) or `moves` (name -> Move) is read; apps need not know.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

STATES_HEAD = """# States and moves

A status changes only by a move: locked, checked, saved, recorded in the audit
trail and announced in one transaction. This page is printed from the tables in
each app's `policy.py`.
"""
RIGHTS_HEAD = """# Who may do what

A person holds a role in one agreement, for one unit, between two dates. Reach
says on what: *own* unit, the units *below* it, both (*subtree*), or *all* of the
agreement. An operator without an agreement acts in all of them. This page is
printed from the tables in each app's `policy.py`.
"""
ROLES = ("reporter", "verifier", "coordinator", "chair", "operator")


def policies() -> Iterator[tuple[str, str, Any]]:
    """(app, name, policy) of every table of rights or moves, in the order of the staircase."""
    from django.conf import settings

    for app in settings.GIAOBAN_APPS:
        place = f"giaoban.{app}.policy"
        if not find_spec(place):
            continue
        for name, found in vars(import_module(place)).items():
            own = type(found).__module__.startswith("giaoban.") and not isinstance(found, type)
            if name.isupper() and own and isinstance(getattr(found, "rights", None), Mapping):
                yield app, name, found


def title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def states() -> str:
    """One diagram and one table of moves per policy that has moves."""
    parts = [STATES_HEAD.rstrip()]
    for _app, name, policy in policies():
        moves = getattr(policy, "moves", {})
        if moves:
            parts += [f"\n## {title(name)}\n", diagram(moves), moves_table(moves)]
    return "\n".join(parts)


def diagram(moves: Mapping[str, Any]) -> str:
    lines = [f"    {s} --> {move.target}: {move.name}" for move in moves.values() for s in move.sources]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```", ""])


def moves_table(moves: Mapping[str, Any]) -> str:
    rows = [
        f"| {m.name} | {', '.join(m.sources)} → {m.target} | {m.right} | "
        f"{'asked for' if m.reason else ''} | {m.effect} |"
        for m in moves.values()
    ]
    return "\n".join(["| Move | From → to | Right | Reason | Effect |", "|---|---|---|---|---|", *rows, ""])


def rights() -> str:
    """One table per policy: rights down, roles across, reach in the cell."""
    parts = [RIGHTS_HEAD.rstrip()]
    for app, name, policy in policies():
        if not policy.rights:
            continue
        parts += [
            f"\n## {title(name)}\n",
            f"`giaoban/{app}/policy.py`\n",
            "| Right | " + " | ".join(title(role) for role in ROLES) + " |",
            "|---|" + "---|" * len(ROLES),
            *(rights_row(right, granted) for right, granted in policy.rights.items()),
        ]
    return "\n".join(parts)


def rights_row(right: str, granted: Any) -> str:
    reach = {str(getattr(g, "role", g)): str(getattr(g, "reach", "all")) for g in granted}
    unknown = set(reach) - set(ROLES)
    if unknown:
        raise ValueError(f"{right}: unknown roles {sorted(unknown)}")
    return f"| {right.replace('_', ' ')} | " + " | ".join(reach.get(role, "") for role in ROLES) + " |"
