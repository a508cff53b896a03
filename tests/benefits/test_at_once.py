"""Two people press at once: one wins, the other reads why, money and journal have it once (P1, P2).

Real connections, on SQLite (whose writers queue) and on PostgreSQL. The module empties the tables
once, after its last test: each test works in a county of its own.
"""

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.audit.models import Entry, Head
from doudi.benefits.actions import propose_reissue as reissuing
from doudi.benefits.actions import release_roll as releasing
from doudi.benefits.actions.change_award import Change
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.move_award import move_award
from doudi.benefits.actions.plan_parts import Part, agree_parts, plan_parts
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.propose_reissue import propose_reissue
from doudi.benefits.actions.release_reissue import release_reissue
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.return_roll import return_roll
from doudi.benefits.actions.withdraw_release import withdraw_release
from doudi.benefits.models import Award, AwardChange, Payment, Roll
from doudi.benefits.reconciliation import three_ways
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, DoudiError, WrongStage
from doudi.ledger.models import Movement
from doudi.outbox.deliver import deliver_all
from doudi.regions.actions.load_pack import load_pack as load_regions
from doudi.regions.models import Region
from doudi.takeover.actions import rehearse as rehearsing
from doudi.takeover.actions.rehearse import rehearse
from doudi.upkeep.actions.change_account import Account, apply_account, ask_account, call_back
from doudi.upkeep.actions.decide_proposal import decide_proposal
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.actions.recover import decide_recovery, propose_recovery, receive_part
from doudi.upkeep.parts import Asked, plan_of
from doudi.urgent.actions.raise_help import Told, raise_help
from doudi.urgent.actions.take import take
from tests.benefits.month import GONE, GOOD, to_account
from tests.benefits.running import award
from tests.factories.cases import demo_database, staff
from tests.takeover.test_takeover import person, workbook

MONTH, NEXT, FACTS = "2022-06", "2022-07", "演示：已核实情况"
COUNTIES = iter(("610703", "610722", "610723", "610724", "610725", "610726", "610727", "610728"))
QUIET = "610730"  # whose awards are on no roll


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of a transaction that is rolled back: rows that other connections see."""
    with django_db_blocker.unblock(), _as_before():
        demo_database()
        yield


@contextmanager
def _as_before() -> Iterator[None]:
    """Taken away at once: SQLite's file is laid down again, PostgreSQL emptied but for the city."""
    connection.ensure_connection()
    kept = sqlite3.connect(":memory:")
    if connection.vendor == "sqlite":
        connection.connection.backup(kept)
    yield
    if connection.vendor == "sqlite":
        kept.backup(connection.connection)
    else:
        Head.objects.all().delete()  # a journal without heads may be emptied
        call_command("flush", interactive=False, verbosity=0)
        load_regions()
    connection.close()


@dataclass
class Place:
    """One county with its people, two of each, and one household in benefit."""

    county: str
    people: dict[str, Any] = field(default_factory=dict)

    def who(self, word: str, role: Role) -> Any:
        """An officer of the county, or of its town, made when first asked for."""
        where = self.village[:9] if role in (Role.TOWN_CLERK, Role.TOWN_HEAD) else self.county
        if word not in self.people:
            self.people[word] = staff(f"{uuid4().hex[:8]}.{word}", role, where, word)
        return self.people[word]

    @property
    def village(self) -> str:
        """The first of the county."""
        rows = Region.objects.filter(level="village", code__startswith=self.county)
        return str(rows.order_by("code").values_list("code", flat=True).first())

    def running(self, **more: Any) -> Award:
        """A household in benefit."""
        return award(village=self.village, **more)

    def two(self, word: str, role: Role) -> list[dict[str, Any]]:
        """Two people of one office, as they sign."""
        return [{"by": self.who(f"{word}{n}", role), "at": now()} for n in (1, 2)]

    def roll(self, stage: str = "draft", month: str = MONTH) -> Roll:
        """A month's roll by real actions."""
        made = prepare_roll(self.county, month, by=self.who("编", Role.COUNTY_OFFICER), at=now())
        if stage != "draft":
            checks = self.who("复", Role.COUNTY_OFFICER)
            made = check_roll(made.pk, version=None, by=checks, at=now())
        if stage == "released":
            pays = self.who("放", Role.COUNTY_FINANCE)
            made = release_roll(made.pk, version=None, by=pays, at=now())
        return made


Deed = Callable[[], Any]


def together(*deeds: Deed) -> tuple[list[Any], list[DoudiError]]:
    """What came of deeds that begin together, each on its own connection: done, and refused."""
    gate, done, refused = threading.Barrier(len(deeds)), [], []

    def one(deed: Deed) -> None:
        gate.wait(30)
        try:
            done.append(deed())
        except DoudiError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return done, refused


def checks(place: Place) -> tuple[list[Deed], str]:
    place.running()
    roll = place.roll()
    hands = place.two("复", Role.COUNTY_OFFICER)
    deeds = [lambda w=w: check_roll(roll.pk, version=roll.version, **w) for w in hands]
    return deeds, "benefits.roll_checked"


