"""Does a file still say what was issued, and is that still true? Figure by figure."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from giaoban.accounts.models import User
from giaoban.core.refused import Refused
from giaoban.lib.paper import PaperError
from giaoban.lib.paper.compare import Change, Comparison, Outcome, Recomputed, Verdict, compare
from giaoban.lib.paper.read import Extracted, extract
from giaoban.reports.models import Report, Revision
from giaoban.reviews.models import FigureKind, Review, State
from giaoban.reviews.queries import asking, composing
from giaoban.reviews.questions import Question

DERIVED = (FigureKind.CHANGE, FigureKind.SHARE)
MOST_CHANGES = 20


@dataclass
class Checked:
    """A file read and compared: what was found of every figure, and of the review as a whole."""

    comparison: Comparison
    review: Review | None
    facts: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Every figure matches, and the manifest in the file is the one that belongs to it."""
        return self.review is not None and self.comparison.ok

    def lines(self) -> Iterator[str]:
        """What the command prints: a line per figure, facts, loose digits, and the count."""
        for verdict in self.comparison.verdicts:
            yield from _told(verdict, self.labels.get(verdict.figure, ""))
        yield from self.facts
        yield from (str(_(fact.value)) for fact in self.comparison.facts)
        for loose in self.comparison.loose:
            yield _("digits outside the figures: %(text)s (%(where)s)") % {
                "text": loose.text,
                "where": loose.where,
            }
        yield f"{len(self.comparison.verdicts)} figures, {self.comparison.matching} match"


def verify_file(path: str | Path) -> tuple[list[str], bool]:
    """The lines of `giaoban verify`, and whether everything matches. Refuses a file that cannot be read."""
    checked = check(path)
    return list(checked.lines()), checked.ok


def check(path: str | Path | bytes) -> Checked:
    """Read a .docx, .pdf or .html and compare it with the stored manifest and with the reports of today.

    Refuses a file that cannot be read.
    """
    try:
        found = extract(path)
    except PaperError as error:
        raise Refused(_(error.template) % error.params) from None
    except OSError as error:
        raise Refused(_("%(path)s cannot be read: %(why)s") % {"path": path, "why": error.strerror}) from None
    review = _review(found)
    if review is None:
        return Checked(_unknown(compare(found)), None, [_("No review here issued this file.")])
    stored = _stored(review, found)
    comparison = compare(found, stored, Today(review, stored).recompute if stored else None)
    labels = {tag: entry["label"] for tag, entry in (stored or {"figures": {}})["figures"].items()}
    return Checked(comparison, review, _facts(review, found), labels)


def _unknown(comparison: Comparison) -> Comparison:
    """A file that no review here wrote: none of its figures is known, whatever it says itself."""
    return replace(
        comparison, verdicts=tuple(replace(v, outcome=Outcome.UNKNOWN) for v in comparison.verdicts)
    )


def _told(verdict: Verdict, label: str) -> Iterator[str]:
    what = str(_(verdict.outcome.value))
    if verdict.outcome is Outcome.CHANGED_IN_FILE:
        what += _(": “%(found)s” instead of “%(expected)s”") % {
            "found": verdict.found, "expected": verdict.expected,
        }  # fmt: skip
    yield " · ".join(part for part in (verdict.figure, what, verdict.expected, label) if part)
    for change in verdict.changes[:MOST_CHANGES]:
        yield f"    {change.what} ({change.who}, {change.when})"
    if len(verdict.changes) > MOST_CHANGES:
        yield "    " + _("and %(count)s more") % {"count": len(verdict.changes) - MOST_CHANGES}


def _review(found: Extracted) -> Review | None:
    pk = found.identity.get("review")
    rows = Review.objects.select_related("agreement__lead")
    return rows.filter(pk=pk).first() if isinstance(pk, int) else None


def _stored(review: Review, found: Extracted) -> dict[str, Any] | None:
    """The manifest as issued; of a draft or a short version the file's own, if it bears our seal; else what
    the review says now."""
    seal = found.identity.get("seal", "")
    if found.manifest and isinstance(seal, str) and seal.isascii():
        if hmac.compare_digest(seal, composing.seal_of(found.manifest)):
            return found.manifest
    if review.is_frozen:
        return review.manifest
    return composing.sealed(review, composing.paper(review, draw=False))[1]


def _facts(review: Review, found: Extracted) -> list[str]:
    if review.is_frozen and found.identity.get("state") == "draft":
        return [_("This file is a draft; the review was issued since.")]
    if review.state == State.RECALLED:
        return [_("This review was recalled on %(day)s.") % {"day": review.recall.at.date().isoformat()}]
    if review.state == State.REPLACED:
        return [_("This review was replaced by a correction.")]
    if not review.is_frozen:
        return [_("This is a draft; it was not issued.")]
    return []


def _kind(entry: Mapping[str, Any]) -> str:
    return str(entry["query"].get("kind", FigureKind.ROLLUP))


