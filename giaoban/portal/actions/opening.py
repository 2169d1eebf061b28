"""Open the portal: its front page, its sections, its way of approval."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site, Workflow, WorkflowPage, WorkflowTask

from giaoban.agreements.models import Agreement
from giaoban.core import audit
from giaoban.core.actors import Actor
from giaoban.core.refused import Refused
from giaoban.portal.actions.writing import put
from giaoban.portal.models import (
    HomePage,
    OrganisationPage,
    PolicyTask,
    PortalPage,
    QuestionsPage,
    RegisterPage,
    SectionPage,
)
from giaoban.portal.policy import PORTAL

#: address, type, Vietnamese and English title and lead of the sections a portal begins with.
SECTIONS: tuple[tuple[str, type[PortalPage], str, str, str, str], ...] = (
    ("tin-tuc", SectionPage, "Tin tức", "News",
     "Việc đã làm, việc đang làm của các đơn vị.", "What the units have done and are doing."),
    ("so-ket-hoi-nghi", SectionPage, "Sơ kết, hội nghị", "Reviews and meetings",
     "Báo cáo sơ kết, tổng kết và các hội nghị.", "Interim and final reviews, and the meetings on them."),
    ("ke-hoach", SectionPage, "Kế hoạch và kết quả", "Plans and results",
     "Chỉ tiêu của từng năm và kết quả thực hiện.", "The targets of each year, and what has come of them."),
    ("van-ban", RegisterPage, "Văn bản", "Documents",
     "Văn bản đã ban hành, còn hay hết hiệu lực.", "What was issued, and whether it is still in force."),
    ("don-vi", OrganisationPage, "Đơn vị", "Units",
     "Cơ cấu tổ chức, chức năng và đầu mối liên hệ.", "The organisation chart, functions and contacts."),
    ("huong-dan", SectionPage, "Hướng dẫn", "Guides",
     "Từng bước, cho việc hằng ngày.", "Step by step, for everyday work."),
    ("hoi-dap", QuestionsPage, "Hỏi đáp", "Questions",
     "Câu hỏi thường gặp.", "Questions people often ask."),
)  # fmt: skip


def open_portal(
    *, agreement: Agreement, name_vi: str, name_en: str, owner_vi: str, owner_en: str, by: Actor, at: datetime,
    **more: Any,
) -> HomePage:  # fmt: skip
    """Make the front page and the sections of an agreement's portal. There is one portal."""
    if not PORTAL.may_in(by, "publish", agreement.pk):
        raise Refused(_("You may not open the portal."), code="right")
    if HomePage.objects.exists():
        raise Refused(_("The portal is open already."), code="open")
    if not name_vi.strip():
        raise Refused(_("Give the portal a name."), field="name_vi")
    with transaction.atomic():
        root = Page.get_first_root_node()
        front = HomePage(
            title=name_vi, title_en=name_en, slug="portal", site_name_vi=name_vi, site_name_en=name_en,
            owner_vi=owner_vi, owner_en=owner_en, agreement=agreement, is_sample=agreement.is_sample, **more,
        )  # fmt: skip
        put(parent=root, page=front, by=by, at=at, publish=True)
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"root_page": front, "hostname": "localhost", "port": 80, "site_name": name_vi[:255]},
        )
        _welcome(root, front)
        for slug, kind, title, english, lead, lead_english in SECTIONS:
            page = kind(
                title=title, title_en=english, slug=slug, lead_vi=lead, lead_en=lead_english, agreement=agreement,
                show_in_menus=True, is_sample=agreement.is_sample,
            )  # fmt: skip
            put(parent=front, page=page, by=by, at=at, publish=True)
        _approval(front)
        audit.record_many(
            [audit.Entry(f"portal.portalpage:{front.pk}", "open portal", {"agreement": agreement.pk})],
            by=by,
            at=at,
        )
    return front


def _welcome(root: Page, front: HomePage) -> None:
    """Wagtail's own welcome page goes."""
    for page in root.get_children().exclude(pk=front.pk):
        if page.content_type.model == "page":
            page.delete()


def _approval(front: HomePage) -> None:
    """Unit editor, unit approver, portal editor: two steps, whose people are found by the table of rights."""
    WorkflowPage.objects.all().delete()
    Workflow.objects.update(active=False)
    workflow = Workflow.objects.create(name="Đơn vị duyệt, cổng đăng")
    steps = (("Đơn vị duyệt", "approve"), ("Biên tập cổng duyệt", "publish"))
    for order, (name, right) in enumerate(steps):
        task = PolicyTask.objects.create(name=name, right=right)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=front)
