"""The plan of 2020 of the sample programme: written, agreed, issued; tasks, progress, activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from giaoban.accounts.models import User
from giaoban.agreements.models import Agreement, Article
from giaoban.agreements.standing import Standing
from giaoban.plans import actions
from giaoban.plans.actions import Content
from giaoban.plans.models import Activity, Campaign, Duty, Group, Plan, Scheme, Task
from giaoban.programmes.demo.picture import drill
from giaoban.programmes.demo.words import (
    ACTIVITIES,
    CAMPAIGN,
    CONCLUSIONS,
    DUTY,
    GROUPS,
    PURPOSE,
    REMARK,
    SAID,
    SCHEME,
    TASKS,
    TITLES,
    UNIT_TASKS,
    URGENT,
)
from giaoban.units.models import Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
YEAR = 2020


def on(month: int, day: int, hour: int = 9, year: int = YEAR) -> datetime:
    """An instant of the sample year."""
    return datetime(year, month, day, hour, tzinfo=ZONE)


@dataclass
class Year:
    """Tells the plan's year. people: role -> account; codes: key of a task in `words` -> its code."""

    agreement: Agreement
    people: Mapping[str, User]
    units: Mapping[str, Unit]
    codes: dict[str, str] = field(default_factory=dict)

    def by(self, role: str, at: datetime) -> Standing:
        return Standing(self.people[role], at)

    def article(self, label: str) -> Article:
        """The article in force that bears this Vietnamese label."""
        return next(a for a in self.agreement.articles.filter(is_in_force=True) if a.labels["vi"] == label)

    def issue(self) -> None:
        """In December 2019: written, put to the parties, approved, issued."""
        at = on(12, 17, year=2019)
        frame = self._frame(at)
        by = self.by("coordinator", at)
        plan = actions.start_plan(
            agreement=self.agreement, year=YEAR, titles=TITLES, purpose=PURPOSE, by=by, at=at
        )
        for key, given in TASKS.items():
            self._add(plan, key, given, frame, by, at)
        actions.move_plan(plan=plan, name="consult", by=by, at=at)
        at = on(12, 20, year=2019)
        actions.remark(plan=plan, unit=self.units["89"], text=REMARK, by=self.by("reporter", at), at=at)
        at = on(12, 26, year=2019)
        actions.move_plan(plan=plan, name="approve", by=self.by("chair", at), at=at)
        at = on(12, 27, year=2019)
        actions.issue_plan(
            plan=plan, number="02/KH-VPV", issued_on=at.date(), by=self.by("coordinator", at), at=at
        )
        self._conclusions(at)
        self._of_a_unit(on(12, 30, year=2019))

    def said(self, unit: str, month: int) -> dict[str, dict[str, str]]:
        """What the unit says of its tasks in the report of a month, by code."""
        told = SAID.get((unit, month), {})
        return {self.codes[key]: dict(words) for key, words in told.items() if key in self.codes}

    def urgent(self) -> None:
        """The urgent task of October; called before the reports of November."""
        at = on(10, 20)
        plan = Plan.objects.get(agreement=self.agreement, year=YEAR, unit=None)
        for key, given in URGENT.items():
            self._add(plan, key, given, {}, self.by("coordinator", at), at)

    def follow(self, city: User) -> None:
        """What was done on the screen: the office's own tasks, the city's, verifying, ending, carrying on."""
        self._report(
            "plan", on(5, 12), said="done", text="Phương án phối hợp đã được các bên thống nhất, ban hành."
        )
        words = "Đã mở 6/10 lớp; 4 lớp còn lại lùi sang quý IV."
        why = "Nhiều cán bộ tham gia ứng phó triều cường nên phải lùi thời gian mở lớp."
        at = on(10, 5)
        actions.report_progress(
            task=self._task("courses"), unit=self.units["92"], said="progress", text=words, figure=6, delay=why,
            by=Standing(city, at), at=at,
        )  # fmt: skip
        self._report(
            "inspect",
            on(8, 12),
            said="done",
            text="Đã kiểm tra 46 trạm y tế vùng trũng; 5 trạm phải bổ sung.",
        )
        for key in ("larvae", "border", "chemicals", "stocks", "plan", "inspect", "drill", "hotline"):
            at = on(9, 20)
            actions.close_task(task=self._task(key), by=self.by("coordinator", at), at=at)
        at = on(9, 22)
        why = "Nội dung trùng với đề án của ngành y tế."
        actions.cancel_task(task=self._task("sheds"), reason=why, by=self.by("coordinator", at), at=at)
        at = on(12, 10)
        why = "Còn 4 trạm chưa có mặt bằng; chuyển sang năm 2021."
        actions.carry_forward(
            task=self._task("stations"),
            due_on=date(2021, 6, 30),
            reason=why,
            by=self.by("coordinator", at),
            at=at,
        )

    def record(self, reporters: Mapping[str, User]) -> None:
        """Activities of the year, two of them typical."""
        for unit, day, fields, why in ACTIVITIES:
            at = datetime(day.year, day.month, day.day, 16, tzinfo=ZONE)
            by = Standing(reporters[unit], at)
            task = self._task(fields["task"]) if "task" in fields else None
            row = actions.record_activity(
                agreement=self.agreement, unit=self.units[unit], by=by, at=at,
                fields={**fields, "held_on": day, "task": task},
            )  # fmt: skip
            if why:
                actions.mark_typical(activity=row, reason=why, by=self.by("verifier", at), at=at)
            if fields.get("task") == "drill":
                self._picture(row, by, at)

    def _picture(self, row: Activity, by: Standing, at: datetime) -> None:
        actions.add_picture(
            activity=row, file=SimpleUploadedFile("dien-tap.png", drill()), by=by, at=at,
            caption="Hình minh họa do phần mềm vẽ (dữ liệu mẫu)",
            alternative="Hình vẽ: xuồng cứu hộ chở người qua vùng ngập, phía sau là trạm y tế trên nền cao",
        )  # fmt: skip

    def _frame(self, at: datetime) -> dict[str, Any]:
        by = self.by("coordinator", at)

        def part(kind: Any, **fields: Any) -> Any:
            return actions.keep_part(agreement=self.agreement, kind=kind, fields=fields, by=by, at=at)

        frame: dict[str, Any] = {
            f"g{n}": part(Group, titles=titles, position=n) for n, titles in enumerate(GROUPS, start=1)
        }
        frame["campaign"] = part(Campaign, **CAMPAIGN, starts_on=date(YEAR, 4, 1), ends_on=date(YEAR, 5, 15))
        frame["scheme"] = part(Scheme, **SCHEME, first_year=2019, last_year=2021)
        duty = {**DUTY, "article": self.article(DUTY["article"])}
        part(Duty, **duty, group=frame["g4"], lead=self.units["VPV"], month=12, day=31)
        return frame

    def _add(
        self,
        plan: Plan,
        key: str,
        given: Mapping[str, Any],
        frame: Mapping[str, Any],
        by: Standing,
        at: datetime,
    ) -> None:
        fields = dict(given)
        for name in ("group", "campaign", "scheme"):
            if name in fields:
                fields[name] = frame.get(fields[name])
        if "article" in fields:
            fields["article"] = self.article(fields["article"])
        fields["lead"] = self.units[fields["lead"]]
        fields["support"] = [self.units[code] for code in fields.pop("support", "").split()]
        task = actions.add_task(plan=plan, content=Content(**fields), by=by, at=at)
        self.codes[key] = task.code

    def _conclusions(self, at: datetime) -> None:
        """What the signing conference of December 2019 concluded."""
        for number, (key, given) in enumerate(CONCLUSIONS.items(), start=1):
            task = actions.give_task(
                agreement=self.agreement, year=YEAR, titles=given["titles"], lead=self.units[given["lead"]],
                due_on=given["due_on"], output=given["output"], origin="conclusion", origin_ref=f"signing:{number}",
                by=self.by("coordinator", at), at=at,
            )  # fmt: skip
            self.codes[key] = task.code

    def _of_a_unit(self, at: datetime) -> None:
        """An Giang's own plan under the joint one."""
        by = self.by("reporter", at)
        plan = actions.start_plan(agreement=self.agreement, year=YEAR, unit=self.units["89"], by=by, at=at)
        for key, given in UNIT_TASKS.items():
            self._add(plan, key, given, {}, by, at)
        actions.move_plan(plan=plan, name="approve", by=self.by("verifier", at), at=at)
        actions.issue_plan(plan=plan, number="05/KH-AG", issued_on=at.date(), by=by, at=at)

    def _task(self, key: str) -> Task:
        number = int(self.codes[key].rsplit("-", 1)[-1])
        rows = Task.objects.select_related("plan__unit", "agreement", "lead")
        return rows.get(agreement=self.agreement, plan__year=YEAR, plan__unit=None, number=number)

    def _report(self, key: str, at: datetime, **said: str) -> None:
        by = self.by("coordinator", at)
        actions.report_progress(task=self._task(key), unit=self.units["VPV"], by=by, at=at, **said)
