"""The tabs of a case; each reads only what it shows."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.accounts.queries import may
from doudi.attachments.intake import attachments_of
from doudi.audit.queries import entries_about
from doudi.cases.file import CaseFile
from doudi.cases.gates import hears_objections
from doudi.clock.time import today
from doudi.desk import words
from doudi.desk.adoption import adoptable
from doudi.desk.forms.reveal import FIELDS, PURPOSES
from doudi.desk.handed_on import place_lines, referral_line
from doudi.desk.printable import prints_of
from doudi.desk.sheet import compared, persons, property_lines
from doudi.kernel.errors import NotFound
from doudi.kernel.money import parse_yuan
from doudi.kernel.resident_id import birth_date
from doudi.referrals.queries import place_requests_of, place_row, referrals_of, row
from doudi.regions.queries import path_names
from doudi.ui.deeds import deed
from doudi.vault.masking import mask_account, mask_id, mask_name, mask_phone
from doudi.verification.catalog.items import agencies, item
from doudi.verification.catalog.items import codes as all_codes
from doudi.verification.figures import compare
from doudi.verification.queries import consents_of, report_content, report_of, request_of

Page = dict[str, Any]


@dataclass(frozen=True)
class Tab:
    """One tab: its key in the address, its word, what it shows, and the right it needs."""

    key: str
    words: Any
    read: Callable[[CaseFile, Any], Page]
    right: str = "case.view"


def _facts(file: CaseFile, staff: Any) -> Page:
    declaration, facts = file.declaration, file.facts or {}
    applicant = declaration["applicant"]
    people = persons(declaration, facts, file.case.origins)
    identity = {m["key"]: m for m in declaration["members"]}
    return {
        "people": [
            {
                "person": p,
                "id_number": mask_id(identity[p.key]["id_number"]),
                "born": p.born or birth_date(identity[p.key]["id_number"]).isoformat(),
                "has_illness": bool(identity[p.key].get("illness")),
            }
            for p in people
        ],
        "property": property_lines(declaration, facts, file.case.origins),
        "applicant": _applicant(applicant),
        "causes": [words.CAUSES.get(c, c) for c in declaration.get("causes", ())],
        "reason": declaration.get("reason", ""),
        "event": _event(facts.get("event")),
        "helper": _helper(declaration.get("helper")),
        "channel": words.CHANNELS.get(file.case.application.channel, ""),
    }


def _applicant(applicant: Mapping[str, Any]) -> Page:
    bank = applicant.get("bank") or {}
    registered = applicant.get("registered_region")
    places = path_names([code for code in (applicant["region"], registered) if code])
    return {
        "phone": mask_phone(applicant["phone"]),
        "residence": places[applicant["region"]],
        "registered": places.get(registered, ""),
        "permit": applicant.get("permit"),
        "bank": bank.get("bank", ""),
        "account": mask_account(bank.get("account", "")),
        "holder": mask_name(bank.get("holder", "")),
    }


def _event(event: Mapping[str, Any] | None) -> Page | None:
    """What happened to the family, if anything did."""
    if not event:
        return None
    return {
        "kind": words.EVENTS[event["kind"]],
        "on": dt.date.fromisoformat(event["on"]),
        "cost": parse_yuan(event["own_cost_yuan"]),
        "months": event["months"],
    }


def _helper(helper: Mapping[str, Any] | None) -> Page | None:
    if not helper:
        return None
    return {"name": mask_name(helper["name"]), "relation": helper.get("relation", "")}


def _checks(file: CaseFile, staff: Any) -> Page:
    report = report_of(file.case.application_id)
    asked = report.request if report else request_of(file.case.application_id)
    made = place_requests_of(file.case.pk)
    places = place_lines([place_row(one, today()) for one in made], file.case)
    if asked is None:
        return {"asked": None, "places": places}
    content = report.content.open() if report else report_content(asked)
    return {
        "asked": asked,
        "places": places,
        "report": report,
        "grid": grid(content),
        "owed": owed(content) if may(staff, "verification.request", file.case.town) else [],
        "differences": differences(file, content),
    }


def owed(content: Mapping[str, Any]) -> list[Page]:
    """The departments that owe something, with how many items, to be asked again."""
    codes: dict[str, set[str]] = {}
    catalogue = set(all_codes())
    for person in content["persons"]:
        for line in person["items"]:
            # A letter's lines are no department's: whoever was written to is reminded by letter.
            if line["state"] in ("not_returned", "failed") and line["item"] in catalogue:
                codes.setdefault(item(line["item"]).agency, set()).add(line["item"])
    return [
        {"agency": key, "name": about["zh"], "count": len(codes[key])}
        for key, about in agencies().items()
        if key in codes
    ]


def grid(content: Mapping[str, Any]) -> Page:
    """Items down, persons across: state and as-of date in each cell."""
    people = [{"key": p["key"], "name": mask_name(p["name"])} for p in content["persons"]]
    rows: dict[str, Page] = {}
    for person in content["persons"]:
        for line in person["items"]:
            row = rows.setdefault(line["item"], {"about": line, "cells": []})
            row["cells"].append(
                {
                    **line,
                    "word": words.ANSWERS.get(line["state"], line["state"]),
                    "rows": [masked_row(r) for r in line["rows"]],
                }
            )
    return {"people": people, "rows": list(rows.values())}


HIDDEN = ("证号", "号码", "账号", "卡号", "电话", "手机", "地址", "坐落")


def masked_row(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A returned row without what identifies: numbers by their last four, names masked."""
    shown = []
    for heading, value in row.items():
        text = str(value)
        if any(mark in heading for mark in HIDDEN):
            text = f"***{text[-4:]}"
        elif heading.endswith("姓名"):
            text = mask_name(text)
        shown.append((heading, text))
    return shown


