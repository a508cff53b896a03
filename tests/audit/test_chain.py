"""The journal: every change behind its back is found, and named."""

import random

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.anchors import export_heads
from doudi.audit.chain import entry_hash
from doudi.audit.journal import PersonalValue, as_values, write
from doudi.audit.models import Entry, Head
from doudi.audit.verifier import Break, main, read_anchors, verify

pytestmark = pytest.mark.django_db
CHAINS = ("610702", "610727", "610700")


def a_journal(lines: int = 60) -> tuple[list[dict], list[tuple[str, int, str]]]:
    for n in range(lines):
        write("case.viewed", actor=SYSTEM, subject=f"case:{n}", chain=CHAINS[n % 3])
    return rows(), list(Head.objects.values_list("chain", "seq", "hash"))


def rows() -> list[dict]:
    return [
        as_values(e) | {"prev_hash": e.prev_hash, "hash": e.hash}
        for e in Entry.objects.order_by("chain", "seq")
    ]


def _edit(entries, place):
    entries[place] = entries[place] | {"subject": "case:forged"}


def _delete(entries, place):
    del entries[place]


def _insert(entries, place):
    entries.insert(place, dict(entries[place]))


def _swap(entries, place):
    other = place + 1 if entries[place]["seq"] < 20 else place - 1
    entries[place], entries[other] = entries[other], entries[place]


def _relink(entries, place):
    forged = entries[place] | {"actor_name": "别人"}
    entries[place] = forged | {"hash": entry_hash(forged, forged["prev_hash"])}


def _renumber(entries, place):
    entries[place] = entries[place] | {"seq": entries[place]["seq"] + 1000}


def _truncate(entries, place):
    last = max(n for n, e in enumerate(entries) if e["chain"] == entries[place]["chain"])
    del entries[last]


def _unlink(entries, place):
    entries[place] = entries[place] | {"prev_hash": "0" * 64}


@pytest.mark.parametrize(
    "mutation", [_edit, _delete, _insert, _swap, _relink, _renumber, _truncate, _unlink]
)
def test_every_mutation_at_every_place_is_found(mutation):
    entries, heads = a_journal()
    dice = random.Random(7)

    unseen = []
    for _ in range(200):
        forged = [dict(e) for e in entries]
        place = dice.randrange(len(forged))
        mutation(forged, place)
        if not verify(forged, heads).breaks:
            unseen.append(place)

    assert unseen == []


@pytest.mark.parametrize(
    ("mutation", "seq", "why"),
    [
        (_edit, 8, "its content was changed"),
        (_unlink, 8, "it does not continue the entry before it"),
        (_delete, 9, "an entry before it is missing"),
        (_insert, 8, "its number stands twice"),
    ],
)
def test_the_first_broken_entry_is_named_with_the_reason(mutation, seq, why):
    entries, heads = a_journal()
    place = next(n for n, e in enumerate(entries) if (e["chain"], e["seq"]) == ("610702", 8))

    mutation(entries, place)

    assert verify(entries, heads).breaks == (Break("610702", seq, why),)


def test_an_untouched_journal_holds():
    entries, heads = a_journal()

    verdict = verify(entries, heads)

    assert (verdict.entries, verdict.chains, verdict.breaks) == (60, 3, ())


def test_a_tail_rewritten_with_its_head_is_found_only_by_the_anchor_outside(tmp_path):
    settings.DOUDI_ANCHORS = tmp_path
    entries, heads = a_journal()
    export_heads()
    last = max(n for n, e in enumerate(entries) if e["chain"] == "610702")
    forged = entries[last] | {"subject": "case:forged"}
    forged["hash"] = entry_hash(forged, forged["prev_hash"])
    entries[last] = forged
    heads = [(c, s, forged["hash"] if c == "610702" else h) for c, s, h in heads]

    without, with_anchor = verify(entries, heads), verify(entries, heads, read_anchors(tmp_path))

    assert without.breaks == ()
    assert [b.chain for b in with_anchor.breaks] == ["610702"]


