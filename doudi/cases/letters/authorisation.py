"""F02 诚信承诺与家庭经济状况核对授权书: who authorised what, as it was signed."""

from typing import Any

from doudi.cases.letters.common import RELATIONS, Data, File, day, minute
from doudi.kernel.errors import NotFound
from doudi.regions.queries import path_name
from doudi.verification.catalog.items import items
from doudi.verification.queries import consents_of


def authorisation(file: File) -> Data:
    """The living authorisations of a case (DB57 art 9); NotFound while nobody has signed."""
    given = [c for c in consents_of(file.case.application_id) if c.withdrawn_at is None]
    if not given:
        raise NotFound("还没有授权书")
    return {
        "case_number": file.case.number,
        "number": given[0].number,
        "signers": [_signer(file, c) for c in given],
        "authorised": f"{path_name(file.case.county, since='city')}民政局",
        "scope": _scope(given),
        "valid_from": day(min(c.signed_at for c in given)),
        "valid_until": min(c.valid_until for c in given).isoformat(),
        "witness": _witness(given),
        "text_version": given[0].text_version,
    }


def _scope(given: list[Any]) -> list[str]:
    """The items that everybody authorised, by name, in the order of the catalogue."""
    by_all = set.intersection(*(set(c.scope) for c in given))
    return [item.zh for item in items() if item.code in by_all]


def _signer(file: File, consent: Any) -> Data:
    return {
        "name": consent.name,
        "relation": RELATIONS.get(consent.relation, consent.relation),
        "id_number": file.id_number(consent.id_number.open() or ""),
        "manner": consent.manner,
        "signed_by": consent.signed_by,
        "stroke": (consent.evidence.open() or {}).get("stroke") or [],
        "signed_on": day(consent.signed_at),
        "signed_at": minute(consent.signed_at),
        "evidence_sha256": consent.evidence_sha256,
        **({"guardian": consent.signed_by} if consent.guardian_of else {}),
    }


def _witness(given: list[Any]) -> Data:
    seen = next((c for c in given if c.witness), None)
    return {"name": seen.witness, "on": day(seen.signed_at)} if seen else {}
