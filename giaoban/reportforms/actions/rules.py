"""Rules: comparisons between the figures of one report."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.lib import expressions
from giaoban.lib.errors import LibError
from giaoban.reportforms.checks import check_code, check_places, told
from giaoban.reportforms.models import Names, ReportForm, Rule, Severity
from giaoban.reportforms.policy import demand


def add_rule(
    *, form: ReportForm, code: str, names: Names, expression: str, by: Actor, at: datetime,
    severity: str = Severity.WARN,
) -> Rule:  # fmt: skip
    """A new check of a form's figures."""
    demand(by, form.agreement)
    check_code(code.replace("-", "_"))
    with transaction.atomic():
        if form.agreement.rules.filter(code=code).exists():
            raise Refused(_("There is a rule with this code already."), field="code")
        rule = Rule(
            agreement=form.agreement,
            form=form,
            code=code,
            names=names,
            expression=expression.strip(),
            severity=severity,
        )
        _check(rule)
        rule.save()
        audit.record(subject=rule, verb="add rule", by=by, at=at)
    return rule


def edit_rule(*, rule: Rule, by: Actor, at: datetime, **fields: Any) -> Rule:
    """Change names, form, expression or severity."""
    demand(by, rule.agreement)
    with transaction.atomic():
        row = Rule.objects.select_for_update().select_related("agreement", "form").get(pk=rule.pk)
        changed = [
            name for name in ("names", "form", "expression", "severity")
            if name in fields and fields[name] != getattr(row, name)
        ]  # fmt: skip
        for name in changed:
            setattr(row, name, fields[name])
        if changed:
            _check(row)
            row.save()
            audit.record(subject=row, verb="edit rule", by=by, at=at, detail={"fields": changed})
    return row


def remove_rule(*, rule: Rule, by: Actor, at: datetime) -> None:
    """The check is not made any more."""
    demand(by, rule.agreement)
    with transaction.atomic():
        audit.record(subject=rule, verb="remove rule", by=by, at=at)
        rule.delete()


def _check(rule: Rule) -> None:
    if rule.severity not in Severity.values:
        raise Refused(_("Choose what the rule does."), field="severity")
    try:
        comparison = expressions.parse_comparison(rule.expression)
    except LibError as error:
        raise told(error, "expression") from None
    missing = sorted(comparison.codes - set(rule.form.current.indicator_codes))
    if missing:
        raise Refused(
            _("The form does not ask for %(codes)s.") % {"codes": ", ".join(missing)}, field="expression"
        )
    check_places(comparison.names, rule.agreement, "expression")
