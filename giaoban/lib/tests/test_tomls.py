"""TOML: where a key stands, and the same text for the same content."""

import tomllib
from datetime import date

import pytest

from giaoban.lib.tomls import Toml, TomlError, write

TEXT = """# a programme
format = 1
[agreement]
code = "a"

[[form]]
code = "one"
narratives = [
  { code = "note" },
]
[[form.section]]
code = "s"
[[form]]
code = "two"
"""


def test_lines_of_tables_and_keys():
    toml = Toml(TEXT)
    assert toml.data["form"][1] == {"code": "two"}
    assert toml.line("format") == 2
    assert toml.line("agreement", "code") == 4
    assert toml.line("form", 0, "narratives") == 8
    assert toml.line("form", 0, "section", 0, "code") == 12
    assert toml.line("form", 1) == 13
    assert toml.line("form", 1, "missing") == 13
    assert toml.line("nothing") == 1


def test_what_is_no_toml_says_where():
    with pytest.raises(TomlError) as error:
        Toml("format = 1\ncode = \n")
    assert (str(error.value), error.value.line) == ("Invalid value", 2)


def test_written_text_reads_back():
    tables = [
        ("", {"format": 1}),
        ("[agreement]", {"title": {"vi": 'Báo "cáo"\n'}, "sample": True, "starts_on": date(2020, 1, 2)}),
        (
            "[[form]]",
            {"indicators": ["a", "b"], "narratives": [{"code": "n"}, {"code": "m"}], "due": {"": "+1d"}},
        ),
    ]
    text = write(tables)
    assert tomllib.loads(text) == {
        "format": 1,
        "agreement": {"title": {"vi": 'Báo "cáo"\n'}, "sample": True, "starts_on": date(2020, 1, 2)},
        "form": [
            {"indicators": ["a", "b"], "narratives": [{"code": "n"}, {"code": "m"}], "due": {"": "+1d"}}
        ],
    }
    assert text.startswith('format = 1\n\n[agreement]\ntitle = { vi = "Báo \\"cáo\\"\\n" }\nsample = true\n')
