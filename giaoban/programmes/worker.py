"""A process that does jobs: `python -m giaoban.programmes.worker NAME`, started by serve."""

from __future__ import annotations

import logging
import os
import sys


def main(name: str) -> None:
    """Do jobs until SIGTERM; the one at hand is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.config.settings")
    import django

    django.setup()
    from django_tasks_db.management.commands.db_worker import Worker

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    worker = Worker(
        queue_names=["*"], excluded_queue_names=[], interval=1, batch=False, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id=name[-64:],
    )  # fmt: skip
    worker.configure_signals()
    worker.run()


if __name__ == "__main__":
    main(sys.argv[1])
