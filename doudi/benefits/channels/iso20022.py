"""ISO 20022: pain.001.001.09 out, pain.002.001.10 and camt.054 in.

What comes in was checked by incoming.py: no document type, and the form of its message.
"""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from doudi.benefits.channels.base import Head, Order, Result
from doudi.benefits.channels.layouts import BankData
from doudi.kernel.errors import Invalid
from doudi.kernel.money import MoneyError, parse_yuan, plain_fen, plain_yuan

PAIN_001 = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
PAIN_002 = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
CAMT_054 = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.054\.001\.\d\d")
PAID = frozenset(("ACSC", "ACCC"))
REFUSED = "RJCT"


def _id(account: str) -> str:
    return f"<Id><Othr><Id>{escape(account)}</Id></Othr></Id>"


def _agent(name: str) -> str:
    return f"<FinInstnId><Nm>{escape(name)}</Nm></FinInstnId>"


def _order(order: Order) -> str:
    agent = f"<CdtrAgt>{_agent(order.bank)}</CdtrAgt>" if order.bank else ""
    account = f"<CdtrAcct>{_id(order.account)}</CdtrAcct>" if order.account else ""
    return (
        f"<CdtTrfTxInf><PmtId><EndToEndId>{escape(order.end_to_end_id)}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="CNY">{plain_yuan(order.amount_fen)}</InstdAmt></Amt>{agent}'
        f"<Cdtr><Nm>{escape(order.holder)}</Nm></Cdtr>{account}"
        f"<RmtInf><Ustrd>{escape(order.purpose)}</Ustrd></RmtInf></CdtTrfTxInf>"
    )


def compose(head: Head, orders: Sequence[Order]) -> str:
    """pain.001.001.09, one payment instruction; the same orders give the same text."""
    ordered = sorted(orders, key=lambda order: order.end_to_end_id)
    total = plain_yuan(sum(order.amount_fen for order in ordered))
    count = f"<NbOfTxs>{len(ordered)}</NbOfTxs><CtrlSum>{total}</CtrlSum>"
    at = head.at.isoformat(timespec="seconds")
    party = f"<Nm>{escape(head.debtor)}</Nm>"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<Document xmlns="{PAIN_001}"><CstmrCdtTrfInitn>',
        f"<GrpHdr><MsgId>{escape(head.number)}</MsgId><CreDtTm>{at}</CreDtTm>{count}"
        f"<InitgPty>{party}</InitgPty></GrpHdr>",
        f"<PmtInf><PmtInfId>{escape(head.number)}</PmtInfId><PmtMtd>TRF</PmtMtd>"
        f"<BtchBookg>true</BtchBookg>{count}<ReqdExctnDt><Dt>{head.at.date()}</Dt></ReqdExctnDt>"
        f"<Dbtr>{party}</Dbtr><DbtrAcct>{_id(head.debtor_account)}</DbtrAcct>"
        f"<DbtrAgt>{_agent(head.debtor_bank)}</DbtrAgt>",
        *map(_order, ordered),
        "</PmtInf></CstmrCdtTrfInitn></Document>",
    ]
    return "\n".join(lines) + "\n"


def namespace(root: Element) -> str:
    """The message it says it is."""
    return root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""


def _text(node: Element, path: str, space: str) -> str:
    found = node.find("/".join(f"{{{space}}}{part}" for part in path.split("/")))
    return (found.text or "").strip() if found is not None else ""


def _all(node: Element, path: str, space: str) -> Iterator[Element]:
    yield from node.iterfind("/".join(f"{{{space}}}{part}" for part in path.split("/")))


def read_pain_002(root: Element, data: BankData) -> tuple[str, list[Result]]:
    """The number of the file it answers, and what is final; "pending" says nothing yet."""
    space = PAIN_002
    body = next(_all(root, "CstmrPmtStsRpt", space))
    number = _text(body, "OrgnlGrpInfAndSts/OrgnlMsgId", space)
    results = []
    for line in _all(body, "OrgnlPmtInfAndSts/TxInfAndSts", space):
        status = _text(line, "TxSts", space)
        reference = _text(line, "OrgnlEndToEndId", space)
        fen = _fen(_text(line, "OrgnlTxRef/Amt/InstdAmt", space))
        if status in PAID:
            results.append(Result(reference, True, "", fen))
        elif status == REFUSED:
            code = _text(line, "StsRsnInf/Rsn/Cd", space)
            results.append(Result(reference, False, data.reason(code), fen))
    return number, results


def read_camt_054(root: Element, data: BankData) -> tuple[str, list[Result]]:
    """What was booked: debits paid an order, credits with a return reason brought it back."""
    space = namespace(root)
    body = next(_all(root, "BkToCstmrDbtCdtNtfctn", space))
    number = _text(body, "GrpHdr/MsgId", space)
    results = []
    for entry in _all(body, "Ntfctn/Ntry", space):
        status = _text(entry, "Sts/Cd", space) or _text(entry, "Sts", space)
        if status not in ("BOOK", ""):
            continue
        paid = _text(entry, "CdtDbtInd", space) == "DBIT"
        for line in _all(entry, "NtryDtls/TxDtls", space):
            results.append(_booked(line, paid, space, data))
    return number, results


def _booked(line: Element, paid: bool, space: str, data: BankData) -> Result:
    reference = _text(line, "Refs/EndToEndId", space)
    reason = "" if paid else data.reason(_text(line, "RtrInf/Rsn/Cd", space))
    return Result(reference, paid, reason, _fen(_text(line, "Amt", space)))


def _fen(text: str) -> int | None:
    if not text:
        return None
    try:
        return parse_yuan(text) if "." in text else plain_fen(f"{text}.00")
    except (MoneyError, ValueError):
        raise Invalid({"file": "回执里的金额不认识，整份文件没有入账"}) from None
