"""F04-2 一次性补正告知书: everything that is missing, told at once."""

from doudi.cases.letters.common import Data, File, address, clause, letter, letter_of
from doudi.cases.models import Supplement
from doudi.kernel.errors import NotFound

WHERE = ("拍照上传，或交到受理窗口", "photograph and upload it, or bring it to the office")


def supplement(file: File) -> Data:
    """The newest request for papers with its items and last day; NotFound when there is none."""
    case = file.case
    asked = Supplement.objects.filter(case=case).order_by("-at").first()
    if asked is None:
        raise NotFound("没有要求补正")
    return letter(file, letter_of(file, "supplement"), "补") | {
        "qr_text": address(f"/q/{case.application.tracking.open()}"),
        "clause": clause("10", english=file.english),
        "items": [_item(file, wanted) for wanted in asked.items],
        "answer_by_on": asked.answer_by_on.isoformat(),
    }


def _item(file: File, wanted: dict[str, str]) -> Data:
    return {
        "what": wanted["what"],
        "why": wanted.get("why", ""),
        "where": wanted.get("where") or file.say(*WHERE),
    }
