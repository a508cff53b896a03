"""What is held about help besides the monthly money: helpers, goods, services, urgent calls."""

from typing import Any

from doudi.kernel.money import plain_yuan
from doudi.portal.kept import Kept, minute

Json = dict[str, Any]


def support_of(case: Any, kept: Kept) -> Json:
    """Help besides money: who is paired, what he wrote down, what was lacking and what came."""
    mine = {"case_id": case.pk}
    pairings = kept.of("support.Pairing", "-from_on", **mine)
    paired = {pairing.pk for pairing in pairings}
    helps = [h for h in kept.of("support.Help", "-on") if h.pairing_id in paired]
    return {
        "pairings": [
            {
                "helper": p.helper,
                "office": p.office,
                "phone": p.phone.open(),
                "from": str(p.from_on),
                "until": str(p.until_on or ""),
            }
            for p in pairings
        ],
        "helps": [
            {
                "on": str(h.on),
                "kind": h.kind,
                "minutes": h.minutes,
                "what": h.what.open(),
                "by": h.by,
                "denied_at": minute(h.denied_at),
            }
            for h in helps
        ],
        "needs": [
            {
                "kind": n.kind,
                "what": n.what.open(),
                "consent": n.consent,
                "with_name": n.with_name,
                "at": minute(n.stated_at),
                "state": n.state,
            }
            for n in kept.of("support.Need", "-stated_at", **mine)
        ],
        "parts": [
            {
                "kind": p.kind,
                "what": p.what,
                "supplier": p.supplier,
                "yuan": plain_yuan(p.value_fen),
                "promised": str(p.promised_on),
                "state": p.state,
                "witness": p.witness.open(),
            }
            for p in kept.of("support.Part", "-promised_on", **mine)
        ],
    }


def call_of(call: Any, kept: Kept) -> Json:
    """A call for help: what was told; what followed only where the caller called for himself."""
    told = {f: getattr(call, f).open() for f in ("name", "phone", "spot", "what", "helper")}
    told |= {
        "number": call.number,
        "tracking": call.ticket.open(),
        "at": minute(call.raised_at),
        "kind": call.kind_name,
        "region": call.region,
        "people": call.persons,
        "state": call.stage_name,
    }
    return told | (_followed(call, kept) if call.channel == "self" else {})


def _followed(call: Any, kept: Kept) -> Json:
    mine = {"call_id": call.pk}
    visits = kept.of("urgent.HelpVisit", "visited_at", **mine)
    follow = kept.of("urgent.FollowUp", "due_on", **mine)
    return {
        "visits": [{"at": minute(v.visited_at), "findings": v.findings.open()} for v in visits],
        "advances": [_advance(a, kept) for a in kept.of("urgent.Advance", "at", **mine)],
        "follow_ups": [
            {"what": f.kind_name, "until": str(f.due_on), "note": f.note, "at": minute(f.done_at)}
            for f in follow
        ],
    }


def _advance(advance: Any, kept: Kept) -> Json:
    sealed = ("basis", "payee_name", "payee_id_number", "account")
    return {f: getattr(advance, f).open() for f in sealed} | {
        "yuan": plain_yuan(advance.amount_fen),
        "reason": advance.reason,
        "bank": advance.bank,
        "at": minute(advance.at),
        "signed_at": minute(advance.signed_at),
        "returned": advance.returned_why,
        "papers": [
            {"what": p.what, "at": minute(p.got_at)}
            for p in kept.of("urgent.Paper", "order", advance_id=advance.pk)
        ],
    }
