"""Is it what it says, small enough, and harmless? Limits come before anything is unpacked."""

import io
import re
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8_000_000
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
QUALITY = 80
# Names under which a PDF can run something or carry another file.
ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|OpenAction|AA|RichMedia|XFA|SubmitForm)\b"
)


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


def check(content: bytes) -> Clean:
    """JPEG or PNG, re-encoded without its hidden data, or an inactive PDF; else UploadRefused."""
    if not content:
        raise UploadRefused("empty", "文件是空的,请重新拍照或选择文件。")
    if len(content) > MOST_BYTES:
        raise UploadRefused("too_large", "文件超过8MB,请压缩后再传,或请村协理员帮忙。")
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(content)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    raise UploadRefused("kind", "只能上传照片(JPG、PNG)或PDF,请换一个文件。")


def _picture(content: bytes) -> Clean:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UploadRefused("too_many_pixels", "照片尺寸太大,请用较低的分辨率重拍。")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ) as e:
        if isinstance(e, UploadRefused):
            raise
        raise UploadRefused("broken", "照片打不开,可能没有传完整,请重新拍照。") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return Clean(out.getvalue(), "image/jpeg")


def _pdf(content: bytes) -> Clean:
    if b"%%EOF" not in content[-2048:]:
        raise UploadRefused("broken", "PDF没有传完整,请重新上传。")
    if ACTIVE.search(content) or b"/Encrypt" in content:
        raise UploadRefused("active", "这个PDF带有可执行内容或密码,请改用拍照上传。")
    return Clean(content, "application/pdf")
