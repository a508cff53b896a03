"""What a next release does to a table that everybody writes, forward and back, in a process.

`python -m tests.drills.next_release [--at-once]`: a column that may be empty, filled by pieces, and
an index made beside the work (P11). The control does all of it in one transaction, as nobody may.
"""

import sys
import time

import django
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField

PIECE, LARGE_CITY = 200, 4.0  # rows; the seconds that filling a large city's column would take


def main() -> int:
    """Forward, then back, so that it can be done again."""
    django.setup()
    at_once = "--at-once" in sys.argv
    state = MigrationLoader(connection).project_state()
    ways = []
    for operation in _operations():
        after = state.clone()
        operation.state_forwards("cases", after)
        ways.append((operation, state, after))
        state = after
    if at_once:
        with transaction.atomic():
            _walk(ways[:1])
            _fill(None)
            time.sleep(LARGE_CITY)
    else:
        _walk(ways[:1])
        while _fill(PIECE):
            pass
        _walk(ways[1:])
    for operation, before, after in reversed(ways[: 1 if at_once else None]):
        with connection.schema_editor(atomic=operation.atomic is not False) as editor:
            operation.database_backwards("cases", editor, after, before)
    return 0


def _operations():
    from doudi.vault.migrating import AddIndexSafely  # noqa: PLC0415  needs Django

    word = models.CharField(max_length=20, null=True)
    index = models.Index(fields=["next_word", "number"], name="next_release")
    return AddField("application", "next_word", word), AddIndexSafely("application", index)


def _walk(ways):
    for operation, before, after in ways:
        with connection.schema_editor(atomic=operation.atomic is not False) as editor:
            operation.database_forwards("cases", editor, before, after)


def _fill(piece):
    """Some rows that have no word yet; how many there were."""
    limit = f"limit {piece}" if piece else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "update cases_application set next_word = 'filled' where id in"  # noqa: S608
            f" (select id from cases_application where next_word is null {limit} for update)"
        )
        return cursor.rowcount if piece and cursor.rowcount == piece else 0


if __name__ == "__main__":
    sys.exit(main())
