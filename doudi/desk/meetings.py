"""What the forms of a case's meetings become: 民主评议, 会议研究, 一事一议."""

import datetime as dt
from typing import Any

from doudi.cases.actions.call_appraisal import Invitation, call_appraisal
from doudi.cases.actions.call_conference import Call, call_conference
from doudi.cases.actions.record_appraisal import Tally, record_appraisal
from doudi.cases.actions.record_conference import Talk, record_conference
from doudi.cases.actions.record_panel import Meeting, record_panel

SAID = ("on", "minutes", "proposal", "advice", "agree", "disagree", "abstain")


def call_to_appraise(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    """评议通知."""
    data = form.cleaned_data
    told = (data["place"], data["host"], form.names("invited"))
    invitation = Invitation(data["on"], f"{data['time']:%H:%M}", *told)
    return call_appraisal(case.pk, invitation, version=data["version"], by=by, at=at)


def appraise(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    """民主评议, in sums."""
    data = dict(form.cleaned_data)
    version = data.pop("version")
    return record_appraisal(case.pk, Tally(**data), version=version, by=by, at=at)


def panel(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    """会议研究, with its minutes."""
    data = form.cleaned_data
    meeting = Meeting(data["on"], form.names(), data["minutes"], form.names("withdrew"))
    return record_panel(case.pk, meeting, version=data["version"], by=by, at=at)


def call(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    """召集一事一议."""
    data, invited = form.cleaned_data, form.names("invited")
    told = (data["place"], data["host"], invited, data["question"])
    call = Call(data["on"], f"{data['time']:%H:%M}", *told)
    return call_conference(case.pk, call, version=data["version"], by=by, at=at)


def conference(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    """一事一议, as it was held."""
    data = form.cleaned_data
    said = {name: data[name] for name in SAID}
    talk = Talk(participants=form.names("participants"), withdrew=form.names("withdrew"), **said)
    return record_conference(case.pk, talk, version=data["version"], by=by, at=at)
