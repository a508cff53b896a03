"""A plain gateway: one JSON POST a message to the address in DOUDI_SMS_URL."""

import json
import urllib.error
import urllib.request

from doudi.notices.channels.base import NotSent


class HttpGateway:
    """Any gateway that takes {"to", "text", "reference"} and answers 2xx."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("https://", "http://127.0.0.1")):
            raise ValueError("DOUDI_SMS_URL must be https")
        self.url = url

    def send(self, to: str, text: str, reference: str) -> None:
        """Raises NotSent for anything but 2xx within ten seconds."""
        body = json.dumps({"to": to, "text": text, "reference": reference}).encode()
        request = urllib.request.Request(  # noqa: S310  the address was checked above
            self.url, body, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=10):  # noqa: S310
                return
        except (urllib.error.URLError, OSError) as error:
            raise NotSent(type(error).__name__) from None
