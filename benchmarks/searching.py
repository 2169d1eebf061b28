"""The public search among 5,000 articles of about 2,000 letters: what a reader waits for, warm, page included."""

from __future__ import annotations

import random
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import parse_qsl

from benchmarks import homes
from benchmarks.pages import _measured
from benchmarks.results import keep

ARTICLES, UNITS = 5_000, 63
BEGIN, OPENED = datetime(2016, 1, 4, 2, tzinfo=UTC), datetime(2026, 1, 5, 2, tzinfo=UTC)
#: what -> the address's question
ASKED = {
    "every article": "q=hoi+nghi",
    "every article, with marks": "q=hội+nghị+sơ+kết",
    "one in ten": "q=tiem+chung",
    "one in a hundred": "q=xam+nhap+man",
    "one article": "q=mã+số+4711",
    "words side by side": "q=%22phòng+chống+lũ%22",
    "unit and days": "q=hoi+nghi&unit={unit}&since=2018-01-01&until=2019-12-31",
    "newest first": "q=hoi+nghi&sort=newest",
    "the last sheet": "q=hoi+nghi&sheet=500",
    "nothing": "q=khongcotunao",
}
SYLLABLES = (
    "ban báo bảo bệnh cán chỉ chính chống chức công của cộng dân dịch dự đạo đảng đề đến điều đồng "
    "đơn đường giá giao hành hiện học hội hợp huyện huấn kết kế khai khám khó không kiểm lãnh lập "
    "liên lực lũ mạn mùa nâng ngành nghị người nguồn nhân nhận nông nước phát phòng phối phương quan "
    "quản quốc quy sinh số sở sơ tác tập tế thành thông thời thực tiếp tiêm tỉnh tổ tổng trạm triển "
    "trình truyền trường tuyên tư ứng văn vận viên việc xã xây ý y yêu"
).split()


def run(place: Path, sizes: list[str], quick: bool) -> None:
    """Write the articles in a home of their own, then search them."""
    home = place / "search"
    shutil.rmtree(home, ignore_errors=True)
    wrote = homes.inside(home, "benchmarks.searching:build", articles=500 if quick else ARTICLES)
    rows = homes.inside(home, "benchmarks.searching:read", runs=3 if quick else 15)
    if not quick:
        keep("search", str(ARTICLES), {"rows": rows, **wrote})


def build(articles: int) -> dict[str, Any]:
    """A portal with its articles, and how long the search takes to be built anew."""
    from giaoban.portal.actions.finding import learn_everything
    from giaoban.programmes.homes import bring_up

    bring_up()
    _write(_section(), articles)
    began = time.process_time()
    known = learn_everything()
    return {"articles": articles, "pages": known, "anew_cpu": time.process_time() - began}


def _section() -> Any:
    """The units, an agreement, its open portal: the section of news."""
    from benchmarks.tasks import _agreement, _units
    from giaoban.agreements.models import Membership
    from giaoban.agreements.standing import Standing
    from giaoban.portal.actions.opening import open_portal
    from giaoban.portal.models import SectionPage

    office, *units = _units()
    here = _agreement(office, units)
    kim = Membership.objects.get(agreement=here, role="coordinator").user
    open_portal(
        agreement=here,
        name_vi="Cổng",
        name_en="Portal",
        owner_vi="",
        owner_en="",
        by=Standing(kim, OPENED),
        at=OPENED,
    )
    return SectionPage.objects.get(slug="tin-tuc")


def _write(section: Any, articles: int) -> None:
    """Articles that share common words and differ in rare ones. Always the same."""
    from django.db import transaction

    from giaoban.portal.actions.writing import running_text
    from giaoban.portal.models import NewsArticle
    from giaoban.units.models import Unit

    chance = random.Random(5)
    units = list(Unit.objects.filter(level=1).order_by("pk")[:UNITS])
    with transaction.atomic():
        for n in range(articles):
            section.add_child(
                instance=NewsArticle(
                    title=f"Hội nghị sơ kết {_words(chance, 6)}", slug=f"tin-{n}", lead_vi=_words(chance, 30),
                    body_vi=running_text(f"<p>{_text(chance, n)}</p>"), unit=units[n % UNITS], live=True,
                    posted_at=BEGIN + timedelta(hours=17 * n), agreement=section.agreement,
                )
            )  # fmt: skip


def _words(chance: random.Random, many: int) -> str:
    return " ".join(chance.choices(SYLLABLES, k=many))


def _text(chance: random.Random, n: int) -> str:
    rare = ["tiêm chủng" if n % 10 == 0 else "", "xâm nhập mặn" if n % 100 == 0 else "", f"mã số {n}"]
    rare.append("phòng chống lũ" if n % 25 == 0 else "")
    return f"{_words(chance, 200)} {' '.join(rare)} {_words(chance, 200)}."


def read(runs: int) -> list[dict[str, Any]]:
    """One row for each question: the whole page (see benchmarks.pages), and the search alone (find)."""
    from django.test import Client

    from giaoban.units.models import Unit

    client, unit = Client(), Unit.objects.filter(level=1).order_by("pk")[0].pk
    rows = []
    for what, question in ASKED.items():
        asked = question.format(unit=unit)
        page = _measured(client, f"/vi/tim-kiem/?{asked}", runs)
        rows.append({"what": what, **page, **_alone(asked, runs)})
    return rows


def _alone(asked: str, runs: int) -> dict[str, float]:
    """Milliseconds of the search without its page."""
    from django.utils import timezone

    from giaoban.portal.queries.finding import Search, wish

    seconds, busy = [], []
    for _each in range(runs):
        began, used = time.perf_counter(), time.process_time()
        Search("vi", at=timezone.now()).find(wish(dict(parse_qsl(asked))))
        seconds.append(time.perf_counter() - began)
        busy.append(time.process_time() - used)
    return {"find_ms": median(seconds) * 1000, "find_cpu_ms": median(busy) * 1000}
