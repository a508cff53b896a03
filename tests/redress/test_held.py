"""P23: a person gets everything held about him, and nothing of anybody else."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from doudi.accounts.permissions import Role
from doudi.attachments.intake import take_in
from doudi.audit.actor import SYSTEM
from doudi.cases.actions.object import object_to
from doudi.cases.models import Application, Case
from doudi.clock.time import now
from doudi.demo.declare import Json
from doudi.mandates.actions.close_lead import Outcome, close_lead
from doudi.mandates.actions.file_lead import Seen, file_lead
from doudi.mandates.actions.give_mandate import Given, give_mandate
from doudi.people.models import GroupMembership, Person
from doudi.redress.actions.answer_change import answer_change
from doudi.redress.actions.file_appeal import file_appeal
from doudi.redress.actions.file_complaint import Said, file_complaint
from doudi.redress.actions.rate import rate
from doudi.redress.actions.report_change import Change, report_change
from doudi.support.actions.pair import Helper, pair
from doudi.support.actions.promise_part import Promise, promise_part
from doudi.support.actions.receive_part import receive_part
from doudi.support.actions.record_help import Done, record_help
from doudi.support.actions.state_need import Lack, state_need
from doudi.urgent.actions.propose import Proposal, propose
from doudi.urgent.actions.raise_help import Told, raise_help
from doudi.urgent.actions.record_visit import Found, record_visit
from doudi.urgent.actions.sign import sign
from doudi.urgent.actions.take import take
from doudi.vault.fields import SealedField
from tests.factories.cases import (
    NUMBERS,
    case_at,
    demo_database,
    draft,
    office,
    ren_declaration,
    staff,
)
from tests.house.scene import a_photo, browser_of_phone
from tests.pages.portal.test_redress import PHONE, _other_family
from tests.redress.conftest import owner

pytestmark = pytest.mark.django_db

# Sealed fields that are nobody's own data, or somebody else's: each with its reason.
NOT_THEIRS = {
    "cases.Objection.text": "what somebody else said",
    "cases.Objection.contact": "who said it",
    "verification.SourceRecord.record": "a department's own data; what it returned is told",
    "verification.FamilyLink.member": "the family member of the declaration, again",
    "verification.Report.content": "what was returned, again, with the other adults' rows",
    "benefits.Attempt.account": "the account again, as it stood when it was paid to",
    "benefits.BankOrder.content": "the bank's own data; account and payments are told",
    **{
        f"people.{field}": "a register that waits for its report, gone after seven days"
        for field in (
            "StagedHousehold.address",
            "StagedPerson.id_number",
            "StagedPerson.phone",
            "StagedPerson.health",
            "StagedMembership.basis",
        )
    },
    "accounts.Staff.phone": "an officer",
    "accounts.Staff.id_number": "an officer",
    "accounts.Staff.totp_secret": "an officer",
    "accounts.Relative.id_number": "an officer's declaration",
    "accounts.Invitation.totp_secret": "an officer",
    "urgent.GatheredPerson.name": "a stranger on a list of stranded people, without a phone",
    "urgent.GatheredPerson.id_number": "a stranger on a list of stranded people",
    "urgent.GatheredPerson.origin": "a stranger on a list of stranded people",
}


def golden(clock: Any) -> Case:
    """Somebody with something in every table."""
    declaration = ren_declaration()
    declaration["members"][0]["illness"] = "演示慢性肾病"
    case = case_at("confirmed", clock, declaration)
    by = owner(case)
    take_in(a_photo(), subject=f"application:{case.application_id}", kind="other", actor=by)
    file_appeal(case.pk, "金额算少了，学费没有扣。", by=by, at=now())
    said = Said("delay", "拖了很久没有人管", about="前台", contact="12900000001")
    file_complaint(case.county, said, case_id=case.pk, by=by, at=now())
    told = {"account": "6210990000000000777", "holder": "任建明"}
    change = report_change(case.pk, Change("account", "换了银行卡", details=told), by=by, at=now())
    clerk = office(case.town).clerk
    answer_change(change.pk, "called_back", "已回拨本人核实属实。", by=clerk, at=now())
    rate(case.pk, "decide", 5, "办得很快很清楚", by=by, at=now())
    until = now().date() + dt.timedelta(days=30)
    nephew = Given("任小军", "12900000088", "relative", ["follow"], until)
    give_mandate(case.pk, nephew, by=by, at=now())
    seen = Seen(case.village_id, "met", "illness", "agreed", "任建明", spot="三号楼", what="病了")
    lead = file_lead(uuid4(), seen, by=clerk, at=now())
    close_lead(lead.pk, Outcome("applied", "自己来申请了", case.number), by=clerk, at=now())
    helped(case, clerk)
    listed = Person.objects.filter(memberships__household_id=case.household_id).first()
    GroupMembership.objects.create(
        person=listed,
        group="pneumoconiosis",
        region_id=case.village_id,
        basis="职业病诊断证明书一份",
        from_on=now().date(),
    )
    rescued(case.town)
    draft(ren_declaration(), sign=False)
    return case


def rescued(town: str) -> None:
    """A call for help at night from the same phone: visited, paid first."""
    desk = office(town)
    told = Told("illness", town, PHONE, "任建明", "夜里晕倒", "三号楼", helper="邻居")
    call = raise_help(uuid4(), told, by=SYSTEM, at=now())
    take(call.pk, version=None, by=desk.clerk, at=now())
    pair_ = (str(desk.clerk.pk), str(desk.reviewer.pk))
    found = Found(now(), pair_, "", "住院属实，押金没有着落")
    record_visit(call.pk, found, version=None, by=desk.clerk, at=now())
    account = {
        "payee_id_number": NUMBERS["m1"],
        "bank": "演示银行",
        "account": "6210990000000000888",
    }
    money = Proposal(100_000, "account", reason="先救急", **account)
    advance = propose(call.pk, money, version=None, by=desk.clerk, at=now())
    sign(advance.pk, version=None, by=desk.head, at=now())


def helped(case: Case, clerk: Any) -> None:
    """A helper with a line in his record, a need, and rice that a witness saw come."""
    made = pair(
        case.pk, Helper("王老师", "村小学", "13900000001", now().date()), by=clerk, at=now()
    )
    record_help(made.pk, Done("visit", now().date(), 30, "看望，送药"), by=clerk, at=now())
    state_need(uuid4(), case.pk, Lack("heating", "一冬的煤", "phoned"), by=clerk, at=now())
    rice = Promise("goods", "大米20斤", "镇政府", now().date())
    part = promise_part(uuid4(), case.pk, rice, by=clerk, at=now())
    receive_part(part.pk, "邻居老李", by=clerk, at=now())


def export(phone: str = PHONE) -> tuple[Json, str]:
    answer = browser_of_phone(phone).get("/track/data.json")
    assert answer["Content-Disposition"].startswith("attachment")
    return json.loads(answer.content), answer.content.decode()


def of_case(model: type, case: Case) -> Any:
    """The rows of a table that belong to the golden person's case."""
    rows = model._default_manager.all()
    mine = {
        "cases.Case": {"pk": case.pk},
        "cases.Application": {"pk": case.application_id},
        "people.Person": {"memberships__household_id": case.household_id},
        "people.Household": {"pk": case.household_id},
        "verification.Answer": {
            "asked__request__ref": case.application_id,
            "asked__member_key": "m1",
        },
        "verification.Asked": {"request__ref": case.application_id},
        "verification.Consent": {"ref": case.application_id, "member_key__in": ["m1", "m3"]},
        "notices.Message": {"to_index": case.application.phone_index},
    }.get(model._meta.label)
    if mine is None and "case" in {f.name for f in model._meta.get_fields()}:
        mine = {"case": case}
    # A code is told to the phone alone.
    spoken = rows.exclude(template="sms_code") if model._meta.label == "notices.Message" else rows
    return spoken.filter(**(mine or {}))


