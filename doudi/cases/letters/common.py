"""What every letter of a case carries: office, numbers, phones, remedies, clauses."""

from dataclasses import dataclass
from typing import Any

from doudi.cases.models import Assessment, Case, Decision, Letter
from doudi.cases.queries import case_by_id, pack
from doudi.kernel.errors import NotFound
from doudi.regions.queries import name_of, office_phone, path_name

Data = dict[str, Any]
RELATIONS = {
    "self": "本人",
    "spouse": "配偶",
    "child": "子女",
    "parent": "父母",
    "grandchild": "孙子女",
    "grandparent": "祖父母",
    "sibling": "兄弟姐妹",
    "other": "其他",
}
# Administrative Reconsideration Law and Administrative Litigation Law: the usual periods.
REVIEW_DAYS = 60
COURT_MONTHS = 6
ALTERNATIVES = [
    {"name": "低保边缘家庭认定", "how": "人均收入略高于低保标准的,可以向本镇(街道)申请。"},
    {"name": "临时救助", "how": "遇到突发急难,或医疗、教育自付较大的,可以向本镇(街道)申请。"},
]


@dataclass(frozen=True)
class File:
    """A case with its declaration opened."""

    case: Case
    declaration: Data

    @property
    def applicant(self) -> Data:
        """The applicant's part of the declaration."""
        return dict(self.declaration["applicant"])


def file_of(case_id: Any) -> File:
    """NotFound when there is no such case."""
    case = case_by_id(case_id)
    return File(case, case.application.declaration.open())


def letter_of(file: File, form: str) -> Letter:
    """The letter of a form; NotFound while it was not written."""
    found = Letter.objects.filter(case=file.case, form=form).order_by("-at").first()
    if found is None:
        raise NotFound("这份告知书还没有出具")
    return found


def decision_of(file: File) -> Decision:
    """The decision with its assessment; NotFound before it."""
    found = Decision.objects.filter(case=file.case).select_related("assessment").first()
    if found is None:
        raise NotFound("还没有作出决定")
    return found


def assessment_of(file: File) -> Assessment:
    """The newest assessment; NotFound before the first."""
    found = Assessment.objects.filter(case=file.case).order_by("-at", "-id").first()
    if found is None:
        raise NotFound("还没有核算")
    return found


def steps_of(finding: Data) -> Data:
    """The household's quantities of a finding by name."""
    return {s["name"]: s["value"] for s in finding["steps"] if not s["person"]}


def parameter_of(finding: Data, key: str) -> str:
    """The value of a parameter that the finding used; empty where it used none."""
    used = (p for step in finding["steps"] for p in step["parameters"] if p["key"] == key)
    return next((str(p["value"]) for p in used), "")


def office(case: Case) -> str:
    """汉中市汉台区七里街道办事处, or 镇人民政府: who writes."""
    town = name_of(case.town)
    kind = "办事处" if town.endswith("街道") else "人民政府"
    return (
        path_name(case.town, since="city").removesuffix(town) + town.removesuffix("办事处") + kind
    )


def clause(*articles: str, document: str = "DB57") -> str:
    """《最低生活保障审核确认办法》(民发〔2021〕57号)第十九条, as letters cite it."""
    known = pack().documents[document]
    words = "、".join(f"第{a}条" for a in articles)
    return f"《{known.title}》({known.number}){words}"


def letter(file: File, made: Letter, kind: str) -> Data:
    """The head and foot of a letter; `kind` is the character in its number."""
    case = file.case
    return {
        "case_number": case.number,
        "office": office(case),
        "number": f"{case.number}-{kind}",
        "applicant": case.applicant_name,
        "applied_on": case.submitted_at.date().isoformat(),
        "issued_on": made.at.date().isoformat(),
        "officer": made.by_name,
        "phone": office_phone(case.town),
        "supervision_phone": office_phone(case.county),
        "delivery": {"manner": "direct"} if made.delivered_at is None else _delivered(made),
    }


def _delivered(made: Letter) -> Data:
    at = made.delivered_at
    return {"manner": made.manner, "delivered_at": f"{at:%Y-%m-%d %H:%M}" if at else ""}


def remedies(case: Case) -> Data:
    """Reconsideration by the county's government, suit at the county's court."""
    county = name_of(case.county)
    return {
        "review_days": REVIEW_DAYS,
        "review_office": f"{county}人民政府",
        "court_months": COURT_MONTHS,
        "court": f"{county}人民法院",
    }
