"""Is it what it says, small enough, and harmless? Limits come before anything is unpacked."""

import io
import itertools
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps

MOST_BYTES = 8_000_000
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
QUALITY = 80
# Names under which a PDF can run something or carry another file.
ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|OpenAction|AA|RichMedia|XFA|SubmitForm|Encrypt)\b"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECT_STREAM = re.compile(rb"/ObjStm\b[^>]{0,400}>>\s*stream\r?\n")
MOST_STREAMS = 2000


class UploadRefused(ValueError):
    """Why a file was not taken; `code` is stable, the sentence is for the screen."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True)
class Clean:
    """Content that may be kept."""

    content: bytes
    mime: str
    width: int = 0
    height: int = 0


def check(content: bytes) -> Clean:
    """JPEG or PNG, re-encoded without its hidden data, or an inactive PDF; else UploadRefused."""
    if not content:
        raise UploadRefused("empty", "文件是空的，请重新拍照或选择文件。")
    if len(content) > MOST_BYTES:
        raise UploadRefused("too_large", "文件超过8MB,请压缩后再传，或请村协理员帮忙。")
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(content)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    raise UploadRefused("kind", "只能上传照片(JPG、PNG)或PDF,请换一个文件。")


def _picture(content: bytes) -> Clean:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UploadRefused("too_many_pixels", "照片尺寸太大，请用较低的分辨率重拍。")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UploadRefused:
        raise
    except Image.DecompressionBombError:
        raise UploadRefused("too_many_pixels", "照片尺寸太大，请用较低的分辨率重拍。") from None
    except Exception:  # a hostile picture makes the decoder stumble in any way it likes
        raise UploadRefused("broken", "照片打不开，可能没有传完整，请重新拍照。") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return Clean(out.getvalue(), "image/jpeg", upright.width, upright.height)


def _pdf(content: bytes) -> Clean:
    end = content.rfind(b"%%EOF", -2048)
    if end < 0:
        raise UploadRefused("broken", "PDF没有传完整，请重新上传。")
    content = content[:end] + b"%%EOF\n"
    if any(ACTIVE.search(_unescaped(part)) for part in (content, *_object_streams(content))):
        raise UploadRefused("active", "这个PDF带有可执行内容或密码，请改用拍照上传。")
    return Clean(content, "application/pdf")


def _unescaped(part: bytes) -> bytes:
    """/J#61vaScript is /JavaScript to a reader."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _object_streams(content: bytes) -> Iterator[bytes]:
    """Objects that stand compressed, unpacked up to a limit; what does not unpack is left out."""
    for stream in itertools.islice(OBJECT_STREAM.finditer(content), MOST_STREAMS):
        try:
            yield zlib.decompressobj().decompress(content[stream.end() :], MOST_BYTES)
        except zlib.error:
            continue
