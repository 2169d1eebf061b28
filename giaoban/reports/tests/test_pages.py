"""The pages of a report: the reporter writes, the verifier decides, the neighbour finds nothing there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from giaoban.reports import actions
from giaoban.reports.models import Report
from giaoban.reports.tests.test_moves import accepted, begun, sent
from giaoban.reports.tests.world import World, form, instant, regime

HERE = "phoi-hop"


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name])
    return client


def typed(**values: str) -> dict[str, str]:
    return {f"v:{code}": text for code, text in values.items()} | {"edition": "0"}


def test_a_reporter_opens_fills_and_sends(world: World) -> None:
    lan = signed_in(world, "lan")
    begin = {"regime": world.regime.pk, "unit": world.ct.pk, "period": "2020-01"}
    answer = lan.post(reverse("reports:open", args=[HERE]), begin)
    report = Report.objects.get()
    fill = reverse("reports:fill", args=[HERE, report.pk])
    assert answer["location"] == fill
    assert lan.get(fill).status_code == 200
    answer = lan.post(fill, typed(visits="1.234", stock="3,5") | {"n:note": "Tốt.", "send": "1"})
    assert answer["location"] == reverse("reports:move", args=[HERE, report.pk, "submit"])
    answer = lan.post(answer["location"])
    report.refresh_from_db()
    assert (report.state, report.current.document) == (
        "submitted",
        {"values": {"stock": "3.5", "visits": 1234}, "narratives": {"note": "Tốt."}},
    )


@pytest.mark.parametrize(
    ("language", "text", "wrong"), [("vi", "1,5", "1.23"), ("en", "1.5", "1,23"), ("vi", "2", "hai")]
)
def test_a_figure_is_read_strictly_in_the_readers_language(
    world: World, language: str, text: str, wrong: str
) -> None:
    lan = signed_in(world, "lan")
    world.people["lan"].language = language
    world.people["lan"].save()
    report = begun(world)
    address = reverse("reports:autosave", args=[HERE, report.pk])
    assert lan.post(address, typed(stock=text)).json()["errors"] == {}
    answer = lan.post(address, typed(stock=wrong) | {"edition": "1"}).json()
    assert list(answer["errors"]) == ["stock"]


def test_what_could_not_be_read_stays_on_the_page(world: World) -> None:
    report = begun(world)
    answer = signed_in(world, "lan").post(
        reverse("reports:fill", args=[HERE, report.pk]), typed(visits="mười hai", stock="2,0")
    )
    page = answer.content.decode()
    assert 'value="mười hai"' in page
    report.draft.refresh_from_db()
    assert report.draft.document == {"values": {"stock": "2.0"}}


def test_the_second_writer_is_told(world: World) -> None:
    report = begun(world)
    address = reverse("reports:autosave", args=[HERE, report.pk])
    assert signed_in(world, "lan").post(address, typed(visits="1")).json()["edition"] == 1
    late = signed_in(world, "kim").post(address, typed(visits="2"))
    assert late.status_code == 409
    assert "conflict" in late.json()


def test_the_verifier_returns_with_a_reason_and_accepts(world: World) -> None:
    report, hoa = sent(world), signed_in(world, "hoa")
    address = reverse("reports:move", args=[HERE, report.pk, "return"])
    assert hoa.get(address).status_code == 200
    assert hoa.post(address, {"reason": ""}).status_code == 409
    assert hoa.post(address, {"reason": "Xem lại", "cells": ["visits"]}).status_code == 302
    assert "Xem lại" in signed_in(world, "lan").get(report.get_absolute_url()).content.decode()
    actions.submit(report=report, by=world.by("lan"), at=instant(4))
    assert hoa.post(reverse("reports:move", args=[HERE, report.pk, "accept"])).status_code == 302
    report.refresh_from_db()
    assert report.state == "accepted"


def test_a_correction_is_a_new_revision_and_shows_what_changed(world: World) -> None:
    report, hoa = accepted(world), signed_in(world, "hoa")
    address = reverse("reports:correct", args=[HERE, report.pk])
    form = typed(visits="15", stock="3,5", todate="40") | {"n:note": "Đã làm xong.", "reason": "Cộng sót"}
    form["edition"] = str(report.accepted_id)
    assert hoa.get(address).status_code == 200
    assert hoa.post(address, form).status_code == 302
    assert hoa.post(address, form).status_code == 409
    page = hoa.get(reverse("reports:revision", args=[HERE, report.pk, 2])).content.decode()
    assert "<del>12</del>" in page
    assert "<ins>15</ins>" in page


def test_evidence_is_attached_downloaded_and_taken_off(world: World) -> None:
    report, lan = begun(world), signed_in(world, "lan")
    add = reverse("reports:evidence-add", args=[HERE, report.pk])
    page = {"referer": "http://testserver/"}
    assert (
        lan.post(add, {"file": SimpleUploadedFile("ảnh.pdf", b"%PDF-1.7 x"), "caption": "Ảnh"}).status_code
        == 302
    )
    lan.post(add, {"file": SimpleUploadedFile("virus.exe", b"MZ")}, headers=page)
    lan.post(add, {"file": SimpleUploadedFile("giả.pdf", b"MZ")}, headers=page)
    evidence = report.evidence.get()
    answer = lan.get(reverse("reports:evidence", args=[HERE, report.pk, evidence.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 x"
    assert (
        lan.post(reverse("reports:evidence-remove", args=[HERE, report.pk, evidence.pk])).status_code == 302
    )
    evidence.refresh_from_db()
    assert evidence.removed_at is not None


def test_the_neighbour_finds_nothing_at_any_address(world: World) -> None:
    report = accepted(world)
    addresses = [
        reverse("reports:index", args=[HERE]),
        reverse("reports:due", args=[HERE]),
        *(reverse(f"reports:{name}", args=[HERE, report.pk]) for name in ("report", "fill", "correct")),
        reverse("reports:revision", args=[HERE, report.pk, 1]),
        *(reverse("reports:move", args=[HERE, report.pk, move]) for move in ("submit", "accept", "reopen")),
    ]
    posts = [
        reverse("reports:autosave", args=[HERE, report.pk]),
        reverse("reports:evidence-add", args=[HERE, report.pk]),
        reverse("reports:open", args=[HERE]),
    ]
    nga, minh = signed_in(world, "nga"), signed_in(world, "minh")
    for address in addresses:
        assert nga.get(address).status_code == 404, address
        assert Client().get(address).status_code == 302, address
    for address in posts:
        assert nga.post(address, {"regime": world.regime.pk}).status_code == 404, address
    for address in addresses[2:]:
        assert minh.get(address).status_code == 404, address
    assert report.unit.name not in minh.get(addresses[0]).content.decode()
    assert report.unit.name not in minh.get(addresses[1]).content.decode()
    assert nga.get(report.get_absolute_url().replace(HERE, "khac")).status_code == 404


@pytest.mark.requirement(29)
def test_a_report_on_request_is_asked_for_written_and_seen_on_the_desk(world: World) -> None:
    asked = regime(world.agreement, form(world.agreement, "flood", ["visits"]), frequency="day", ad_hoc=True)
    kim, address = signed_in(world, "kim"), reverse("reports:ask", args=[HERE])
    wrong = kim.post(address, {"regime": asked.pk, "period": "2020-01", "units": "92"})
    assert (wrong.status_code, Report.objects.count()) == (200, 0)
    assert (
        kim.post(address, {"regime": asked.pk, "period": "2020-01-20", "units": "level:2"}).status_code == 302
    )
    assert sorted(Report.objects.values_list("unit__code", flat=True)) == ["89", "92"]
    page = signed_in(world, "lan").get(reverse("desk:home")).content.decode()
    assert "2020-01-20" in page
    assert signed_in(world, "lan").get(address).status_code == 404
    assert signed_in(world, "nga").get(address).status_code == 404
