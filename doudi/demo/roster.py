"""Who is on duty in the demonstration: the towns of the stories by day and night, every county."""

from doudi.accounts.models import Staff
from doudi.clock.time import now
from doudi.demo.staff import PLAIN, PLAIN_COUNTIES
from doudi.regions.models import Level, Region
from doudi.urgent.actions.set_roster import Shift, add_shift

# Seat, from hour, to hour, turn.
TOWN = (
    ("clerk", 18, 8, 1),
    ("review", 18, 8, 2),
    ("review", 8, 18, 1),
    ("clerk", 8, 18, 2),
)
COUNTY = (("officer", 0, 24, 1), ("check", 0, 24, 2))


def build() -> None:
    """Every weekday; the towns without a roster ring everybody who may answer there."""
    for code, word in PLAIN.items():
        _shifts(code, word, TOWN)
    for county in Region.objects.filter(level=Level.COUNTY):
        code = county.code[:6]
        _shifts(code, PLAIN_COUNTIES.get(code, code), COUNTY)


def _shifts(region: str, word: str, lines: tuple[tuple[str, int, int, int], ...]) -> None:
    people = {s: Staff.objects.get(account=f"{word}.{s}") for s, *_ in lines}
    for weekday in range(7):
        for seat, since, until, turn in lines:
            shift = Shift(people[seat].pk, since, until, weekday, order=turn)
            add_shift(region, shift, by=None, at=now())
