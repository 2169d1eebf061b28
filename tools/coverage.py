"""Prints docs/reference/coverage.md: which tests prove which requirement."""

from tools.requirements import claims, requirements

HEAD = """# What is proved

Each line is a requirement of a running coordination programme, with the tests
that prove it. The numbers are those of `@pytest.mark.requirement(...)`.
{proved} of {total} are proved by at least one test.

| | Area | Requirement | Tests |
|---:|---|---|---|
"""


def printed() -> str:
    """The page as Markdown."""
    tests = claims()
    rows = [
        f"| {row['number']} | {row['area']} | {row['requirement']} | "
        f"{'<br>'.join(linked(test) for test in tests.get(int(row['number']), [])) or '—'} |"
        for row in requirements()
    ]
    return HEAD.format(proved=len(tests), total=len(rows)) + "\n".join(rows) + "\n"


def linked(node_id: str) -> str:
    path, _, name = node_id.partition("::")
    return f"[{name}](../../{path})"
