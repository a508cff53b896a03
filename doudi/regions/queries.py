"""Every reading of regions: one place, what lies in it, and its name as people say it."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Func, Q, QuerySet
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils.translation import gettext as _

from doudi.kernel.errors import NotFound
from doudi.kernel.region_code import LENGTHS, full, level, stem
from doudi.regions.models import Level, Region

HOTLINE = "12345"
COMMITTEE = re.compile(
    r"(社区|村)?(居民委员会|居民委会|居委员会|居委会会|居委会|村民委员会|村委会|委员会|委会)$"
)


def get(code: str) -> Region:
    """The region of a code of any length; NotFound when the list has none."""
    region = Region.objects.filter(pk=code.ljust(12, "0")).first()
    if region is None:
        raise NotFound(_("没有这个区划"))
    return region


def exists(code: str) -> bool:
    """Whether the list has a region of this code (of any length)."""
    return Region.objects.filter(pk=code.ljust(12, "0")).exists()


def cities() -> QuerySet[Region]:
    """The city (of one installation, there is one)."""
    return Region.objects.filter(level=Level.CITY)


def towns() -> QuerySet[Region]:
    """All towns and sub-districts, by code."""
    return Region.objects.filter(level=Level.TOWN)


def counties() -> QuerySet[Region]:
    """The counties and districts, by code."""
    return Region.objects.filter(level=Level.COUNTY)


def villages_of(town: str) -> QuerySet[Region]:
    """The villages and communities of a town given by 9 or 12 digits."""
    return Region.objects.filter(parent_id=full(town))


def children_of(code: str) -> QuerySet[Region]:
    """What lies directly in a region."""
    return Region.objects.filter(parent_id=full(code))


def villages_among(codes: Iterable[str]) -> set[str]:
    """Those of some codes that are villages; one query for every five hundred."""
    asked, found = sorted(set(codes)), set[str]()
    for start in range(0, len(asked), 500):
        rows = Region.objects.filter(level=Level.VILLAGE, code__in=asked[start : start + 500])
        found |= set(rows.values_list("code", flat=True))
    return found


def name_of(code: str) -> str:
    """The name as the list writes it; NotFound when there is none."""
    return get(code).name


def office_phone(code: str) -> str:
    """The office's phone, or the national assistance line where none is on file."""
    return get(code).office_phone or HOTLINE


def offices_of(codes: Iterable[str]) -> dict[str, str]:
    """Each office as one says it to somebody who must reach it: 勉县，电话0916-…; one query."""
    lines = {code: _line(full(code), "county") for code in codes}
    found = Region.objects.in_bulk({place for line in lines.values() for place in line})
    said = {}
    for code, line in lines.items():
        phone = found[full(code)].office_phone or HOTLINE
        said[code] = "".join(spoken(found[p]) for p in line) + f" {phone}"
    return said


def area_of(village_code: str) -> str:
    """`urban` or `rural`: which standard holds there; empty above the villages."""
    return get(village_code).area


def village_areas() -> dict[str, str]:
    """`urban` or `rural` for every village."""
    return dict(Region.objects.filter(level=Level.VILLAGE).values_list("code", "area"))


def spoken(region: Region) -> str:
    """博望社区居民委员会 → 博望社区, 板桥村委会 → 板桥村: the place, not its committee."""
    if region.level != Level.VILLAGE:
        return region.name
    kind = "村" if region.area == "rural" else "社区"
    return COMMITTEE.sub("", region.name).removesuffix(kind) + kind


def path_name(code: str, since: str = "county") -> str:
    """汉台区七里街道博望社区: the names from the level `since` down to the code."""
    return path_names([code], since)[code]


def path_names(codes: list[str], since: str = "county") -> dict[str, str]:
    """The path of each code in one query; NotFound names the first that the list lacks."""
    wanted = {code: _line(full(code), since) for code in codes}
    found = Region.objects.in_bulk({place for line in wanted.values() for place in line})
    for code in codes:
        if full(code) not in found:
            raise NotFound(_("没有这个区划"))
    return {code: "".join(spoken(found[p]) for p in line) for code, line in wanted.items()}


def names_along(codes: Iterable[str]) -> dict[str, str]:
    """The path of each code that is on the list; others are left out. One query, none for none."""
    wanted = {code: _line(full(code), "county") for code in codes}
    found = Region.objects.in_bulk({place for line in wanted.values() for place in line})
    return {
        code: "".join(spoken(found[place]) for place in line)
        for code, line in wanted.items()
        if all(place in found for place in line)
    }


def _line(code: str, since: str) -> list[str]:
    """The codes from `since` down to the code; the code itself always belongs to it."""
    lengths = dict(LENGTHS)
    own = lengths[level(code)]
    line = [full(code[:n]) for n in lengths.values() if lengths[since] <= n < own]
    return [*line, code]


def with_children(code: str) -> tuple[str, list[Region]]:
    """The path name of a region, and what lies directly in it, by one query."""
    line = [*_line(full(code), "county")]
    found = {r.pk: r for r in Region.objects.filter(Q(pk__in=line) | Q(parent_id=full(code)))}
    if full(code) not in found:
        raise NotFound(_("没有这个区划"))
    name = "".join(spoken(found[place]) for place in line)
    return name, [region for pk, region in found.items() if pk not in line]


def within(code: str) -> QuerySet[Region]:
    """A region and everything in it."""
    return Region.objects.filter(code__startswith=stem(full(code)))


class _Beside(Func):
    """A column that no index shall be sought by: SQLite takes the place for a narrow range, also
    where it is the whole city and a month is what narrows.
    """

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite's own way of saying so."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


def beside(prefix: str, field: str) -> Q:
    """Rows whose code begins with the digits, where something else leads to them."""
    after, place = str(int(prefix) + 1).zfill(len(prefix)), _Beside(F(field))
    return Q(GreaterThanOrEqual(place, prefix)) & Q(LessThan(place, after))


def beside_any(stems: Iterable[str], field: str) -> Q:
    """The same for any of these places; none when there are no places."""
    found = Q(pk__in=[])
    for prefix in stems:
        found |= beside(prefix, field)
    return found


def villages_named(words: str) -> list[str]:
    """The codes of the villages whose name begins so."""
    rows = Region.objects.filter(level=Level.VILLAGE, name__startswith=words)
    return list(rows.values_list("pk", flat=True))


def villages_called(words: str) -> list[str]:
    """The codes of the villages that somebody means: by name, town or county before it or not."""
    for start in range(max(len(words) - 1, 0)):
        found = villages_named(words[start:])
        names = path_names(found) if found else {}
        found = [code for code in found if words[:start] in names[code]]
        if found:
            return found
    return []


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The spoken name of each code (of any length) that the list has; one query."""
    wanted = {full(code): code for code in codes if code}
    found = Region.objects.in_bulk(list(wanted))
    return {wanted[pk]: spoken(region) for pk, region in found.items()}
