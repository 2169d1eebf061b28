"""The wheel holds what the product needs and nothing of the workshop."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from giaoban.config.vendor import missing_vendor_files
from tests.architecture.repository import ROOT, tracked


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of the tree as it is, built from a copy."""
    if missing_vendor_files():
        pytest.skip("npm packages are not installed (make vendor)")
    copy, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("dist")
    for path in tracked():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), cwd=copy)
    return next(out.glob("*.whl"))


def run(*arguments: str, cwd: Path, **environment: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_templates_styles_translations_and_npm_files(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"giaoban/core/templates/base.html", "giaoban/vendor/htmx.min.js"} <= names
    sources = [p.relative_to(ROOT) for p in tracked("giaoban/*/locale/*.po")]
    assert {path.with_suffix(".mo").as_posix() for path in sources} <= names
    assert [name for name in names if "/tests/" in name or name.endswith(".po")] == []
    assert {name.split("/")[0].split("-")[0] for name in names} == {"giaoban"}


def test_an_installed_wheel_finds_its_npm_files_without_a_checkout(wheel: Path, tmp_path: Path):
    installed = tmp_path / "installed"
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(installed))
    run(*install, str(wheel), cwd=tmp_path)
    program = "import django.contrib.staticfiles.finders as f; print(f.find('vendor/tabler.min.css'))"
    found = run(
        "-c",
        f"import django; django.setup(); {program}",
        cwd=tmp_path,
        PYTHONPATH=str(installed),
        GIAOBAN_HOME=str(tmp_path / "home"),
        DJANGO_SETTINGS_MODULE="giaoban.config.settings",
    )
    assert found.strip() == str(installed / "giaoban" / "vendor" / "tabler.min.css")
