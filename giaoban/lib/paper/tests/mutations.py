"""Ways to falsify a file, one at a time, chosen by a random generator with a seed."""

import io
import re
from functools import lru_cache
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from lxml import etree

from giaoban.lib.paper.addresses import split_key
from giaoban.lib.paper.compare import Outcome
from giaoban.lib.paper.manifest import digest

_CONTROL = re.compile(r'<w:sdt><w:sdtPr>.*?<w:tag w:val="([^"]+)"/>.*?</w:sdt>', re.DOTALL)
_WORDS = re.compile(r"(<w:t[^>]*>)([^<]*)(</w:t>)")
_LINK = re.compile(r'<a class="figure"[^>]*data-figure="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_ITEM = re.compile(r"customXml/item\d+\.xml")
_SCRIPT = re.compile(
    r'(<script type="application/json" id="manifest" data-digest=")(\w+)(">)(.*?)(</script>)', re.DOTALL
)

Mutated = tuple[bytes, str, Outcome]
"""The falsified file, the figure it was done to, what must be found."""


@lru_cache(maxsize=4)
def _unzipped(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    """A .docx of these parts."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def rewrite(data: bytes, part: str, old: str, new: str, count: int = 1) -> bytes:
    """A .docx with a text replaced in one part; the text must be there."""
    files = dict(_unzipped(data))
    text = files[part].decode()
    assert old in text, f"{old} is not in {part}"
    files[part] = text.replace(old, new, count).encode()
    return zipped(files)


def other_digit(text: str, random: Random) -> str:
    """The text with one digit changed."""
    at = random.choice([n for n, letter in enumerate(text) if letter.isdecimal()])
    return text[:at] + random.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def falsify_docx(data: bytes, random: Random) -> Mutated:
    """Change a digit in a control, remove a control, or change the manifest."""
    files = dict(_unzipped(data))
    kind = random.choice(("digit", "removed", "manifest", "forged"))
    if kind in ("manifest", "forged"):
        id = _falsify_item(files, kind == "forged", random)
        return zipped(files), id, Outcome.MANIFEST_CHANGED
    document = files["word/document.xml"].decode()
    control = random.choice([one for one in _CONTROL.finditer(document) if _shown(one.group())])
    new = "" if kind == "removed" else _with_other_digit(control.group(), random)
    files["word/document.xml"] = (document[: control.start()] + new + document[control.end() :]).encode()
    outcome = Outcome.REMOVED if kind == "removed" else Outcome.CHANGED_IN_FILE
    return zipped(files), split_key(control.group(1))[0], outcome


def _falsify_item(files: dict[str, bytes], forged: bool, random: Random) -> str:
    """Change the custom XML part; a forger knows how the digest beside it is made."""
    name = next(name for name in files if _ITEM.fullmatch(name))
    item = etree.fromstring(files[name])
    item.text, id = changed_manifest(item.text or "", random)
    if forged:
        item.set("digest", digest(msgspec.json.decode(item.text)))
    files[name] = etree.tostring(item)
    return id


def _shown(control: str) -> bool:
    return any(map(str.isdecimal, "".join(found.group(2) for found in _WORDS.finditer(control))))


def _with_other_digit(control: str, random: Random) -> str:
    return _WORDS.sub(
        lambda found: found.group(1) + other_digit(found.group(2), random) + found.group(3), control
    )


def changed_manifest(body: str, random: Random) -> tuple[str, str]:
    """One digit of one figure's value, shown text, source digest or period changed."""
    manifest: dict[str, Any] = msgspec.json.decode(body)
    id = random.choice([id for id, entry in manifest["figures"].items() if entry["value"] and entry["shown"]])
    entry = manifest["figures"][id]
    field = random.choice(("value", "shown", "sources", "period"))
    if field == "shown":
        part = random.choice(sorted(entry["shown"]))
        entry["shown"][part] = other_digit(entry["shown"][part], random)
    elif field == "period":
        entry["query"]["period"] = other_digit(entry["query"]["period"], random)
    else:
        entry[field] = other_digit(entry[field], random)
    return msgspec.json.encode(manifest, order="deterministic").decode(), id


def falsify_html(data: bytes, random: Random) -> Mutated:
    """The same in a page."""
    text = data.decode()
    kind = random.choice(("digit", "removed", "manifest", "forged", "value"))
    if kind in ("manifest", "forged"):
        found = _SCRIPT.search(text)
        assert found is not None
        changed, id = changed_manifest(found.group(4), random)
        seal = digest(msgspec.json.decode(changed)) if kind == "forged" else found.group(2)
        block = found.group(1) + seal + found.group(3) + changed + found.group(5)
        return (text[: found.start()] + block + text[found.end() :]).encode(), id, Outcome.MANIFEST_CHANGED
    link = random.choice(
        [one for one in _LINK.finditer(text) if any(map(str.isdecimal, _bare(one.group(2))))]
    )
    new = link.group()
    if kind == "removed":
        new = ""
    elif kind == "value" and "<data" in new:
        new = re.sub(
            r'(<data value=")([^"]+)', lambda at: at.group(1) + other_digit(at.group(2), random), new
        )
    else:
        bare = _bare(link.group(2))
        new = new.replace(f">{bare}<", f">{other_digit(bare, random)}<")
    outcome = Outcome.REMOVED if kind == "removed" else Outcome.CHANGED_IN_FILE
    return (text[: link.start()] + new + text[link.end() :]).encode(), split_key(link.group(1))[0], outcome


def _bare(inner: str) -> str:
    return re.sub(r"<[^>]+>", "", inner)
