"""What an action refuses becomes a page: what happened, what to do, whom to call."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from doudi.kernel.errors import (
    Conflict,
    DoudiError,
    Invalid,
    Missing,
    NotAllowed,
    NotFound,
    TooMany,
    WrongStage,
)
from doudi.ui.words import sentences_of

log = logging.getLogger("doudi.refusals")

STATUS: dict[type[Exception], int] = {
    NotAllowed: 403,
    PermissionDenied: 403,
    NotFound: 404,
    Http404: 404,
    WrongStage: 409,
    Conflict: 409,
    Missing: 422,
    Invalid: 422,
    TooMany: 429,
}


def words(status: int) -> tuple[str, str]:
    """What happened, and what to do."""
    return {
        400: (_("请求有误"), _("请返回上一页重新操作。")),
        403: (_("不能办理这一步"), _("您的岗位没有这项权限，或这一步须由另一个人办理。")),
        404: (_("没有找到"), _("网址可能不完整，或内容不在您的范围内。请从首页重新进入。")),
        409: (_("情况已经变了"), _("内容已有变化，您的操作没有生效。请看过最新情况再办。")),
        422: (_("还差一点"), _("请返回上一页，按提示补充后再提交。")),
        429: (_("操作太频繁"), _("请稍等一会儿再试。")),
    }.get(status, (_("系统出了问题"), _("您填的内容没有丢，请过几分钟再试。")))


def page_for(request: HttpRequest, status: int, error: DoudiError | None = None) -> HttpResponse:
    """The refusal's page in the frame of its door."""
    happened, advice = words(status)
    desk = request.path.startswith("/desk/") or hasattr(request, "staff")
    told = sentences_of(error) if error else []
    listed = len(told) > 1 or isinstance(error, Missing)
    page = {
        "frame": "ui/base_desk.html" if desk else "ui/base_resident.html",
        "happened": happened,
        "sentence": "" if listed else "".join(told),
        "list": told if listed else [],
        "advice": advice,
        "desk": desk,
    }
    response = render(request, "ui/refusal.html", page, status=status)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.again_in)
    return response


class Refusals:
    """Middleware: turns domain errors into their pages; anything else stays an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a refusal; None for what nobody foresaw."""
        for kind, status in STATUS.items():
            if isinstance(error, kind):
                log.info("%s %s", status, type(error).__name__)
                return page_for(request, status, error if isinstance(error, DoudiError) else None)
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or cookies are off."""
    refusal: Any = DoudiError(_("页面打开太久，或浏览器没有开启Cookie。请返回上一页刷新再试。"))
    return page_for(request, 403, refusal)
