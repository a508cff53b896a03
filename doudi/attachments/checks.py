"""Is it what it says, small enough, and harmless? Limits come before anything is unpacked."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps

MOST_BYTES = 8_000_000
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
QUALITY = 80
# Names under which a PDF can run something, carry another file, or hide either.
ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|OpenAction|RichMedia|XFA|SubmitForm|ImportData|Encrypt)\b"
)
ACTIVE_PDF = ("active", "这个PDF带有可执行内容或密码，请改用拍照上传。")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"\bstream\r?\n")
DICTIONARY = 2000
MOST_STREAMS = 200
MOST_UNPACKED = 2_000_000


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
        raise UploadRefused("too_large", "文件超过8MB，请压缩后再传，或请村协理员帮忙。")
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(content)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    raise UploadRefused("kind", "只能上传照片（JPG、PNG）或PDF，请换一个文件。")


def _picture(content: bytes) -> Clean:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UploadRefused("too_many_pixels", "照片尺寸太大，请用较低的分辨率重拍。")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UploadRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
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
    content = content[:end] + b"%%EOF\n"  # whatever was hung on behind does not come along
    if any(ACTIVE.search(_unescaped(part)) for part in (content, *_object_streams(content))):
        raise UploadRefused(*ACTIVE_PDF)
    return Clean(content, "application/pdf")


def _unescaped(part: bytes) -> bytes:
    """/J#61vaScript is /JavaScript to a reader."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _object_streams(content: bytes) -> Iterator[bytes]:
    """The objects that stand compressed; too many or too large ones are refused unseen."""
    count = 0
    for start in STREAM.finditer(content):
        if b"/ObjStm" not in _unescaped(
            content[max(start.start() - DICTIONARY, 0) : start.start()]
        ):
            continue
        count += 1
        unpacker = zlib.decompressobj()
        try:
            packed = content[start.end() : start.end() + MOST_UNPACKED]
            yield unpacker.decompress(packed, MOST_UNPACKED)
        except zlib.error:
            continue  # not packed, so already seen
        if unpacker.unconsumed_tail or count > MOST_STREAMS:
            raise UploadRefused(*ACTIVE_PDF)
