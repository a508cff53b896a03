"""Negative control of P1: a web server that says "submitted" before it has written it.

The real application inside one more transaction, which ends only after the answer has left.
What is killed in between was acknowledged and is lost; the checker must see it.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.signals import request_started
from django.db import close_old_connections, transaction

from config.wsgi import application as honest

DELAY = 0.1  # seconds between the answer and the commit
request_started.disconnect(close_old_connections)  # it would close the open transaction


class Late:
    """The answer's body; the server calls `close` after it has sent everything."""

    def __init__(self, body: Iterable[bytes], written: Any) -> None:
        self.body = body
        self.written = written

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.body)

    def close(self) -> None:
        """The commit, too late."""
        time.sleep(DELAY)
        self.written.__exit__(None, None, None)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI: the real answer, acknowledged too early."""
    close_old_connections()
    written = transaction.atomic()
    written.__enter__()
    return Late(list(honest(environ, start_response)), written)
