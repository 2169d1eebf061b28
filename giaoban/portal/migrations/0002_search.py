"""The search: what is known of each page, and the words in the database's own full text index."""

import django.db.models.deletion
from django.db import migrations, models

WORDS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE portal_words USING fts5(title, lead, body, written, language, told UNINDEXED,"
        " tokenize = 'unicode61 remove_diacritics 0')"
    ],
    "postgresql": [
        "CREATE TABLE portal_words (rowid bigint PRIMARY KEY, language varchar(2) NOT NULL,"
        " folded tsvector NOT NULL, written tsvector NOT NULL, told text NOT NULL)",
        "CREATE INDEX portal_words_folded ON portal_words USING gin (folded)",
        "CREATE INDEX portal_words_written ON portal_words USING gin (written)",
    ],
}


def make_words(apps, schema_editor):
    for statement in WORDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_words(apps, schema_editor):
    schema_editor.execute("DROP TABLE portal_words")


class Migration(migrations.Migration):

    dependencies = [
        ("portal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Findable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=2)),
                ("spoken", models.CharField(max_length=2)),
                ("kind", models.CharField(db_index=True, max_length=20)),
                ("title", models.CharField(max_length=255)),
                ("posted_at", models.DateTimeField(null=True)),
                ("page", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="portal.portalpage")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("page", "language"), name="findable_once_a_language")],
            },
        ),
        migrations.RunPython(make_words, drop_words),
    ]
