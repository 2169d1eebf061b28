"""A badge says who may come in, until when, and nobody else can make one."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.attendance import badge
from giaoban.attendance.badge import LETTERS, Badge

PUBLIC, SEALED = badge.new_pair()
PRIVATE = badge.opened(SEALED)


@given(
    st.builds(
        Badge,
        register=st.integers(0, 2**32 - 1),
        key=st.integers(0, 255),
        code=st.text(LETTERS, min_size=8, max_size=8),
        expires=st.integers(0, 2**32 - 1),
    )
)
def test_what_is_written_is_read_and_genuine(made):
    text = badge.payload(made, PRIVATE)
    scanned = badge.read(text)
    assert scanned is not None and scanned.badge == made
    assert badge.is_genuine(scanned, PUBLIC)
    assert (len(text), text) == (131, badge.payload(made, PRIVATE))


@given(st.integers(0, 78), st.integers(1, 255))
def test_a_changed_byte_is_never_genuine(place, change):
    text = badge.payload(Badge(7, 1, "K7M29QXD", 1_700_000_000), PRIVATE)
    signed = bytearray(base64.b32decode(text[4:] + "="))
    signed[place] ^= change
    scanned = badge.read("GB1:" + base64.b32encode(bytes(signed)).decode().rstrip("="))
    assert scanned is None or not badge.is_genuine(scanned, PUBLIC)


def test_another_key_is_another_signature():
    scanned = badge.read(badge.payload(Badge(7, 1, "K7M29QXD", 1), badge.opened(badge.new_pair()[1])))
    assert scanned is not None and not badge.is_genuine(scanned, PUBLIC)


@pytest.mark.parametrize(
    "text", ["", "GB1:", "https://example.vn", "GB1:ABC", "GB1:" + "A" * 131, "GB1:" + "ă" * 127]
)
def test_other_codes_are_no_badges(text):
    assert badge.read(text) is None


def test_codes_are_typed_as_people_type():
    assert badge.clean_code(" k7m2-9qxd ") == "K7M29QXD"
    assert badge.clean_code("OIL0-0000") == "01100000"
    assert badge.clean_code("K7M2") == badge.clean_code("K7M29QX!") == ""
    assert badge.shown_code("K7M29QXD") == "K7M2-9QXD"
