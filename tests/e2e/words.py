"""Words of the wrong language on a page: an English sentence among Vietnamese ones, and the other way round."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
#: English words that are no Vietnamese ones.
ENGLISH = re.compile(
    r"\b(the|of|and|with|this|your|from|are|was|were|which|has|have|not|please|will|should)\b", re.I
)
VIETNAMESE = re.compile(r"\b(của|và|không|được|các|những|chưa|đã|này|cho|người)\b", re.I)

_GAP = re.compile(r"%\(\w+\)[sd]")
#: Languages are called by their own names.
NAMES = {"English", "Tiếng Việt"}

#: [words, is part of the page's own furniture] of everything visible that is not marked as another language.
READ = """() => {
  const page = document.documentElement.lang, found = [];
  const foreign = e => { const marked = e.closest('[lang]'); return marked && marked.lang !== page; };
  const furniture = 'button, label, legend, th[scope=col], dt, summary, nav:not(:has(.breadcrumb)), ' +
    '.form-hint, .page-lead, .btn';
  const people = 'code, pre, script, style, noscript, textarea, [data-words-of-units]';
  const keep = (element, words) => {
    words = (words || '').replace(/\\s+/g, ' ').trim();
    if (words && !foreign(element) && !element.closest(people))
      found.push([words, Boolean(element.closest(furniture))]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.parentElement.checkVisibility())
    keep(walker.currentNode.parentElement, walker.currentNode.textContent);
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll(`body [${name}]`)) keep(element, element.getAttribute(name));
  keep(document.querySelector('title'), document.title);
  return found;
}"""


def foreign(page: Page) -> list[str]:
    """What stands on the page in the language the reader did not choose."""
    lang = page.get_attribute("html", "lang") or ""
    exact, patterns = _sentences(lang)
    own = _filled(lang)
    wrong = set()
    for words, is_furniture in page.evaluate(READ):
        if words in exact or any(p.fullmatch(words) for p in patterns):
            wrong.add(f"not translated: {words[:120]}")
        elif any(p.fullmatch(words) for p in own):
            continue
        elif (ENGLISH if lang == "vi" else VIETNAMESE).search(words) and (lang == "vi" or is_furniture):
            wrong.add(f"foreign words: {words[:120]}")
    return sorted(wrong)


@cache
def _sentences(lang: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Sentences that must not stand on a page of this language: whole ones, and those with gaps."""
    pairs = {pair for path in ROOT.glob("giaoban/*/locale/vi/LC_MESSAGES/django.po") for pair in _pairs(path)}
    english, vietnamese = {e for e, _v in pairs}, {v for _e, v in pairs}
    wanted = english - vietnamese if lang == "vi" else vietnamese - english
    wanted = {" ".join(text.split()) for text in wanted - NAMES if len(text) > 3}
    gaps = {text for text in wanted if "%(" in text}
    # one word between two gaps stands in what people write too
    spoken = {text for text in gaps if len(re.findall(r"[^\W\d_]+", _GAP.sub("", text))) > 1}
    return frozenset(wanted - gaps), tuple(_pattern(text) for text in spoken if len(text.split()) > 2)


@cache
def _filled(lang: str) -> tuple[re.Pattern[str], ...]:
    """Sentences of this language with gaps: what people wrote stands in the gaps, in whatever language."""
    pairs = {pair for path in ROOT.glob("giaoban/*/locale/vi/LC_MESSAGES/django.po") for pair in _pairs(path)}
    texts = {vi if lang == "vi" else en for en, vi in pairs}
    return tuple(_pattern(text) for text in texts if "%(" in text and len(text.split()) > 3)


def _pairs(path: Path) -> list[tuple[str, str]]:
    """(English, Vietnamese) of a file, where the two differ."""
    with path.open("rb") as file:
        found = []
        for message in read_po(file):
            ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
            texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            found += [(i, texts[0]) for i in ids if i and texts[0] and i != texts[0]]
        return found


def _pattern(text: str) -> re.Pattern[str]:
    parts = _GAP.split(text.replace("%%", "%"))
    return re.compile(".+".join(re.escape(part) for part in parts))
