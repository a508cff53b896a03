"""No authorisation, no query; four states kept apart; one broken source breaks nothing else."""

import datetime as dt
import uuid

import pytest

from doudi.audit.actor import SYSTEM
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.vault.index import blind_index
from doudi.verification.actions.issue_report import issue_report
from doudi.verification.actions.request import Subject, request
from doudi.verification.actions.send_batch import send_batch
from doudi.verification.actions.send_family_link import (
    open_family_link,
    send_family_link,
    use_family_link,
)
from doudi.verification.actions.sign_consent import Signature, sign_consent
from doudi.verification.actions.withdraw_consent import withdraw_consent
from doudi.verification.catalog.items import agencies, items
from doudi.verification.models import Answer, Request, SourceRecord
from doudi.verification.queries import missing_consents, report_of

pytestmark = pytest.mark.django_db
REF = uuid.UUID(int=9)
HUSBAND = Subject("m1", "任建明", "610799197402110011")
WIFE = Subject("m2", "周玉兰", "610799197706180025")


def sign(subject: Subject, **more):
    signature = Signature(
        subject.member_key, subject.name, subject.id_number, "self", subject.name, "code", **more
    )
    return sign_consent(REF, signature, by=SYSTEM, at=now())


def ask(*subjects: Subject) -> Request:
    return request(REF, subjects, purpose="application", county="610702", by=SYSTEM, at=now())


def record(subject: Subject, item: str, **content) -> None:
    SourceRecord.objects.create(
        item=item,
        id_index=blind_index("id", subject.id_number),
        as_of=dt.date(2022, 4, 30),
        record=content,
    )


def states(item: str) -> list[str]:
    rows = Answer.objects.filter(item=item).order_by("asked__member_key")
    return list(rows.values_list("state", flat=True))


def test_the_catalogue_holds_28_items_of_12_departments():
    catalogue = items()

    assert len(catalogue) == 28
    assert {i.agency for i in catalogue} == set(agencies())
    assert len(agencies()) == 12


def test_without_every_authorisation_nobody_is_asked_about():
    sign(HUSBAND)

    with pytest.raises(NotAllowed):
        ask(HUSBAND, WIFE)

    assert Request.objects.count() == 0


def test_an_expired_authorisation_is_none(clock):
    sign(HUSBAND)

    clock.shift(dt.timedelta(days=731))

    with pytest.raises(NotAllowed):
        ask(HUSBAND)


def test_after_a_withdrawal_nothing_more_is_asked_even_of_a_request_under_way():
    mark_demo(7, "0", now())
    sign(HUSBAND)
    consent = sign(WIFE)
    made = ask(HUSBAND, WIFE)

    withdraw_consent(consent.pk, by=SYSTEM, at=now())
    send_batch(made.pk, now())

    assert states("G01") == ["no_record", "not_returned"]
    assert missing_consents(REF, ["m1", "m2"], now().date()) == ["m2"]


def test_record_no_record_not_returned_and_failed_are_four_different_things():
    mark_demo(7, "0", now())
    sign(HUSBAND)
    sign(WIFE)
    record(HUSBAND, "G03", row={"号牌": "陕F00001"})
    record(WIFE, "G10", state="not_returned")
    record(WIFE, "G16", state="down")

    send_batch(ask(HUSBAND, WIFE).pk, now())

    assert states("G03") == ["record", "no_record"]
    assert states("G10") == ["no_record", "not_returned"]
    assert states("G16") == ["failed", "failed"]
    assert states("G18") == ["no_record", "no_record"]


def test_a_report_is_frozen_with_its_hash():
    mark_demo(7, "0", now())
    sign(HUSBAND)
    made = ask(HUSBAND)
    send_batch(made.pk, now())

    report = issue_report(made.pk, now())

    assert report_of(REF).pk == report.pk
    assert len(report.content.open()["persons"][0]["items"]) == 28
    assert len(report.sha256) == 64


def test_a_typed_name_must_be_the_members_own():
    signature = Signature("m1", "任建明", HUSBAND.id_number, "self", "别人", "code")

    with pytest.raises(Invalid):
        sign_consent(REF, signature, by=SYSTEM, at=now())


def test_a_member_signs_once():
    sign(HUSBAND)

    with pytest.raises(Conflict):
        sign(HUSBAND)


def a_link() -> tuple:
    member = {"key": "m2", "name": "周玉兰", "id_number": WIFE.id_number, "relation": "spouse"}
    return send_family_link(REF, member | {"phone": "12900000002"}, "任建明", by=SYSTEM, at=now())


def test_a_family_link_opens_once_and_shows_the_masked_applicant():
    link, token = a_link()

    opened = open_family_link(token, now())
    use_family_link(opened, now())

    assert opened.applicant_masked == "任*明"
    assert token not in str(link.token_index)
    with pytest.raises(NotFound):
        open_family_link(token, now())


def test_a_family_link_dies_after_seven_days_and_with_a_newer_one(clock):
    _, old = a_link()
    _, new = a_link()

    with pytest.raises(NotFound):
        open_family_link(old, now())
    clock.shift(dt.timedelta(days=7))

    with pytest.raises(NotFound):
        open_family_link(new, now())


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        (
            "good",
            "证件号码,号牌,车辆类型,品牌,登记日期,状态\n610799197402110011,陕F1,轿车,x,2020-01-01,正常\n",
            "record",
        ),
        ("nobody", "证件号码,号牌,车辆类型,品牌,登记日期,状态\n", "no_record"),
        (
            "shifted",
            "号牌,证件号码,车辆类型,品牌,登记日期\n陕F1,610799197402110011,轿车,x,2020\n",
            "failed",
        ),
        (
            "short row",
            "证件号码,号牌,车辆类型,品牌,登记日期,状态\n610799197402110011,陕F1\n",
            "failed",
        ),
        ("nul", "证件号码,号牌,车辆类型,品牌,登记日期,状态\n6107\0,a,b,c,d,e\n", "failed"),
        ("bytes", b"\xff\xfe\x00\xd8\x80", "failed"),
        ("empty", "", "failed"),
    ],
)
def test_a_dropped_file_is_hostile_until_it_is_read(name, content, state, tmp_path, settings):
    settings.DOUDI_LAKE = tmp_path
    folder = tmp_path / "drop" / "G03"
    folder.mkdir(parents=True)
    raw = content.encode() if isinstance(content, str) else content
    (folder / "2022-04-30.csv").write_bytes(raw)
    sign(HUSBAND)

    send_batch(ask(HUSBAND).pk, now())

    assert states("G03") == [state]