class Today:
    """What the reports say today, asked once for all figures of a manifest."""

    def __init__(self, review: Review, stored: dict[str, Any]) -> None:
        self.review, self.stored, self.entries = review, stored, stored["figures"]
        self.questions = {
            tag: Question.stored(_kind(entry), entry["query"])
            for tag, entry in self.entries.items()
            if _kind(entry) not in DERIVED
        }
        self.answers = asking.answers(review.agreement, set(self.questions.values()), sources=False)
        self.codes = asking.source_codes(review.agreement)
        self.moved = _moved(stored)

    def recompute(self, tag: str, entry: Mapping[str, Any]) -> Recomputed | None:
        """The value today and the corrections that count against this figure: of its own indicators,
        or whatever changed its value."""
        if tag not in self.entries:
            return None
        value = self._value(tag)
        codes = self._codes(tag)
        changes = tuple(moved.change for moved in self._behind(tag) if moved.touches(codes))
        if value != self.entries[tag]["value"] and not changes:
            changes = tuple(moved.change for moved in self._behind(tag)) or self._added(tag)
        sources = entry.get("sources", "")
        return Recomputed(value, f"{sources}, corrected" if changes else sources, changes)

    def _value(self, tag: str) -> str | None:
        if tag in self.questions:
            return asking.plain(self.answers[self.questions[tag]])
        query = self.entries[tag]["query"]
        of, against = (self._operand(query[side]) for side in ("of", "against"))
        return asking.compared(_kind(self.entries[tag]), of, against)

    def _operand(self, number: int) -> str | None:
        tag = f"f{number}"
        if tag in self.questions:
            return self._value(tag)
        figure = self.review.figures.filter(number=number).first()
        return asking.recomputed(self.review, [figure])[0][number].value or None if figure else None

    def _codes(self, tag: str) -> set[str]:
        """The reported indicators whose cells a figure was added from."""
        if tag in self.questions:
            return self.codes.get(self.questions[tag].indicator, set())
        query = self.entries[tag]["query"]
        parts = [f"f{query[side]}" for side in ("of", "against")]
        return {code for part in parts if part in self.questions for code in self._codes(part)}

    def _behind(self, tag: str) -> Iterator[_Moved]:
        pairs = self.stored["sources"].get(self.entries[tag]["sources"], {}).get("reports", ())
        return (self.moved[report] for report, _revision in pairs if report in self.moved)

    def _added(self, tag: str) -> tuple[Change, ...]:
        """The reports that count today and did not when the review was written."""
        question = self.questions.get(tag)
        if question is None or question.kind != FigureKind.ROLLUP:
            return (Change("", "", _("the plan or another figure changed")),)
        before = {
            r for r, _v in self.stored["sources"].get(self.entries[tag]["sources"], {}).get("reports", ())
        }
        today = asking.answers(self.review.agreement, [question])[question].pairs or ()
        new = dict(pair for pair in today if pair[0] not in before)
        return tuple(moved.change for moved in _entered(new)) or (
            Change("", "", _("the units or rules changed")),
        )


@dataclass
class _Moved:
    """A report whose counting revision is not the one a review took."""

    change: Change
    cells: set[str]

    def touches(self, codes: set[str]) -> bool:
        return bool(self.cells & codes)


def _moved(stored: dict[str, Any]) -> dict[int, _Moved]:
    """report id -> what happened to it since, for the reports that count differently now."""
    taken = {report: revision for s in stored["sources"].values() for report, revision in s["reports"]}
    changed: dict[int, tuple[int, Report]] = {}
    ids = sorted(taken)
    for start in range(0, len(ids), 10_000):
        rows = Report.objects.filter(pk__in=ids[start : start + 10_000]).only("pk", "accepted_id")
        changed |= {r.pk: (taken[r.pk], r) for r in rows if r.accepted_id != taken[r.pk]}
    return dict(_described(changed))


def _described(changed: dict[int, tuple[int, Report]]) -> Iterator[tuple[int, _Moved]]:
    reports = Report.objects.select_related("unit", "current", "accepted").in_bulk(list(changed))
    old = Revision.objects.in_bulk([revision for revision, _report in changed.values()])
    authors = _names(r.current.author for r in reports.values() if r.current)
    for pk, (revision, _light) in changed.items():
        report, before = reports[pk], old.get(revision)
        newest = report.accepted or report.current
        cells = _cells(before.document if before else {}, report.accepted.document if report.accepted else {})
        yield pk, _Moved(_change(newest, authors, _what(report, before)), cells)


def _entered(pairs: Mapping[int, int]) -> Iterator[_Moved]:
    """Reports that count now and did not before: report id -> revision id."""
    rows = Revision.objects.filter(pk__in=pairs.values()).select_related("report__unit")
    authors = _names(r.author for r in rows)
    for revision in rows:
        what = _("%(report)s: accepted since") % {"report": revision.report}
        yield _Moved(_change(revision, authors, what), set())


def _what(report: Report, before: Revision | None) -> str:
    if report.accepted is None:
        return _("%(report)s: no longer accepted") % {"report": report}
    return _("%(report)s: revision %(new)s instead of %(old)s") % {
        "report": report, "new": report.accepted.number, "old": before.number if before else "?",
    }  # fmt: skip


def _change(revision: Revision | None, authors: Mapping[str, str], what: str) -> Change:
    if revision is None:
        return Change("", "", what)
    return Change(
        authors.get(revision.author, revision.author), revision.made_at.isoformat(timespec="seconds"), what
    )


def _cells(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The codes of the indicators whose cells differ."""
    one, other = before.get("values", {}), after.get("values", {})
    return {c.partition("[")[0] for c in one.keys() | other.keys() if one.get(c) != other.get(c)}


def _names(actors: Any) -> dict[str, str]:
    ids = {int(a.partition(":")[2]) for a in actors if a.startswith("user:")}
    return {f"user:{user.pk}": user.label for user in User.objects.filter(pk__in=ids)}
