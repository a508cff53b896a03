"""docs/reference/query-plans.md: what the desk's pages cost at city size, and by which index."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLANS = ROOT / "docs" / "plans.json"
FIGURES = ROOT / "bench" / "results" / "desk.json"
TOLD = """How long lists, search and month page take over a city, and by which index they go.
The promise is 100 ms. `python -m bench desk` measures (SQLite, then PostgreSQL; synthetic rows,
seed 7); `tests/house/test_plans.py` asks SQLite for each plan anew, fails where one differs from
this page or reads a big table from end to end, and shows that it fails when an index is taken away.
`DOUDI_PLANS=1` writes the plans anew."""


def query_plans() -> str:
    """The page."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    parts = ["# Query plans", TOLD, *_figures(figures), "## SQLite, query by query", *_plans()]
    for name, one in figures.items():
        if name != "SQLite":
            parts += [f"## {name}, at that size", *_indices(one["plans"])]
    return "\n\n".join(parts) + "\n"


def _figures(found: dict[str, Any]) -> list[str]:
    if not found:
        return []
    told = [
        f"{name}: {one['open']:,} open of "
        + ", ".join(f"{n:,} {what}" for what, n in one["rows"].items())
        + (f"; filled in {one['fill_s']} s" if one["fill_s"] else "")
        + f"; load {one['load']} on two cores while it was measured"
        for name, one in found.items()
    ]
    head = "| page, whose | " + " | ".join(f"{name} (ms)" for name in found) + " |"
    lines = [head, "|---" * (len(found) + 1) + "|"]
    for page in next(iter(found.values()))["pages"]:
        took = (one["pages"].get(page, ["", "", ""]) for one in found.values())
        lines.append(f"| {page} | " + " | ".join(" · ".join(map(str, t)) for t in took) + " |")
    nightly = [
        f"- {name}, {run}: {n['s']} s, {n['cpu_s']} s of CPU, {n['mb_more']} MB more memory"
        for name, one in found.items()
        for run, n in one["nightly"].items()
    ]
    words = (
        "Median · 95th percentile · CPU of the process, of 30 requests in process: session, rights,"
        " queries, template, the journal's line. On SQLite the CPU is the whole work; where others"
        " shared the cores, the clock tells of them too."
    )
    return ["\n".join(f"- {line}" for line in told), words, "\n".join(lines), "\n".join(nightly)]


def _plans() -> list[str]:
    found = json.loads(PLANS.read_text(encoding="utf-8"))
    return [
        f"### {name}\n\n```\n" + "\n\n".join("\n".join(plan) for plan in plans) + "\n```"
        for name, plans in found.items()
    ]


def _indices(found: dict[str, list[list[str]]]) -> list[str]:
    lines = []
    for name, plans in found.items():
        used = dict.fromkeys(line for plan in plans for line in plan)
        lines.append(f"- {name}: {'; '.join(used)}")
    return ["\n".join(lines)]
