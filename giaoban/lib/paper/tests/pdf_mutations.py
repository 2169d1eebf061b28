"""Ways to falsify a PDF: another digit drawn, a figure no longer drawn, another manifest."""

import io
import re
from random import Random
from typing import Any

import msgspec
import pikepdf

from giaoban.lib.paper.addresses import keys_by_address, split_key
from giaoban.lib.paper.compare import Outcome
from giaoban.lib.paper.pdf import MANIFEST
from giaoban.lib.paper.pdftree import children, page_numbers
from giaoban.lib.paper.read.pdftext import Font
from giaoban.lib.paper.tests.mutations import Mutated, changed_manifest

_FONT = re.compile(rb"/(\w+) [\d.]+ Tf")
_CODES = re.compile(rb"<([0-9a-fA-F]+)>")


def falsify_pdf(data: bytes, random: Random) -> Mutated:
    """One falsification of the PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kind = random.choice(("digit", "digit", "undrawn", "manifest"))
        if kind == "manifest":
            attached = pdf.attachments[MANIFEST]
            changed, id = changed_manifest(attached.get_file().read_bytes().decode(), random)
            pdf.attachments[MANIFEST] = pikepdf.AttachedFileSpec(
                pdf, changed.encode(), description=attached.description
            )
            return _saved(pdf), id, Outcome.MANIFEST_CHANGED
        while True:
            key, page, mark = random.choice(_links(pdf))
            if _redraw(pdf.pages[page], mark, kind, random):
                outcome = Outcome.REMOVED if kind == "undrawn" else Outcome.CHANGED_IN_FILE
                return _saved(pdf), split_key(key)[0], outcome


def _saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def _links(pdf: pikepdf.Pdf) -> list[tuple[str, int, int]]:
    """Every drawn figure: its key, its page, the number of its marked content."""
    addresses = keys_by_address(msgspec.json.decode(pdf.attachments[MANIFEST].get_file().read_bytes()))
    numbers, found = page_numbers(pdf), []
    waiting: list[tuple[Any, str]] = [(pdf.Root["/StructTreeRoot"], "")]
    while waiting:
        element, key = waiting.pop()
        for child in children(element):
            if isinstance(child, int):
                if key:
                    found.append((key, numbers[element["/Pg"].objgen], child))
            elif child.get("/Type") == "/OBJR":
                key = addresses.get(str(child["/Obj"]["/A"]["/URI"]), key)
            else:
                waiting.append((child, key))
    return sorted(found)


def _redraw(page: pikepdf.Page, mark: int, kind: str, random: Random) -> bool:
    """Draw another digit in the marked content, or nothing; False where it holds no digit."""
    content = page.obj["/Contents"]
    text = content.read_bytes()
    found = re.search(rb"/MCID %d>>\s*BDC(.*?)EMC" % mark, text, re.DOTALL)
    assert found is not None
    drawn = found.group(1)
    font = Font(page.obj["/Resources"]["/Font"]["/" + _FONT.search(drawn).group(1).decode()])  # type: ignore[union-attr]
    digits = {code: sign for code, sign in font.signs.items() if sign.isdecimal()}
    codes = [
        (codes.start(1) + at, int(codes.group(1)[at : at + 4], 16))
        for codes in _CODES.finditer(drawn)
        for at in range(0, len(codes.group(1)), 4)
    ]
    held = [(at, code) for at, code in codes if code in digits]
    if not held:
        return False
    if kind == "undrawn":
        new = _CODES.sub(b"<>", drawn)
    else:
        at, code = random.choice(held)
        other = random.choice([each for each in sorted(digits) if digits[each] != digits[code]])
        new = drawn[:at] + b"%04x" % other + drawn[at + 4 :]
    content.write(text[: found.start(1)] + new + text[found.end(1) :])
    return True
