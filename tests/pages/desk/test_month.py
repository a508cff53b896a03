"""月报: every number is the length of its list, and the list is the officer's own area only."""

import datetime as dt
import io
import re
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.send_roll import send_roll
from doudi.benefits.models import Award
from doudi.cases.models import Case, Spell
from doudi.clock.time import now
from doudi.exports.actions.work_exports import work_exports
from doudi.reports.figures.figure import BEFORE, NOW
from doudi.reports.queries import FIGURES, Number, month_of, place_of, readings
from tests.conftest import CHINA
from tests.factories.cases import case_at, office, staff
from tests.house.conftest import stood_up
from tests.pages.desk.test_workbench import another_family

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/desk/month/list/\?[^"]+)"[^>]*>([\d.,]+)<')


def four_families(clock):
    """In May: one confirmed, one refused, one reviewed, one just submitted."""
    confirmed = case_at("confirmed", clock)
    for n, goal in enumerate(("refused", "reviewed", "submitted"), 1):
        case_at(goal, clock, another_family(n))
    return confirmed


@pytest.fixture(scope="module")
def may(django_db_setup, django_db_blocker, keys):
    """The four families, built once for this file."""
    with stood_up(django_db_blocker, four_families) as confirmed:
        yield confirmed


@pytest.fixture
def busy(may, clock, town):
    """The confirmed one, on the day after."""
    clock.move_to(dt.datetime(2022, 5, 18, 9, tzinfo=CHINA))
    may.refresh_from_db()
    return may


def numbers(page: str) -> list[tuple[str, int]]:
    """Every number with its list; money in fen."""
    return [
        (link.replace("&amp;", "&"), int(re.sub(r"[.,]", "", shown)))
        for link, shown in LINK.findall(page)
    ]


def shown_by(client, link: str) -> int:
    """What the list comes to: its rows, or their sum where the number is money."""
    answer = client.get(link)
    assert answer.status_code == 200
    found = answer.context
    assert len(found["rows"]) == min(found["count"], 50)
    is_money = found["asked"].figure.adds.endswith("fen")
    return found["sum"] if is_money else found["count"]


@pytest.mark.parametrize("unit", ["610702008", "610702", "6107"])
def test_every_number_is_the_length_of_its_list(unit, busy, clock, sign_in):
    post = {9: (Role.TOWN_CLERK, "610702008"), 6: (Role.COUNTY_OFFICER, "610702")}
    role, place = post.get(len(unit), (Role.CITY_OFFICER, "6107"))
    client = sign_in(staff("reader", role, place))

    told = [
        pair
        for month in ("2022-05", "2022-06")
        for pair in numbers(client.get(f"/desk/month/?unit={unit}&month={month}").content.decode())
    ]

    assert len(told) > 20
    assert [(link, n) for link, n in told if shown_by(client, link) != n] == []


def test_the_numbers_are_those_of_the_cases(busy, clock, town):
    place = place_of(town.clerk, "")
    read = readings(place, month_of("2022-05", now().date()), now().date())

    assert read["received"].number().count == Case.objects.count() == 4
    assert read["received"].number(BEFORE).count == 0
    assert read["ended"].number(stage=("confirmed", "refused")).count == 2
    assert read["ended"].number(stage="confirmed", late="0", programme="dibao").count == 1
    assert read["standing"].number().count == 2
    assert read["standing"].number(programme="dibao", stage="reviewed").count == 1
    assert read["granted_monthly"].number().sum == 167000


def test_the_page_as_excel_says_the_same_numbers_as_numbers(busy, clock, town, sign_in):
    client = sign_in(town.clerk)
    asked = {"unit": "610702008", "month": "2022-05"}

    answer = client.get("/desk/month/sheet.xlsx", asked)

    page = client.get("/desk/month/", asked).context
    cells = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(answer.content))["月报"].iter_rows()
    ]
    told = {row[0]: row[1:3] for row in reversed(cells) if row[0]}
    assert "2022-05" in cells[0][0]
    for line in page["head"]:
        assert told[str(line.words)] == [line.now.count, line.before.count]


