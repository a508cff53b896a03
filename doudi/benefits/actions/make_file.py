"""成文件: the orders of a roll as the bank's file, hashed and signed, and what the county now owes.

Clause: promises.md P3 (number once, count, sum, hash, signature)
Move:   -> RELEASED (file)      Right: called by the actions that release      Says: nothing
"""

import datetime as dt

from doudi.benefits.channels.layouts import bank_data
from doudi.benefits.figures import sha256
from doudi.benefits.file import compose, first_tries, orders_of, sums_by_kind
from doudi.benefits.flow import FileStage
from doudi.benefits.models import BankFile, Roll
from doudi.ledger.actions.post import post
from doudi.ledger.figures import Batch, released
from doudi.vault.signing import sign


def make_file(roll: Roll, hand: tuple[str, str], at: dt.datetime) -> BankFile:
    """Within the transaction of the release; a release after a withdrawal gets a new number."""
    tries = first_tries(roll)
    layout = bank_data().layout_of(roll.county)
    orders = orders_of(tries, layout)
    before = roll.files.count()
    file = BankFile(
        number=f"{roll.number}-{before + 1}" if before else roll.number,
        roll=roll,
        county=roll.county,
        layout=layout,
        stage=FileStage.RELEASED,
        count=len(orders),
        total_fen=sum(order.amount_fen for order in orders),
        prepared_by_id=roll.checked_by_id,
        prepared_by=roll.checked_by,
        prepared_at=at,
        released_at=at,
    )
    file.released_by_id, file.released_by = hand
    text = compose(file, orders)
    file.sha256, file.signature = sha256(text), sign(text)
    file.save(force_insert=True)
    tries.update(file=file)
    batch = Batch(roll.county, roll.month, sums_by_kind(tries), f"roll:{roll.pk}")
    post(released(str(file.pk), batch), at=at, by_name=file.released_by)
    return file
