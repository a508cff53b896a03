"""A case is replayed with every look and every figure; nothing of it is changed by looking."""

import hashlib
import io
import json
import zipfile

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.anchors import export_heads
from doudi.audit.evidence import LIST, check, main, packed
from doudi.audit.models import Entry
from doudi.cases.models import Assessment, Case
from doudi.kernel.errors import NotFound
from doudi.supervision.file import computed_again, replay, stretches
from tests.factories.cases import office, staff
from tests.house.scene import browser_of
from tests.paper.reading import read

pytestmark = pytest.mark.django_db
WHY = "专项审计取证单第3号"


def test_every_deed_stands_in_its_order_with_what_it_brought(confirmed, auditor):
    moments = replay(confirmed.pk, auditor).moments

    deeds = [m.entry.action for m in moments if m.entry.action.startswith("case.")]
    brought = {m.entry.action for m in moments if m.part is not None}
    assert deeds[0] == "case.submitted"
    assert deeds[-1] == "case.confirm"
    assert {"case.record_visit", "case.assess", "case.review", "case.confirm"} <= brought
    assert [m.entry.at for m in moments] == sorted(m.entry.at for m in moments)


def test_the_amount_computed_again_is_the_one_that_was_kept(confirmed, auditor):
    again = [m.again for m in replay(confirmed.pk, auditor).moments if m.again]

    assert [(a.holds, a.same_rules, a.fen) for a in again] == [(True, True, 167000)]


def test_an_amount_that_was_changed_in_the_database_does_not_hold(confirmed):
    Assessment.objects.filter(case=confirmed).update(monthly_fen=200000)

    again = computed_again(Assessment.objects.get(case=confirmed))

    assert (again.holds, again.fen) == (False, 167000)


def test_a_look_of_an_officer_is_in_the_replay_and_the_auditors_own_look_in_the_journal(
    desk, confirmed
):
    browser_of(office().clerk).get(f"/desk/cases/{confirmed.pk}/?tab=consents")

    page = desk.get(f"/audit/cases/{confirmed.pk}/").content.decode()

    assert "查看办件" in page
    assert "重算，1,670.00 元，与存档一致" in page
    assert Entry.objects.filter(action="audit.replayed", subject=f"case:{confirmed.pk}").exists()


def test_the_facts_an_assessment_stood_on_are_shown_with_what_was_not_declared(desk, confirmed):
    made = Assessment.objects.get(case=confirmed)
    page = desk.get(f"/audit/cases/{confirmed.pk}/").content.decode()
    assert "依据的事实：3人，年收入27,828.00元，刚性支出18,000.00元" in page
    assert "工资 27,828.00" in page
    assert "与申报不同" not in page
    assert "任建明" not in page
    facts = made.facts.open()
    facts["members"][1]["income"][0]["yuan"] = "12000"
    facts["property"]["money_yuan"] = "9000"
    made.facts = facts
    made.save(update_fields=["facts"])

    page = desk.get(f"/audit/cases/{confirmed.pk}/").content.decode()

    assert "工资 12,000.00" in page
    assert "与申报不同：收入" in page
    assert "与申报不同：家庭财产" in page


def test_each_deed_carries_its_own_words(confirmed, auditor):
    moments = replay(confirmed.pk, auditor).moments

    paired = [(m.entry.action, f"case.{m.step.move}") for m in moments if m.step]

    assert {action for action, _step in paired} >= {"case.accept", "case.assess", "case.confirm"}
    assert all(action == step for action, step in paired)


def test_the_officers_do_not_see_that_an_auditor_looked_and_the_resident_does(desk, confirmed):
    desk.get(f"/audit/cases/{confirmed.pk}/")

    log = browser_of(office().clerk).get(f"/desk/cases/{confirmed.pk}/?tab=log").content.decode()

    assert "audit." not in log
    assert "审一" not in log


def test_looking_changes_nothing_but_the_journal(desk, confirmed, django_assert_max_num_queries):
    before = Case.objects.values().get(pk=confirmed.pk)
    entries = Entry.objects.count()

    with django_assert_max_num_queries(12):
        desk.get(f"/audit/cases/{confirmed.pk}/")

    assert Case.objects.values().get(pk=confirmed.pk) == before
    assert Entry.objects.count() == entries + 1


