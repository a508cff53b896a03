"""Uploads: hostile until checked, sealed afterwards."""

import io
import random
import struct
import uuid
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from doudi.attachments.checks import MOST_BYTES, UploadRefused, check
from doudi.attachments.intake import attachments_of, read, take_in
from doudi.attachments.models import Attachment
from doudi.audit.actor import Actor
from doudi.kernel.errors import NotFound
from doudi.vault.seal import SealBroken

CITIZEN = Actor("citizen", "abc", "")


def a_photo(kind: str = "JPEG", exif: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, kind, **({"exif": exif} if exif else {}))
    return out.getvalue()


def a_huge_png() -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I", 0) + b"IDAT" + b"\0" * 20


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def a_png_with_a_text_bomb() -> bytes:
    whole = a_photo("PNG")
    bomb = _chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 20_000_000))
    return whole[:33] + bomb + whole[33:]


HOSTILE = {
    "empty": b"",
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "exe": b"MZ" + b"\0" * 100,
    "gif": b"GIF89a" + b"\0" * 100,
    "jpeg head only": b"\xff\xd8\xff\xe0" + b"\0" * 50,
    "png head only": b"\x89PNG\r\n\x1a\n",
    "cut photo": a_photo()[:200],
    "huge png": a_huge_png(),
    "text bomb": a_png_with_a_text_bomb(),
    "too large": b"\xff\xd8\xff" + b"\0" * MOST_BYTES,
    "pdf with script": b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>\n%%EOF",
    "pdf with file": b"%PDF-1.4\n<</EmbeddedFiles 1 0 R>>\n%%EOF",
    "pdf with launch": b"%PDF-1.4\n<</S/Launch/F(cmd.exe)>>\n%%EOF",
    "pdf with a spelt name": b"%PDF-1.4\n1 0 obj<</S/J#61vaScript/JS(app.alert(1))>>\n%%EOF",
    "pdf with a packed script": b"%PDF-1.5\n1 0 obj<</Type/ObjStm/Filter/FlateDecode>>\nstream\n"
    + zlib.compress(b"<</S/JavaScript/JS(app.alert(1))>>")
    + b"\nendstream\n%%EOF",
    "pdf with a bomb": b"%PDF-1.5\n1 0 obj<</Type/ObjStm/Filter/FlateDecode>>\nstream\n"
    + zlib.compress(b"\0" * 50_000_000)
    + b"\nendstream\n%%EOF",
    "html behind a photo's name": b"<!doctype html><img src=x onerror=alert(1)>",
    "locked pdf": b"%PDF-1.4\n<</Encrypt 1 0 R>>\n%%EOF",
    "cut pdf": b"%PDF-1.4\n1 0 obj",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused_with_a_sentence(content):
    with pytest.raises(UploadRefused) as refusal:
        check(content)

    assert refusal.value.sentence.endswith("。")


def test_a_picture_above_the_pixel_limit_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    Image.new("1", (6400, 6400)).save(out, "PNG")

    with pytest.raises(UploadRefused) as refusal:
        check(out.getvalue())

    assert refusal.value.code == "too_many_pixels"


def test_a_photo_loses_its_hidden_data():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (33.0, 4.0, 1.0)}
    exif[0x010F] = "PhoneMaker"

    clean = check(a_photo(exif=exif.tobytes()))

    assert b"PhoneMaker" not in clean.content
    assert dict(Image.open(io.BytesIO(clean.content)).getexif()) == {}


def test_code_hidden_behind_a_photo_does_not_survive():
    clean = check(a_photo() + b"<script>alert(1)</script>")

    assert b"script" not in clean.content


def test_whatever_a_decoder_meets_is_a_refusal_or_a_picture():
    dice = random.Random(7)
    originals = [a_photo(), a_photo("PNG")]

    others = set()
    for n in range(400):
        hurt = bytearray(originals[n % 2])
        for _ in range(dice.randrange(1, 8)):
            hurt[dice.randrange(len(hurt))] = dice.randrange(256)
        try:
            check(bytes(hurt))
        except UploadRefused:
            continue
        except Exception as error:
            others.add(type(error))

    assert others == set()


def test_a_plain_pdf_is_kept_without_what_hangs_behind_it():
    clean = check(b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\nPK\x03\x04 archive")

    assert clean.content.endswith(b"%%EOF\n")
    assert clean.mime == "application/pdf"


def test_a_large_photo_becomes_small_and_says_its_size():
    out = io.BytesIO()
    Image.new("RGB", (3000, 1500), "white").save(out, "PNG")

    clean = check(out.getvalue())

    assert (clean.width, clean.height, clean.mime) == (2000, 1000, "image/jpeg")


@pytest.mark.django_db
def test_a_photo_is_kept_sealed_under_a_name_of_ours():
    upload = SimpleUploadedFile("../../etc/身份证 610799197402110011.jpg", a_photo("PNG"))

    kept = take_in(upload, subject="application:1", kind="id_card", actor=CITIZEN)

    raw = (Path(settings.DOUDI_HOME) / "uploads" / kept.stored_name).read_bytes()
    assert b"JFIF" not in raw
    assert read(kept.pk)[0].startswith(b"\xff\xd8\xff")
    assert read(kept.pk)[1] == "image/jpeg"
    assert attachments_of("application:1") == [kept]
    assert "/" not in kept.stored_name


@pytest.mark.django_db
def test_a_swapped_file_does_not_open():
    one = take_in(SimpleUploadedFile("a", a_photo()), subject="s", kind="k", actor=CITIZEN)
    two = take_in(SimpleUploadedFile("b", a_photo("PNG")), subject="s", kind="k", actor=CITIZEN)
    folder = Path(settings.DOUDI_HOME) / "uploads"
    (folder / one.stored_name).write_bytes((folder / two.stored_name).read_bytes())

    with pytest.raises(SealBroken):
        read(one.pk)


@pytest.mark.django_db
def test_a_row_that_points_to_the_file_of_another_does_not_open():
    one = take_in(SimpleUploadedFile("a", a_photo()), subject="s", kind="k", actor=CITIZEN)
    two = take_in(SimpleUploadedFile("b", a_photo("PNG")), subject="s", kind="k", actor=CITIZEN)
    Attachment.objects.filter(pk=one.pk).update(stored_name="aside")

    Attachment.objects.filter(pk=two.pk).update(stored_name=one.stored_name)

    with pytest.raises(SealBroken):
        read(two.pk)


@pytest.mark.django_db
def test_an_unknown_attachment_is_not_found():
    with pytest.raises(NotFound):
        read(uuid.uuid4())
