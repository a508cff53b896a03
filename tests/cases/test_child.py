"""A child is never shown in public (CH62): no notice, no wait for one, the award all the same."""

import datetime as dt

import pytest
from django.utils import translation

from doudi.benefits.models import Award
from doudi.cases.actions.assess import assess
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.publish_notice import publish_notice
from doudi.cases.file import CaseFile
from doudi.cases.models import Case, Decision, PublicNotice
from doudi.cases.progress import progress
from doudi.cases.queries import notices_now
from doudi.cases.worklist import Filters, worklist
from doudi.clock.time import now, today
from doudi.demo.declare import Json, declaration, member, money
from doudi.desk.opinions import TEMPLATES, filled
from doudi.desk.side import side
from doudi.kernel.errors import Missing
from doudi.outbox.deliver import deliver_all
from tests.factories.cases import HUKOU, VILLAGE, case_at, id_number, office

pytestmark = pytest.mark.django_db
GUARDIAN, CHILD = "秦桂芳", "秦小禾"


def child_declaration(special: str | None = "unsupported_child", pension: int = 24_000) -> Json:
    """A grandmother applies for her grandchild; by her pension they are above the dibao line."""
    income = [money("pension", pension)] if special else []
    born = ("1958-04-02", "2013-09-12")
    numbers = [id_number(day, 2) for day in born]
    phone = "12900000077"
    people = [
        member("m1", "self", GUARDIAN, numbers[0], phone, income=income),
        member("m2", "grandchild", CHILD, numbers[1], student="compulsory", special=special),
    ]
    return declaration(
        {
            "name": GUARDIAN,
            "id_number": numbers[0],
            "phone": phone,
            "region": VILLAGE,
            "address": "七里街道一组",
            "registered_region": HUKOU,
            "area": "urban",
            "permit": {
                "issued": "2021-09-01",
                "last_endorsed": "2022-03-01",
                "registered_region": HUKOU,
            },
            "bank": {"bank": "演示银行", "account": "6210990000000000077", "holder": GUARDIAN},
        },
        people,
        reason="父亲服刑，母亲失去联系，孩子跟着奶奶过。",
    )


def _confirmed(case: Case) -> Decision:
    made = confirm(case.pk, version=None, by=office(case.town).head, at=now())
    deliver_all()
    return made


@pytest.mark.parametrize(
    ("special", "programme"), [("unsupported_child", "unsupported_child"), ("orphan", "orphan")]
)
def test_the_award_opens_without_a_notice(city, clock, special, programme):
    case = case_at("reviewed", clock, child_declaration(special))

    made = _confirmed(case)

    award = Award.objects.get(case_id=case.pk)
    assert (made.programme, award.monthly_fen, award.household_size) == (programme, 100_000, 2)
    assert award.start_month == (today().replace(day=1) + dt.timedelta(days=32)).strftime("%Y-%m")
    assert [p["name"] for p in made.persons.open()] == [CHILD]
    assert not PublicNotice.objects.exists()


def test_nobody_can_hang_a_notice_for_a_child(city, clock):
    case = case_at("reviewed", clock, child_declaration())
    desk = office(case.town)

    with pytest.raises(Missing):
        publish_notice(case.pk, version=None, by=desk.clerk, at=now())

    case.refresh_from_db()
    assert case.stage == "reviewed"
    assert notices_now(today()) == []
    assert "publish_notice" not in CaseFile(case).moves


def test_the_desk_leads_from_the_review_to_the_head(city, clock):
    case = case_at("reviewed", clock, child_declaration())
    desk = office(case.town)

    with translation.override("zh-hans"):
        of_head = side(CaseFile(case), desk.head, today())
        of_clerk = side(CaseFile(case), desk.clerk, today())

    assert of_head.first.verb == "confirm"
    assert not of_head.is_shut
    assert of_clerk.first is None
    assert of_clerk.waits == "等待负责人确认，这一类不公示"
    assert "公示" not in filled(TEMPLATES["review"][0], CaseFile(case))


def test_the_timeline_names_no_child_and_no_notice(city, clock):
    case = case_at("assessed", clock, child_declaration())
    before = str(progress(case))
    case = Case.objects.get(pk=case.pk)
    Case.objects.filter(pk=case.pk).update(stage="reviewed")
    case.refresh_from_db()

    after = str(progress(case))

    for told in (before, after):
        assert CHILD not in told
        assert "公示" not in told
        assert "由负责人确认" in told


def test_any_other_family_still_waits_for_its_notice(city, clock):
    case = case_at("reviewed", clock, child_declaration(None))

    with pytest.raises(Missing, match="还没有公示"):
        _confirmed(case)

    assert "confirm" not in CaseFile(case).moves
    assert "publish_notice" in CaseFile(case).moves
    assert not Decision.objects.exists()


def test_a_reviewed_childs_case_waits_for_the_head_on_every_list(city, clock):
    hidden = case_at("reviewed", clock, child_declaration())
    shown = case_at("reviewed", clock)
    clerk = office(hidden.town).clerk

    rows, _count = worklist(clerk, Filters(), today())

    stages = {row.case.pk: row.stage for row in rows}
    assert stages == {hidden.pk: "待确认", shown.pk: "待公示"}
    assert hidden.stage_name == "待确认"


def test_a_poor_family_is_proposed_dibao_with_the_childs_difference(city, clock):
    case = case_at("confirmed", clock, child_declaration(pension=0))

    award = Award.objects.get(case_id=case.pk)

    assert (award.programme, award.monthly_fen) == ("dibao", 165_500)
    assert (award.base_fen, award.top_up_fen) == (131_000, 19_650 + 14_850)
    assert CHILD not in PublicNotice.objects.get().masked_name


def test_the_officer_may_choose_the_childs_subsidy_alone_and_says_why(city, clock):
    case = case_at("visited", clock, child_declaration(pension=0))
    clerk = office(case.town).clerk
    with pytest.raises(Missing, match="理由"):
        assess(case.pk, chosen="unsupported_child", version=None, by=clerk, at=now())

    made = assess(
        case.pk,
        chosen="unsupported_child",
        reason="家里不愿公示，只领孩子的补贴",
        version=None,
        by=clerk,
        at=now(),
    )

    case.refresh_from_db()
    assert (made.recommended, made.monthly_fen) == ("dibao", 100_000)
    assert case.without_notice