def test_another_countys_auditor_finds_no_such_case(confirmed):
    elsewhere = staff("mian.auditor", Role.AUDITOR, "610725")

    with pytest.raises(NotFound):
        replay(confirmed.pk, elsewhere)


@pytest.fixture
def pack(desk, confirmed, tmp_path, settings):
    """The zip, made after the heads went to the other custodian."""
    settings.DOUDI_ANCHORS = tmp_path
    export_heads()
    return desk.post(f"/audit/cases/{confirmed.pk}/pack/", {"purpose": WHY}).content


def test_the_pack_is_checked_without_the_product_against_the_heads_outside(pack, tmp_path, capsys):
    path = tmp_path / "evidence.zip"
    path.write_bytes(pack)

    found = check(pack, tmp_path)

    assert found.wrong == ()
    assert found.entries > 10
    assert found.heads > 0
    assert main([str(path), str(tmp_path)]) == 0
    assert "the pack holds" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["replay.json", "journal.json", "hashlist.pdf", LIST])
def test_a_pack_that_was_changed_is_found(pack, name, tmp_path):
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        files = {n: opened.read(n) for n in opened.namelist()}
    files[name] = files[name][:-20] + b" " * 20
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as forged:
        for each, content in files.items():
            forged.writestr(each, content)

    try:
        wrong = check(out.getvalue(), tmp_path).wrong
    except ValueError as refusal:
        wrong = (str(refusal),)

    assert wrong != ()


def test_the_printed_list_names_every_file_with_its_hash_and_the_signed_head(pack, tmp_path):
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        files = {n: opened.read(n) for n in opened.namelist() if n not in (LIST, "hashlist.pdf")}
        paper = read(opened.read("hashlist.pdf")).text

    signed = [json.loads(line) for line in (tmp_path / "heads.jsonl").read_text().splitlines()]
    outside = [s["signature"] for s in signed if json.loads(s["head"])["hash"] in paper]

    assert [n for n, content in files.items() if n not in paper] == []
    assert [n for n, c in files.items() if hashlib.sha256(c).hexdigest() not in paper] == []
    assert outside != []
    assert [signature for signature in outside if signature not in paper] == []


def test_a_forger_who_writes_a_new_hash_list_is_found_by_the_chain(pack, tmp_path):
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        files = {n: opened.read(n) for n in opened.namelist() if n != LIST}
    pieces = json.loads(files["journal.json"])
    pieces[0]["entries"][0]["actor_name"] = "别人"
    forged = packed(files | {"journal.json": json.dumps(pieces).encode()})

    assert [w for w in check(forged, tmp_path).wrong if "content was changed" in w]


def test_why_a_pack_was_made_stands_in_the_journal_and_holds_no_number(desk, confirmed):
    refused = desk.post(f"/audit/cases/{confirmed.pk}/pack/", {"purpose": "取证610799197402110011"})
    desk.post(f"/audit/cases/{confirmed.pk}/pack/", {"purpose": WHY})

    assert refused.status_code == 422
    assert [e.purpose for e in Entry.objects.filter(action="audit.packed")] == [WHY]


def test_the_pack_holds_no_number_and_no_paper(pack, confirmed):
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        names = [n for n in opened.namelist() if n != "hashlist.pdf"]
        text = "".join(opened.read(n).decode() for n in names)
        text += read(opened.read("hashlist.pdf")).text

    members = confirmed.application.declaration.open()["members"]
    account = confirmed.application.declaration.open()["applicant"]["bank"]["account"]
    assert [m for m in members if m["id_number"] in text] == []
    assert account not in text


@pytest.mark.parametrize(
    ("numbers", "heads", "expected"),
    [
        ([3, 9], [5, 12], [(3, 5), (9, 12)]),
        ([3, 4], [5, 12], [(3, 5)]),
        ([3, 9], [], [(3, 9)]),
        ([3, 9], [5], [(3, 5), (9, 9)]),
        ([5], [5], [(5, 5)]),
    ],
)
def test_a_stretch_runs_to_the_next_head_outside(numbers, heads, expected):
    assert stretches(numbers, heads) == expected


def test_a_number_of_another_case_leads_to_its_replay(desk, confirmed):
    found = desk.post("/audit/find/", {"number": confirmed.number})

    assert found["Location"] == f"/audit/cases/{confirmed.pk}/"