def workbook(client, link: str):
    """The list behind a number as the worker wrote it: its sheet."""
    waits = client.post(link, {"purpose": "meeting"})["Location"]
    while work_exports():
        pass
    file = client.get(f"{waits}file.xlsx")
    return load_workbook(io.BytesIO(b"".join(file.streaming_content))).active


@pytest.mark.parametrize("unit", ["610702008", "610702"])
def test_every_list_behind_a_number_is_taken_out_as_excel(unit, busy, clock, town, city, sign_in):
    sent_in_june(clock)
    role = Role.TOWN_CLERK if len(unit) == 9 else Role.COUNTY_OFFICER
    client = sign_in(staff("reader", role, unit))
    told = [
        (dict(parse_qsl(link.partition("?")[2])), link, number)
        for month in ("2022-05", "2022-06")
        for link, number in numbers(client.get(f"/desk/month/?month={month}").content.decode())
    ]
    one_each = {asked["figure"]: (link, number) for asked, link, number in told}

    for figure, (link, _number) in one_each.items():
        sheet = workbook(client, link)

        words = [[cell.value for cell in row] for row in sheet.iter_rows()]
        lines = [row for row in words if isinstance(row[0], int)]
        total = next(row for row in words if row[0] == "合计")
        assert total[1] == f"{len(lines)}行"
        shown = shown_by(client, link)
        if FIGURES[figure].adds.endswith("fen"):
            assert round(100 * max(n for n in total if isinstance(n, (int, float)))) == shown
        else:
            assert len(lines) == shown, figure
        assert "任建明" not in str(words), figure
        assert "清单" in sheet["A1"].value
    barred = "paid_rolls" if len(unit) == 9 else "paid_lines"
    assert set(one_each) == set(FIGURES) - {barred, "granted_once"}


def test_a_list_is_taken_out_with_purpose_and_log_and_only_of_the_own_place(busy, sign_in):
    client = sign_in(staff("reader", Role.TOWN_CLERK, "610702008"))
    link = "/desk/month/list/?figure=received&unit=610702008&month=2022-05"

    refused = client.post(link, {"purpose": ""})
    whole = client.post(link, {"purpose": "meeting", "whole": "on"})
    other = client.post(link.replace("610702008", "610702001"), {"purpose": "meeting"})

    assert (refused.status_code, whole.status_code, other.status_code) == (422, 422, 404)
    assert not Entry.objects.filter(action__startswith="ledger.").exists()
    client.post(link, {"purpose": "archive", "whole": "on"})
    told = Entry.objects.get(action="ledger.exported_whole")
    asked = {"figure": ["received"], "unit": ["610702008"], "month": ["2022-05"]}
    assert (told.purpose, told.detail["told"]) == ("archive", asked)
    assert client.get("/desk/ledgers/month_cases/").status_code == 404


def test_a_list_is_not_made_for_whoever_lost_the_place_since(busy, sign_in):
    clerk = staff("reader", Role.TOWN_CLERK, "610702008")
    client = sign_in(clerk)
    waits = client.post(
        "/desk/month/list/?figure=received&unit=610702008&month=2022-05", {"purpose": "check"}
    )["Location"]
    clerk.posts.update(region_id="610702001000")

    while work_exports():
        pass

    assert "没有做成" in client.get(waits).content.decode()


def test_a_stage_is_timed_in_working_days_when_the_case_leaves_it(busy, clock, town):
    busy.refresh_from_db()

    spells = Spell.objects.filter(case=busy)

    assert [s.stage for s in spells.order_by("since_at")] == [
        "submitted",
        "accepted",
        "assessed",
        "reviewed",
        "noticed",
    ]
    assert not spells.filter(until_at=None).exists()
    assert spells.get(stage="noticed").days == 6


def test_each_stage_says_its_cases_programme_so_that_months_are_counted_without_cases(busy):
    assert busy.programme == "dibao"
    assert set(busy.spells.values_list("programme", flat=True)) == {"dibao"}

    told = Spell.objects.exclude(programme=F("case__programme"))

    assert not told.exists()


