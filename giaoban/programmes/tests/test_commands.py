# ruff: noqa: E501
"""The commands as an operator meets them: what they print, how they end, what they say when they cannot."""

import csv
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from giaoban.programmes.tests.folders import folder
from giaoban.programmes.tests.homes import (
    GIAOBAN,
    answers,
    children_of,
    counted,
    environment,
    free_port,
    giaoban,
)


@pytest.fixture
def home(new_home, tmp_path) -> Path:
    """A home with the small programme."""
    made = new_home()
    giaoban(made, "load", folder(tmp_path / "programme"))
    return made


def test_a_load_tells_its_steps_and_its_result(new_home, tmp_path):
    home = new_home()
    ran = giaoban(home, "load", folder(tmp_path / "programme"))
    assert ran.stdout == "flood: 3 reports read, 3 written.\n"
    assert ran.stderr.splitlines() == [
        "Checking programme.toml …", "Checking reports/month.csv …", "Preparing …", "Writing …",
    ]  # fmt: skip
    again = giaoban(home, "load", tmp_path / "programme")
    assert (
        again.stdout
        == "flood: 3 reports read, 0 written.\nEverything was there already; nothing was changed.\n"
    )


def test_a_load_that_is_refused_ends_with_1_and_its_problems_on_stderr(new_home, tmp_path):
    home = new_home()
    ran = giaoban(home, "load", folder(tmp_path / "programme", units__csv=None), code=1)
    assert ran.stdout == ""
    assert "reports/month.csv:2: There is no unit with the code C1." in ran.stderr.splitlines()
    assert counted(home, "agreements_agreement") == 0


