"""F04-3 不予受理告知书: facts, clause, other roads and remedies; and the other roads themselves."""

from doudi.cases.letters.common import Data, File, clause, letter, letter_of, remedies
from doudi.policy.wording import programme_name

# How each programme is applied for; a letter names only those that are still open.
ROADS = {
    "borderline": (
        "人均收入略高于低保标准的，可以向本镇（街道）申请认定。",
        "apply at this office if income per head is a little above the dibao standard.",
    ),
    "expense_hardship": (
        "医疗、教育等必需支出较大的，带票据向本镇（街道）申请认定。",
        "apply at this office with receipts if medical or school expenses are heavy.",
    ),
    "temporary_aid": (
        "遇到突发急难，或医疗、教育自付较大的，可以向本镇（街道）申请。",
        "apply at this office in an emergency or if own medical or school expenses are heavy.",
    ),
}
ARTICLE = "10"


def road(file: File, programme: str) -> dict[str, str]:
    """A programme and how to apply for it, in the language of the paper."""
    return {
        "name": programme_name(programme, file.language),
        "how": file.say(*ROADS[programme]),
    }


def rejection(file: File) -> Data:
    """The letter of `decline`; NotFound while nobody has declined."""
    made = letter_of(file, "rejection")
    step = file.case.steps.filter(move="decline").order_by("-at").first()
    return (
        letter(file, made, "不受")
        | remedies(file.case)
        | {
            "facts": step.note if step else "",
            "clause": clause(ARTICLE, english=file.english),
            "alternatives": [road(file, "temporary_aid")],
        }
    )
