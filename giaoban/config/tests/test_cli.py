"""The commands name themselves and answer for help."""

import pytest

from giaoban.config.cli import COMMANDS, parser
from giaoban.programmes.tests.homes import giaoban


def test_help_and_version_need_no_home(tmp_path):
    told = giaoban(tmp_path / "home", "--help").stdout
    for name in COMMANDS:
        assert f"    {name} " in told
    assert giaoban(tmp_path / "home", "--version").stdout.startswith("giaoban ")
    assert not (tmp_path / "home").exists()


def test_every_command_has_a_help():
    for name in COMMANDS:
        with pytest.raises(SystemExit) as ended:
            parser().parse_args([name, "--help"])
        assert ended.value.code == 0
