"""What tasks say is kept folded, so that a search need not fold ten thousand of them."""

from django.db import migrations, models

from giaoban.lib.text import fold


def fold_all(apps, schema_editor):
    Task = apps.get_model("plans", "Task")
    rows = []
    for task in Task.objects.only("pk", "titles", "output").iterator(chunk_size=2000):
        task.folded = fold(" ".join((*task.titles.values(), task.output)))
        rows.append(task)
    Task.objects.bulk_update(rows, ["folded"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_article")]

    operations = [
        migrations.AddField("task", "folded", models.TextField(blank=True, editable=False, default=""), preserve_default=False),
        migrations.RunPython(fold_all, migrations.RunPython.noop, elidable=True),
    ]
