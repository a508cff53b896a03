"""Each request begins with the right time."""

import contextlib
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from doudi.clock.time import refresh


class FreshClock:
    """Middleware: reads the demonstration's clock again, in case another process moved it.

    With the database down the clock stands as it was: pages that need no table still answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.demo = False  # type: ignore[attr-defined]
        with contextlib.suppress(DatabaseError):
            request.demo = refresh()  # type: ignore[attr-defined]
        return self.get_response(request)