def test_a_case_ended_after_its_last_day_is_counted_late_and_listed_so(busy, clock, town, sign_in):
    Case.objects.filter(pk=busy.pk).update(due_on=dt.date(2022, 5, 10))
    client = sign_in(town.clerk)

    rows = client.get(
        "/desk/month/list/?figure=ended&unit=610702008&month=2022-05&late=1&stage=confirmed"
    ).context["rows"]

    assert [row.number for row in rows] == [busy.number]


def test_what_stood_open_at_the_end_of_a_month_does_not_change_afterwards(busy, clock, town):
    clock.shift(dt.timedelta(days=40))
    place, on = place_of(town.clerk, ""), now().date()

    may = readings(place, month_of("2022-05", on), on)["standing"]
    june = readings(place, month_of("2022-06", on), on)["standing"]

    assert may.number(NOW).count == june.number(BEFORE).count == 2


def test_cases_and_days_of_the_month_before_are_its_own(busy, clock, town):
    clock.shift(dt.timedelta(days=40))
    in_june = dt.datetime(2022, 6, 2, 9, tzinfo=CHINA)
    Spell.objects.filter(case=busy, stage="accepted").update(until_at=in_june, days=3)
    place, on = place_of(town.clerk, ""), now().date()

    may = readings(place, month_of("2022-05", on), on)["passed"].number(NOW)
    june = readings(place, month_of("2022-06", on), on)["passed"]

    assert (june.number(NOW).count, june.number(NOW).sum) == (1, 3)
    assert (june.number(BEFORE).count, june.number(BEFORE).sum) == (may.count, may.sum)


def test_another_towns_month_does_not_exist_for_an_officer(busy, sign_in):
    stranger = sign_in(office("610702001").clerk)

    answers = [
        stranger.get(f"/desk/month/{page}?unit={unit}").status_code
        for page in ("", "list/", "paper.pdf")
        for unit in ("610702008", "610702", "6107", "610702008001", "x", "6107020080010")
    ]

    assert set(answers) == {404}


def sent_in_june(clock):
    """June's roll, sent to the bank by three people; who prepared it."""
    clock.shift(dt.timedelta(days=20))
    one, two = (
        staff("one", Role.COUNTY_OFFICER, "610702"),
        staff("two", Role.COUNTY_OFFICER, "610702"),
    )
    pay = staff("pay", Role.COUNTY_FINANCE, "610702")
    roll = prepare_roll("610702", "2022-06", by=one, at=now())
    check_roll(roll.pk, version=None, by=two, at=now())
    release_roll(roll.pk, version=None, by=pay, at=now())
    send_roll(roll.pk, at=now())
    return one


def test_the_money_sent_to_the_bank_is_that_of_its_rolls(busy, clock, town, city, sign_in):
    one = sent_in_june(clock)

    pages = [
        sign_in(who).get(f"/desk/month/?unit={unit}&month=2022-06").context["paid"].now
        for who, unit in ((one, "610702"), (town.clerk, "610702008"))
    ]

    assert [page.sum for page in pages] == [Award.objects.get().monthly_fen] * 2


def test_the_page_asks_the_database_at_most_twelve_times(busy, sign_in):
    client = sign_in(staff("reader", Role.CITY_OFFICER, "6107"))

    with CaptureQueriesContext(connection) as asked:
        client.get("/desk/month/")

    assert len(asked) <= 12, [q["sql"][:100] for q in asked]


def test_the_paper_shows_the_same_numbers(busy, town, sign_in):
    answer = sign_in(town.clerk).get("/desk/month/paper.pdf?month=2022-05")

    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("figure", FIGURES.values(), ids=list(FIGURES))
def test_every_figure_says_its_unit_its_rule_and_its_date(figure):
    assert all(str(words) for words in (figure.words, figure.unit, figure.once, figure.as_of))
    assert Number(figure, 0, 0, "").mean is None
