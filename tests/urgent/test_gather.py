"""Many people at once: 176 entries, doubles marked and not counted, nothing personal readable."""

import datetime as dt
import json

import pytest
from django.db import connection

from doudi.audit.models import Entry as Line
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.outbox.deliver import deliver_all
from doudi.outbox.models import Event
from doudi.urgent.actions.gather import add_people, gather
from doudi.urgent.actions.mark_receipts import mark_receipts, undo_receipts
from doudi.urgent.actions.sign import sign
from doudi.urgent.figures import Entry, read_list
from doudi.urgent.models import GatheredPerson
from doudi.urgent.queries import summary
from tests.factories.cases import id_number
from tests.house.scene import browser_of
from tests.urgent.conftest import ACCOUNT, PHONE, TOWN, ZHANG, proposed, visited

pytestmark = pytest.mark.django_db
ON = dt.date(2022, 3, 15)


@pytest.fixture
def stranded(desk):
    """A list at the station."""
    return gather(TOWN, "火车站候车室", "大雪停运", ON, by=desk.clerk, at=now())


def test_176_people_stand_on_the_list_each_once(desk, stranded):
    people = [
        Entry(f"旅客{n:03d}", given=("bed", "food"), fen=12_000, origin="河南") for n in range(176)
    ]

    add_people(stranded.pk, people, by=desk.clerk, at=now())

    assert summary(stranded) == {
        "people": 176,
        "twice": 0,
        "fen": 176 * 12_000,
        "given": {"bed": 176, "food": 176},
    }


def test_doubles_are_marked_kept_and_not_counted(desk, stranded):
    number = id_number("1990-01-01", 1)
    add_people(stranded.pk, [Entry("王强", number, fen=100)], by=desk.clerk, at=now())

    more = [Entry("王强", number, fen=100), Entry("王强", fen=100), Entry("李四", fen=100)]
    told = add_people(stranded.pk, more, by=desk.clerk, at=now())

    assert told == (3, 2)
    assert GatheredPerson.objects.filter(twice=True).count() == 2
    assert summary(stranded)["fen"] == 200


def test_namesakes_with_different_numbers_are_two_people(desk, stranded):
    people = [Entry("王强", id_number("1990-01-01", n)) for n in (1, 3)]

    assert add_people(stranded.pk, people, by=desk.clerk, at=now()) == (2, 0)


def test_a_pasted_line_is_read_in_any_order(desk):
    number = id_number("1990-01-01", 1)
    first = f"1. 王强\t{number}\t河南周口\t住宿、饮食\t120.5"
    text = f"{first}\n李四，四川达州，返乡路费，86元\n\n赵六 安徽宿州"

    entries, wrong = read_list(text, ("food",), 500, ON, demo=True)

    assert wrong == {}
    assert entries == [
        Entry("王强", number, "河南周口", ("bed", "food"), 12_050),
        Entry("李四", "", "四川达州", ("fare",), 8_600),
        Entry("赵六", "", "安徽宿州", ("food",), 500),
    ]
    assert read_list("\n".join(e.row() for e in entries), (), 0, ON, demo=True)[0] == entries


@pytest.mark.parametrize("line", ["610799", "王强 610799199001010012", "王强 99999999"])
def test_a_line_that_cannot_be_read_is_named(line):
    entries, wrong = read_list(f"李四\n{line}", (), 0, ON, demo=True)

    assert ([e.name for e in entries], list(wrong)) == (["李四"], [2])


def test_nobody_from_elsewhere_writes_on_the_list(desk, stranded):
    with pytest.raises(NotAllowed):
        add_people(stranded.pk, [Entry("王强")], by=desk.elsewhere, at=now())
    with pytest.raises(Invalid):
        add_people(stranded.pk, [], by=desk.clerk, at=now())


def test_nothing_personal_stands_in_events_journal_or_readable_in_the_tables(roster, clock):
    stranded = gather(TOWN, "火车站", "大雪停运", ON, by=roster.clerk, at=now())
    add_people(stranded.pk, [Entry("王强强", ZHANG)], by=roster.clerk, at=now())
    advance = proposed(visited(roster, clock), roster.clerk)
    sign(advance.pk, version=None, by=roster.officer, at=now())
    deliver_all()

    told = [json.dumps(p) for p in Event.objects.values_list("payload", flat=True)]
    told += [str(r) for r in Line.objects.values_list("subject", "detail", "purpose", "actor_id")]
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t[:7] == "urgent_"]
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own table's name
            told.append(str(cursor.fetchall()))

    secrets = ("张德福", "王强强", PHONE, ZHANG, ACCOUNT, "押金交不起", "肿瘤科")
    assert [s for s in secrets if any(s in text for text in told)] == []


def test_receipts_are_marked_for_many_at_once_and_taken_back_whole(desk, stranded):
    add_people(stranded.pk, [Entry(f"旅客{n}", fen=100) for n in range(4)], by=desk.clerk, at=now())

    receipt = mark_receipts(stranded.pk, [1, 2, 3], "李见证", by=desk.clerk, at=now())
    with pytest.raises(Conflict):
        mark_receipts(stranded.pk, [3, 4], "李见证", by=desk.clerk, at=now())
    signed = GatheredPerson.objects.filter(witness="李见证").count()
    undone = undo_receipts(stranded.pk, receipt, by=desk.clerk, at=now())

    assert (signed, undone) == (3, 3)
    assert not GatheredPerson.objects.exclude(received_at=None).exists()
    assert [e.action for e in Line.objects.filter(action__startswith="urgent.receipts")] == [
        "urgent.receipts_marked",
        "urgent.receipts_undone",
    ]


def test_nobody_witnesses_himself_marks_a_double_or_takes_back_anothers_or_yesterdays(
    desk, stranded
):
    people = [Entry("王强", fen=100), Entry("王强", fen=100)]
    add_people(stranded.pk, people, by=desk.clerk, at=now())

    for orders, witness, refusal in (
        ([1], desk.clerk.name, Invalid),
        ([], "李见证", Invalid),
        ([2], "李见证", Conflict),
    ):
        with pytest.raises(refusal):
            mark_receipts(stranded.pk, orders, witness, by=desk.clerk, at=now())
    receipt = mark_receipts(stranded.pk, [1], "李见证", by=desk.clerk, at=now())

    for who, at, refusal in (
        (desk.head, now(), NotAllowed),
        (desk.clerk, now() + dt.timedelta(days=1), Conflict),
    ):
        with pytest.raises(refusal):
            undo_receipts(stranded.pk, receipt, by=who, at=at)
    with pytest.raises(NotAllowed):
        mark_receipts(stranded.pk, [1], "李见证", by=desk.elsewhere, at=now())


def test_the_whole_list_is_ticked_with_one_box_on_the_page(desk, stranded):
    add_people(stranded.pk, [Entry(f"旅客{n}", fen=1) for n in range(3)], by=desk.clerk, at=now())
    page, at = browser_of(desk.clerk), f"/desk/urgent/lists/{stranded.pk}/"

    page.post(f"{at}receipts/", {"all": "1", "witness": "李见证"})
    shown = page.get(at).content.decode()
    page.post(f"{at}receipts/", {"undo": str(GatheredPerson.objects.first().receipt)})

    assert shown.count("李见证") == 3
    assert "撤销这一批" in shown
    assert not GatheredPerson.objects.exclude(received_at=None).exists()
