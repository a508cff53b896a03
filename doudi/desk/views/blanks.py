"""空白表单: every form as an empty A4, in one place, for any office."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.clock.demo_mark import is_demo
from doudi.desk.printable import blanks
from doudi.kernel.errors import NotFound
from doudi.paper.forms import FORMS, find_form
from doudi.paper.typst import render as print_form
from doudi.ui.access import officer


@officer("")
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """The list; whoever works here may take an empty paper."""
    return render(request, "desk/forms.html", {"forms": blanks()})


@officer("")
@require_safe
def blank(request: HttpRequest, form: str) -> HttpResponse:
    """One empty form; `?lang=en` where it has English."""
    found = find_form(form)
    if found.code not in FORMS:
        raise NotFound("没有这种表单")
    language = "en" if request.GET.get("lang") == "en" else "zh"
    data = {"blank": True, "demo": is_demo(), "language": language}
    content = print_form(found.code, data, pack=settings.DOUDI_PACK_DIR)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.code}-blank.pdf"'
    return response
