"""XML from a bank: what is hostile is refused unread, what breaks the message's form by its line.

The forms are our own (`schemas/`): XSD 1.1, because a bank may say more than we read.
"""

import importlib
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence

LARGEST = 64_000_000
DEEPEST = 40  # a message of the standard has some fifteen floors
SCHEMAS = Path(__file__).resolve().parent / "schemas"
ANY_SPACE = "urn:message"  # stands in the schemas for the namespace of the message


def parse(content: bytes) -> Element:
    """The root of a message; Invalid for what is too large, no UTF-8, no XML, or hostile."""
    if len(content) > LARGEST:
        raise Invalid({"file": "文件太大，请分次提供"})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid({"file": "文件不是 UTF-8 编码"}) from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Invalid({"file": "文件里有文档类型声明，不予读取"})
    # Without a document type there are no entities to expand.
    reader = XMLParser(target=_Shallow())  # noqa: S314  what S314 fears was refused above
    try:
        reader.feed(text)
        root: Element = reader.close()
    except ParseError:
        raise Invalid({"file": "文件不是完整的 XML"}) from None
    return root


class _Shallow(TreeBuilder):
    """Builds no tree that is deeper than a message can be: reading one would exhaust the stack."""

    floor = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.floor += 1
        if self.floor > DEEPEST:
            raise Invalid({"file": "文件的层次太深，不是银行回执"})
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.floor -= 1
        return super().end(tag)


def check(root: Element, content: bytes, form: str, space: str) -> None:
    """Invalid, with its line, for the first thing that breaks the form of a message."""
    library, schema = _schema(form, space)
    wrong = next(schema.iter_errors(root), None)
    if wrong is None:
        return
    told = {"line": _line(root, wrong.elem, content), "name": wrong.elem.tag.rpartition("}")[2]}
    if isinstance(wrong, library.XMLSchemaChildrenValidationError):
        words = "回执第{line}行的 {name} 里缺了内容、多了内容或顺序不对，整份文件没有入账"
    else:
        words = "回执第{line}行的 {name} 内容或币种不合标准，整份文件没有入账"
    raise Invalid({"file": Sentence(words, **told)})


@cache
def _schema(form: str, space: str) -> tuple[Any, Any]:
    """The library costs a third of a second to import: only who reads such a file pays it."""
    library = importlib.import_module("xmlschema")
    text = (SCHEMAS / f"{form}.xsd").read_text(encoding="utf-8")
    return library, library.XMLSchema11(text.replace(ANY_SPACE, space))


def _line(root: Element, wrong: Element, content: bytes) -> int:
    """Where an element begins: its place in the order of the document, counted once more."""
    place = next(n for n, element in enumerate(root.iter()) if element is wrong)
    reader = expat.ParserCreate()
    begun: list[int] = []

    def start(_tag: str, _attrs: dict[str, str]) -> None:
        if len(begun) <= place:
            begun.append(reader.CurrentLineNumber)

    reader.StartElementHandler = start
    reader.Parse(content.decode("utf-8-sig"), True)
    return begun[place]
