"""`doudi WORD …`: finds the file of the word, prepares what it needs, and hands over.

One of the two places that import by name (house.md section 14): a word loads only its own tools.
"""

import importlib
import os
import sys
from typing import TextIO

import django

WORDS: dict[str, str] = {
    "init": "an empty, real installation with its first administrator",
    "staff": "add or import officers and assistants",
    "demo": "the demonstration city, built from one seed",
    "serve": "web server, worker and scheduler together",
    "web": "the web server alone",
    "worker": "worker and scheduler alone",
    "assess": "findings for the households of a file; needs no database",
    "assess-register": "the same rules over the whole register, by columns",
    "deliver": "takes in a department's file, or says why not",
    "compare": "compares the whole register with what the departments delivered",
    "report": "one household's verification report, as an officer who may see it",
    "takeover": "takes over the running awards of an old system, or rehearses it",
    "roll": "prepares a month's payment rolls",
    "bank-file": "writes a released file for the bank, with its signature and hash",
    "bank-result": "takes in what the bank gave back",
    "bank-simulator": "a bank in a process of its own, with faults by a seed",
    "reconcile": "entitlements, ledger and bank of a month side by side",
    "audit": "checks the audit chains",
    "backup": "everything but the keys as one sealed file",
    "restore": "a backup into an empty home, compared with what it says",
    "check": "what an operator must know before going live",
    "recordings": "which fixed texts are recorded for phones that cannot speak, and by whom",
}
WITHOUT_DATABASE = frozenset({"assess"})


def _usage(out: TextIO) -> None:
    width = max(map(len, WORDS))
    out.write("usage: doudi WORD …   (doudi WORD --help tells more)\n\n")
    for word, meaning in WORDS.items():
        out.write(f"  {word:<{width}}  {meaning}\n")


def main(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Runs one word; 0 good, 1 refused with a sentence on stderr, 2 wrong usage."""
    if not argv or argv[0] in ("-h", "--help"):
        _usage(stdout)
        return 0 if argv else 2
    if argv[0] not in WORDS:
        stderr.write(f"doudi: there is no word {argv[0]!r}\n")
        _usage(stderr)
        return 2
    if argv[0] not in WITHOUT_DATABASE:
        # Before the import: the other words open tables.
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
        django.setup()
    module = importlib.import_module(f"doudi.commands.{argv[0].replace('-', '_')}")
    try:
        return int(module.run(argv[1:], stdout, stderr))
    except SystemExit as leaving:
        return int(leaving.code or 0)


def entry() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:], sys.stdout, sys.stderr))


if __name__ == "__main__":
    entry()
