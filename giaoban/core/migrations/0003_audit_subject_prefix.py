"""PostgreSQL finds the subjects that begin with a word through an index of its own, whatever the collation."""

from django.db import migrations

NAME = "audit_subject_prefix"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {NAME} ON core_auditrow (subject varchar_pattern_ops)")


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_round")]

    operations = [migrations.RunPython(add, remove)]
