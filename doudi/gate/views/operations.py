"""For operators and their machines: is it up, is it ready, how does it do."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from doudi.gate.health import Health, database_answers, health
from doudi.ui.access import public

GAUGES = (
    ("doudi_up", "1 when everything works without a person", lambda h: int(h.is_good)),
    ("doudi_database_up", "1 when the database answers", lambda h: int(h.database)),
    ("doudi_worker_silent_seconds", "since the last round, -1 never", lambda h: _silence(h)),
    ("doudi_schedules_late", "schedules that did not run in time", lambda h: len(h.late)),
    ("doudi_events_waiting", "events not yet delivered", lambda h: h.waiting_events),
    ("doudi_events_stuck", "events given up, for a person", lambda h: h.stuck_events),
    (
        "doudi_imports_stuck",
        "tables given up half way",
        lambda h: h.stuck_imports,
    ),
    ("doudi_prints_broken", "print jobs given up half way", lambda h: h.broken_prints),
    ("doudi_messages_failed", "messages that no channel took", lambda h: h.failed_messages),
)


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Every part as JSON; 503 when one of them needs a person."""
    found = health()
    state = "ok" if found.is_good else "degraded"
    return JsonResponse({"status": state, **asdict(found)}, status=200 if found.is_good else 503)


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this process can answer requests."""
    ready = database_answers()
    return HttpResponse("ready" if ready else "not ready", "text/plain", 200 if ready else 503)


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Gauges in Prometheus' text format."""
    found = health()
    lines = []
    for name, meaning, read in GAUGES:
        lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge", f"{name} {read(found)}"]
    return HttpResponse("\n".join(lines) + "\n", "text/plain; version=0.0.4; charset=utf-8")


def _silence(found: Health) -> float:
    return -1 if found.worker_seconds is None else round(found.worker_seconds, 1)