def releases(place: Place) -> tuple[list[Deed], str]:
    place.running()
    roll = place.roll("checked")
    hands = place.two("放", Role.COUNTY_FINANCE)
    deeds = [lambda w=w: release_roll(roll.pk, version=roll.version, **w) for w in hands]
    return deeds, "benefits.roll_released"


def withdrawals(place: Place) -> tuple[list[Deed], str]:
    place.running()
    roll = place.roll("released")
    hands = place.two("撤", Role.COUNTY_FINANCE)
    deeds = [lambda w=w: withdraw_release(roll.pk, "账户有误", version=None, **w) for w in hands]
    return deeds, "benefits.release_withdrawn"


def returns(place: Place) -> tuple[list[Deed], str]:
    place.running()
    roll = place.roll("checked")
    hands = place.two("退", Role.COUNTY_OFFICER)
    deeds = [lambda w=w: return_roll(roll.pk, "有一户有误", version=None, **w) for w in hands]
    return deeds, "benefits.roll_returned"


def proposals(place: Place) -> tuple[list[Deed], str]:
    running, clerk = place.running(), place.who("提", Role.TOWN_CLERK)
    plan = plan_of(running, "adjust", Asked(MONTH, base=60_000, top_up=0), now())
    made = propose(running.pk, "adjust", plan, Why("means", FACTS), by=clerk, at=now())
    hands = place.two("定", Role.TOWN_HEAD)
    return [
        lambda w=w: decide_proposal(made.pk, agree=True, why="同意", **w) for w in hands
    ], "award.decided"


def accounts(place: Place) -> tuple[list[Deed], str]:
    running, clerk = place.running(), place.who("提", Role.TOWN_CLERK)
    new = Account(GOOD, "演示银行", running.payee_name)
    asked = ask_account(running.pk, new, by=clerk, at=now())
    call_back(asked.pk, is_confirmed=True, by=clerk, at=now())
    type(asked).objects.filter(pk=asked.pk).update(ready_on=now().date())
    hands = place.two("定", Role.TOWN_HEAD)
    return [lambda w=w: apply_account(asked.pk, **w) for w in hands], "award.account_changed"


def parts(place: Place) -> tuple[list[Deed], str]:
    aid = place.running(fen=0, programme="temporary_aid", start=MONTH)
    Award.objects.filter(pk=aid.pk).update(once_fen=600_000, end_month=MONTH)
    plan = (Part(MONTH, 200_000), Part(NEXT, 400_000))
    plan_parts(aid.pk, plan, by=place.who("提", Role.TOWN_CLERK), at=now())
    hands = place.two("定", Role.TOWN_HEAD)
    return [lambda w=w: agree_parts(aid.pk, **w) for w in hands], "award.parts_agreed"


def recoveries(place: Place) -> tuple[list[Deed], str]:
    running, clerk = place.running(), place.who("提", Role.TOWN_CLERK)
    back = propose_recovery(running.pk, "error", 10_000, FACTS, by=clerk, at=now())
    hands = place.two("定", Role.COUNTY_OFFICER)
    deeds = [lambda w=w: decide_recovery(back.pk, 2, "同意", **w) for w in hands]
    return deeds, "award.recovery_agreed"


def instalments(place: Place) -> tuple[list[Deed], str]:
    running, clerk = place.running(), place.who("提", Role.TOWN_CLERK)
    back = propose_recovery(running.pk, "error", 10_000, FACTS, by=clerk, at=now())
    first, second = place.two("定", Role.COUNTY_OFFICER)
    decide_recovery(back.pk, 1, "同意", **first)
    deeds = [lambda w=w: receive_part(back.pk, MONTH, **w) for w in (first, second)]
    return deeds, "award.recovery_received"


def calls(place: Place) -> tuple[list[Deed], str]:
    told = Told(kind="illness", region=place.village[:9], phone="12900000021", name="演示甲")
    call = raise_help(uuid4(), told, by=SYSTEM, at=now())
    hands = place.two("值", Role.TOWN_CLERK)
    deeds = [lambda w=w: take(call.pk, version=call.version, **w) for w in hands]
    return deeds, "urgent.take"


def returned(place: Place, month: str = MONTH) -> list[Any]:
    """The month is paid, but for one household whose account did not exist; corrected since."""
    home = place.running()
    to_account(home, GONE)
    place.roll("released", month)
    deliver_all()
    to_account(home, GOOD)
    return list(Payment.objects.filter(award=home, month=month).values_list("pk", flat=True))


def reissues(place: Place) -> tuple[list[Deed], str]:
    back = returned(place)
    hands = place.two("编", Role.COUNTY_OFFICER)
    return [lambda w=w: propose_reissue(back, **w) for w in hands], "benefits.reissue_proposed"


def reissue_releases(place: Place) -> tuple[list[Deed], str]:
    back = returned(place)
    file = propose_reissue(back, by=place.who("编", Role.COUNTY_OFFICER), at=now())
    hands = place.two("放", Role.COUNTY_FINANCE)
    return [lambda w=w: release_reissue(file.pk, **w) for w in hands], "benefits.reissue_released"


