"""A step of approval whose people come from the table of rights, not from lists kept by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

#: Answers who may; the app hands it in: asks["may"](user, right, page), asks["pages"](user, right).
asks: dict[str, Callable[..., Any]] = {}


class PolicyTask(Task):
    """Whoever has the right on the page takes this step."""

    right = models.CharField(_("right"), max_length=20)

    class Meta:
        verbose_name = _("step of approval")
        verbose_name_plural = _("steps of approval")

    def _may(self, page: Any, user: Any) -> bool:
        return bool(asks["may"](user, self.right, page))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self._may(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self._may(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self._may(obj, user)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return self._may(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not self._may(obj, user):
            return []
        return [
            ("reject", _("Return for changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        pages = asks["pages"](user, self.right).values_list("pk", flat=True)
        return TaskState.objects.filter(
            task=self.task_ptr, status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__object_id__in=[str(pk) for pk in pages],
        )  # fmt: skip

    @classmethod
    def get_description(cls) -> Any:
        return _("Whoever has the right on the page, by the table of rights, takes this step.")
