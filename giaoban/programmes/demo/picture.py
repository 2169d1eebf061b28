"""A picture drawn for the sample data: a rescue boat before a health station on high ground."""

from __future__ import annotations

import io

SIZE = (960, 600)


def drill() -> bytes:
    """A PNG, the same every time."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", SIZE, "#d7e8f4")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((760, 50, 860, 150), fill="#f2c14e")
    draw.polygon([(480, 380), (560, 300), (900, 300), (960, 380)], fill="#7a9e5f")
    draw.rectangle((620, 190, 840, 300), fill="#f7f3e8", outline="#8a5a00", width=3)
    draw.polygon([(600, 190), (730, 120), (860, 190)], fill="#a3191f")
    draw.rectangle((712, 235, 748, 300), fill="#1d4f91")
    draw.rectangle((645, 225, 690, 250), fill="#8fb6d9")
    draw.rectangle((770, 225, 815, 250), fill="#8fb6d9")
    draw.rectangle((722, 145, 738, 180), fill="#ffffff")
    draw.rectangle((712, 155, 748, 170), fill="#ffffff")
    draw.rectangle((0, 370, SIZE[0], SIZE[1]), fill="#6f9fbf")
    for row in range(4):
        for column in range(12):
            x, y = column * 90 + (row % 2) * 45, 400 + row * 50
            draw.arc((x, y, x + 60, y + 20), 0, 180, fill="#dcecf6", width=3)
    draw.polygon([(120, 420), (460, 420), (410, 490), (170, 490)], fill="#d9761f")
    for n, colour in enumerate(("#1e6b3a", "#1d4f91", "#a3191f")):
        x = 190 + n * 85
        draw.rounded_rectangle((x, 345, x + 50, 422), 12, fill=colour)
        draw.ellipse((x + 5, 300, x + 45, 342), fill="#c99b72")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
