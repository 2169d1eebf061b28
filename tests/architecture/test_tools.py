"""The tools of the project do what the checks rely on."""

import ast

import pytest

from tools import environment, messages, policies, requirements
from tools.tally import tally

TEMPLATE = """{% load i18n %}
<h1>{% translate "Reports" %}</h1>
  {% blocktranslate count n=late trimmed %}
    {{ n }} unit
    is late
  {% plural %}
    {{ n }} units are late
  {% endblocktranslate %}
"""


@pytest.fixture
def app(tmp_path, monkeypatch):
    """An app folder `core` of a project of its own."""
    folder = tmp_path / "giaoban" / "core"
    (folder / "templates" / "core").mkdir(parents=True)
    (folder / "__init__.py").touch()
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path / "giaoban")
    return folder


def test_messages_come_from_python_and_templates(app):
    (app / "views.py").write_text('x = _("Accept")\ny = pgettext("month", "May")\n')
    (app / "templates" / "core" / "page.html").write_text(TEMPLATE)
    (app / "tests").mkdir()
    (app / "tests" / "test_x.py").write_text('_("Not for people")\n')

    found = {messages.key(message) for message in messages.collect(app) if message.id}

    plural = ("%(n)s unit is late", "%(n)s units are late")
    assert found == {(None, "Accept"), ("month", "May"), (None, "Reports"), (None, plural)}


def test_a_translation_outlives_an_update_and_a_pause(app):
    page = app / "views.py"
    page.write_text('_("Accept")\n_("Return")\n')
    messages.update([], prune=False)
    po = messages.po_path(app)
    po.write_text(po.read_text().replace('"Accept"\nmsgstr ""', '"Accept"\nmsgstr "Chấp nhận"'))

    page.write_text('_("Return")\n')
    messages.update([], prune=False)
    assert '#~ msgstr "Chấp nhận"' in po.read_text()

    page.write_text('_("Accept")\n_("Return")\n')
    messages.update([], prune=False)
    assert messages.problems() == [f"{po.relative_to(messages.ROOT)}: no Vietnamese for 'Return'"]


def test_one_msgid_is_not_said_in_two_ways(app):
    for name, said in (("alpha", "Trả lại"), ("beta", "Gửi trả")):
        other = app.parent / name
        other.mkdir()
        (other / "__init__.py").write_text('_("Return")\n')
        messages.update([name], prune=False)
        po = messages.po_path(other)
        po.write_text(po.read_text().replace('"Return"\nmsgstr ""', f'"Return"\nmsgstr "{said}"'))

    first, second = (
        messages.po_path(app.parent / name).relative_to(messages.ROOT) for name in ("alpha", "beta")
    )
    assert messages.problems() == [f"{second}: 'Return' is said otherwise in {first}"]


def test_requirement_marks_are_read_from_functions_classes_and_modules():
    tree = ast.parse(
        "pytestmark = pytest.mark.requirement(91)\n"
        "class TestReview:\n"
        "    @pytest.mark.requirement(35, 36)\n"
        "    def test_sources(self): ...\n"
        "def test_plain(): ...\n"
    )
    assert dict(requirements.marked(tree)) == {"TestReview::test_sources": {35, 36, 91}, "test_plain": {91}}


def test_there_are_97_requirements():
    assert requirements.numbers() == frozenset(range(1, 98))


def test_every_setting_read_by_the_code_has_a_meaning():
    assert environment.names() == environment.MEANINGS.keys()


def test_tables_of_moves_lead_only_through_states_that_can_be_reached():
    for _app, name, policy in policies.policies():
        moves = getattr(policy, "moves", {}).values()
        reached = {"draft"} | {move.target for move in moves}
        assert {source for move in moves for source in move.sources} <= reached, name


def test_results_are_added_up(tmp_path):
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_text("<s><testcase/><testcase><failure/></testcase><testcase><skipped/></testcase></s>")
    second.write_text("<s><testcase/><testcase><error/></testcase></s>")
    assert tally([str(first), str(second), str(tmp_path / "absent.xml")]) == (2, 2, 1)
