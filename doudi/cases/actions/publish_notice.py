"""公示: name masked, persons, programme and amount, for the days of the law; nothing else.

Clause: DB57 arts 19, 24; PIPL art 6; CH62: never for a child
Move:   REVIEWED -> NOTICED      Right: case.publish_notice      Says: NoticePublished
"""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move, not_before
from doudi.cases.events import NoticePublished
from doudi.cases.models import PublicNotice
from doudi.cases.queries import newest_assessment
from doudi.kernel.errors import Missing
from doudi.kernel.sentences import Sentence
from doudi.outbox.announce import announce
from doudi.policy.codes import WITHOUT_NOTICE
from doudi.policy.pack import load_pack
from doudi.policy.rules.deadlines import notice_until
from doudi.regions.queries import path_name
from doudi.vault.masking import mask_name


def publish_notice(
    case_id: UUID, *, version: int | None, by: Staff, at: dt.datetime
) -> PublicNotice:
    """Hangs the notice from today to the end of its last day; Missing where the law forbids one."""
    book = load_pack(settings.DOUDI_PACK_DIR).book
    with transaction.atomic():
        case = locked(case_id, version)
        at = not_before(case, at)
        until = notice_until(book, at.date())
        move(
            case,
            "publish_notice",
            by=by,
            at=at,
            version=version,
            note=Sentence("公示至{until}", until=str(until)),
        )
        assessment = newest_assessment(case)
        if assessment.chosen in WITHOUT_NOTICE:
            raise Missing(["为保护孩子，这一类不公示，审核后由负责人直接确认"])
        notice = PublicNotice.objects.create(
            case=case,
            at=at,
            by_id=str(by.pk),
            by_name=by.name,
            assessment=assessment,
            from_on=at.date(),
            until_on=until,
            masked_name=mask_name(case.applicant_name),
            place=path_name(case.village_id),
            persons=case.member_count,
            covered=assessment.persons,
            programme=assessment.chosen,
            monthly_fen=assessment.monthly_fen,
            once_fen=assessment.once_fen,
        )
        announce(NoticePublished(case.pk, until))
    return notice
