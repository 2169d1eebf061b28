"""Pictures of the demonstration: drawn, the same every time. Nobody is shown in them who exists."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 900
Colour = tuple[int, int, int]


def drawing(name: str) -> bytes:
    """A scene as JPEG: river, field, flood, meeting, clinic, school, boats, storm, market, map."""
    draw_scene = SCENES[name]
    image = Image.new("RGB", (WIDTH, HEIGHT))
    draw_scene(image, random.Random(name))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _blend(a: Colour, b: Colour, part: float) -> Colour:
    return tuple(round(x + (y - x) * part) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


def _sky(image: Image.Image, top: Colour, bottom: Colour, horizon: int) -> ImageDraw.ImageDraw:
    pen = ImageDraw.Draw(image)
    for y in range(horizon):
        pen.line([(0, y), (WIDTH, y)], fill=_blend(top, bottom, y / horizon))
    return pen


def _sun(image: Image.Image, x: int, y: int, size: int, colour: Colour) -> None:
    glow = Image.new("RGB", image.size, colour)
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).ellipse([x - size * 2, y - size * 2, x + size * 2, y + size * 2], fill=110)
    image.paste(glow, mask=mask.filter(ImageFilter.GaussianBlur(size * 0.8)))
    ImageDraw.Draw(image).ellipse([x - size, y - size, x + size, y + size], fill=colour)


def _hills(pen: ImageDraw.ImageDraw, draw: random.Random, y: int, rise: int, colour: Colour) -> None:
    a, b, shift = draw.uniform(1.2, 2.2), draw.uniform(3, 5), draw.uniform(0, 6)
    points = [
        (
            x,
            y
            - rise
            * (
                0.6
                + 0.3 * math.sin(shift + a * x * math.tau / WIDTH)
                + 0.1 * math.sin(b * x * math.tau / WIDTH)
            ),
        )
        for x in range(0, WIDTH + 20, 20)
    ]
    pen.polygon([*points, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)


def _water(pen: ImageDraw.ImageDraw, draw: random.Random, y: int, colour: Colour, light: Colour) -> None:
    for line in range(y, HEIGHT):
        pen.line([(0, line), (WIDTH, line)], fill=_blend(light, colour, (line - y) / (HEIGHT - y)))
    for _n in range(90):
        line = draw.randrange(y + 4, HEIGHT)
        x, length = draw.randrange(WIDTH), 30 + (line - y) // 3
        pen.line(
            [(x, line), (x + length, line)],
            fill=_blend(light, (255, 255, 255), 0.35),
            width=1 + (line - y) // 130,
        )


def _palm(pen: ImageDraw.ImageDraw, x: int, y: int, size: int, colour: Colour) -> None:
    top = (x + size // 8, y - size)
    pen.line(
        [(x, y), (x + size // 20, y - size // 2), top], fill=colour, width=max(4, size // 22), joint="curve"
    )
    for angle in range(-200, 40, 30):
        turn = math.radians(angle)
        tip = (top[0] + math.cos(turn) * size * 0.42, top[1] + math.sin(turn) * size * 0.3 + size * 0.1)
        bend = (top[0] + math.cos(turn) * size * 0.24, top[1] + math.sin(turn) * size * 0.28)
        pen.polygon(
            [top, (bend[0], bend[1] - size * 0.03), tip, (bend[0], bend[1] + size * 0.05)], fill=colour
        )


def _boat(pen: ImageDraw.ImageDraw, x: int, y: int, size: int, hull: Colour, hat: Colour) -> None:
    pen.polygon([(x - size, y - size // 5), (x - size * 0.7, y + size // 6), (x + size * 0.7, y + size // 6),
                 (x + size, y - size // 4)], fill=hull)  # fmt: skip
    pen.rectangle(
        [x - size // 10, y - size // 2, x + size // 10, y - size // 12], fill=_blend(hull, (90, 40, 60), 0.6)
    )
    pen.polygon(
        [(x - size // 4, y - size // 2), (x, y - size * 0.72), (x + size // 4, y - size // 2)], fill=hat
    )
    pen.line(
        [(x + size // 8, y - size // 3), (x + size // 2, y + size // 3)], fill=hull, width=max(3, size // 30)
    )


def _house(pen: ImageDraw.ImageDraw, x: int, y: int, size: int, wall: Colour, roof: Colour) -> None:
    for leg in (-0.4, -0.15, 0.15, 0.4):
        pen.rectangle(
            [x + leg * size - 4, y - size * 0.3, x + leg * size + 4, y + size * 0.12],
            fill=_blend(wall, (40, 30, 25), 0.7),
        )
    pen.rectangle([x - size * 0.48, y - size * 0.75, x + size * 0.48, y - size * 0.25], fill=wall)
    pen.polygon(
        [(x - size * 0.62, y - size * 0.72), (x, y - size * 1.15), (x + size * 0.62, y - size * 0.72)],
        fill=roof,
    )
    pen.rectangle(
        [x - size * 0.1, y - size * 0.6, x + size * 0.1, y - size * 0.25],
        fill=_blend(wall, (60, 40, 30), 0.6),
    )


def _river(image: Image.Image, draw: random.Random) -> None:
    pen = _sky(image, (249, 178, 96), (255, 230, 190), 470)
    _sun(image, 1130, 330, 84, (255, 244, 214))
    _hills(pen, draw, 470, 90, (214, 140, 98))
    _hills(pen, draw, 480, 46, (120, 104, 92))
    _water(pen, draw, 470, (110, 92, 110), (244, 190, 140))
    _boat(pen, 620, 660, 150, (60, 36, 34), (246, 222, 170))
    for x, size in ((140, 380), (250, 300), (1480, 430)):
        _palm(pen, x, 520, size, (52, 46, 48))


def _field(image: Image.Image, draw: random.Random) -> None:
    pen = _sky(image, (120, 184, 222), (226, 242, 246), 420)
    _hills(pen, draw, 420, 110, (122, 160, 150))
    for n in range(13):
        y = 420 + n * n * 3.1
        pen.polygon(
            [(0, y), (WIDTH, y - 14), (WIDTH, HEIGHT), (0, HEIGHT)],
            fill=_blend((196, 206, 96), (70, 132, 62), n / 12),
        )
    for n in range(-9, 14):
        pen.line([(800 + n * 26, 424), (800 + n * 250, HEIGHT)], fill=(108, 152, 70), width=3)
    _house(pen, 1240, 470, 170, (242, 226, 196), (160, 66, 50))
    for x, size in ((1390, 270), (1090, 220)):
        _palm(pen, x, 486, size, (44, 82, 62))


def _flood(image: Image.Image, draw: random.Random) -> None:
    pen = _sky(image, (116, 134, 150), (206, 214, 216), 400)
    _hills(pen, draw, 400, 70, (104, 124, 124))
    _water(pen, draw, 400, (112, 98, 80), (186, 178, 158))
    for x, y, size in ((330, 560, 250), (860, 500, 170), (1320, 600, 280)):
        _house(pen, x, y, size, (226, 214, 190), (124, 70, 58))
    _boat(pen, 640, 730, 140, (70, 50, 40), (240, 226, 184))
    for _n in range(240):
        x, y = draw.randrange(WIDTH), draw.randrange(420)
        pen.line([(x, y), (x - 8, y + 26)], fill=(176, 190, 198), width=1)


def _meeting(image: Image.Image, draw: random.Random) -> None:
    pen = _sky(image, (238, 228, 210), (226, 210, 184), HEIGHT)
    pen.rectangle([180, 90, 1420, 420], fill=(138, 26, 33))
    pen.rectangle([200, 110, 1400, 400], outline=(242, 182, 50), width=4)
    pen.ellipse([740, 170, 860, 290], outline=(242, 182, 50), width=8)
    for n in range(3):
        pen.rounded_rectangle([480, 310 + n * 26, 1120 - n * 60, 322 + n * 26], 6, fill=(242, 214, 150))
    coats = ((44, 62, 80), (94, 58, 52), (60, 90, 84), (110, 84, 50), (70, 66, 96))
    for row, (y, size, step) in enumerate(((560, 62, 190), (720, 82, 240), (880, 104, 300))):
        for n, x in enumerate(range(80 + row * 60, WIDTH, step)):
            coat = coats[(n + row) % len(coats)]
            pen.ellipse(
                [x - size * 0.42, y - size, x + size * 0.42, y - size * 0.1],
                fill=draw.choice([(54, 40, 36), (74, 60, 54)]),
            )
            pen.rounded_rectangle([x - size, y - size * 0.1, x + size, y + size * 2], 40, fill=coat)


def _clinic(image: Image.Image, draw: random.Random) -> None:
    pen = _sky(image, (150, 206, 224), (236, 246, 244), 560)
    _hills(pen, draw, 560, 80, (148, 186, 142))
    pen.rectangle([0, 640, WIDTH, HEIGHT], fill=(202, 190, 164))
    pen.rectangle([0, 560, WIDTH, 650], fill=(134, 172, 110))
    pen.rectangle([420, 300, 1180, 690], fill=(250, 246, 236))
    pen.polygon([(380, 310), (800, 170), (1220, 310)], fill=(172, 70, 58))
    for x in (490, 610, 920, 1040):
        pen.rectangle([x, 400, x + 80, 520], fill=(150, 190, 204), outline=(110, 120, 120), width=5)
    pen.rectangle([740, 430, 860, 690], fill=(110, 84, 66))
    pen.ellipse([745, 225, 855, 335], fill=(255, 255, 255))
    pen.rectangle([788, 240, 812, 320], fill=(190, 30, 40))
    pen.rectangle([760, 268, 840, 292], fill=(190, 30, 40))
    for x, size in ((240, 420), (1380, 460)):
        _palm(pen, x, 700, size, (54, 96, 70))


def _school(image: Image.Image, draw: random.Random) -> None:
    _field(image, draw)
    pen = ImageDraw.Draw(image)
    pen.rectangle([180, 380, 960, 640], fill=(246, 220, 150))
    pen.polygon([(150, 390), (250, 290), (890, 290), (990, 390)], fill=(170, 74, 54))
    for x in range(230, 920, 115):
        pen.rectangle([x, 440, x + 70, 560], fill=(106, 156, 170), outline=(250, 246, 230), width=6)
    pen.line([(1040, 640), (1040, 260)], fill=(90, 90, 96), width=8)
    pen.rectangle([1044, 264, 1160, 340], fill=(200, 36, 44))
    for n, x in enumerate((1120, 1230, 1330, 1440)):
        coat = ((70, 110, 160), (240, 240, 240), (150, 60, 80), (80, 130, 90))[n]
        pen.ellipse([x - 26, 640, x + 26, 696], fill=(70, 52, 44))
        pen.rounded_rectangle([x - 40, 694, x + 40, 830], 24, fill=coat)


def _boats(image: Image.Image, draw: random.Random) -> None:
    pen = _sky(image, (92, 150, 190), (250, 226, 190), 380)
    _sun(image, 380, 330, 60, (255, 236, 190))
    _hills(pen, draw, 390, 50, (98, 122, 128))
    _water(pen, draw, 380, (62, 104, 122), (190, 200, 190))
    hulls = ((96, 52, 40), (44, 70, 86), (122, 78, 40), (70, 50, 60))
    for n in range(11):
        y = 440 + n * 40
        _boat(pen, 120 + (n * 397) % 1400, y, 60 + n * 12, hulls[n % 4], (240, 214, 150))


def _storm(image: Image.Image, draw: random.Random) -> None:
    pen = _sky(image, (58, 66, 84), (150, 156, 158), 520)
    for _n in range(40):
        x, y, size = draw.randrange(WIDTH), draw.randrange(40, 260), draw.randrange(70, 170)
        pen.ellipse(
            [x - size, y - size * 0.4, x + size, y + size * 0.4],
            fill=_blend((66, 74, 92), (124, 130, 140), y / 260),
        )
    _hills(pen, draw, 540, 60, (74, 90, 84))
    _water(pen, draw, 540, (70, 74, 78), (140, 146, 144))
    for x, size in ((220, 430), (420, 330), (1300, 480)):
        _palm(pen, x, 600, size, (34, 48, 46))
    for _n in range(420):
        x, y = draw.randrange(WIDTH), draw.randrange(HEIGHT)
        pen.line([(x, y), (x - 14, y + 40)], fill=(170, 180, 188), width=1)


def _map(image: Image.Image, draw: random.Random) -> None:
    image.paste((233, 240, 236), (0, 0, WIDTH, HEIGHT))
    pen = ImageDraw.Draw(image)
    tones = ((206, 222, 196), (222, 214, 182), (196, 216, 206), (228, 222, 202))
    for n in range(26):
        x, y = 120 + (n % 7) * 220 + draw.randrange(-30, 30), 80 + (n // 7) * 220 + draw.randrange(-30, 30)
        size = draw.randrange(110, 150)
        shape = [
            (
                x + math.cos(a / 9 * math.tau) * size * draw.uniform(0.8, 1.1),
                y + math.sin(a / 9 * math.tau) * size * draw.uniform(0.8, 1.1),
            )
            for a in range(9)
        ]
        pen.polygon(shape, fill=tones[n % 4], outline=(150, 160, 150))
    for shift in (0, 150, 330):
        river = [
            (x, 300 + shift + math.sin(x / 190 + shift) * 70 + x * 0.14) for x in range(-20, WIDTH + 40, 20)
        ]
        pen.line(river, fill=(92, 150, 184), width=22 - shift // 30, joint="curve")
    for _n in range(13):
        x, y = draw.randrange(120, 1480), draw.randrange(100, 800)
        pen.ellipse([x - 14, y - 14, x + 14, y + 14], fill=(138, 26, 33), outline=(255, 255, 255), width=4)


SCENES: dict[str, Callable[[Image.Image, random.Random], None]] = {
    "river": _river, "field": _field, "flood": _flood, "meeting": _meeting, "clinic": _clinic, "school": _school,
    "boats": _boats, "storm": _storm, "map": _map,
}  # fmt: skip
