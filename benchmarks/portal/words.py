"""Two hundred articles of six thousand characters, the same for every site, and ten pictures."""

from __future__ import annotations

from io import BytesIO
from random import Random

ARTICLES, PICTURES, CHARACTERS = 200, 10, 6000
WORDS = (
    "hội nghị sơ kết công tác phối hợp giữa các đơn vị đã thống nhất đánh giá kết quả thực hiện chỉ tiêu kế hoạch "
    "năm nay số ca sốt xuất huyết giảm so với cùng kỳ các trạm y tế đã nhận đủ cơ số thuốc trước mùa lũ đại biểu đề "
    "nghị tiếp tục kiểm tra lăng quăng hằng tuần và báo cáo đúng hạn về văn phòng điều phối"
).split()


def title(number: int) -> str:
    return f"Bài số {number}: {' '.join(Random(number).sample(WORDS, 9))}"


def body(number: int) -> str:
    """Paragraphs of running text, CHARACTERS long without their marks."""
    chance, told, paragraphs = Random(number), 0, []
    while told < CHARACTERS:
        sentence = " ".join(chance.choice(WORDS) for _word in range(90)).capitalize() + "."
        sentence = sentence[: CHARACTERS - told]
        paragraphs.append(f"<p>{sentence}</p>")
        told += len(sentence)
    return "".join(paragraphs)


def picture(number: int) -> bytes:
    """A JPEG of 1600 × 900: bands of colour."""
    from PIL import Image

    chance = Random(number)
    image = Image.effect_noise((1600, 900), 40).convert("RGB")
    tint = Image.new("RGB", image.size, tuple(chance.randrange(60, 200) for _c in range(3)))
    file = BytesIO()
    Image.blend(image, tint, 0.7).save(file, "JPEG", quality=85)
    return file.getvalue()
