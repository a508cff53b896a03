"""The same hardening on every answer (promises.md P16): nothing inline, nothing from elsewhere."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.security import SecurityMiddleware

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # A page is private unless its view says otherwise; files under /static/ say so themselves.
    "Cache-Control": "no-store",
}


class SecurityHeaders(SecurityMiddleware):
    """Django's redirect to https and HSTS, and our headers wherever a view has not set its own."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Adds what is not there yet."""
        answer = super().process_response(request, response)
        answer.headers["Referrer-Policy"] = HEADERS["Referrer-Policy"]
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer
