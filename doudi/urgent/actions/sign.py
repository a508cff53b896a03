"""签批先行救助: another person signs and the money goes; the papers follow within their days.

Clause: LS23 先行救助; OP18 四; four eyes (promises.md B)
Move:   TAKEN or VISITED -> HELPED      Right: urgent.sign_town or urgent.sign_county
Says:   AdvanceSigned
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, may, require
from doudi.clock.time import CHINA
from doudi.kernel.errors import Missing, NotAllowed, NotFound, WrongStage
from doudi.kernel.money import plain_yuan
from doudi.outbox.announce import announce
from doudi.people.actions.hold_people import hold_people
from doudi.people.actions.register_person import register_person
from doudi.urgent.actions.move import locked, move
from doudi.urgent.events import AdvanceSigned
from doudi.urgent.figures import above_county, papers_for, suggest
from doudi.urgent.models import Advance, FollowUp, HelpCall, Paper
from doudi.urgent.queries import (
    SENT_ALREADY,
    book_of,
    days_after,
    sent_this_month,
    workdays_after,
)
from doudi.vault.masking import mask_name


def sign(advance_id: UUID, *, version: int | None, by: Staff, at: dt.datetime) -> Advance:
    """NotAllowed for who proposed it, and for the town above its limit.

    Missing above the county's limit, and where an account got money for the same cause this month:
    the bank takes no second one.
    """
    with transaction.atomic():
        advance = waiting(advance_id, version)
        call, on = advance.call, at.astimezone(CHINA).date()
        _may_sign(advance, call, by)
        _within(advance, call, on)
        move(call, "sign", by=by, at=at, note=f"{plain_yuan(advance.amount_fen)}元")
        if advance.payee_id_number:
            advance.person_id = _payee(advance, call, by, at)
        advance.signed_by_id, advance.signed_by, advance.signed_at = str(by.pk), by.name, at
        advance.papers_due_on = workdays_after("temporary.papers_days", on)
        advance.masked_name = mask_name(advance.payee_name.open())
        advance.save()
        call.ringings.filter(about="sign", answered_at=None).update(answered_at=at)
        _what_follows(advance, call, on)
        announce(AdvanceSigned(advance.pk))
    return advance


def _within(advance: Advance, call: HelpCall, on: dt.date) -> None:
    """R10: above the county's limit a conference decides, and none sits on an advance."""
    most = suggest(book_of(call.county, on), None).most_fen
    if advance.amount_fen > most:
        raise Missing([above_county(most)])


def _payee(advance: Advance, call: HelpCall, by: Staff, at: dt.datetime) -> UUID:
    """The person who is paid, held so that two counties cannot send him the same at once."""
    number = advance.payee_id_number.open()
    phone = call.phone.open() if call.channel == "self" else ""
    name, by_whom = advance.payee_name.open(), actor_of(by)
    person = register_person(name, number, phone, county=call.county, by=by_whom, at=at)
    hold_people([str(advance.payee_index)])
    if advance.manner == "account" and sent_this_month(number, advance.kind, at):
        raise Missing([SENT_ALREADY])
    return person


def waiting(advance_id: UUID, version: int | None) -> Advance:
    """The proposal with its call held; WrongStage when it was signed or turned down already."""
    found = Advance.objects.filter(pk=advance_id).first()
    if found is None:
        raise NotFound("没有这笔先行救助")
    call = locked(found.call_id, version)
    advance = Advance.objects.select_for_update().get(pk=advance_id)
    if advance.signed_at or advance.turned_down_at:
        raise WrongStage("sign", call.stage, "这笔先行救助已经签批或退回")
    advance.call = call
    return advance


def _may_sign(advance: Advance, call: HelpCall, by: Staff) -> None:
    if advance.by_id == str(by.pk):
        raise NotAllowed("urgent.sign_town", "提出人不能签批自己的先行救助，请由另一人签批")
    if advance.level == "county":
        sentence = "超过镇（街道）签批限额，须由县区民政签批"
        if not may(by, "urgent.sign_county", call.town):
            raise NotAllowed("urgent.sign_county", sentence)
    elif not may(by, "urgent.sign_county", call.town):
        require(by, "urgent.sign_town", call.town)


def _what_follows(advance: Advance, call: HelpCall, on: dt.date) -> None:
    """The papers to make up, and proposals for afterwards: people do them or say why not."""
    Paper.objects.bulk_create(
        Paper(advance=advance, order=order, what=what)
        for order, what in enumerate(papers_for(advance.kind, advance.manner), 1)
    )
    dues = {"dibao": advance.papers_due_on, "revisit": days_after("urgent.revisit_days", on)}
    if advance.kind in ("illness", "traffic"):
        dues["referral"] = advance.papers_due_on
    FollowUp.objects.bulk_create(
        [FollowUp(call=call, kind=kind, due_on=due) for kind, due in dues.items() if due],
        ignore_conflicts=True,
    )
