"""The pages printed from code say what the code says today."""

from tools.docs import stale


def test_printed_pages_fit_the_code():
    assert stale() == [], "run make docs"
