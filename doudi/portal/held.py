"""我的全部信息: everything held about the applications of one phone, as plain values (PIPL 45).

What others said is not in it (who objected, what neighbours told); what departments returned is
in it for those who signed by this phone: the applicant, and whom he signed for as guardian.
"""

import datetime as dt
from typing import Any

from doudi.attachments.intake import attachments_of
from doudi.audit.queries import by_officers
from doudi.benefits.queries import award_of_case, payments_of
from doudi.cases.file import CaseFile, drafts_of
from doudi.cases.queries import cases_of_phone
from doudi.clock.time import CHINA, now
from doudi.kernel.money import plain_yuan
from doudi.mandates.queries import leads_of, mandates_of
from doudi.notices.queries import messages_to
from doudi.people.queries import groups_of, household, members_of
from doudi.redress.queries import appeals_of, changes_of, complaints_of, ratings_of
from doudi.referrals.flow import FINDINGS, QUESTIONS
from doudi.referrals.queries import lives_of_case, place_requests_of, referrals_of
from doudi.support.queries import household as support_of
from doudi.verification.queries import answers_of, consents_of, request_of

Json = dict[str, Any]
MOST_LOOKS = 1000


def held(resident: Any) -> Json:
    """Applications, drafts and messages of a phone."""
    return {
        "made_at": _at(now()),
        "phone": resident.phone,
        "applications": [_application(c) for c in cases_of_phone(resident.phone_index)],
        "drafts": [
            {"saved_at": _at(d.saved_at), "phone": d.phone.open(), "filled": d.declaration.open()}
            for d in drafts_of(resident.phone_index)
        ],
        "messages": [
            {"at": _at(m.created_at), "to": m.to.open(), "text": m.text.open(), "state": m.state}
            for m in messages_to(resident.phone_index)
            if m.template != "sms_code"  # a code is told to the phone alone
        ],
    }


def _application(case: Any) -> Json:
    file = CaseFile(case)
    return {
        "number": case.number,
        "stage": case.stage_name,
        "submitted_at": _at(case.submitted_at),
        "tracking": case.application.tracking.open(),
        "phone": case.application.phone.open(),
        "declaration": file.declaration,
        "papers": _papers(case),
        "household": _household(case),
        "facts": file.facts,
        "origins": case.origins,
        "verification": _verification(case),
        "steps": [_step(s) for s in file.steps if s.public],
        **_found(file),
        "money": _money(case),
        **_redress(case),
        "mandates": [_mandate(m) for m in mandates_of(case.pk)],
        "leads": [_lead(lead) for lead in leads_of(case.pk)],
        "referrals": [_referral(r) for r in referrals_of(case.pk)],
        "place_requests": [_place(p) for p in place_requests_of(case.pk)],
        "life_proofs": [_life(p) for p in lives_of_case(case.pk)],
        "support": _support(case),
        "looks": [_look(e) for e in by_officers([f"case:{case.pk}"])[:MOST_LOOKS]],
    }


def _support(case: Any) -> Json:
    """Help besides money: who is paired, what he wrote down, what was lacking and what came."""
    kept = support_of(case.pk)
    return {
        "pairings": [
            {
                "helper": p.helper,
                "office": p.office,
                "phone": p.phone.open(),
                "from": str(p.from_on),
                "until": str(p.until_on or ""),
            }
            for p in kept.pairings
        ],
        "helps": [
            {
                "on": str(h.on),
                "kind": h.kind,
                "minutes": h.minutes,
                "what": h.what.open(),
                "by": h.by,
                "denied_at": _at(h.denied_at),
            }
            for h in kept.helps
        ],
        "needs": [
            {
                "kind": n.kind,
                "what": n.what.open(),
                "consent": n.consent,
                "with_name": n.with_name,
                "at": _at(n.stated_at),
                "state": n.state,
            }
            for n in kept.needs
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
            for p in kept.parts
        ],
    }


def _papers(case: Any) -> list[Json]:
    kept = attachments_of(f"application:{case.application_id}")
    return [{"kind": a.kind, "name": a.original_name.open(), "at": _at(a.at)} for a in kept]


def _household(case: Any) -> Json:
    if case.household_id is None:
        return {}
    members = members_of(case.household_id)
    groups = groups_of([m.person_id for m in members])
    return {
        "address": household(case.household_id).address.open(),
        "members": [_person(m) | {"groups": groups.get(m.person_id, [])} for m in members],
    }


def _person(membership: Any) -> Json:
    person = membership.person
    return {
        "name": person.name,
        "id_number": person.id_number.open(),
        "phone": person.phone.open(),
        "sex": person.sex,
        "born_on": str(person.born_on),
        "registered_region": person.registered_region,
        "health": person.health.open(),
        "relation": membership.relation,
    }


def _verification(case: Any) -> Json:
    consents = consents_of(case.application_id)
    own = {c.member_key for c in consents if c.member_key == "m1" or c.guardian_of}
    request = request_of(case.application_id)
    answers = answers_of(request) if request else {}
    return {
        "authorisations": [_consent(c, c.member_key in own) for c in consents],
        "request": request.number if request else "",
        "answers": [
            _answer(asked, a, asked.member_key in own)
            for asked, rows in answers.items()
            for a in rows
        ],
    }


