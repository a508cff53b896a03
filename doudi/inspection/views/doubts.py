"""疑点: what the rules ask, each with where to look further."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from doudi.inspection.looked import looked
from doudi.inspection.words import counted, named
from doudi.supervision import queries
from doudi.supervision.catalog import doubt_rules, rule_name
from doudi.ui.access import officer

PAGE = 50


@officer("audit.view")
@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """All, or those of one rule; a rule asks, it does not judge."""
    rule = request.GET.get("rule", "")
    rule = rule if rule in doubt_rules() else ""
    looked("audit.doubts_read", request.staff, "doubts", detail={"rule": rule})
    pages = Paginator(queries.doubts(request.staff, rule), PAGE).get_page(request.GET.get("page"))
    limits = doubt_rules().get(rule, {})
    page: dict[str, Any] = {
        "rows": named(queries.told_of(list(pages))),
        "page": pages,
        "query": f"rule={rule}&" if rule else "",
        "rule": rule,
        "name": rule_name(rule, get_language() or "") if rule else "",
        "limits": [f"{k} = {v}" for k, v in limits.items() if k not in SAID],
        "rules": counted(queries.doubt_counts(request.staff)),
    }
    return render(request, "inspection/doubts.html", page)


SAID = ("kind", "name", "name_en")