def differences(file: CaseFile, content: Mapping[str, Any]) -> list[Page]:
    """Declared beside found, with whether the found value can be adopted here."""
    names = {m["key"]: mask_name(m["name"]) for m in file.declaration["members"]}
    found = compare(file.declaration, content)
    return [
        {
            "difference": d,
            "declared": compared(d.path, d.declared),
            "found": compared(d.path, d.found),
            "name": names.get(d.member, ""),
            "word": words.VERDICTS.get(d.verdict, d.verdict),
            "adopt": d.verdict == "differs" and bool(file.facts) and adoptable(d.path),
        }
        for d in found
    ]


def found_value(file: CaseFile, path: str) -> str:
    """What the newest report says at a path; NotFound where it differs nowhere there."""
    report = report_of(file.case.application_id)
    content = report.content.open() if report else {"persons": []}
    for line in compare(file.declaration, content):
        if line.path == path and line.verdict == "differs":
            return line.found
    raise NotFound


def _consents(file: CaseFile, staff: Any) -> Page:
    given = consents_of(file.case.application_id)
    signed = {c.member_key for c in given if c.withdrawn_at is None}
    is_missing = any(m["key"] not in signed for m in file.declaration["members"])
    return {
        "may_witness": is_missing and may(staff, "consent.witness", file.case.town),
        "consents": [
            {
                "consent": c,
                "name": mask_name(c.name),
                "signed_by": mask_name(c.signed_by),
                "relation": words.RELATIONS.get(c.relation, c.relation),
                "manner": words.MANNERS.get(c.manner, c.manner),
            }
            for c in given
        ],
    }


def _visits(file: CaseFile, staff: Any) -> Page:
    return {"visits": [{"visit": v, "findings": v.findings.open()} for v in file.visits]}


def _appraisal(file: CaseFile, staff: Any) -> Page:
    return {
        "appraisal_calls": file.appraisal_calls,
        "appraisals": file.appraisals,
        "panels": file.panels,
        "conferences": file.conferences,
        "opinions": file.opinions,
        "decision": file.decision,
        "may_open_referrals": may(staff, "referral.list", file.case.town),
        "referred": [
            referral_line(row(one, today()), file.case) for one in referrals_of(file.case.pk)
        ],
    }


def _papers(file: CaseFile, staff: Any) -> Page:
    return {
        "papers": attachments_of(f"application:{file.case.application_id}"),
        "supplements": file.supplements,
        "prints": prints_of(file),
    }


def _notice(file: CaseFile, staff: Any) -> Page:
    hears = bool(file.objections) and hears_objections(file.case, staff)
    said = [
        {"objection": o, "text": o.text.open() if hears else "", "has_contact": bool(o.contact)}
        for o in file.objections
    ]
    return {"notices": file.notices, "objections": said, "hears": hears, "purposes": PURPOSES}


def _log(file: CaseFile, staff: Any) -> Page:
    """What was done, by whom; not when an objection came: its day stands with the notice.

    Nor that an auditor looked: who is audited does not see it, the resident does.
    """
    about = entries_about(f"case:{file.case.pk}", 100)
    told = [e for e in about if e.action != "case.object" and not e.action.startswith("audit.")]
    own = str(staff.pk) in {step.by_id for step in file.steps}
    tells = own and may(staff, "slip.file", file.case.town)
    return {"entries": [_entry(e) for e in told], "may_tell_slip": tells}


def _entry(entry: Any) -> Page:
    """A line of the journal in words."""
    detail = entry.detail
    tabs = {tab.key: tab.words for tab in TABS}
    more = (
        dict(FIELDS).get(detail.get("field", ""), ""),
        tabs.get(detail.get("tab", ""), ""),
        detail.get("form", ""),
    )
    return {
        "at": entry.at,
        "who": entry.actor_name,
        "deed": words.DEEDS.get(entry.action) or deed(entry.action),
        "more": " · ".join(str(m) for m in more if m),
        "purpose": dict(PURPOSES).get(entry.purpose, entry.purpose),
    }


TABS = (
    Tab("facts", _("申报"), _facts),
    Tab("checks", _("核对"), _checks, "verification.view"),
    Tab("consents", _("授权"), _consents),
    Tab("visits", _("入户"), _visits),
    Tab("appraisal", _("评议审核"), _appraisal),
    Tab("papers", _("材料"), _papers),
    Tab("notice", _("公示"), _notice),
    Tab("log", _("日志"), _log),
)


def tab_of(key: str) -> Tab:
    """The tab of a key; the first one for anything else."""
    return next((tab for tab in TABS if tab.key == key), TABS[0])
