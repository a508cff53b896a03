"""What is taken away for each promise: a function is replaced wherever it was taken by name."""

import importlib
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings

PROVINCE = "61"


def _put(module: str, name: str, value: Any) -> None:
    found = importlib.import_module(module)
    assert hasattr(found, name), f"{module}.{name} is gone: mend the control"
    gone = getattr(found, name)
    for holder in list(filter(None, sys.modules.values())):
        for word in [word for word, held in vars(holder).items() if held is gone]:
            setattr(holder, word, value)


def overwriting() -> None:
    """P4: a case is taken and moved whatever version the page showed."""
    module = importlib.import_module("doudi.cases.actions.move")
    locked, move = module.locked, module.move

    def blind(case_id: Any, version: int | None = None) -> Any:
        return locked(case_id)

    def blindly(case: Any, name: str, **more: Any) -> Any:
        return move(case, name, **more | {"version": None})

    for verb in ("accept", "assess", "confirm"):
        _put(f"doudi.cases.actions.{verb}", "locked", blind)
        _put(f"doudi.cases.actions.{verb}", "move", blindly)


def unanchored() -> None:
    """P5: nobody lays the journal beside the heads that another custodian holds."""
    _put("doudi.audit.verifier", "_wrong_anchors", lambda hashes, anchors: ())


def unhardened() -> None:
    """P16: no content policy is sent."""
    importlib.import_module("doudi.ui.headers").HEADERS.pop("Content-Security-Policy")


def unforeseen() -> None:
    """P17: what an action refuses is nobody's page."""
    module = importlib.import_module("doudi.ui.refusals")
    module.Refusals.process_exception = lambda self, request, error: None


def everywhere() -> None:
    """P6: whoever holds a right holds it in the whole province."""
    module = importlib.import_module("doudi.accounts.queries")
    bounded = module.scope
    _put("doudi.accounts.queries", "scope", lambda s, r: [PROVINCE] if bounded(s, r) else [])


def guessing() -> None:
    """P12: neither wrong passwords nor wrong codes and secrets are counted."""
    settings.AXES_ENABLED = False
    _put("doudi.notices.throttle", "count", lambda *what: None)


def loud() -> None:
    """P13: log lines are written as they come."""
    module = importlib.import_module("doudi.vault.scrub")
    module.Scrub.filter = lambda self, record: True
    for handler in settings.LOGGING["handlers"].values():
        handler["filters"] = []


def open_values() -> None:
    """P15: ID numbers are shown whole."""
    _put("doudi.vault.masking", "mask_id", lambda number: number)


def any_upload() -> None:
    """P18: an upload is kept as it came, whatever it is."""
    module = importlib.import_module("doudi.attachments.checks")
    _put("doudi.attachments.checks", "check", lambda content: module.Clean(content, "image/jpeg"))


def any_table() -> None:
    """P18: a table is unpacked whatever its headers tell of it."""
    _put("doudi.paper.workbook.guard", "_not_too_large", lambda parts, limits: None)


def formulas() -> None:
    """P19: a text goes out as it stands."""
    _put("doudi.paper.workbook.writing", "harmless", lambda text: text)


def sleeping() -> None:
    """P21: nothing runs by the clock."""
    _put("doudi.outbox.schedule", "timetable", list)


def loose_clock() -> None:
    """P22: every weekday is a working day, a clock may be set back, and late words are not told."""
    module = importlib.import_module("doudi.kernel.workdays")
    module.WorkdayCalendar.is_workday = lambda self, day: day.weekday() < 5
    _put("doudi.cases.actions.move", "not_before", lambda case, at: at)
    _put("doudi.cases.pace", "is_late", lambda on, recorded_on: False)


def half_a_file() -> None:
    """P23: what redress holds about a person is left out."""
    _put("doudi.portal.held", "_redress", lambda case, kept: {})


WITHOUT: dict[str, Callable[[], None]] = {
    "P4": overwriting,
    "P5": unanchored,
    "P6": everywhere,
    "P12": guessing,
    "P13": loud,
    "P15": open_values,
    "P16": unhardened,
    "P17": unforeseen,
    "P18": any_upload,
    "P18 tables": any_table,
    "P19": formulas,
    "P21": sleeping,
    "P22": loose_clock,
    "P23": half_a_file,
}
