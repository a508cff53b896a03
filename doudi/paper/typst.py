"""Data as JSON in, PDF out. Values are set as text by the pack's templates, never evaluated."""

import json
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import segno
import typst

from doudi.paper.fields import allowed
from doudi.paper.forms import find_form
from doudi.paper.plain import printable, visible

QR_LONGEST = 200
PACKS = Path(__file__).resolve().parent.parent / "packs"


class PaperError(RuntimeError):
    """A template of the pack could not be set; the message names form and place, no values."""


def render(form: str, data: Mapping[str, Any], *, pack: str | Path) -> bytes:
    """The PDF of a form of FORMS (code or template name) with `data`.

    `pack` is a pack's folder or its name. `{"blank": True}` prints the empty paper, `language`
    "en" the English variant where there is one. The same data give the same bytes on the same
    versions of typst and fonts. Raises UnknownForm and PaperError.
    """
    known = find_form(form)
    folder = Path(pack) if isinstance(pack, Path) or "/" in pack else PACKS / pack
    filled = allowed(known, data)
    if filled.get("language") not in known.languages:
        filled["language"] = known.languages[0]
    code = str(filled.pop("qr_text", "") or "")
    several = [qr_svg(str(text)) for text in filled.pop("qr_texts", None) or []]
    inputs = {
        "data": json.dumps(printable(filled)),
        "qr": qr_svg(code) if code else "",
        "qrs": json.dumps(several),
    }
    try:
        compiler = typst.Compiler(
            folder / "forms" / f"{known.template}.typ",
            root=folder,
            font_paths=font_books(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )
        return _bytes(compiler.compile(format="pdf", timestamp=0))
    except typst.TypstError as error:
        raise PaperError(f"{known.code}: {error.message}") from None
    except (OSError, RuntimeError):
        raise PaperError(f"{known.code}: no template in the pack") from None


def qr_svg(text: str) -> str:
    """A QR code of `text` as SVG; error correction M, so a crease does no harm.

    PaperError beyond QR_LONGEST characters: the squares would be too small to scan.
    """
    if len(text) > QR_LONGEST:
        raise PaperError("二维码的内容太长")
    out = BytesIO()
    segno.make(visible(text), error="m", micro=False).save(out, kind="svg", border=2, nl=False)
    return out.getvalue().decode()


@cache
def font_books() -> typst.Fonts:
    """The two faces of the forms, read once; the machine's own fonts play no part."""
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def _bytes(pdf: Any) -> bytes:
    return b"".join(pdf) if isinstance(pdf, list) else bytes(pdf)
