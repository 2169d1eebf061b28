"""Who did it, as core needs to know it: an id and a label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """Anything that acts. `actor_id` is stable ("user:5"), `label` is for people."""

    @property
    def actor_id(self) -> str: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class System:
    """A command or a job acting for the operator of this machine; may do everything."""

    name: str

    @property
    def actor_id(self) -> str:
        return f"system:{self.name}"

    @property
    def label(self) -> str:
        return self.name
