"""The text of a PDF page by marked content, decoded through the fonts' own tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


@dataclass(frozen=True, slots=True)
class Marked:
    """Text drawn at one height within one piece of marked content."""

    text: str
    id: int | None
    """Number of the marked content in its page; None where it has none."""
    artifact: bool
    height: float


def page_text(page: pikepdf.Page) -> list[Marked]:
    """All text that a page draws, in the order of drawing."""
    return list(_Drawing().stream(page.obj, page.obj.get("/Resources", pikepdf.Dictionary())))


class _Drawing:
    """Follows a content stream: marked content, font, height of the line."""

    def __init__(self) -> None:
        self._fonts: dict[Any, Font] = {}
        self._marks: list[tuple[int | None, bool]] = []
        self._font: Font | None = None
        self._height = 0.0

    def stream(self, holder: Any, resources: Any) -> Iterator[Marked]:
        """The text of a page or of a form that it draws."""
        for instruction in pikepdf.parse_content_stream(holder):
            operands: Any = instruction.operands
            name = str(instruction.operator)
            if name in ("BDC", "BMC"):
                self._marks.append(self._mark(operands, resources))
            elif name == "EMC" and self._marks:
                self._marks.pop()
            elif name == "Tf":
                self._font = self._load(resources, operands[0])
            elif name == "Tm":
                self._height = float(operands[5])
            elif name in ("Td", "TD"):
                self._height += float(operands[1])
            elif name in ("Tj", "TJ", "'", '"'):
                yield self._show(operands[-1])
            elif name == "Do":
                yield from self._form(resources, operands[0])

    def _mark(self, operands: Any, resources: Any) -> tuple[int | None, bool]:
        id, artifact = self._marks[-1] if self._marks else (None, False)
        artifact = artifact or str(operands[0]) == "/Artifact"
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = resources.get("/Properties", {}).get(str(properties))
        if properties is not None and "/MCID" in properties:
            id = int(properties["/MCID"])
        return id, artifact

    def _form(self, resources: Any, name: Any) -> Iterator[Marked]:
        form = resources.get("/XObject", {}).get(str(name))
        if form is not None and form.get("/Subtype") == "/Form":
            yield from self.stream(form, form.get("/Resources", resources))

    def _load(self, resources: Any, name: Any) -> "Font":
        font = resources["/Font"][str(name)]
        key = font.objgen if font.is_indirect else id(font)
        if key not in self._fonts:
            self._fonts[key] = Font(font)
        return self._fonts[key]

    def _show(self, shown: Any) -> Marked:
        strings = shown if isinstance(shown, pikepdf.Array) else [shown]
        text = "".join(
            self._font.decode(bytes(one)) for one in strings if isinstance(one, pikepdf.String) and self._font
        )
        id, artifact = self._marks[-1] if self._marks else (None, False)
        return Marked(text, id, artifact, self._height)


class Font:
    """What the codes of a font mean."""

    def __init__(self, font: Any) -> None:
        self._size = 2 if font.get("/Subtype") == "/Type0" else 1
        table = font.get("/ToUnicode")
        self.signs = _signs(table.read_bytes()) if table is not None else {}

    def decode(self, codes: bytes) -> str:
        """The text of a string of codes; a code that means nothing known is shown as �."""
        known, size = self.signs, self._size
        numbers = [int.from_bytes(codes[n : n + size], "big") for n in range(0, len(codes), size)]
        if not known and size == 1:
            return codes.decode("latin-1")
        return "".join(known.get(number, "\ufffd") for number in numbers)


def _signs(table: bytes) -> dict[int, str]:
    """The pairs of code and text in a ToUnicode table."""
    found: dict[int, str] = {}
    for section in _SECTION.finditer(table):
        tokens = [match.group(1) if match.group(1) is not None else match.group(0)
                  for match in _HEX.finditer(section.group(2))]  # fmt: skip
        if section.group(1) == b"bfchar":
            for code, text in zip(tokens[::2], tokens[1::2], strict=False):
                found[int(code, 16)] = _text(text)
        else:
            found.update(_ranges(tokens))
    return found


def _ranges(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    n = 0
    while n + 2 < len(tokens):
        first, last = int(tokens[n], 16), int(tokens[n + 1], 16)
        if tokens[n + 2] == b"[":
            end = tokens.index(b"]", n)
            yield from zip(range(first, last + 1), map(_text, tokens[n + 3 : end]), strict=False)
            n = end + 1
        else:
            start = _text(tokens[n + 2])
            for code in range(first, last + 1):
                yield code, start[:-1] + chr(ord(start[-1]) + code - first)
            n += 3


def _text(hexed: bytes) -> str:
    return bytes.fromhex(hexed.decode()).decode("utf-16-be", "replace")