def _consent(consent: Any, own: bool) -> Json:
    told = {
        "number": consent.number,
        "name": consent.name,
        "signed_by": consent.signed_by,
        "signed_at": _at(consent.signed_at),
        "valid_until": str(consent.valid_until),
        "withdrawn_at": _at(consent.withdrawn_at),
        "scope": consent.scope,
    }
    more = {"id_number": consent.id_number.open(), "evidence": consent.evidence.open()}
    return told | more if own else told


def _answer(asked: Any, answer: Any, own: bool) -> Json:
    told = {"name": asked.name, "item": answer.item, "state": answer.state, "as_of": answer.as_of}
    told["as_of"] = str(answer.as_of or "")
    return told | {"rows": answer.record.open() or []} if own else told


def _step(step: Any) -> Json:
    return {"at": _at(step.at), "what": step.move, "note": step.note, "by": step.by_name}


def _found(file: CaseFile) -> Json:
    return {
        "visits": [
            {
                "on": str(v.on),
                "present": v.present,
                "findings": {
                    k: w for k, w in (v.findings.open() or {}).items() if k != "neighbours"
                },
                "conclusion": v.conclusion,
            }
            for v in file.visits
        ],
        "assessments": [
            {"at": _at(a.at), "facts": a.facts.open(), "findings": a.findings.open()}
            for a in file.assessments
        ],
        "decision": _decision(file.decision),
    }


def _decision(made: Any) -> Json:
    if made is None:
        return {}
    return {
        "at": _at(made.at),
        "granted": made.granted,
        "programme": made.programme,
        "monthly_yuan": plain_yuan(made.monthly_fen),
        "once_yuan": plain_yuan(made.once_fen),
        "persons": made.persons.open(),
        "start_month": made.start_month,
        "reason": made.reason,
    }


def _money(case: Any) -> Json:
    award = award_of_case(case.pk)
    if award is None:
        return {}
    return {
        "number": award.number,
        "account": award.account.open(),
        "bank": award.bank,
        "payee": award.payee_name,
        "payments": [
            {"month": p.month, "yuan": plain_yuan(p.amount_fen), "state": p.stage_name}
            for p in payments_of(award)
        ],
    }


def _redress(case: Any) -> Json:
    return {
        "appeals": [_matter(a, {"against": a.against}) for a in appeals_of(case.pk)],
        "complaints": [
            _matter(c, {"about": c.about.open(), "contact": c.contact.open()})
            | {"tracking": c.tracking.open()}
            for c in complaints_of(case.pk)
        ],
        "changes": [
            _matter(c, {"kind": c.kind, "details": c.details.open()}) for c in changes_of(case.pk)
        ],
        "ratings": [
            {"part": part, "level": r.level, "text": r.text.open(), "at": _at(r.rated_at)}
            for part, r in ratings_of(case.pk).items()
        ],
    }


def _mandate(mandate: Any) -> Json:
    return {
        "name": mandate.name.open(),
        "phone": mandate.phone.open(),
        "matters": mandate.matters,
        "until": str(mandate.until_on),
        "manner": mandate.manner,
        "witness": mandate.witness.open(),
        "at": _at(mandate.given_at),
        "withdrawn_at": _at(mandate.withdrawn_at),
    }


def _referral(referral: Any) -> Json:
    """Where the household was handed on, with what was passed on and answered."""
    return {
        "department": referral.department,
        "what": referral.what.open(),
        "consent": referral.consent,
        "at": _at(referral.made_at),
        "until": str(referral.due_on),
        "state": referral.state,
        "answer": referral.answer.open(),
    }


def _place(request: Any) -> Json:
    """What the hukou place was asked and found."""
    found = request.findings.open() or {}
    return {
        "place": request.to_name,
        "questions": [QUESTIONS[q] for q in request.questions],
        "what": request.text.open(),
        "at": _at(request.asked_at),
        "state": request.state,
        "results": [f"{QUESTIONS[q]}：{FINDINGS[value]}" for q, value in found.items()],
        "answer": request.answer.open(),
    }


def _life(proof: Any) -> Json:
    """One year's proof of life, with what was proposed and decided."""
    told = {f: getattr(proof, f).open() for f in ("note", "why", "decided_why")}
    return told | {"until": str(proof.due_on), "state": proof.state, "decision": proof.decision}


def _lead(lead: Any) -> Json:
    """How the household was found, before it applied."""
    told = {f: getattr(lead, f).open() for f in ("name", "phone", "spot", "what", "reason")}
    return told | {"need": lead.need, "at": _at(lead.found_at), "by": lead.found_by}


def _matter(matter: Any, more: Json) -> Json:
    told = {"at": _at(matter.filed_at), "text": matter.text.open(), "state": matter.state}
    return told | more | {"answer": matter.answer.open(), "by": matter.answered_by}


def _look(entry: Any) -> Json:
    told = {"at": _at(entry.at), "who": entry.actor_name, "what": entry.action}
    return told | {"purpose": entry.purpose}


def _at(at: dt.datetime | None) -> str:
    """An instant in China to the minute; empty for none."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""
