"""Reads a PDF back as a reader would copy it: its pages and the text of every run of glyphs."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.S)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.S)
ACTUAL = re.compile(rb"/ActualText(\((?:\\.|[^\\)])*\)|<[0-9A-F]*>)", re.S)
OPENING = re.compile(rb"<([0-9A-Fa-f]+)>|\(")
BRACKET = re.compile(rb"\\.|[()]", re.S)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Printed:
    """What is on the paper; blanks are left out: where a line breaks must not matter."""

    pages: int
    text: str
    sizes: frozenset[tuple[int, int]]  # of the pages, in points


def read(pdf: bytes) -> Printed:
    """Pages and text of a PDF as typst writes it."""
    objects = {int(m[1]): m[2] for m in OBJECT.finditer(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b(?!s)", body)]
    sizes = frozenset(_size(body) for body in pages)
    return Printed(len(pages), "".join(_page(body, objects) for body in pages), sizes)


def _size(body: bytes) -> tuple[int, int]:
    found = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", body)
    return (round(float(found[1])), round(float(found[2]))) if found else (0, 0)


def _page(body: bytes, objects: dict[int, bytes]) -> str:
    fonts = _fonts(body, objects)
    content = ACTUAL.sub(b"", _stream(objects[_ref(rb"/Contents", body)]))
    text = ""
    for block in re.findall(rb"BT\s(.*?)\sET\s", content, re.S):
        known = fonts[re.search(rb"/(f\d+) [\d.]+ Tf", block)[1]]
        codes = b"".join(_strings(block))
        pairs = zip(codes[::2], codes[1::2], strict=True)
        text += "".join(known.get(high * 256 + low, "\ufffd") for high, low in pairs)
    return re.sub(r"[\s\u200b\u3000]", "", text)


def _strings(block: bytes) -> Iterator[bytes]:
    """The strings of a text block, written in hex or in brackets, which may nest."""
    at = 0
    while found := OPENING.search(block, at):
        at = found.end()
        if found[1]:
            yield bytes.fromhex(found[1].decode())
            continue
        start, depth = at, 1
        while depth:
            mark = BRACKET.search(block, at)
            at = mark.end()
            depth += {b"(": 1, b")": -1}.get(mark[0], 0)
        yield ESCAPE.sub(_plain, block[start : at - 1])


def _plain(match: re.Match[bytes]) -> bytes:
    found = match[1]
    return bytes([int(found, 8)]) if found[:1].isdigit() else LETTERS.get(found, found)


def _fonts(body: bytes, objects: dict[int, bytes]) -> dict[bytes, dict[int, str]]:
    inner = re.search(rb"/Font\s*<<(.*?)>>", objects[_ref(rb"/Resources", body)], re.S)
    named = re.findall(rb"/(f\d+) (\d+) 0 R", inner[1])
    return {name: _letters(objects[int(number)], objects) for name, number in named}


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    table = _stream(objects[_ref(rb"/ToUnicode", font)]).decode("latin-1")
    pairs = re.findall(r"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>\n", table)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _ref(name: bytes, body: bytes) -> int:
    return int(re.search(name + rb" (\d+) 0 R", body)[1])


def _stream(body: bytes) -> bytes:
    raw = STREAM.search(body)[1]
    return zlib.decompress(raw) if b"FlateDecode" in body[: body.index(b"stream")] else raw
