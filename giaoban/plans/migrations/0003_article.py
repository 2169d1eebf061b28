"""Tasks and duties point to the article they carry out; words that name none in force are kept as words."""

from __future__ import annotations

import re

import django.db.models.deletion
from django.db import migrations, models

PLACES = {
    "article": re.compile(r"\b(?:điều|article)\s*(\d+)", re.IGNORECASE),
    "clause": re.compile(r"\b(?:khoản|clause)\s*(\d+)", re.IGNORECASE),
    "point": re.compile(r"\b(?:điểm|point)\s*([a-zđ])\b", re.IGNORECASE),
}


def place_of(text):
    """("4", "1", "") of "Điều 4, khoản 1" or "Khoản 1 Điều 4"; None where other words stand there."""
    found, rest = [], text
    for pattern in PLACES.values():
        match = pattern.search(rest)
        found.append(match[1].lower() if match else "")
        rest = pattern.sub("", rest, count=1)
    return tuple(found) if found[0] and not re.sub(r"[\s,;.]+|\bof\b|\bcủa\b", "", rest) else None


def match(apps, schema_editor=None):
    Article = apps.get_model("agreements", "Article")
    Agreement = apps.get_model("agreements", "Agreement")
    parents = dict(Agreement.objects.values_list("pk", "parent"))
    known = {}
    for article in Article.objects.filter(is_in_force=True).exclude(kind="chapter"):
        place = place_of(article.labels.get("vi", ""))
        if place:
            known[article.agreement_id, place] = article.pk
    for name in ("Task", "Duty"):
        for row in apps.get_model("plans", name).objects.exclude(article_words=""):
            place = place_of(row.article_words)
            found = known.get((row.agreement_id, place)) or known.get((parents.get(row.agreement_id), place))
            if found:
                row.article_id, row.article_words = found, ""
                row.save(update_fields=["article", "article_words"])


def unmatch(apps, schema_editor=None):
    for name in ("Task", "Duty"):
        rows = apps.get_model("plans", name).objects.exclude(article=None).select_related("article")
        for row in rows:
            row.article_words = row.article.labels.get("vi", "")[:120]
            row.save(update_fields=["article_words"])


def link(name):
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name=name,
        to="agreements.article", verbose_name="article it carries out",
    )  # fmt: skip


WORDS = models.CharField(blank=True, max_length=120, verbose_name="article it carries out, in words")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_text_and_parties"), ("plans", "0002_tasks")]

    operations = [
        migrations.RenameField("task", "article", "article_words"),
        migrations.RenameField("duty", "article", "article_words"),
        migrations.AlterField("task", "article_words", WORDS),
        migrations.AlterField("duty", "article_words", WORDS),
        migrations.AddField("task", "article", link("tasks")),
        migrations.AddField("duty", "article", link("duties")),
        migrations.RunPython(match, unmatch),
    ]
