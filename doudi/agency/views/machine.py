"""机器接口: a department's system delivers under its own signature; every answer is JSON.

No cookie is read here: the signature over the manifest is the proof, so there is nothing that
another site's page could borrow. It is checked before a byte of the file is read.
"""

import binascii
import json
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from doudi.agency.words import told_both
from doudi.clock.time import now
from doudi.departments import queries
from doudi.departments.actions.receive_file import known_receipt, receive_signed
from doudi.departments.flow import MACHINE, REFUSED
from doudi.departments.letters import receipt_letter
from doudi.kernel.errors import Invalid, NotFound, TooMany
from doudi.notices.throttle import count
from doudi.ui.access import public
from doudi.verification.engine.loaded import FileRefused

MANIFEST = "Doudi-Manifest"
BLOCK = 1 << 20
STATUS = {"manifest": 400, "agency": 403, "signature": 403, "replay": 409, "gap": 409}


@csrf_exempt
@public
@require_POST
def deliver(request: HttpRequest) -> JsonResponse:
    """The file as body, its signed manifest in a header; the same again gives the same receipt."""
    try:
        manifest = _manifest(request.headers.get(MANIFEST, ""))
        found = known_receipt(manifest, now())
        if found is not None:
            _let_end(request)
            return _answer(found, 200)
        return _answer(receive_signed(manifest, request, road=MACHINE, at=now()), 201)
    except FileRefused as refusal:
        return _refused(request, refusal)
    except Invalid as refusal:
        return _error(422, "file", {"zh": refusal.sentence, "en": "The file is empty or too large"})


def _let_end(request: HttpRequest) -> None:
    """Whoever is known to us may finish sending: else his program sees a broken line."""
    while request.read(BLOCK):
        continue


def _manifest(header: str) -> dict[str, Any]:
    try:
        found = json.loads(b64decode(header, validate=True))
    except (binascii.Error, ValueError):
        raise FileRefused("manifest") from None
    if not isinstance(found, dict):
        raise FileRefused("manifest")
    return found


def _refused(request: HttpRequest, refusal: FileRefused) -> JsonResponse:
    """Whoever guesses at signatures is slowed down."""
    if refusal.code in ("manifest", "agency", "signature"):
        try:
            count("machine.address", str(request.META.get("REMOTE_ADDR", "")))
        except TooMany as often:
            words = {"zh": "操作太频繁，请稍后再试", "en": "Too often; try again later"}
            answer = _error(429, "too_many", words)
            answer["Retry-After"] = str(often.again_in)
            return answer
    status = STATUS.get(refusal.code, 422)
    return _error(status, refusal.code, told_both(refusal.code, refusal.values))


def _error(status: int, code: str, words: Mapping[str, str]) -> JsonResponse:
    return _json({"error": {"code": code} | dict(words)}, status)


def _json(content: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def _answer(upload: Any, status: int) -> JsonResponse:
    answer = _json(receipt_letter(upload) | _wrong(upload), status)
    answer["Location"] = f"/agency/api/deliveries/{upload.pk}/"
    return answer


def _wrong(upload: Any) -> dict[str, Any]:
    """What is wrong: never a value, only where and why."""
    told: dict[str, Any] = {}
    if upload.state == REFUSED:
        values = upload.refused["values"]
        rows = [row + 1 for row in upload.refused["rows"]]
        code, values = upload.refused["code"], values | ({"row": rows[0]} if rows else {})
        told["error"] = {"code": code, "rows": rows} | told_both(code, values)
    told["faults"] = [
        {"row": row + 1, "column": heading, "code": code} | told_both(code, {})
        for row, heading, code, _masked in upload.faults[:1000]
    ]
    return told


@public
@require_safe
def receipt(request: HttpRequest, upload_id: UUID) -> JsonResponse:
    """What came of it so far, for whoever knows the 122 random bits of its id."""
    try:
        return _json(*_known(queries.receipt(upload_id)))
    except NotFound:
        return _error(404, "not_found", {"zh": "没有这份回执", "en": "There is no such receipt"})


def _known(upload: Any) -> tuple[dict[str, Any], int]:
    return receipt_letter(upload) | _wrong(upload), 200
