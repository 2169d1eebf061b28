"""Sentences of administrative prose in Vietnamese, English and Italian.

A mark `. ! ? …` ends a sentence when a space follows, unless it belongs to an abbreviation, an
initial, a date, or the number of a heading. A new line begins a sentence when it looks like a list
item or starts with a capital; otherwise it only wraps. Nothing is lost: the sentences hold every
character of the text except white space.
"""

import re
import unicodedata

# Small letters. Ranks, places and signatures: a full stop after one never ends a sentence.
TITLES = frozenset(
    # Vietnamese
    "tp tx tt q p h x ths th.s ts pgs gs bs bsck ks cn tm kt tl tuq đ/c nxb đc vd"
    # English
    " mr mrs ms dr prof st gov hon jr sr dept vs cf e.g i.e"
    # Italian
    " sig sigg dott dr.ssa dott.ssa ing avv prov loc fraz circ cfr d.lgs d.l d.p.c.m art artt"
    .split()
)  # fmt: skip

# Before a number or a small letter they are abbreviations, before a capital they are words.
BEFORE_NUMBERS = frozenset(
    "tr đt sđt stt n nr nn num no nos arts fig figs vol ch sec pp pag pagg tel ca approx est"
    " incl segg lett reg jan feb mar apr jun jul aug sep sept oct nov dec v.v ecc etc a.m p.m min max".split()
)

_MARK = re.compile(r"[.!?…]+[\"”»’')\]]*(?=\s)")
_NUMBER = r"(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[IVXLC]{1,7}|[a-zđ]|[A-HJ-UW-ZĐ])"
_NUMBERING = re.compile(_NUMBER)
_ITEM = re.compile(rf"(?:[-–—•+*▪●]|{_NUMBER}[.)])\s")
_SPACED_DATE = re.compile(r"\b[0-9]{1,2}\.\s+[0-9]{1,2}\.\s*[0-9]{4}\b")
_INITIAL = re.compile(r"[A-ZĐ]")
_OPENERS = "\"“«‘'([-–—•+*▪● \t\xa0"


def sentences(text: str) -> list[str]:
    """The sentences of the text, in order, trimmed; a line that only wraps is joined by a space."""
    return [sentence for block in _blocks(text) for sentence in _split(block)]


def _blocks(text: str) -> list[str]:
    """The runs of lines that no new line cuts."""
    blocks: list[str] = []
    fresh = True
    for line in text.splitlines():
        line = line.strip()
        if not line:
            fresh = True
        elif fresh or _begins(line) or blocks[-1].endswith((":", ";")):
            blocks.append(line)
            fresh = False
        else:
            blocks[-1] += f" {line}"
    return blocks


def _begins(line: str) -> bool:
    return bool(_ITEM.match(line)) or _first(line).isupper()


def _split(block: str) -> list[str]:
    dates = [date.span() for date in _SPACED_DATE.finditer(block)]
    found: list[str] = []
    start = 0
    for mark in _MARK.finditer(block):
        if any(first < mark.start() < last for first, last in dates):
            continue
        if _ends(block[start : mark.start()].strip(), mark.group(), _first(block[mark.end() :])):
            found.append(block[start : mark.end()].strip())
            start = mark.end()
    rest = block[start:].strip()
    return [*found, rest] if rest else found


def _ends(before: str, mark: str, following: str) -> bool:
    """Whether a mark ends the sentence, given the sentence so far and the next letter or digit."""
    if not before.strip(_OPENERS):
        return False
    word = before.split()[-1].lstrip(_OPENERS)
    if mark == "." and _belongs(word, before, following):
        return False
    if not following.islower():
        return True
    return mark == "." and word.islower() and any(map(_is_vowel, word))


def _belongs(word: str, before: str, following: str) -> bool:
    """Whether a full stop belongs to the word before it."""
    small = word.casefold()
    if small in TITLES or _title_after_title(small):
        return True
    if small in BEFORE_NUMBERS:
        return not following.isupper()
    words = before.lstrip(_OPENERS).split()
    if len(words) == 1:
        return bool(_NUMBERING.fullmatch(word))
    earlier = words[-2].rstrip(".").casefold()
    follows_title = words[-2].endswith(".") and (earlier in TITLES or len(earlier) == 1)
    return follows_title and bool(_INITIAL.fullmatch(word))


def _title_after_title(small: str) -> bool:
    """Titles written together, as in “PGS.TS.”."""
    return "." in small and all(len(part) > 1 and part in TITLES for part in small.split("."))


def _first(text: str) -> str:
    """The first character that is no space, bullet, bracket or quotation mark."""
    return text.lstrip(_OPENERS + "\r\n")[:1]


def _is_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0] in "aeiouy"
