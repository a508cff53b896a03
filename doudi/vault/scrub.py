"""Keeps personal values out of every log line, tracebacks included (promises.md P13)."""

import logging
import re

# Not part of a longer run of letters or digits: request ids are hexadecimal and stay readable.
PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])(?:[1-9][0-9]{16}[0-9Xx]|[1-9][0-9]{14}|62[0-9]{14,17}|1[2-9][0-9]{9})"
    r"(?![0-9A-Za-z])"
)
QUERY = re.compile(r"\?[^\s\"']+")
DOTS = "•••"


def scrub(text: str) -> str:
    """ID numbers, mobiles, accounts and query strings become dots."""
    return QUERY.sub("?" + DOTS, PERSONAL.sub(DOTS, text))


class Scrub(logging.Filter):
    """A filter for handlers: rewrites the record before it is written."""

    _plain = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass, scrubbed."""
        record.msg = scrub(record.getMessage())
        record.args = None
        if record.exc_info:
            record.exc_text = scrub(self._plain.formatException(record.exc_info))
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = scrub(record.exc_text)
        return True
