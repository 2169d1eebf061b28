"""Words that changed between two texts."""

import pytest

from giaoban.lib.differences import words

OLD = "Các bên sơ kết mỗi năm một lần.\nVăn phòng tổng hợp."
NEW = "Các bên sơ kết sáu tháng một lần, tổng kết cuối kỳ.\nVăn phòng vùng tổng hợp."


def test_whole_words_are_marked_and_neighbours_stand_together() -> None:
    assert [(p.kind, p.text) for p in words("mỗi năm một lần", "sáu tháng một lần")] == [
        ("removed", "mỗi năm"),
        ("added", "sáu tháng"),
        ("same", " một lần"),
    ]


@pytest.mark.parametrize(
    ("old", "new"), [(OLD, NEW), ("", NEW), (OLD, ""), ("", ""), (OLD, OLD), ("a b", "c d")]
)
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new
