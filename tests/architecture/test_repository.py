"""What never stands in the repository: utils, addresses of registries, paths of a machine."""

import json
import re

from tests.architecture.repository import ROOT, tracked

TEXT = {
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".md",
    ".po",
    ".py",
    ".sh",
    ".toml",
    ".txt",
    ".yml",
}
REGISTRY = re.compile(r"(pypi\.org|pythonhosted\.org|registry\.npmjs|index-url|find-links)", re.I)
MACHINE = re.compile(r"(?<![\w./-])/(home|root|work|Users)/\w")


def texts():
    for path in tracked():
        if path.suffix in TEXT or (not path.suffix and path.stat().st_size < 100_000):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def naming(pattern: re.Pattern) -> list[str]:
    """file:line of every match outside this file."""
    own = "tests/architecture/test_repository.py"
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts()
        if name != own
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line.replace("--no-emit-index-url", ""))
    ]


def test_no_folder_has_a_drawer_for_everything():
    names = {"utils", "util", "helpers", "misc", "common"}
    assert [p.name for p in tracked("*.py") if p.stem in names] == []


def test_no_address_of_a_registry():
    assert naming(REGISTRY) == []


def test_no_path_of_a_machine():
    assert naming(MACHINE) == []


def test_npm_packages_are_pinned_with_digests_and_without_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    locked = {name: package for name, package in packages.items() if name}
    assert locked
    assert [name for name, p in locked.items() if "resolved" in p] == []
    assert [name for name, p in locked.items() if not p.get("integrity")] == []


def test_python_packages_are_pinned_with_digests():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        entries = re.split(r"\n(?=[\w.-]+(?:\[[^\]]*\])?==)", (ROOT / name).read_text())[1:]
        assert entries
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_base_and_development_pins_agree():
    def pins(name):
        found = re.findall(r"^([\w.-]+(?:\[[^\]]*\])?)==(\S+)", (ROOT / name).read_text(), re.M)
        return {package.split("[")[0]: version for package, version in found}

    base, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: development.get(name) for name in base} == base


def test_no_npm_file_is_copied_into_the_repository():
    copied = re.compile(r"(tabler|bootstrap|htmx|popper)[\w.-]*\.(css|js)$")
    assert [p.name for p in tracked() if copied.match(p.name)] == []
