"""What a channel must be able to do."""

from typing import Protocol


class NotSent(Exception):
    """The channel could not take the message; it is tried again later."""


class Channel(Protocol):
    """A way to a phone."""

    def send(self, to: str, text: str, reference: str) -> None:
        """Hands one text over; raises NotSent. `reference` lets the gateway drop repeats."""
