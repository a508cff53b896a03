"""What every letter of a case carries: office, numbers, phones, remedies, clauses."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from doudi.cases.file import told_on
from doudi.cases.models import Assessment, Case, Decision, Letter
from doudi.cases.queries import case_by_id, newest_assessment, pack
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.regions.queries import name_of, office_phone, path_name
from doudi.vault.masking import mask_id, mask_phone

Data = dict[str, Any]
Json = Mapping[str, Any]
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
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class File:
    """A case with its declaration opened, for whom the paper is (`full`), and its language."""

    case: Case
    declaration: Data
    language: str = "zh"
    full: bool = False

    @property
    def applicant(self) -> Data:
        """The applicant's part of the declaration."""
        return dict(self.declaration["applicant"])

    @property
    def english(self) -> bool:
        """Whether the paper is written in English."""
        return self.language == "en"

    def say(self, zh: str, en: str) -> str:
        """The words in the language of the paper."""
        return en if self.english else zh

    def id_number(self, number: str) -> str:
        """An ID number, masked unless the paper is full."""
        return number if self.full else mask_id(number)

    def phone(self, number: str) -> str:
        """A person's phone, masked unless the paper is full."""
        return number if self.full else mask_phone(number)

    def account(self, number: str) -> str:
        """An account, its last four digits unless the paper is full."""
        return number if self.full or not number else f"***{number[-4:]}"


def file_of(case_id: UUID, language: str = "zh", full: bool = False) -> File:
    """NotFound when there is no such case."""
    case = case_by_id(case_id)
    return File(case, case.application.declaration.open(), language, full)


def letter_of(file: File, form: str) -> Letter:
    """The letter of a form; NotFound while it was not written."""
    found = Letter.objects.filter(case=file.case, form=form).order_by("-at").first()
    if found is None:
        raise NotFound("这份告知书还没有出具")
    return found


def decision_of(file: File) -> Decision:
    """The decision with its assessment; NotFound before it."""
    standing = Decision.objects.filter(case=file.case, set_aside_at=None)
    found = standing.select_related("assessment").first()
    if found is None:
        raise NotFound("还没有作出决定")
    return found


def assessment_of(file: File) -> Assessment:
    """The assessment that was decided on, before a decision the newest; NotFound before both."""
    standing = Decision.objects.filter(case=file.case, set_aside_at=None)
    decision = standing.select_related("assessment").first()
    return decision.assessment if decision else newest_assessment(file.case)


def findings_of(assessment: Assessment) -> dict[str, Data]:
    """The stored findings by programme, as they were on the day."""
    return {f["programme"]: f for f in assessment.findings.open()["findings"]}


def steps_of(finding: Json) -> Data:
    """The household's quantities of a finding by name."""
    return {s["name"]: s["value"] for s in finding["steps"] if not s["person"]}


def parameter_of(finding: Json, key: str) -> str:
    """The value of a parameter that the finding used; empty where it used none."""
    used = (p for step in finding["steps"] for p in step["parameters"] if p["key"] == key)
    return next((str(p["value"]) for p in used), "")


def recheck_months(assessment: Assessment) -> int:
    """12, or 6 where a member can work by the stored findings (DB57 art 31)."""
    tekun = findings_of(assessment).get("tekun", {"steps": []})
    able = any(s["value"] == "0" for s in tekun["steps"] if s["name"] == "no_capacity")
    return 6 if able else 12


def day(at: dt.datetime) -> str:
    """The day of an instant in China, as 2022-05-09."""
    return at.astimezone(CHINA).date().isoformat()


def span(from_on: dt.date, until_on: dt.date) -> str:
    """Two days as 2022年5月9日至2022年5月16日."""
    return "至".join(f"{d.year}年{d.month}月{d.day}日" for d in (from_on, until_on))


def minute(at: dt.datetime) -> str:
    """An instant in China to the minute, as 2022年5月9日 09:12."""
    there = at.astimezone(CHINA)
    return f"{there.year}年{there.month}月{there.day}日 {there:%H:%M}"


def address(path: str) -> str:
    """A page of this installation as a QR code holds it."""
    return f"{settings.DOUDI_BASE_URL}{path}"


def office(case: Case) -> str:
    """汉中市汉台区七里街道办事处, or 镇人民政府: who writes."""
    return office_of(case.town)


def office_of(code: str) -> str:
    """The office of a town by its code."""
    town = name_of(code)
    kind = "办事处" if town.endswith("街道") else "人民政府"
    return path_name(code, since="city").removesuffix(town) + town.removesuffix("办事处") + kind


def clause(*articles: str, document: str = "DB57", english: bool = False) -> str:
    """《最低生活保障审核确认办法》(民发〔2021〕57号)第十九条, as letters cite it."""
    known = pack().documents[document]
    if english:
        return f"{known.title_en} ({known.number}), art. {', '.join(articles)}"
    return f"《{known.title}》({known.number}){'、'.join(map(_article, articles))}"


def _article(article: str) -> str:
    """19 → 第十九条; what is no number is cited as its document writes it."""
    if not article.isdigit() or int(article) > 99:
        return article
    tens, ones = divmod(int(article), 10)
    ten = ("" if tens < 2 else DIGITS[tens]) + "十" if tens else ""
    return f"第{ten}{DIGITS[ones] if ones or not tens else ''}条"


def letter(file: File, made: Letter, kind: str) -> Data:
    """The head and foot of a letter; `kind` is the character in its number."""
    case = file.case
    return {
        "case_number": case.number,
        "office": office(case),
        "number": f"{case.number}-{kind}",
        "applicant": case.applicant_name,
        "applied_on": day(case.submitted_at),
        "issued_on": day(made.at),
        "officer": made.by_name,
        "phone": office_phone(case.town),
        "supervision_phone": office_phone(case.county),
        "delivery": _delivery(made),
    }


def _delivery(made: Letter) -> Data:
    """Empty until the letter is delivered: nothing is ticked that has not happened."""
    if made.delivered_at is None:
        return {}
    return {"manner": made.manner, "delivered_at": minute(made.delivered_at)}


def remedies(case: Case) -> Data:
    """Reconsideration by the county's government, suit at the county's court."""
    return remedies_on(case.county, told_on(case))


def remedies_on(code: str, on: dt.date) -> Data:
    """The ways against a decision of a county's town that is told on a day."""
    county, law = name_of(code), pack().book
    return {
        "review_days": law.general("redress.appeal_days", on),
        "review_office": f"{county}人民政府",
        "court_months": law.general("redress.court_months", on),
        "court": f"{county}人民法院",
    }
