"""The page of the print forms: each form's example beside its field list; and the pictures."""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from doudi.paper.fields import Form, allowed
from doudi.paper.forms import FORMS
from doudi.paper.layouts import FOLDER, LISTED, entries, layout
from doudi.paper.plain import printable
from doudi.paper.typst import font_books, qr_svg

PICTURES = Path(__file__).resolve().parent / "images" / "forms"
DIGESTS = PICTURES / "digests.json"
TOLD = """Every form sets from the pack (`doudi/packs/hanzhong/forms/`). A value that a form does
not list never reaches the paper. The field lists are held against the paper by
`tests/paper/test_fields.py`: against the text of the empty and of the filled PDF, in their order,
and against `tests/paper/asked.txt`, which was written by hand from the offices' own papers.
★ marks what a filled form needs. All persons are made up.
"""


def forms() -> str:
    """All forms, one after the other."""
    head = "| form | 名称 | name | languages | pages |\n|---|---|---|---|---|"
    rows = [
        f"| [{f.code}](#{f.code.lower()}) | {f.title} | {f.title_en} | {', '.join(f.languages)} "
        f"| {len(_pictures(f.code))} |"
        for f in FORMS.values()
    ]
    parts = ["# The print forms", TOLD, "\n".join([head, *rows]), *map(_form, FORMS.values())]
    return "\n\n".join(parts) + "\n"


def _pictures(code: str) -> list[str]:
    return sorted(path.name for path in PICTURES.glob(f"{code}_*.png"))


def _form(form: Form) -> str:
    shown = " ".join(
        f'<img src="../images/forms/{name}" width="420" alt="{form.title}">'
        for name in _pictures(form.code)
    )
    head = "| 字段 | field | ★ | example |\n|---|---|---|---|"
    rows = _listed(form) if form.template in LISTED else _named(form)
    lines = [f"| {words} | `{path}` | {star} | {value} |" for words, path, star, value in rows]
    return f'<a id="{form.code.lower()}"></a>\n\n## {form.code} {form.title}\n\n{shown}\n\n' + (
        "\n".join([head, *lines])
    )


Row = tuple[str, str, str, str]


def _listed(form: Form) -> Iterator[Row]:
    for table, entry in entries(layout(form.template)):
        path = entry.get("at")
        if path is None:
            continue
        words = str(entry.get("label") or entry.get("opinion")).replace("|", "")
        choices = "：" + "、".join(entry["ticks"].values()) if "ticks" in entry else ""
        whole = f"{table}[].{path}" if table else path
        star = "★" if entry.get("need") else ""
        yield words + choices, whole, star, _value(form.sample, table, path)


def _named(form: Form) -> Iterator[Row]:
    for name, field in form.fields.items():
        yield _cell(field.about), name, "★" if field.required else "", _short(form.sample.get(name))
        for part, words in field.parts.items():
            yield (
                f"　{_cell(words)}",
                f"{name}.{part}",
                "",
                _value(form.sample, "", f"{name}.{part}"),
            )


def _value(sample: Mapping[str, Any], table: str, path: str) -> str:
    found: Any = sample.get(table) if table else sample
    for key in path.split("."):
        found = found[0] if isinstance(found, list) and found else found
        found = found.get(key) if isinstance(found, Mapping) else None
    return _short(found)


def _short(value: Any) -> str:
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, list):
        return _short(value[0]) if value else ""
    text = _cell(str(value))
    return text if len(text) <= 60 else text[:60] + "…"


def _cell(text: str) -> str:
    return text.replace("|", "／").replace("\n", " ")


def digests() -> dict[str, str]:
    """What each picture was made from."""
    shared = b"".join((FOLDER / name).read_bytes() for name in ("_base.typ", "_form.typ"))
    return {form.code: _digest(form, shared) for form in FORMS.values()}


def _digest(form: Form, shared: bytes) -> str:
    own = [FOLDER / f"{form.template}{ending}" for ending in (".typ", ".yaml")]
    content = shared + b"".join(path.read_bytes() for path in own if path.exists())
    content += json.dumps(form.sample, sort_keys=True, default=str).encode()
    return hashlib.sha256(content).hexdigest()[:16]


def refresh() -> None:
    """Draws the pictures whose form changed; nothing else is touched."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    known = json.loads(DIGESTS.read_text()) if DIGESTS.exists() else {}
    now = digests()
    for code, digest in now.items():
        if known.get(code) != digest:
            _draw(FORMS[code])
    DIGESTS.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n")


def _draw(form: Form) -> None:
    for old in PICTURES.glob(f"{form.code}_*.png"):
        old.unlink()
    data = allowed(form, {**form.sample, "demo": True})
    code = str(data.pop("qr_text", None) or "https://doudi.example/papers/")
    compiler = typst.Compiler(
        FOLDER / f"{form.template}.typ",
        root=FOLDER.parent,
        font_paths=font_books(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(printable(data)), "qr": qr_svg(code)},
    )
    made = compiler.compile(format="png", ppi=72)
    for n, page in enumerate(made if isinstance(made, list) else [made], 1):
        picture = Image.open(io.BytesIO(page)).convert("L").quantize(8)
        picture.save(PICTURES / f"{form.code}_{n}.png", optimize=True)