def without_neighbours(value: Any) -> Any:
    """A sealed value without what third parties told."""
    if isinstance(value, dict):
        return {k: without_neighbours(v) for k, v in value.items() if k != "neighbours"}
    return [without_neighbours(v) for v in value] if isinstance(value, list) else value


def parts(value: Any) -> set[str]:
    """The value itself and everything in it, each as canonical JSON."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {canonical(value)}.union(*map(parts, inner))


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


SEALED = [
    (model, field)
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, SealedField) and f"{model._meta.label}.{field.name}" not in NOT_THEIRS
]


def test_every_sealed_field_of_the_golden_person_is_in_the_file(clock, city):
    case = golden(clock)

    told, _text = export()
    values = parts(told)

    missing = [
        f"{model._meta.label}.{field.name}: {value}"
        for model, field in SEALED
        for row in of_case(model, case)
        if (value := without_neighbours(getattr(row, field.name).open()))
        if canonical(value) not in values
    ]
    filled = {m._meta.label for m, f in SEALED if any(getattr(r, f.name) for r in of_case(m, case))}
    assert missing == []
    assert len(filled) > 12


def test_nothing_of_another_household_is_in_it(clock, city):
    golden(clock)
    other = case_at("accepted", clock, _other_family())

    _told, text = export()

    declared = Application.objects.get(pk=other.application_id).declaration.open()
    theirs = {m[f] for m in declared["members"] for f in ("name", "id_number", "phone")} - {""}
    assert [value for value in theirs if value in text] == []


def test_neither_objections_nor_neighbours_are_in_it(clock, city):
    case = case_at("noticed", clock)
    object_to(case.publicnotices.get().pk, "他家有一辆小汽车", "13800009876", at=now())
    visit = case.homevisits.get()
    visit.findings = {"home": "租住两间", "neighbours": "邻居说他常打牌"}
    visit.save()

    _told, text = export()

    assert "小汽车" not in text
    assert "13800009876" not in text
    assert "租住两间" in text
    assert "常打牌" not in text


def test_what_departments_returned_about_another_adult_is_not_told(clock, city):
    case_at("confirmed", clock)

    told, _text = export()

    rows = {a["name"]: "rows" in a for a in told["applications"][0]["verification"]["answers"]}
    assert rows == {"任建明": True, "周玉兰": False, "任小雪": True}


def test_the_page_tells_the_same_and_prints(clock, city):
    golden(clock)

    page = browser_of_phone(PHONE).get("/track/data/").content.decode()

    assert "任建明" in page
    assert "演示慢性肾病" in page
    assert len(page) < 200_000


def test_the_page_names_places_and_calls_and_asks_little(
    clock, city, django_assert_max_num_queries
):
    case = golden(clock)
    browser = browser_of_phone(PHONE)

    with django_assert_max_num_queries(12):
        page = browser.get("/track/data/").content.decode()

    assert "汉台区七里街道" in page
    assert case.village_id not in page
    assert "夜里晕倒" in page


def test_whoever_called_for_a_neighbour_reads_what_he_told_and_nothing_that_followed(clock, city):
    demo_database()
    told = Told("fire", "610702008", PHONE, "王大爷", "房子着火", channel="neighbour", helper="任")
    raise_help(uuid4(), told, by=SYSTEM, at=now())

    call = export()[0]["calls"][0]

    assert call["what"] == "房子着火"
    assert "advances" not in call


def test_another_phone_gets_an_empty_file(clock, city):
    golden(clock)

    told, text = export("12900000099")

    assert (told["applications"], told["drafts"]) == ([], [])
    assert "任" not in text


def test_an_officer_is_not_in_it_but_by_name_of_office(clock, city):
    case = golden(clock)
    person = staff("peeping", Role.TOWN_REVIEWER, case.town, "看客")

    _told, text = export()

    assert str(person.pk) not in text
