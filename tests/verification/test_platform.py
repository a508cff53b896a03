"""From a department's signed file to the questions of a run, through the commands."""

import datetime as dt
import io
import json
import shutil
from pathlib import Path

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now
from doudi.commands import compare, deliver
from doudi.kernel.errors import NotAllowed
from doudi.kernel.resident_id import check_digit
from doudi.people.models import BenefitMark, Household, Membership, Person
from doudi.regions.models import Region
from doudi.verification.actions import take_delivery as taking
from doudi.verification.actions.compare_register import compare_register
from doudi.verification.actions.decide_delivery import decide_delivery
from doudi.verification.file import contract
from doudi.verification.models import Delivery, Discrepancy, Run
from tests.crash.empty import home_of, migrated, python
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db


def number(place: int) -> str:
    body = f"61079919600312{place:03d}"
    return body + check_digit(body)


def household(place: int, region: Region) -> Household:
    home = Household.objects.create(region=region, area="rural", created_at=now())
    person = Person.objects.create(
        name="任某",
        id_number=number(place),
        sex="male",
        born_on=dt.date(1960, 3, 12),
        created_at=now(),
    )
    Membership.objects.create(
        household=home, person=person, relation="self", from_on=dt.date(2021, 10, 1)
    )
    BenefitMark.objects.create(
        person=person,
        programme="dibao",
        county="610702",
        award_ref=home.pk,
        from_month="2021-10",
    )
    return home


def doudi(word, *argv) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return word.run([str(a) for a in argv], out, err), out.getvalue(), err.getvalue()


@pytest.fixture
def lake(settings, tmp_path) -> Path:
    settings.DOUDI_LAKE = tmp_path / "lake"
    mark_demo(7, "0", now())
    assert doudi(deliver, "--new-key", "公安", "--key", tmp_path / "key")[0] == 0
    return tmp_path


def send(folder: Path, rows: list[str], sequence: int = 1):
    path = folder / f"g04-{sequence}.csv"
    path.write_text("证件号码,状态,起始日期,截止日期\n" + "\n".join(rows) + "\n")
    signed = ("--sign", "--key", folder / "key", "--period", "2022-05", "--sequence", sequence)
    assert doudi(deliver, "G04", path, *signed)[0] == 0
    return doudi(deliver, "G04", path, "--json")


@pytest.fixture
def homes() -> list[Household]:
    region = Region.objects.filter(code__startswith="610702", level="village").first()
    if region is None:
        region = Region.objects.create(code="610702001001", name="某村", level="village")
    return [household(place, region) for place in range(60)]


def test_a_death_in_a_delivery_is_an_open_question_with_its_row(lake, homes):
    rows = [f"{number(place)},在册,2020-01-01," for place in range(1, 60)]
    code, out, _ = send(lake, [*rows, f"{number(0)},死亡,2022-05-03,"])

    asked = doudi(compare, "--month", "2022-06", "--json")

    assert (code, json.loads(out)["accepted"]) == (0, 60)
    told = json.loads(asked[1])
    assert (told["signals"], told["held"], told["households"]) == ({"X1": 1}, 0, 60)
    assert "G14" in told["not_delivered"]
    found = Discrepancy.objects.get()
    assert (found.household_id, found.state) == (homes[0].pk, "open")
    assert found.sources.open()[0]["row_no"] == 60
    assert BenefitMark.objects.filter(until_month="").count() == 60
    assert not [p for p in (lake / "lake/work").iterdir() if p.is_dir()]


def test_a_shifted_state_stops_nobody_and_waits_for_a_person(lake, homes):
    send(lake, [f"{number(place)},死亡,2022-05-03," for place in range(60)])

    run = compare_register("2022-06", by=SYSTEM, at=now())

    assert set(run.discrepancies.values_list("state", flat=True)) == {"held"}
    assert BenefitMark.objects.filter(until_month="").count() == 60


def test_the_same_deliveries_give_the_same_answer_again(lake, homes):
    send(lake, [f"{number(0)},死亡,2022-05-03,"])

    one = compare_register("2022-06", by=SYSTEM, at=now())
    other = compare_register("2022-06", by=SYSTEM, at=now())

    assert one.answer_sha256 == other.answer_sha256