def test_sentences_are_vietnamese_where_the_machine_speaks_it(new_home):
    ran = subprocess.run(
        [*GIAOBAN, "export", "flood", "--out", "x"], env=environment(new_home()) | {"GIAOBAN_LANG": "", "LANG": "vi_VN.UTF-8"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 1
    assert (
        ran.stderr == "Chưa có chương trình phối hợp nào. Hãy nạp một chương trình: giaoban load THƯ_MỤC.\n"
    )


def rollup(home: Path, *more: str) -> list[dict[str, str]]:
    told = giaoban(home, "rollup", "flood", *more, "--format", "csv").stdout
    return list(csv.DictReader(io.StringIO(told)))


@pytest.mark.requirement(30)
def test_a_roll_up_prints_a_row_for_each_combination(home):
    found = rollup(home, "--indicator", "boats,share", "--unit", "V,D2", "--period", "2020-02,2020-03")
    assert list(found[0]) == [
        "indicator", "unit", "period", "value", "accepted", "due", "on_time", "newest", "basis", "regime", "note",
    ]  # fmt: skip
    assert [
        (r["indicator"], r["unit"], r["period"], r["value"], r["accepted"], r["due"], r["on_time"])
        for r in found
    ] == [
        ("boats", "V", "2020-02", "19", "2", "3", "1"),
        ("boats", "D2", "2020-02", "", "0", "1", "0"),
        ("boats", "V", "2020-03", "13", "1", "3", "1"),
        ("boats", "D2", "2020-03", "", "0", "1", "0"),
        ("share", "V", "2020-02", "0.197", "2", "3", "1"),
        ("share", "D2", "2020-02", "", "0", "1", "0"),
        ("share", "V", "2020-03", "0.288", "1", "3", "1"),
        ("share", "D2", "2020-03", "", "0", "1", "0"),
    ]
    assert {r["note"] for r in found if not r["value"]} == {
        "no data",
        "a part of the calculation has no value",
    }


def test_a_roll_up_by_a_breakdown_and_as_json(home):
    found = rollup(home, "--indicator", "people", "--unit", "C1", "--period", "2020-02", "--by", "sex")
    assert [(r["breakdown"], r["value"]) for r in found] == [
        ("sex=f", "22"),
        ("sex=m", "18"),
        ("not broken down", "0"),
    ]
    told = giaoban(
        home,
        "rollup",
        "flood",
        "--indicator",
        "boats",
        "--level",
        "2",
        "--period",
        "2020-02",
        "--format",
        "json",
    )
    assert [(r["unit"], r["value"]) for r in json.loads(told.stdout)] == [
        ("C1", "12"),
        ("C2", "7"),
        ("C3", None),
    ]


@pytest.mark.requirement(33)
def test_a_trace_lists_the_reports_behind_a_figure(home):
    told = giaoban(
        home, "trace", "flood", "--indicator", "boats", "--unit", "V", "--period", "2020-02"
    ).stdout
    lines = told.splitlines()
    assert lines[0].split() == ["unit", "name", "reports"]
    assert [line.split() for line in lines[1:3]] == [["C1", "An", "Bình", "1"], ["C2", "Bình", "Hòa", "1"]]
    assert lines[-1].startswith("2 reports of 2 units; digest of the set: ")


@pytest.mark.requirement(33, 38)
def test_a_review_is_built_issued_and_proved(home, tmp_path):
    out = tmp_path / "review"
    built = giaoban(home, "review", "flood", "--period", "2020", "--out", out, "--lang", "en")
    assert str(out / "review.docx") in built.stdout.splitlines()
    assert built.stdout.endswith("Review 1: draft.\n")
    issued = giaoban(home, "review", "flood", "--period", "2020", "--out", out, "--lang", "en", "--issue")
    assert issued.stdout.endswith("Review 1: issued.\n")
    assert "Something is lacking" in issued.stderr
    for name in ("review.docx", "review.html"):
        proved = giaoban(home, "verify", out / name).stdout.splitlines()
        count = int(proved[-1].split()[0])
        assert count > 10
        assert proved[-1] == f"{count} figures, {count} match"
    page = (out / "review.html").read_text()
    changed = re.sub(r"(<data[^>]*>|<span[^>]*data-figure[^>]*>)19<", r"\g<1>18<", page, count=1)
    assert changed != page
    (out / "changed.html").write_text(changed)
    ran = giaoban(home, "verify", out / "changed.html", code=1)
    assert "changed in file; issued 19, in the file 18" in ran.stdout
    assert ran.stdout.splitlines()[-1] == f"{count} figures, {count - 1} match"


def test_serve_refuses_what_it_cannot_read_as_a_certificate(home, tmp_path):
    (tmp_path / "key.pem").write_text("-----BEGIN RSA PRIVATE KEY-----\n")
    (tmp_path / "cert.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    ran = giaoban(
        home, "serve", "--tls-cert", tmp_path / "cert.pem", "--tls-key", tmp_path / "key.pem", code=1
    )
    assert ran.stderr.startswith(f"{tmp_path / 'key.pem'} must be a PEM file")
    ran = giaoban(home, "serve", "--tls-cert", tmp_path / "cert.pem", code=1)
    assert ran.stderr == "Give --tls-cert and --tls-key together.\n"


MISTAKES = {
    ("rollup", "flood", "--indicator", "boats", "--unit", "X", "--period", "2020"): "There is no unit with the code X.",
    ("rollup", "flood", "--indicator", "ships", "--unit", "V", "--period", "2020"): "The agreement has no indicator ships.",
    ("rollup", "sea", "--indicator", "boats", "--unit", "V", "--period", "2020"): "There is no agreement sea. There are: flood.",
    ("rollup", "flood", "--indicator", "boats", "--unit", "V", "--period", "2020", "--regime", "x"): "There is no regime x. There are: month, district.",
    ("load", "nowhere"): "There is no folder nowhere.",
    ("verify", "nothing.docx"): "There is no such file or folder (nothing.docx).",
    ("restore", "nothing.tar.gz"): None,
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "sentence"), MISTAKES.items(), ids=[" ".join(m[:2]) for m in MISTAKES])
def test_a_mistake_gets_one_sentence(home, arguments, sentence):
    ran = giaoban(home, *arguments, code=1)
    assert len(ran.stderr.splitlines()) == 1
    assert sentence is None or ran.stderr == f"{sentence}\n"


def test_a_home_where_nothing_can_be_written(home):
    if os.geteuid() == 0:
        ran = subprocess.run(
            ["unshare", "--mount", "sh", "-c", 'mount --bind -r "$0" "$0" && mount -o remount,bind,ro "$0" && "$@"',
             str(home), *GIAOBAN, "load", "x"], env=environment(home), capture_output=True, text=True,
        )  # fmt: skip
        if "mount" in ran.stderr or "unshare" in ran.stderr:
            pytest.skip("this machine lets nobody mount a folder read-only")
    else:
        home.chmod(0o500)
        ran = giaoban(home, "load", "x", code=1)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1, ran.stderr
    assert "write" in ran.stderr


def test_a_full_disk(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    ran = subprocess.run(
        ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=400k tmpfs "$0" && "$@"', str(disk), *GIAOBAN, "check"],
        env=environment(disk), capture_output=True, text=True,
    )  # fmt: skip
    if "mount" in ran.stderr or "unshare" in ran.stderr:
        pytest.skip("this machine lets nobody mount a small disk")
    assert ran.returncode == 1
    assert ran.stderr.startswith("The disk is full. Nothing was half written;")
    assert len(ran.stderr.splitlines()) == 1


def test_a_database_that_is_locked_or_damaged(home):
    (home / "giaoban.sqlite3").write_bytes(b"this is no database at all" * 100)
    ran = giaoban(home, "check", code=1)
    assert ran.stderr == "The database file is damaged. Restore the newest backup: giaoban restore FILE.\n"


def test_a_database_server_that_is_not_there(tmp_path):
    ran = subprocess.run(
        [*GIAOBAN, "check"], capture_output=True, text=True,
        env=environment(tmp_path / "home") | {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"},
    )  # fmt: skip
    if "psycopg" in ran.stderr and ran.returncode:
        assert len(ran.stderr.splitlines()) == 1
        return
    assert ran.returncode == 1
    assert ran.stderr.startswith("The database server of DATABASE_URL does not let us in: ")


def test_an_older_home_is_brought_up_to_date_by_serve_alone(home):
    base = sqlite3.connect(home / "giaoban.sqlite3")
    with base:
        base.execute("DELETE FROM django_migrations WHERE app = 'core' AND name > '0002'")
    base.close()
    ran = giaoban(home, "check", code=1)
    assert ran.stderr == "An older version made this home. Back it up, then start giaoban serve once.\n"


def test_a_newer_home_is_left_alone(home):
    base = sqlite3.connect(home / "giaoban.sqlite3")
    with base:
        base.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_future', '2030-01-01')"
        )
    base.close()
    ran = giaoban(home, "check", code=1)
    assert ran.stderr == "This home was made by a newer version of giaoban. Install that version.\n"


def test_check_names_what_is_wrong(home):
    assert giaoban(home, "check").stdout.splitlines()[0] == "database: sound"
    base = sqlite3.connect(home / "giaoban.sqlite3")
    with base:
        base.execute("UPDATE core_auditrow SET actor = 'nobody' WHERE id = 3")
        base.execute("UPDATE reports_report SET state = 'draft' WHERE id = 1")
        base.execute("""UPDATE reports_revision SET document = '{"values": {"boats": 99}}' WHERE id = 2""")
    base.close()
    ran = giaoban(home, "check", code=1)
    assert "audit trail: faults" in ran.stdout
    assert "database: sound" in ran.stdout
    told = [line.strip() for line in ran.stderr.splitlines()]
    assert any(
        line.startswith("Audit row 3 of") and line.endswith("its content was changed.") for line in told
    )
    assert "Report 1 is “draft”, the audit trail says “accepted”." in told
    assert "Report 1 does not agree with its accepted revision." in told
    assert "Revision 2 was changed after it was written." in told


def test_a_backup_is_restored_with_proof(home, tmp_path):
    file = tmp_path / "backup.tar.gz"
    made = giaoban(home, "backup", file).stdout
    seal = next(line for line in made.splitlines() if line.startswith("Seal 1 of the audit trail: "))
    told = giaoban(tmp_path / "other", "restore", file).stdout
    assert seal in told
    assert "2 files, all with their digests; the database is sound." in told
    assert (
        rollup(tmp_path / "other", "--indicator", "boats", "--unit", "V", "--period", "2020-02")[0]["value"]
        == "19"
    )
    assert (tmp_path / "other/secret.key").read_text() == (home / "secret.key").read_text()
    giaoban(tmp_path / "other", "check")
    again = giaoban(tmp_path / "other", "restore", file, code=1)
    assert again.stderr == f"{tmp_path / 'other'} is in use. Restore into an empty home: set GIAOBAN_HOME.\n"
    assert giaoban(home, "backup", file, code=1).stderr == f"{file} is there already. Name another file.\n"


def test_a_damaged_backup_is_refused_and_leaves_the_home_empty(home, tmp_path):
    file = tmp_path / "backup.tar.gz"
    giaoban(home, "backup", file)
    whole = file.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"no backup", whole[:-200] + bytes(200)):
        (tmp_path / "damaged.tar.gz").write_bytes(damaged)
        ran = giaoban(tmp_path / "other", "restore", tmp_path / "damaged.tar.gz", code=1)
        assert len(ran.stderr.splitlines()) == 1
        assert "backup" in ran.stderr
        assert not (tmp_path / "other/giaoban.sqlite3").exists()


def test_an_operator_gets_a_link_once_or_a_password(new_home):
    home = new_home()
    told = giaoban(
        home, "operator", "hue@example.org", "--name", "Huệ", "--site", "https://example.org"
    ).stdout
    assert told.splitlines()[1].startswith("https://example.org/accounts/")
    ran = giaoban(home, "operator", "hue@example.org", "--password", given="short\n", code=1)
    assert "10" in ran.stderr
    ran = giaoban(home, "operator", "hue@example.org", "--password", given="a river of nine boats\n")
    assert ran.stdout == "hue@example.org is an operator and signs in with this password.\n"
    assert (counted(home, "accounts_user"), counted(home, "agreements_membership")) == (1, 1)
    assert giaoban(home, "operator", "hue", code=1).stderr == "“hue” is no e-mail address.\n"


def test_serve_answers_does_jobs_and_ends_cleanly(home):
    port = free_port()
    served = subprocess.Popen(
        [*GIAOBAN, "serve", "--port", str(port)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert served.stdout.readline() == f"Giao Ban is at http://localhost:{port}/ (Ctrl+C stops it).\n"
        assert answers(port) == 200
        taken = giaoban(home, "serve", "--port", port, code=1)
        assert taken.stderr == "The port is taken. Stop what uses it, or choose another one with --port.\n"
        second = giaoban(home, "serve", "--port", free_port(), code=1)
        assert second.stderr == "Another giaoban serve is at work on this home.\n"
        until = time.monotonic() + 60
        while counted(home, "rollups_generation") == 0 or counted(home, "core_seal") == 0:
            assert time.monotonic() < until, "no job was done"
            time.sleep(0.2)
        children = children_of(served.pid)
        assert len(children) == 2
        os.kill(children[1], signal.SIGKILL)
        while len(children_of(served.pid)) < 2 or children[1] in children_of(served.pid):
            assert time.monotonic() < until, "the worker was not started again"
            time.sleep(0.2)
        children = children_of(served.pid)
    finally:
        served.send_signal(signal.SIGTERM)
        _told, complaints = served.communicate(timeout=60)
    assert served.returncode == 0, complaints
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    giaoban(home, "check")


def test_when_serve_is_killed_its_children_end_too(home):
    port = free_port()
    served = subprocess.Popen(
        [*GIAOBAN, "serve", "--port", str(port)],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert answers(port) == 200
    children = children_of(served.pid)
    served.kill()
    served.wait()
    until = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() < until, "a child lives on"
        time.sleep(0.2)
