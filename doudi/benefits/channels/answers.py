"""A file that came back from the bank: which kind it is, and what it says of each order."""

from dataclasses import dataclass

from doudi.benefits.channels import iso20022, local_layout
from doudi.benefits.channels.base import Result
from doudi.benefits.channels.incoming import check, parse
from doudi.benefits.channels.layouts import BankData
from doudi.kernel.errors import Invalid


@dataclass(frozen=True)
class Answer:
    """Its kind, the number it names, and its lines."""

    form: str
    number: str
    results: list[Result]


def read(content: bytes, data: BankData, layout: str = "local") -> Answer:
    """Told by its content, never by its name; Invalid for what nobody here can read."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _message(content, data)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid({"file": "文件不是 UTF-8 编码"}) from None
    number, results = local_layout.read_answer(data.layouts[layout], text)
    return Answer("local", number, results)


def _message(content: bytes, data: BankData) -> Answer:
    root = parse(content)
    space = iso20022.namespace(root)
    if space == iso20022.PAIN_002:
        check(root, content, "pain.002", space)
        return Answer("pain.002", *iso20022.read_pain_002(root, data))
    if iso20022.CAMT_054.fullmatch(space):
        check(root, content, "camt.054", space)
        return Answer("camt.054", *iso20022.read_camt_054(root, data))
    raise Invalid({"file": "不认识这种回执，只收 pain.002.001.10、camt.054 和一卡通回执"})