def test_a_tail_rewritten_from_any_place_with_its_head_is_named_by_the_heads_outside(tmp_path):
    """Who owns the database can make a chain whole again; not the head that another one holds."""
    settings.DOUDI_ANCHORS = tmp_path
    entries, heads = a_journal()
    export_heads()
    anchors, dice = list(read_anchors(tmp_path)), random.Random(7)

    seen, named = [], []
    for _ in range(200):
        forged, mended = rewritten([dict(e) for e in entries], heads, dice.randrange(60))
        seen.append(verify(forged, mended).breaks)
        named.append(len(verify(forged, mended, anchors).breaks))

    assert (set(seen), set(named)) == ({()}, {1})


def rewritten(entries: list[dict], heads: list, place: int) -> tuple[list[dict], list]:
    """The entry at a place tells something else; all that follows in its chain is made to fit."""
    chain, before = entries[place]["chain"], entries[place]["prev_hash"]
    entries[place] |= {"actor_name": "别人"}
    for entry in entries[place:]:
        if entry["chain"] == chain:
            entry["prev_hash"] = before
            entry["hash"] = before = entry_hash(entry, before)
    return entries, [(c, s, before if c == chain else h) for c, s, h in heads]


def test_a_forged_anchor_line_is_refused(tmp_path):
    settings.DOUDI_ANCHORS = tmp_path
    a_journal()
    export_heads()
    path = tmp_path / "heads.jsonl"
    path.write_text(path.read_text().replace("610727", "610728"))

    with pytest.raises(ValueError, match="anchor line"):
        list(read_anchors(tmp_path))


def test_without_an_anchor_nobody_sees_a_chain_that_vanished_whole(tmp_path):
    settings.DOUDI_ANCHORS = tmp_path
    entries, heads = a_journal()
    export_heads()

    entries = [e for e in entries if e["chain"] != "610727"]
    heads = [h for h in heads if h[0] != "610727"]

    assert verify(entries, heads).breaks == ()
    assert [b.chain for b in verify(entries, heads, read_anchors(tmp_path)).breaks] == ["610727"]


def test_only_chains_that_grew_get_a_new_anchor(tmp_path):
    settings.DOUDI_ANCHORS = tmp_path
    a_journal()

    first = export_heads()
    write("case.viewed", actor=SYSTEM, subject="case:9", chain="610702")
    second, third = export_heads(), export_heads()

    assert (first, second, third) == (3, 1, 0)


def test_an_anchor_line_torn_by_a_power_cut_is_written_again(tmp_path):
    settings.DOUDI_ANCHORS = tmp_path
    a_journal()
    export_heads()
    path = tmp_path / "heads.jsonl"
    path.write_bytes(path.read_bytes()[:-40])

    export_heads()

    assert len(list(read_anchors(tmp_path))) == 3


@pytest.mark.django_db(transaction=True)
def test_the_database_file_is_verified_without_the_product(tmp_path, capsys):
    settings.DOUDI_ANCHORS = tmp_path
    with transaction.atomic():
        a_journal(9)
    export_heads()
    held = connection.settings_dict
    address = (
        str(held["NAME"])
        if connection.vendor == "sqlite"
        else f"postgresql:///{held['NAME']}?host={held['HOST']}&user={held['USER']}"
    )

    good = main([address, str(tmp_path)])
    missing = main([str(tmp_path / "nothing.sqlite3")])

    assert (good, missing) == (0, 1)
    assert "9 entries in 3 chains, 3 anchors" in capsys.readouterr().out


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET subject = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_itself_refuses_to_change_an_entry(statement):
    a_journal(3)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.count() == 3


def test_no_personal_number_may_stand_in_the_journal():
    with pytest.raises(PersonalValue):
        write("case.viewed", actor=SYSTEM, subject="person:610799197402110011")

    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_written_only_inside_the_transaction_of_the_deed():
    with pytest.raises(RuntimeError):
        write("case.viewed", actor=SYSTEM, subject="case:1")

    assert Entry.objects.count() == 0
