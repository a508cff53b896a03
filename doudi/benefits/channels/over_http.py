"""A bank in another process: files over HTTP with a detached signature, answers asked for."""

import http.client
import json
from typing import Any
from urllib.parse import quote, urlsplit

from doudi.benefits.channels.base import BankAway, Order, Result
from doudi.vault.signing import sign

SECONDS = 5
ASK_AT_ONCE = 500


class BankOverHttp:
    """Whatever is no plain answer within five seconds is an unknown outcome."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc

    def send(self, number: str, file: str, orders: list[Order]) -> None:
        """PUT of the file under its number, its signature beside it."""
        head = {"X-Signature": sign(file), "Content-Type": "text/plain; charset=utf-8"}
        self._call("PUT", f"/files/{quote(number)}", file.encode(), head)

    def received(self, number: str) -> bool:
        """Whether the bank has the file."""
        return bool(self._call("GET", f"/files/{quote(number)}")["received"])

    def results(self, end_to_end_ids: list[str]) -> list[Result]:
        """What became of the orders, asked in pieces."""
        found: list[Result] = []
        for start in range(0, len(end_to_end_ids), ASK_AT_ONCE):
            asked = json.dumps(end_to_end_ids[start : start + ASK_AT_ONCE]).encode()
            found += [Result(**line) for line in self._call("POST", "/results", asked)["lines"]]
        return found

    def _call(
        self, method: str, path: str, body: bytes = b"", head: dict[str, str] | None = None
    ) -> dict[str, Any]:
        line = http.client.HTTPConnection(self._host, timeout=SECONDS)
        try:
            line.request(method, path, body or None, head or {})
            answer = line.getresponse()
            told = answer.read()
            if answer.status != 200:
                raise BankAway(f"the bank answered {answer.status}")
            return dict(json.loads(told))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise BankAway(type(error).__name__) from error
        finally:
            line.close()
