"""Loads the regions of the pack: 11 counties, 177 towns, 2,187 villages.

Clause: national list of divisions, state of 2023-06-30 (packs/<city>/regions.csv)
Move:   none      Right: none, the operator's command      Says: nothing
"""

import csv
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from doudi.kernel.errors import Invalid
from doudi.kernel.region_code import RegionCodeError, level
from doudi.regions.models import AreaClass, Level, Region


def load_pack(rows: Iterable[Mapping[str, str]] | None = None) -> int:
    """Writes the rows (default: the pack's regions.csv) and returns how many there are.

    Idempotent: a second run renames what was renamed and adds what is new; it deletes nothing.
    Invalid when a code does not fit its level or its parent is missing.
    """
    regions = [_region(row) for row in (_pack_rows() if rows is None else rows)]
    _check_parents(regions)
    with transaction.atomic():
        Region.objects.bulk_create(
            sorted(regions, key=lambda region: region.code),
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "level", "parent", "area"],
        )
    return len(regions)


def _pack_rows() -> list[dict[str, str]]:
    with (settings.DOUDI_PACK_DIR / "regions.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines))


def _region(row: Mapping[str, str]) -> Region:
    code = row["code"]
    try:
        fits = level(code) == row["level"]
    except RegionCodeError:
        fits = False
    if not fits:
        raise Invalid({"code": _("区划代码与级别不符：") + code})
    return Region(
        code=code,
        name=row["name"],
        level=row["level"],
        parent_id=row["parent"] or None,
        area=area_class(row["name"]) if row["level"] == Level.VILLAGE else "",
    )


def area_class(name: str) -> str:
    """Residents' committees are urban, villagers' rural: the list has no other sign."""
    rural = name.endswith(("村委会", "村民委员会", "村"))
    return AreaClass.RURAL if rural else AreaClass.URBAN


def _check_parents(regions: list[Region]) -> None:
    known = {region.code for region in regions}
    known |= set(Region.objects.values_list("code", flat=True))
    for region in regions:
        if region.parent_id and region.parent_id not in known:
            raise Invalid({"parent": _("上级区划不在表中：") + region.code})
