"""Charts as SVG and PNG, with a sentence made from the data for those who do not see them.

Colours are told apart by people who do not see all colours (Okabe and Ito); lines differ in dash and
point too, and bars of several series stand in the order of the legend.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from giaoban.lib.numbers import SEPARATORS, show
from giaoban.lib.paper.errors import PaperError

Kind = Literal["line", "bar", "grouped"]
Value = Decimal | int | None

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3), (4, 1), (1, 3), (10, 4))
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke")
FONT = "Noto Sans, DejaVu Sans, Arial, sans-serif"

_WORDS = {
    "vi": {
        "line": "Biểu đồ đường",
        "bar": "Biểu đồ cột",
        "grouped": "Biểu đồ cột nhóm",
        "range": "cao nhất {high} ({high_at}), thấp nhất {low} ({low_at})",
        "course": "từ {first} ({first_at}) đến {last} ({last_at}), cao nhất {high} ({high_at})",
        "one": "{first} ({first_at})",
        "missing": "không có số liệu: {labels}",
        "none": "không có số liệu",
        "more": "và {n} chuỗi số liệu khác",
        "unit": "đơn vị tính: {unit}",
    },
    "en": {
        "line": "Line chart",
        "bar": "Bar chart",
        "grouped": "Grouped bar chart",
        "range": "highest {high} ({high_at}), lowest {low} ({low_at})",
        "course": "from {first} ({first_at}) to {last} ({last_at}), highest {high} ({high_at})",
        "one": "{first} ({first_at})",
        "missing": "no data: {labels}",
        "none": "no data",
        "more": "and {n} more series",
        "unit": "unit: {unit}",
    },
}


@dataclass(frozen=True, slots=True)
class Series:
    """One named row of points (label, value); None leaves a gap."""

    name: str
    points: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: SVG text for pages, its sentence, and PNG bytes at double size for .docx, drawn when asked for."""

    svg: str
    alt: str
    spec: dict[str, Any]
    language: str

    @property
    def png(self) -> bytes:
        import vl_convert

        png: bytes = vl_convert.vegalite_to_png(self.spec, scale=2, format_locale=_locale(self.language))
        return png


def line(data: Sequence[Series], *, title: str, language: str, unit: str = "") -> Drawing:
    """Lines over an ordered axis such as months; several series have different dashes and points."""
    return _draw("line", data, title, language, unit)


def bar(data: Sequence[Series], *, title: str, language: str, unit: str = "") -> Drawing:
    """Horizontal bars of one series, in the given order: units, content groups."""
    return _draw("bar", data[:1], title, language, unit)


def grouped(data: Sequence[Series], *, title: str, language: str, unit: str = "") -> Drawing:
    """Bars of several series side by side: this period, the same period before, the target."""
    return _draw("grouped", data, title, language, unit)


def sentence(kind: Kind, data: Sequence[Series], *, title: str, language: str, unit: str = "") -> str:
    """The chart in words: its kind, its title and what stands out in each of the first four series."""
    words = _WORDS["vi" if language == "vi" else "en"]
    parts = [_said(kind, one, words, language) for one in data[:4]]
    if len(data) > 1:
        parts = [f"{one.name}: {part}" for one, part in zip(data, parts, strict=False)]
    if len(data) > 4:
        parts.append(words["more"].format(n=len(data) - 4))
    if unit:
        parts.append(words["unit"].format(unit=unit))
    return f"{words[kind]} “{title}”: {'; '.join(parts)}."


def _said(kind: Kind, one: Series, words: dict[str, str], language: str) -> str:
    present = [(label, value) for label, value in one.points if value is not None]
    if not present:
        return words["none"]
    high = max(present, key=lambda point: point[1])
    low = min(present, key=lambda point: point[1])
    facts = {
        f"{name}{suffix}": text
        for name, point in (("first", present[0]), ("last", present[-1]), ("high", high), ("low", low))
        for suffix, text in (("", _number(point[1], language)), ("_at", point[0]))
    }
    shape = "one" if len(present) == 1 else "course" if kind == "line" else "range"
    said = words[shape].format(**facts)
    missing = [label for label, value in one.points if value is None]
    return f"{said}; {words['missing'].format(labels=', '.join(missing))}" if missing else said


def _number(value: Decimal | int, language: str) -> str:
    exponent = Decimal(value).normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return show(value, min(decimals, 2), language)


def _draw(kind: Kind, data: Sequence[Series], title: str, language: str, unit: str) -> Drawing:
    if not any(value is not None for one in data for _, value in one.points):
        raise PaperError("chart")
    import vl_convert

    spec = _spec(kind, data, unit)
    svg = vl_convert.vegalite_to_svg(spec, format_locale=_locale(language))
    return Drawing(svg, sentence(kind, data, title=title, language=language, unit=unit), spec, language)


def _locale(language: str) -> dict[str, Any]:
    thousands, point = SEPARATORS.get(language, SEPARATORS["en"])
    return {"decimal": point, "thousands": thousands, "grouping": [3], "currency": ["", ""]}


def _spec(kind: Kind, data: Sequence[Series], unit: str) -> dict[str, Any]:
    labels = list(dict.fromkeys(label for one in data for label, _ in one.points))
    values = [
        {"label": label, "value": None if value is None else float(value), "series": one.name}
        for one in data
        for label, value in one.points
    ]
    names = [one.name for one in data]
    long = kind == "bar"
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 560,
        "height": {"step": 24} if long else 260,
        "background": "white",
        "data": {"values": values},
        "mark": _mark(kind),
        "encoding": _encoding(kind, labels, names, unit),
        "config": {
            "font": FONT,
            "axis": {
                "labelFontSize": 13,
                "titleFontSize": 13,
                "labelLimit": 260,
                "titleFontWeight": "normal",
            },
            "legend": {"labelFontSize": 13, "orient": "bottom", "title": None, "symbolSize": 120},
            "view": {"stroke": None},
        },
    }


def _mark(kind: Kind) -> dict[str, Any]:
    if kind == "line":
        return {"type": "line", "point": {"size": 50, "filled": True}, "strokeWidth": 2}
    return {"type": "bar", "stroke": "#333333", "strokeWidth": 0.5}


def _encoding(kind: Kind, labels: list[str], names: list[str], unit: str) -> dict[str, Any]:
    category: dict[str, Any] = {"field": "label", "type": "nominal", "sort": labels, "title": None}
    quantity: dict[str, Any] = {
        "field": "value",
        "type": "quantitative",
        "title": unit or None,
        "axis": {"tickCount": 6},
    }
    if kind == "bar":
        return {"y": category, "x": quantity, "color": {"value": PALETTE[0]}}
    category["axis"] = {"labelAngle": 0 if sum(map(len, labels)) < 60 else -40}
    encoding = {"x": category, "y": quantity, "color": _scale(names, PALETTE)}
    if kind == "grouped":
        return {**encoding, "xOffset": {"field": "series", "type": "nominal", "sort": names}}
    if len(names) == 1:
        return {**encoding, "color": {"value": PALETTE[0]}}
    return {**encoding, "strokeDash": _scale(names, DASHES), "shape": _scale(names, SHAPES)}


def _scale(names: list[str], choices: Sequence[Any]) -> dict[str, Any]:
    chosen = [choices[n % len(choices)] for n in range(len(names))]
    return {"field": "series", "type": "nominal", "sort": names, "scale": {"domain": names, "range": chosen}}
