"""财政发放台: what waits, what came back, the bank's answers, three sides, and the roster."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doudi.benefits.models import Attempt, Award, BankFile, Payment
from doudi.ledger.queries import left_in_fund, reserves
from doudi.outbox.deliver import deliver_all
from tests.benefits.month import (
    COUNTY,
    GONE,
    GOOD,
    MONTH,
    county,
    hands,
    prepared,
    released,
    to_account,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(city):
    county(0.0001)
    return hands()


@pytest.fixture
def back(by):
    """June is paid but for one household, whose account was corrected since."""
    award = Award.objects.order_by("number").first()
    to_account(award, GONE)
    released(by)
    deliver_all()
    to_account(award, GOOD)
    return Payment.objects.get(award=award)


def test_what_came_back_is_proposed_released_paid_and_gone_from_the_list(back, by, sign_in):
    officer, finance = sign_in(by.officer), sign_in(by.finance)
    listed = officer.get("/desk/finance/returned/").content.decode()
    assert "账号不存在" in listed
    assert "账户已更正" in listed

    file = officer.post("/desk/finance/returned/", {"payment": [str(back.pk)]})["Location"]
    waits = finance.get("/desk/finance/").content.decode()
    finance.post(f"{file}release/")
    deliver_all()

    after = officer.get("/desk/finance/returned/").content.decode()
    assert BankFile.objects.get(roll=None).number in waits
    assert "没有退回的发放" in after
    assert "已到账" in finance.get(file).content.decode()


def test_an_answer_is_taken_in_on_the_page_and_what_does_not_fit_is_named(back, by, sign_in):
    one = Attempt.objects.filter(stage="paid").select_related("payment").first()
    fen = one.payment.amount_fen
    text = f"A|2|0\n{one.end_to_end_id}|失败|{fen // 100}.{fen % 100:02d}|销户\nDDX|成功|1.00|\n"

    page = sign_in(by.finance).post(
        "/desk/finance/answer/", {"file": SimpleUploadedFile("a.txt", text.encode())}
    )
    wrong = sign_in(by.finance).post(
        "/desk/finance/answer/", {"file": SimpleUploadedFile("a.txt", b"<!DOCTYPE x><x/>")}
    )

    assert "入账1笔" in page.content.decode()
    assert "银行流水不是从这里发出的" in page.content.decode()
    assert (wrong.status_code, "文档类型" in wrong.content.decode()) == (422, True)


def test_three_sides_agree_and_a_difference_is_named(back, by, sign_in):
    browser = sign_in(by.finance)
    address = f"/desk/finance/reconcile/?county={COUNTY}&month={MONTH}"

    agreed = browser.get(address).content.decode()
    Award.objects.filter(pk=back.award_id).update(monthly_fen=1, base_fen=1, top_up_fen=0)
    torn = browser.get(address).content.decode()

    assert "三方一致" in agreed
    assert "名册之后待遇有变动" in torn


def test_money_is_allotted_and_a_reserve_topped_up_on_the_page(by, sign_in):
    browser = sign_in(by.finance)
    allotted = {"form": "allot", "region": COUNTY, "origin": "610700", "amount": "10000"}

    browser.post("/desk/finance/funds/", allotted | {"document": "汉财社〔2022〕7号"})
    again = browser.post("/desk/finance/funds/", allotted | {"document": "汉财社〔2022〕7号"})
    browser.post(
        "/desk/finance/funds/",
        {"form": "top_up", "town": "610702008", "amount": "600.50", "document": "支1"},
    )

    assert again.status_code == 422
    assert left_in_fund(COUNTY) == 939_950
    assert reserves(["610702008"]) == {"610702008": 60_050}


def test_the_whole_file_is_given_to_finance_alone_for_a_purpose(back, by, sign_in):
    file = BankFile.objects.get()
    address = f"/desk/finance/files/{file.pk}/whole/"

    given = sign_in(by.finance).post(address, {"purpose": "hand_over"})
    none = sign_in(by.finance).post(address, {})
    other = sign_in(by.officer).post(address, {"purpose": "hand_over"})

    assert given.content.decode().startswith(file.number)
    assert (none.status_code, other.status_code) == (422, 403)


def test_the_roster_is_masked_and_whole_only_for_a_purpose(by, sign_in):
    roll = prepared(by)
    one = Attempt.objects.order_by("end_to_end_id").first()
    account = one.account.open()
    browser = sign_in(by.officer)

    masked = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"/desk/rolls/{roll.pk}/roster.xlsx").content)
    )
    whole = openpyxl.load_workbook(
        io.BytesIO(browser.post(f"/desk/rolls/{roll.pk}/roster.xlsx", {"purpose": "sign"}).content)
    )
    paper = browser.get(f"/desk/rolls/{roll.pk}/roster.pdf")

    def texts(book):
        return {str(cell.value) for row in book["花名册"].iter_rows() for cell in row}

    assert account not in texts(masked)
    assert account in texts(whole)
    assert sum(row[13].value for row in whole["花名册"].iter_rows(min_row=2)) == pytest.approx(
        roll.total_fen / 100
    )
    assert paper.content.startswith(b"%PDF")


PAGES = ("/desk/finance/", "/desk/finance/funds/", "/desk/finance/returned/")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_needs_few_queries(address, back, by, sign_in, django_assert_max_num_queries):
    browser = sign_in(by.finance)
    browser.get(address)

    with django_assert_max_num_queries(12):
        browser.get(address)
