"""`doudi init`: an empty, real installation: database, keys, regions, first administrator."""

import argparse
from typing import TextIO

from django.conf import settings
from django.core.management import call_command

from doudi.accounts.actions.add_staff import add_staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import is_empty
from doudi.audit.actor import SYSTEM
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import now
from doudi.kernel.errors import DoudiError
from doudi.regions.actions.load_pack import load_pack
from doudi.regions.queries import cities
from doudi.vault.keys import create_keys


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="doudi init", description=__doc__)
    parser.add_argument("--account", default="admin", help="account of the first administrator")
    parser.add_argument("--name", default="安全管理员", help="name of the first administrator")
    parser.add_argument(
        "--address", default="http://127.0.0.1:8000", help="where it will be served"
    )
    return parser


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with the administrator's one-time link, 1 where somebody works already."""
    args = _parser().parse_args(argv)
    call_command("migrate", interactive=False, verbosity=0)
    if is_demo():
        stderr.write("doudi: this database holds the demonstration; take an empty DOUDI_HOME\n")
        return 1
    if not is_empty():
        stderr.write("doudi: this database is in use; `doudi staff add` adds people to it\n")
        return 1
    if not settings.DOUDI_KEYS.exists():
        create_keys(settings.DOUDI_KEYS)
    places = load_pack()
    city = cities().get()
    posts = [(Role.SECURITY_ADMIN.value, city.pk)]
    try:
        _staff, token = add_staff(args.account, args.name, posts=posts, by=SYSTEM, at=now())
    except DoudiError as refusal:
        stderr.write(f"doudi: {refusal.sentence}\n")
        return 1
    stdout.write(f"{city.name}: {places} regions, keys in {settings.DOUDI_KEYS}\n")
    stdout.write("Keep a copy of the keys apart from the database: without them nothing opens.\n")
    stdout.write(f"First administrator {args.account!r}: open this once, within seven days:\n")
    stdout.write(f"  {args.address}/invite/{token}/\n")
    return 0
