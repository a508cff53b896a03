"""What the form of a verb must know beforehand: choices, first values, and what stands beside."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from doudi.accounts.queries import staff_holding
from doudi.cases.file import CaseFile
from doudi.cases.gates import acceptance, hears_objections
from doudi.cases.queries import pack
from doudi.clock.time import today
from doudi.desk.acts import Act
from doudi.desk.opinions import filled, templates_of
from doudi.policy.rules.deadlines import due_on, notice_until
from doudi.regions import queries as regions
from doudi.vault.masking import mask_name

NO_FACTS: dict[str, Any] = {"members": [], "property": {"money_yuan": ""}}


def known(deed: Act, file: CaseFile) -> dict[str, Any]:
    """The arguments of the form's prepare()."""
    if deed.verb == "record_visit":
        people = staff_holding("case.visit", file.case.town)
        return {"facts": file.facts or NO_FACTS, "visitors": [(str(p.pk), p.name) for p in people]}
    if deed.verb == "transfer":
        return {"villages": _villages}
    if deed.verb == "pause":
        return {"pauses": pack().process_at(today()).pauses}
    return {}


def _villages(town: str) -> list[tuple[str, str]]:
    """The villages of a town by code and name; none for anything that is no town."""
    if not (town.isascii() and town.isdigit() and len(town) == len("610702008")):
        return []
    return [(v.code, v.name) for v in regions.villages_of(town)]


def _invited(deed: Act, file: CaseFile) -> dict[str, Any]:
    """What the invitation to a meeting said that is now written down."""
    called = file.called_appraisal if deed.verb == "record_appraisal" else None
    if called:
        told = {"on": called.on, "place": called.place, "host": called.host}
        return told | {"invited": len(called.invited)}
    if deed.verb != "record_conference" or not file.conferences:
        return {}
    return {"participants": "、".join(file.conferences[0].invited)}


def initial(deed: Act, file: CaseFile, asked: QueryDict) -> dict[str, Any]:
    """First values: the version, today, and the opinion template that the address asks for."""
    first: dict[str, Any] = {"version": file.case.version, "on": today()}
    first |= _invited(deed, file)
    number = asked.get("t", "")
    words = templates_of(deed.verb, file.case.town) if number.isdigit() else ()
    if number.isdigit() and int(number) < len(words):
        text = filled(words[int(number)], file)
        first |= dict.fromkeys(("text", "reason", "answer", "minutes"), text)
    if deed.verb == "transfer":
        first["town"] = asked.get("town", "")
    if deed.verb == "answer_objection":
        first["objection"] = _objection_id(file, asked.get("objection", ""))
    return first


def _objection_id(file: CaseFile, wanted: str) -> UUID | None:
    """The one asked for, or the oldest that is open."""
    open_ones = [o for o in file.objections if o.answered_at is None]
    named = [o for o in open_ones if str(o.pk) == wanted]
    return (named or open_ones)[0].pk if open_ones else None


def shown(deed: Act, file: CaseFile, staff: Any, on: dt.date) -> dict[str, Any]:
    """What stands beside the form."""
    words = templates_of(deed.verb, file.case.town)
    page: dict[str, Any] = {"templates": [_short(t) for t in words]}
    if deed.verb == "accept":
        deadline = due_on(pack().book, pack().calendar, on)
        page |= {"checks": acceptance(file.case, on), "deadline": deadline}
    if deed.verb == "transfer":
        page["towns"] = _towns(file.case.town)
    if deed.verb == "publish_notice":
        page |= {
            "masked": mask_name(file.case.applicant_name),
            "from_on": on,
            "until_on": notice_until(pack().book, on),
        }
    if deed.verb == "answer_objection":
        page["open_objections"] = [
            {"objection": o, "text": o.text.open()}
            for o in file.objections
            if o.answered_at is None and hears_objections(file.case, staff)
        ]
    return page


def _towns(own: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The towns but the own one, under their counties; two queries."""
    counties = {c.code[:6]: c.name for c in regions.counties()}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in counties.values()}
    for town in regions.towns():
        if town.code[:9] != own:
            found[counties[town.code[:6]]].append((town.code[:9], town.name))
    return list(found.items())


def _short(template: tuple[Any, Any]) -> str:
    return str(template[0]) or _("模板")
