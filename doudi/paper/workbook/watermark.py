"""A watermark as a picture: pale lines of who, when and what for, slanting over the sheet."""

import io
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

FACE = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
INK = (31, 35, 41, 34)  # the ink of the house, at 13 %
SIZE, SLANT, GAP = 20, 18, 60


def watermark(lines: list[str]) -> bytes:
    """A PNG that tiles: the lines once, slanting."""
    face = ImageFont.truetype(str(FACE), SIZE)
    widths = [face.getlength(line) for line in lines]
    width, height = int(max(widths)) + GAP, (SIZE + 12) * len(lines) + GAP
    flat = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    pen = ImageDraw.Draw(flat)
    for number, line in enumerate(lines):
        pen.text((GAP // 2, GAP // 2 + number * (SIZE + 12)), line, font=face, fill=INK)
    slanted = flat.rotate(SLANT, expand=True, fillcolor=(255, 255, 255, 0))
    out = io.BytesIO()
    slanted.save(out, "PNG", optimize=True)
    return out.getvalue()
