"""Forms and frames of every page."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import server_error


class Visit(forms.Form):
    place = forms.CharField(label="Place", help_text="Where it was.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    sure = forms.BooleanField(label="Sure", required=False)


def test_every_control_has_its_label_and_its_help():
    html = str(Visit())
    for name in ("place", "note", "sure"):
        assert f'for="id_{name}"' in html
        assert f'id="id_{name}"' in html
    assert "<legend" in html
    assert 'aria-describedby="id_place_helptext"' in html
    assert 'id="id_place_helptext"' in html


def test_mistakes_are_summed_up_and_lead_to_their_controls():
    with translation.override("en"):
        html = str(Visit({"note": "x"}))
    assert "There are 2 mistakes" in html
    targets = re.findall(r'<li><a href="#([^"]+)"', html)
    assert targets == ["id_place", "id_kind_0"]
    for target in targets:
        assert f'id="{target}"' in html
    assert 'aria-invalid="true"' in html


def test_no_form_brings_inline_styles_or_scripts():
    assert not re.search(r"style=|onclick=|<script", str(Visit({})))


def test_a_frame_around_nothing_is_nothing():
    source = '{% framed "core/frame_tabs.html" %}  {{ inner }} {% endframed %}'
    assert Template(source).render(Context({"inner": ""})) == ""
    assert "<nav" in Template(source).render(Context({"inner": "x"}))


@pytest.mark.requirement(80)
def test_a_missing_page_is_a_page_in_the_readers_language(db):
    answer = Client().get("/no-such-page/")
    assert answer.status_code == 404
    html = answer.content.decode()
    assert '<html lang="vi"' in html
    assert "Không có trang này" in html
    assert 'class="skip-link" href="#main"' in html
    assert answer["Content-Security-Policy"].count("'unsafe") == 0


def test_a_form_sent_too_late_says_what_to_do(db):
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


def test_our_own_fault_is_told_without_a_database():
    with translation.override("vi"):
        answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Những gì đã lưu vẫn còn" in answer.content.decode()
