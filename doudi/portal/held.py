"""我的全部信息: everything held about the applications of one phone, as plain values (PIPL 45).

What others said is not in it (who objected, what neighbours told); what departments returned is
in it for those who signed by this phone: the applicant, and whom he signed for as guardian. The
tables of all rooms are read together, by one query.
"""

from typing import Any

from doudi.audit.queries import by_officers
from doudi.cases.file import CaseFile, drafts_of
from doudi.cases.queries import cases_of_phone
from doudi.clock.time import now
from doudi.kernel.money import plain_yuan
from doudi.portal.held_help import call_of, support_of
from doudi.portal.kept import Kept, minute, read_together
from doudi.referrals.flow import FINDINGS, QUESTIONS

Json = dict[str, Any]
MOST_LOOKS = 1000


def held(resident: Any) -> Json:
    """Applications, calls for help, drafts and messages of a phone; five queries."""
    cases = cases_of_phone(resident.phone_index)
    kept = Kept(read_together(cases, resident.phone_index))
    subjects = [f"case:{c.pk}" for c in cases]
    looks = list(by_officers(subjects)[: MOST_LOOKS * len(cases)]) if cases else []
    return {
        "made_at": minute(now()),
        "phone": resident.phone,
        "applications": [_application(c, kept, looks) for c in cases],
        "calls": [call_of(c, kept) for c in kept.of("urgent.HelpCall", "-raised_at")],
        "drafts": [
            {
                "saved_at": minute(d.saved_at),
                "phone": d.phone.open(),
                "filled": d.declaration.open(),
            }
            for d in drafts_of(resident.phone_index)
        ],
        "messages": [
            {"at": minute(m.created_at), "to": m.to.open(), "text": m.text.open(), "state": m.state}
            for m in kept.of("notices.Message", "created_at")
            if m.template != "sms_code"  # a code is told to the phone alone
        ],
    }


def _application(case: Any, kept: Kept, looks: list[Any]) -> Json:
    file = kept.file(case)
    mine = {"case_id": case.pk}
    return {
        "number": case.number,
        "stage": case.stage_name,
        "submitted_at": minute(case.submitted_at),
        "tracking": case.application.tracking.open(),
        "phone": case.application.phone.open(),
        "declaration": file.declaration,
        "papers": _papers(case, kept),
        "household": _household(case, kept),
        "facts": file.facts,
        "origins": case.origins,
        "verification": _verification(case, kept),
        "steps": [_step(s) for s in file.steps if s.public],
        **_found(file),
        "money": _money(case, kept),
        **_redress(case, kept),
        "mandates": [_mandate(m) for m in kept.of("mandates.Mandate", "-given_at", **mine)],
        "leads": [_lead(lead) for lead in kept.of("mandates.Lead", "found_at", **mine)],
        "referrals": [_referral(r) for r in kept.of("referrals.Referral", "-made_at", **mine)],
        "place_requests": [
            _place(p) for p in kept.of("referrals.PlaceRequest", "-asked_at", **mine)
        ],
        "life_proofs": [_life(p) for p in _lives(case, kept)],
        "support": support_of(case, kept),
        "looks": [_look(e) for e in looks if e.subject == f"case:{case.pk}"][:MOST_LOOKS],
    }


def _lives(case: Any, kept: Kept) -> list[Any]:
    awards = {award.pk for award in kept.of("benefits.Award", "pk", case_id=case.pk)}
    proofs = kept.of("referrals.LifeProof", "-due_on")
    return [proof for proof in proofs if proof.award_id in awards]


def _papers(case: Any, kept: Kept) -> list[Json]:
    files = kept.of("attachments.Attachment", "at", subject=f"application:{case.application_id}")
    return [{"kind": a.kind, "name": a.original_name.open(), "at": minute(a.at)} for a in files]


def _household(case: Any, kept: Kept) -> Json:
    if case.household_id is None:
        return {}
    home = kept.of("people.Household", "pk", pk=case.household_id)[0]
    persons = {person.pk: person for person in kept.of("people.Person", "pk")}
    lives = kept.of("people.Membership", "pk", household_id=case.household_id)
    return {
        "address": home.address.open(),
        "members": [
            _person(life, persons[life.person_id])
            | {"groups": _groups(persons[life.person_id], kept)}
            for life in sorted(lives, key=lambda one: one.relation != "self")
        ],
    }


def _groups(person: Any, kept: Kept) -> list[Json]:
    """The special groups to which the person belongs."""
    return [
        {
            "group": one.get_group_display(),
            "basis": one.basis.open() or "",
            "from": str(one.from_on),
            "until": str(one.until_on or ""),
        }
        for one in kept.of("people.GroupMembership", "from_on", person_id=person.pk)
    ]


