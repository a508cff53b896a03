"""The pack's template of the province's system."""

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from doudi.province.flow import Column, Template


def template() -> Template:
    """The mapping in force."""
    return _read(Path(settings.DOUDI_PACK_DIR) / "exchange" / "province.yaml")


@cache
def _read(path: Path) -> Template:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    columns = tuple(Column(heading, **entry) for heading, entry in told["columns"].items())
    return Template(told["version"], told["key"], columns, told["receipt"])
