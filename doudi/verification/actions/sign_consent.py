"""签署核对授权: one person's leave to ask, with evidence.

Clause: SI649 art 58; DB57 art 9
Move:   none      Right: consent.witness where an officer witnesses      Says: ConsentSigned
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Invalid
from doudi.outbox.announce import announce
from doudi.verification.catalog.items import codes
from doudi.verification.events import ConsentSigned
from doudi.verification.file import lasts
from doudi.verification.models import Consent

TEXT_VERSION = "2022-01"
MANNERS = ("code", "witness", "thumbprint", "guardian")
MOST_STROKE = 60_000


@dataclass(frozen=True)
class Signature:
    """Who signs for whom, and how: typed name with phone code, witness, thumbprint or guardian."""

    member_key: str
    name: str
    id_number: str
    relation: str
    signed_by: str
    manner: str
    guardian_of: str = ""
    witness: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)


def sign_consent(ref: UUID, signature: Signature, *, by: Actor, at: dt.datetime) -> Consent:
    """Stores the authorisation for all items; Conflict when the member has a living one."""
    _check(signature)
    evidence = signature.evidence | {
        "ref": str(ref),
        "member": signature.member_key,
        "signed_by": signature.signed_by,
        "manner": signature.manner,
        "text": TEXT_VERSION,
        "at": at.isoformat(),
    }
    digest = hashlib.sha256(
        json.dumps(evidence, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()
    try:
        with transaction.atomic():
            consent = Consent.objects.create(
                number=f"SQ{at:%y%m%d}{digest[:10].upper()}",
                ref=ref,
                member_key=signature.member_key,
                name=signature.name,
                id_number=signature.id_number,
                relation=signature.relation,
                signed_by=signature.signed_by,
                guardian_of=signature.guardian_of,
                manner=signature.manner,
                evidence=evidence,
                evidence_sha256=digest,
                text_version=TEXT_VERSION,
                scope=codes(),
                signed_at=at,
                valid_until=lasts("verification.consent_days", at),
                witness=signature.witness,
            )
            write(
                "verification.consent_signed",
                actor=by,
                subject=f"consent:{consent.pk}",
                detail={"manner": signature.manner, "sha256": digest[:24]},
            )
            announce(ConsentSigned(consent.pk, ref))
    except IntegrityError:
        raise Conflict("这位家庭成员已经签过授权书") from None
    return consent


def _check(signature: Signature) -> None:
    problems = {}
    if signature.manner not in MANNERS:
        problems["manner"] = "不认识的签署方式"
    if not signature.signed_by.strip():
        problems["signed_by"] = "请写下签字人的姓名"
    elif signature.manner == "code" and signature.signed_by.strip() != signature.name:
        problems["signed_by"] = "签名要与本人姓名一致"
    if signature.manner in ("witness", "thumbprint") and not signature.witness:
        problems["witness"] = "按手印或代签要有见证人"
    if len(str(signature.evidence.get("stroke", ""))) > MOST_STROKE:
        problems["stroke"] = "手写签名太大，请重写"
    if problems:
        raise Invalid(problems)