def _person(membership: Any, person: Any) -> Json:
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


def _verification(case: Any, kept: Kept) -> Json:
    ref = {"ref": case.application_id}
    consents = kept.of("verification.Consent", "signed_at", **ref)
    own = {c.member_key for c in consents if c.member_key == "m1" or c.guardian_of}
    request = next(iter(kept.of("verification.Request", "-asked_at", **ref)), None)
    asked = kept.of("verification.Asked", "member_key", request_id=request.pk) if request else []
    return {
        "authorisations": [_consent(c, c.member_key in own) for c in consents],
        "request": request.number if request else "",
        "answers": [
            _answer(one, answer, one.member_key in own)
            for one in asked
            for answer in kept.of("verification.Answer", "item", asked_id=one.pk)
        ],
    }


def _consent(consent: Any, own: bool) -> Json:
    told = {
        "number": consent.number,
        "name": consent.name,
        "signed_by": consent.signed_by,
        "signed_at": minute(consent.signed_at),
        "valid_until": str(consent.valid_until),
        "withdrawn_at": minute(consent.withdrawn_at),
        "scope": consent.scope,
    }
    more = {"id_number": consent.id_number.open(), "evidence": consent.evidence.open()}
    return told | more if own else told


def _answer(asked: Any, answer: Any, own: bool) -> Json:
    told = {"name": asked.name, "item": answer.item, "state": answer.state, "as_of": answer.as_of}
    told["as_of"] = str(answer.as_of or "")
    return told | {"rows": answer.record.open() or []} if own else told


def _step(step: Any) -> Json:
    return {"at": minute(step.at), "what": step.move, "note": step.note, "by": step.by_name}


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
            {"at": minute(a.at), "facts": a.facts.open(), "findings": a.findings.open()}
            for a in file.assessments
        ],
        "decision": _decision(file.decision),
    }


def _decision(made: Any) -> Json:
    if made is None:
        return {}
    return {
        "at": minute(made.at),
        "granted": made.granted,
        "programme": made.programme,
        "monthly_yuan": plain_yuan(made.monthly_fen),
        "once_yuan": plain_yuan(made.once_fen),
        "persons": made.persons.open(),
        "start_month": made.start_month,
        "reason": made.reason,
    }


def _money(case: Any, kept: Kept) -> Json:
    award = next(iter(kept.of("benefits.Award", "pk", case_id=case.pk)), None)
    if award is None:
        return {}
    return {
        "number": award.number,
        "account": award.account.open(),
        "bank": award.bank,
        "payee": award.payee_name,
        "payments": [
            {"month": p.month, "yuan": plain_yuan(p.amount_fen), "state": p.stage_name}
            for p in kept.of("benefits.Payment", "-month", award_id=award.pk)
        ],
    }


def _redress(case: Any, kept: Kept) -> Json:
    def newest(kind: str) -> list[Any]:
        return kept.of(f"redress.{kind}", "-filed_at", case_id=case.pk)

    return {
        "appeals": [_matter(a, {"against": a.against}) for a in newest("Appeal")],
        "complaints": [
            _matter(c, {"about": c.about.open(), "contact": c.contact.open()})
            | {"tracking": c.tracking.open()}
            for c in newest("Complaint")
        ],
        "changes": [
            _matter(c, {"kind": c.kind, "details": c.details.open()})
            for c in newest("ChangeReport")
        ],
        "ratings": [
            {"part": r.part, "level": r.level, "text": r.text.open(), "at": minute(r.rated_at)}
            for r in kept.of("redress.Rating", "rated_at", case_id=case.pk)
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
        "at": minute(mandate.given_at),
        "withdrawn_at": minute(mandate.withdrawn_at),
    }


def _referral(referral: Any) -> Json:
    """Where the household was handed on, with what was passed on and answered."""
    return {
        "department": referral.department,
        "what": referral.what.open(),
        "consent": referral.consent,
        "at": minute(referral.made_at),
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
        "at": minute(request.asked_at),
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
    return told | {"need": lead.need, "at": minute(lead.found_at), "by": lead.found_by}


def _matter(matter: Any, more: Json) -> Json:
    told = {"at": minute(matter.filed_at), "text": matter.text.open(), "state": matter.state}
    return told | more | {"answer": matter.answer.open(), "by": matter.answered_by}


def _look(entry: Any) -> Json:
    told = {"at": minute(entry.at), "who": entry.actor_name, "what": entry.action}
    return told | {"purpose": entry.purpose}
