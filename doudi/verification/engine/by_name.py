"""The column engines by name (house.md section 14): DuckDB and Arrow cost a second to import.

The server's start must not pay it, and Spark is an extra; nothing else here imports by name.
"""

import importlib
from types import ModuleType

PARTS = (
    "intake",
    "reading",
    "columns",
    "compare",
    "duck",
    "spark",
    "matching",
    "evidence",
    "known",
    "homes",
    "unregistered",
)


def engine(name: str) -> ModuleType:
    """A part of the engine, imported when it is first needed."""
    if name not in PARTS:
        raise ValueError(name)
    return importlib.import_module(f"doudi.verification.engine.{name}")
