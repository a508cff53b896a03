"""The province's system: nothing typed twice, every difference told, nothing changed by itself."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.benefits.models import Award, AwardPerson
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now
from doudi.kernel.errors import Invalid, Missing, NotAllowed
from doudi.kernel.money import plain_yuan
from doudi.people.models import Person
from doudi.province import channels
from doudi.province.actions.send_out import send_out
from doudi.province.actions.take_holdings import take_holdings
from doudi.province.actions.take_receipt import take_receipt
from doudi.province.catalog import template
from doudi.province.models import Difference, Exchange
from tests.factories.cases import id_number, staff
from tests.pages.desk.conftest import *  # noqa: F403  sign_in

pytestmark = pytest.mark.django_db
COUNTY, MONTH = "610702", "2022-05"


@pytest.fixture
def office(city, settings, tmp_path):
    """A city officer, and three households of Hantai in benefit in May."""
    settings.DOUDI_HOME = tmp_path
    mark_demo(7, "0", now())
    for place, (programme, fen) in enumerate((("dibao", 167000), ("tekun", 85050), ("dibao", 900))):
        award(place, programme, fen)
    return staff("city.one", Role.CITY_OFFICER, "610700")


def award(place: int, programme: str = "dibao", fen: int = 50000) -> Award:
    person = Person.objects.create(
        id_number=id_number(f"1960-03-1{place}", place),
        name=f"演示户主{place}",
        sex="male",
        born_on="1960-03-10",
        created_at=now(),
    )
    made = Award.objects.create(
        number=f"A61070222{place:04d}",
        programme=programme,
        area="urban",
        household_id=person.pk,
        county=COUNTY,
        town="610702008",
        village="610702008001",
        payee=person,
        payee_name=person.name,
        monthly_fen=fen,
        base_fen=fen,
        household_size=1,
        start_month="2022-04",
        opened_at=now(),
    )
    AwardPerson.objects.create(award=made, person=person, from_month="2022-04")
    return made


def file_of(exchange: Exchange, browser) -> bytes:
    return b"".join(browser.post(f"/desk/province/{exchange.pk}/file/").streaming_content)


def rows_of(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def table(rows: list[dict], encoding: str = "utf-8-sig") -> io.BytesIO:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(out.getvalue().encode(encoding))


def out(office) -> Exchange:
    return send_out(COUNTY, MONTH, "report", by=office, at=now())


def test_a_report_speaks_the_provinces_words_and_its_fetching_is_journalled(office, sign_in):
    made = out(office)

    rows = rows_of(file_of(made, sign_in(office)))

    assert rows[0] == {
        "家庭编号": "A610702220000",
        "户主姓名": "演示户主0",
        "户主证件号码": id_number("1960-03-10", 0),
        "救助类别": "01",
        "城乡类别": "1",
        "行政区划代码": "610702008001",
        "保障人口数": "1",
        "月保障金额": plain_yuan(167000),
        "享受起始年月": "202204",
    }
    assert Entry.objects.get(action="province.fetched").purpose == "按月上报"


def test_what_came_back_unchanged_has_no_difference_in_either_encoding(office, sign_in):
    rows = rows_of(file_of(out(office), sign_in(office)))

    for encoding in ("utf-8-sig", "gb18030"):
        made = take_holdings(COUNTY, MONTH, "check", table(rows, encoding), by=office, at=now())
        assert made.differences.count() == 0


def test_every_difference_is_told_once_and_nothing_of_ours_changes(office, sign_in):
    rows = rows_of(file_of(out(office), sign_in(office)))
    before = list(Award.objects.values_list("pk", "monthly_fen"))
    rows[0] |= {"月保障金额": "1600", "享受起始年月": "2022-04", "户主姓名": "别名不比"}
    rows[1] |= {"救助类别": "01", "保障人口数": "2"}
    rows[2] |= {"家庭编号": "P999"}

    made = take_holdings(COUNTY, MONTH, "check", table(rows), by=office, at=now())

    told = {
        (d.award[-4:], d.kind, d.heading, d.ours.open() or "", d.theirs.open() or "")
        for d in Difference.objects.filter(exchange=made)
    }
    assert told == {
        ("0000", "differs", "月保障金额", "1670.00", "1600.00"),
        ("0001", "differs", "救助类别", "02", "01"),
        ("0001", "differs", "保障人口数", "1", "2"),
        ("0002", "only_ours", "", "", ""),
        ("P999", "only_theirs", "", "", ""),
    }
    assert list(Award.objects.values_list("pk", "monthly_fen")) == before


def receipt(*lines: tuple[str, str, str]) -> io.BytesIO:
    return table([{"家庭编号": a, "处理结果": b, "失败原因": c} for a, b, c in lines])


def test_a_receipt_marks_each_line_and_counts_once(office):
    made = out(office)
    lines = (("A610702220000", "成功", ""), ("A610702220001", "失败", "证件号码不符"))
    lines += (("B1", "成功", ""),)

    first = take_receipt(made, receipt(*lines), by=office, at=now())
    again = take_receipt(made, receipt(*lines), by=office, at=now())

    states = list(made.lines.order_by("award").values_list("state", "reason"))
    assert states == [("accepted", ""), ("refused", "证件号码不符"), ("sent", "")]
    assert (again.pk, first.unknown) == (first.pk, 1)


def test_what_cannot_be_read_is_refused_whole(office):
    made = out(office)
    rows = [{"家庭编号": "1", "处理结果": "成功"}]

    for file in (receipt(("A610702220000", "也许", "")), table(rows), io.BytesIO(b"PK no")):
        with pytest.raises(Invalid):
            take_receipt(made, file, by=office, at=now())
    twice = [dict.fromkeys((c.heading for c in template().columns), "1")] * 2
    with pytest.raises(Invalid):
        take_holdings(COUNTY, MONTH, "check", table(twice), by=office, at=now())
    with pytest.raises(Missing):
        send_out(COUNTY, "2021-01", "report", by=office, at=now())
    assert Exchange.objects.count() == 1


def test_a_table_with_more_rows_than_are_read_is_refused_not_cut(office, monkeypatch, sign_in):
    content = file_of(out(office), sign_in(office))
    monkeypatch.setattr(channels, "MOST_ROWS", 2)

    with pytest.raises(Invalid, match="分开导出"):
        take_holdings(COUNTY, MONTH, "check", io.BytesIO(content), by=office, at=now())

    assert not Difference.objects.exists()


def test_a_programme_without_a_code_is_named_and_no_file_is_made(office):
    award(7, "unheard_of")

    with pytest.raises(Missing, match="unheard_of"):
        out(office)

    assert not Exchange.objects.exists()


def test_only_the_city_exchanges(office):
    county = staff("hantai", Role.COUNTY_OFFICER, COUNTY)

    with pytest.raises(NotAllowed):
        send_out(COUNTY, MONTH, "report", by=county, at=now())
    with pytest.raises(NotAllowed):
        take_holdings(COUNTY, MONTH, "check", io.BytesIO(b"x"), by=county, at=now())


def test_the_page_makes_a_report_and_shows_differences_masked(
    office, sign_in, django_assert_max_num_queries
):
    browser = sign_in(office)
    told = {"form": "out", "out-county": COUNTY, "out-month": MONTH, "out-purpose": "report"}
    answer = browser.post("/desk/province/", told)
    rows = rows_of(file_of(Exchange.objects.get(), browser))
    number = rows[0]["户主证件号码"]
    rows[0]["户主证件号码"] = id_number("1961-03-10", 8)
    file = SimpleUploadedFile("p.csv", table(rows).getvalue())
    told = {"form": "there", "there-county": COUNTY, "there-month": MONTH}
    compared = browser.post(
        "/desk/province/", told | {"there-purpose": "check", "there-file": file}
    )

    with django_assert_max_num_queries(12):
        page = browser.get(compared["Location"]).content.decode()

    assert "待回执" in browser.get(answer["Location"]).content.decode()
    assert "1处差异" in page
    assert number not in page
    assert browser.post("/desk/province/", {"form": "out"}).status_code == 422
