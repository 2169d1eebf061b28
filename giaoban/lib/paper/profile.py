"""Layout profiles: what a paper looks like, as data in `profiles/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from giaoban.lib.paper.errors import PaperError

Limits = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style: sizes and distances in pt; None where the profile asks nothing."""

    key: str
    size: float
    sizes: Limits | None = None
    box: str = ""
    bold: bool | None = None
    italic: bool | None = None
    upper: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    first_line: bool = False
    line: bool = False
    next: bool = False
    boxed: bool = False
    heading: int = 0

    @property
    def id(self) -> str:
        """Its id in a .docx; headings are Word's own so that navigation and screen readers know them."""
        return f"GB{self.key}"


@dataclass(frozen=True, slots=True)
class Margin:
    """A margin in mm: ours, and the least and most allowed."""

    ours: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A whole layout; `verified` is False where its source could not be confirmed."""

    name: str
    title: str
    verified: bool
    font: str
    body: float
    width: float
    height: float
    header: float
    margins: Mapping[str, Margin]
    first_line_cm: tuple[float, ...]
    line_spacing: Limits
    line: float
    rule_share: Limits
    ending: str
    party_header: bool
    number: str
    open_number: str
    words: Mapping[str, Mapping[str, str]]
    styles: Mapping[str, Style]

    @property
    def text_width(self) -> float:
        """Width between the margins of an upright page, mm."""
        return self.width - self.margins["left"].ours - self.margins["right"].ours

    def word(self, key: str, language: str) -> str:
        """A fixed word of the layout in a language; English where it is not known."""
        return self.words.get(language, self.words["en"])[key]


def known() -> list[str]:
    """The names of the profiles."""
    names = (entry.name for entry in files(__package__).joinpath("profiles").iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@lru_cache(maxsize=16)
def load(name: str = "nd30", body: float | None = None) -> Profile:
    """The profile of that name, its text set in `body` points (one of its `body_sizes`)."""
    if name not in known():
        raise PaperError("profile", name=name, known=", ".join(known()))
    data = _data(name)
    size = data["body_sizes"][-1] if body is None else body
    return Profile(
        name=data["name"],
        title=data["title"],
        verified=data["verified"],
        font=data["font"]["name"],
        body=size,
        width=data["page"]["width"],
        height=data["page"]["height"],
        header=data["page"]["header"],
        margins={side: Margin(*values) for side, values in data["page"]["margins"].items()},
        first_line_cm=tuple(data["first_line_cm"]),
        line_spacing=tuple(data["line_spacing"]),
        line=data["line"],
        rule_share=tuple(data["rule_share"]),
        ending=data["ending"],
        party_header=data["party_header"],
        number=data["numbering"]["number"],
        open_number=data["numbering"]["open_number"],
        words=data["words"],
        styles={key: _style(key, style, size) for key, style in data["styles"].items()},
    )


def _data(name: str) -> dict[str, Any]:
    data = tomllib.loads(files(__package__).joinpath(f"profiles/{name}.toml").read_text("utf-8"))
    base = data.pop("base", None)
    return _merged(_data(base), data) if base else data


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        known = merged.get(key)
        merged[key] = _merged(known, value) if isinstance(known, dict) else value
    return merged


def _style(key: str, data: dict[str, Any], body: float) -> Style:
    sizes = {"body": body, "body-1": body - 1}
    names = {field.name for field in fields(Style)}
    unknown = data.keys() - names
    if unknown:
        raise ValueError(f"styles.{key} has unknown settings: {', '.join(sorted(unknown))}")
    style = Style(key=key, **{**data, "size": sizes.get(data["size"], data["size"])})
    return replace(style, sizes=tuple(data["sizes"])) if "sizes" in data else style
