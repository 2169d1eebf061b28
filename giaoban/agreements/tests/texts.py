"""A small text to amend: two chapters, three articles."""

from datetime import UTC, date, datetime

from giaoban.agreements import actions
from giaoban.agreements.models import Version, Wording

AT = datetime(2020, 1, 6, 2, tzinfo=UTC)
TEXT = """
Căn cứ Luật Tổ chức chính quyền địa phương;
QUY CHẾ PHỐI HỢP
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc phối hợp giữa các bên.
Điều 2. Nguyên tắc phối hợp
1. Chủ động, kịp thời.
2. Đúng chức năng, gồm:
a) trao đổi thông tin;
b) kiểm tra chung.
Chương II
CHẾ ĐỘ BÁO CÁO
Điều 3. Sơ kết, tổng kết
Các bên sơ kết mỗi năm một lần.
"""


def drafted(world, by="alice", at=AT) -> Version:
    """A first draft with the text, as Alice pastes it."""
    version = actions.begin_version(agreement=world.agreement, by=world.by(by, at), at=at)
    actions.paste_text(version=version, text=TEXT, language="vi", by=world.by(by, at), at=at)
    version.refresh_from_db()
    return version


def signed(world, at=AT, **given) -> Version:
    """The first version, signed and in force from 10 January 2020."""
    return put_in_force(
        world, drafted(world, at=at), "01/QCPH", date(2020, 1, 6), date(2020, 1, 6), at, **given
    )


def put_in_force(world, version, number, signed_on, effective_on, at, **given) -> Version:
    return actions.sign(
        version=version, signed_number=number, signed_on=signed_on, effective_on=effective_on,
        by=world.by("alice", at), at=at, **given,
    )  # fmt: skip


def words(version, label) -> Wording:
    """The wording that bears this Vietnamese label."""
    from giaoban.agreements.queries import text_of

    return next(node.wording for node in text_of(version) if node.label["vi"] == label)