ROLLS = [checks, releases, withdrawals, returns, reissues, reissue_releases]
MATTERS = [proposals, accounts, parts, recoveries, instalments, calls]


@pytest.mark.parametrize("which", ROLLS + MATTERS, ids=lambda which: which.__name__)
def test_of_two_who_press_at_once_one_wins_and_the_other_reads_why(which, db):
    place = Place(next(COUNTIES) if which in ROLLS else QUIET)
    deeds, entry = which(place)
    before, fen = Entry.objects.filter(action=entry).count(), returned_fen(place)

    done, refused = together(*deeds)

    assert len(done) == 1
    assert [type(r) in (Conflict, WrongStage) and bool(r.sentence) for r in refused] == [True]
    assert Entry.objects.filter(action=entry).count() == before + 1
    assert three_ways(place.county, MONTH, now(), dt.timedelta(hours=1)).gaps == []
    assert returned_fen(place) - fen == (10_000 if which is instalments else 0)


def returned_fen(place: Place) -> int:
    """What households of the county gave back."""
    back = Movement.objects.filter(county=place.county, key__startswith="repaid:")
    return sum(back.values_list("fen", flat=True))


def meet(monkeypatch: Any, room: Any, name: str) -> None:
    """Both have read the last number before either writes its own; SQLite lets one in at a time."""
    if connection.vendor == "sqlite":
        return
    own, gate = getattr(room, name), threading.Barrier(2)

    def met(*given: Any) -> Any:
        found = own(*given)
        with suppress(threading.BrokenBarrierError):
            gate.wait(1)
        return found

    monkeypatch.setattr(room, name, met)


def is_told(refused: list[DoudiError], words: str) -> bool:
    """On PostgreSQL the second is told to press again; SQLite's writers queue, both go through."""
    told = [words in r.sentence for r in refused if isinstance(r, Conflict)]
    return told == ([] if connection.vendor == "sqlite" else [True])


def test_two_rolls_of_a_county_released_at_once_have_two_numbers(db, monkeypatch):
    place = Place(next(COUNTIES))
    place.running()
    rolls = [place.roll("checked"), place.roll("checked", NEXT)]
    hands = place.two("放", Role.COUNTY_FINANCE)
    deeds = [
        lambda r=r, w=w: release_roll(r.pk, version=None, **w)
        for r, w in zip(rolls, hands, strict=True)
    ]
    meet(monkeypatch, releasing, "_document")

    _done, refused = together(*deeds)
    monkeypatch.undo()
    for roll in Roll.objects.filter(county=place.county, stage="checked"):
        release_roll(roll.pk, version=None, **hands[0])

    assert is_told(refused, "文号")
    numbers = Roll.objects.filter(county=place.county).values_list("document", flat=True)
    assert sorted(numbers) == ["兜发〔2022〕1号", "兜发〔2022〕2号"]


def test_two_reissues_of_a_county_at_once_are_two_files(db, monkeypatch):
    place = Place(next(COUNTIES))
    back, hands = [returned(place), returned(place, NEXT)], place.two("编", Role.COUNTY_OFFICER)
    deeds = [lambda p=p, w=w: propose_reissue(p, **w) for p, w in zip(back, hands, strict=True)]
    meet(monkeypatch, reissuing, "_number")

    done, refused = together(*deeds)

    assert is_told(refused, "再提交一次")
    assert len({file.number for file in done}) == len(done) == 2 - len(refused)


def test_two_rehearsals_at_once_are_two_batches(db, monkeypatch):
    files = [workbook(person("H1", 1)), workbook(person("H2", 3))]
    deeds = [lambda f=f: rehearse(f, MONTH, by=SYSTEM, at=now()) for f in files]
    monkeypatch.setattr(rehearsing, "explain", lambda found, month: [])
    meet(monkeypatch, rehearsing, "_number")

    done, refused = together(*deeds)

    assert is_told(refused, "再做一次")
    assert len({batch.number for batch in done}) == len(done) == 2 - len(refused)


def test_two_who_move_one_award_at_once_move_it_once(db):
    running = Place(QUIET).running()
    change = Change("move", NEXT, 50_000, ((NEXT, 50_000, 0),))
    there = Place("610702").village

    done, refused = together(
        *[lambda: move_award(running.pk, there, change, by=SYSTEM, at=now())] * 2
    )

    assert (len({award.pk for award in done}), refused) == (1, [])
    assert AwardChange.objects.filter(award=running).count() == 1


def test_a_moved_award_leaves_out_a_number_that_an_old_system_gave_already(db):
    first, other = Place(QUIET).running(), Place(QUIET).running()
    Award.objects.filter(pk=other.pk).update(number=f"{first.number}-2")
    change = Change("move", NEXT, 50_000, ((NEXT, 50_000, 0),))

    moved = move_award(first.pk, Place("610702").village, change, by=SYSTEM, at=now())

    assert moved.number == f"{first.number}-3"