def test_a_refused_file_comes_back_with_rows_and_sentences_in_both_languages(lake, homes):
    code, _, err = send(lake, [f"{number(0)},病故,2022-05-03,", f"{number(1)},在册,昨天,"])

    assert (code, Delivery.objects.count()) == (1, 0)
    lines = (lake / "g04-1.csv.errors.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "2行中有2行有错" in err
    assert lines[2].startswith("1,状态,")
    assert "不在约定的代码之内" in lines[2]
    assert "one of the agreed codes" in lines[2]
    assert "2022-05-01" in lines[3]
    assert number(0) not in "".join(lines)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_empty_table_can_be_had_and_is_sent_back_empty(lake, suffix):
    path = lake / f"empty.{suffix}"

    code, _, _ = doudi(deliver, "G04", "--template", path)
    signed = ("--sign", "--key", lake / "key", "--period", "2022-05", "--sequence", 1)
    doudi(deliver, "G04", path, *signed)
    refused = doudi(deliver, "G04", path)

    assert (code, refused[0]) == (0, 1)
    assert "没有数据" in refused[2]


BREAKS = ["loading", "_check_whole", "_delivery", "keep_original", "put_away", "write"]


@pytest.mark.parametrize("name", BREAKS)
def test_a_load_that_breaks_anywhere_leaves_nothing_to_be_seen(lake, homes, monkeypatch, name):
    def broken(*_args, **_named):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(taking, name, broken)
        with pytest.raises(RuntimeError):
            send(lake, [f"{number(0)},死亡,2022-05-03,"])
    seen = Delivery.objects.count()
    again = send(lake, [f"{number(0)},死亡,2022-05-03,"])

    assert (seen, again[0], Delivery.objects.count(), Run.objects.count()) == (0, 0, 1, 0)


def test_a_held_delivery_counts_only_after_a_person_has_said_so(lake, homes):
    good = [f"{number(place)},在册,2020-01-01," for place in range(1, 60)]
    send(lake, good)
    dead = f"{number(0)},死亡,2022-05-03,"
    held = json.loads(send(lake, [dead], 2)[1])
    before = compare_register("2022-06", by=SYSTEM, at=now())

    nobody = doudi(deliver, "--release", held["delivery"])
    said = ("--by", "王科长", "--reason", "部门来电说明只送变化")
    county = staff("h.county", Role.COUNTY_OFFICER, "610702")
    with pytest.raises(NotAllowed):
        decide_delivery(held["delivery"], use=True, reason="看过", by=county, at=now())
    released = doudi(deliver, "--release", held["delivery"], *said)
    again = doudi(deliver, "--drop", held["delivery"], *said)
    after = compare_register("2022-06", by=SYSTEM, at=now())

    assert (held["state"], held["held_for"]) == ("held", "rows")
    assert (nobody[0], released[0], again[0]) == (1, 0, 1)
    assert (before.discrepancies.count(), after.discrepancies.count()) == (0, 1)


def test_people_of_another_place_wait_for_a_person_once_the_register_is_known(lake, homes):
    first = [f"{number(place)},在册,2020-01-01," for place in range(60)]
    strangers = [f"{number(place)},在册,2020-01-01," for place in range(45, 105)]
    sent = [json.loads(send(lake, first)[1])["state"]]
    compare_register("2022-06", by=SYSTEM, at=now())

    sent.append(json.loads(send(lake, first, 2)[1])["state"])
    last = json.loads(send(lake, strangers, 3)[1])

    assert sent == ["accepted", "accepted"]
    assert (last["state"], last["held_for"]) == ("held", "people")


@pytest.mark.parametrize(("rows", "state"), [(200, "accepted"), (201, "held")])
def test_a_first_delivery_needs_its_share_of_people_on_the_register(lake, homes, rows, state):
    known_share = contract("G04").known_share  # one of two hundred
    told = [f"{number(place)},在册,2020-01-01," for place in range(59, 59 + rows)]

    first = json.loads(send(lake, told)[1])

    assert known_share * 200 == 1
    assert (first["state"], first["held_for"]) == (state, "first" if state == "held" else "")


def test_before_there_is_a_register_a_first_delivery_is_measured_by_nothing(lake):
    told = [f"{number(place)},在册,2020-01-01," for place in range(30)]

    assert json.loads(send(lake, told)[1])["state"] == "accepted"


def test_behind_a_handful_of_rows_the_next_delivery_is_measured_as_the_first(lake, homes):
    few = [f"{number(place)},在册,2020-01-01," for place in range(19)]
    strangers = [f"{number(place)},在册,2020-01-01," for place in range(100, 140)]

    states = [json.loads(send(lake, rows, n)[1])["state"] for n, rows in ((1, few), (2, strangers))]

    assert states == ["accepted", "held"]


def test_the_same_table_again_in_the_next_month_is_taken(lake, homes):
    rows = [f"{number(place)},在册,2020-01-01," for place in range(30)]

    first, second = send(lake, rows), send(lake, rows, 2)

    assert (first[0], second[0], Delivery.objects.count()) == (0, 0, 2)


def test_a_process_killed_at_any_tenth_of_a_load_leaves_all_of_it_or_nothing(tmp_path):
    shutil.copy(migrated(), tmp_path / "doudi.sqlite3")
    home = home_of(tmp_path) | {"DJANGO_SETTINGS_MODULE": "config.settings.local"}

    told = json.loads(python("tests.verification.killed", environment=home))

    dead = [kill for kill in told["kills"] if kill["signal"] == 9]
    assert {kill["at"] for kill in dead} >= set(told["tenths"][:9])
    assert len(dead) >= 20
    seen = ("deliveries", "journal", "whole")
    before, after = ([told[when][name] for name in seen] for when in ("before", "after"))
    assert (before[0], after[0], told["loaded"]) == (0, 1, True)
    assert all([kill[name] for name in seen] in (before, after) for kill in dead)
    # Only work that the next load clears away; the lake itself holds what a row names.
    lake = [sorted(set(kill["left"]) - {"work"}) for kill in dead]
    assert lake == [["item", "original"] if kill["deliveries"] else [] for kill in dead]
    assert told["after"]["left"] == ["item", "item", "original"]
