"""Hands in an application behind the house's back, for journeys that begin after it.

Run as a process of its own: the house that serves the pages is another one. Prints the number.
"""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from doudi.cases.queries import case_by_id
from doudi.clock.time import refresh
from doudi.demo.play import apply

refresh()
declaration = json.loads((Path(os.environ["DOUDI_HOME"]) / "stories.json").read_text())["ren"]
sys.stdout.write(case_by_id(apply(declaration)).number)
