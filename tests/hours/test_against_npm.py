"""Real expressions, evaluated at 500 moments by `ht` and by npm's opening_hours; each difference stands in docs/hours.md."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from ht_cli.hours import readable_hours
from ht_cli.hours.calendar import public_holidays
from ht_cli.hours.evaluating import PUBLIC_HOLIDAY, Stretch, day_of
from tests.browser import node_module
from tests.conftest import ROOT, program
from tests.hours.test_grammar import EXPRESSIONS

YEARS = (2026, 2027)
CLOCK_CHANGES = ("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31")
MOMENTS = 500
ANY = "any"


def moments() -> list[datetime]:
    """By the clock on the wall: each public holiday with the days around it, the nights of the clock change, and times by chance."""
    found = {
        datetime(day.year, day.month, day.day) + timedelta(days=days, hours=hours)
        for year in YEARS
        for day in public_holidays(year)
        for days in (-1, 0, 1)
        for hours in (1.5, 10.5, 18.25)
    }
    found |= {datetime.fromisoformat(f"{day} {time}") for day in CLOCK_CHANGES for time in ("00:30", "01:45", "03:15", "04:00", "23:45")}
    chance = Random(2026)
    while len(found) < MOMENTS:
        moment = datetime(YEARS[0], 1, 1) + timedelta(minutes=15 * chance.randrange(len(YEARS) * 365 * 96))
        if moment.hour != 2 or f"{moment:%Y-%m-%d}" not in CLOCK_CHANGES:  # left out, or shown twice
            found.add(moment)
    return sorted(found)


def ours(expression: str, moment: datetime) -> Stretch:
    if not readable_hours(expression):
        return Stretch(0, 0, "unknown")
    minute = moment.hour * 60 + moment.minute
    return next(stretch for stretch in day_of(expression, moment.date(), "") if stretch.start <= minute < stretch.end)


def differences(expression: str, theirs: list[str] | str, at: list[datetime]) -> Iterator[tuple[str, str, str]]:
    """Give each way in which the two differ: the expression (or any, of holidays that it does not name), our state, theirs."""
    if isinstance(theirs, str):
        yield from {(expression, ours(expression, moment).state, "refused") for moment in at}
        return
    for moment, state in zip(at, theirs, strict=True):
        stretch = ours(expression, moment)
        if stretch.state != state:
            yield (ANY if stretch.doubt == PUBLIC_HOLIDAY and " PH" not in f" {expression}" else expression, stretch.state, state)


def explained() -> Iterator[tuple[str, str, str]]:
    """Give the rows of the table: its expressions, our states and theirs."""
    for line in (ROOT / "docs" / "hours.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 4 and (expressions := re.findall(r"`([^`]+)`", cells[0]) or [ANY] * cells[0].startswith(ANY)):
            yield from (
                (text.replace("\\|", "|"), a, b) for text in expressions for a in cells[1].split(" or ") for b in cells[2].split(" or ")
            )


def test_there_are_enough_of_each() -> None:
    assert len(EXPRESSIONS) >= 280
    assert len(set(EXPRESSIONS)) == len(EXPRESSIONS)
    assert len(moments()) == MOMENTS


def test_every_difference_from_npm_is_explained_and_no_other_is() -> None:
    node_module("opening_hours/package.json")
    version = json.loads((ROOT / "node_modules" / "opening_hours" / "package.json").read_text("utf-8"))["version"]
    assert f"opening_hours {version}" in (ROOT / "docs" / "hours.md").read_text("utf-8")
    at = moments()
    asked = json.dumps({"expressions": EXPRESSIONS, "moments": [moment.isoformat() for moment in at]})
    run = subprocess.run(
        [program("node"), str(ROOT / "tests" / "hours" / "npm.mjs")],
        input=asked, capture_output=True, text=True, check=True, cwd=ROOT, env=os.environ | {"TZ": "Europe/Brussels"},
    )  # fmt: skip
    found = {
        each for expression, theirs in zip(EXPRESSIONS, json.loads(run.stdout), strict=True) for each in differences(expression, theirs, at)
    }
    assert found == set(explained())


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_day_is_told_whole_and_without_gaps(expression: str) -> None:
    if not readable_hours(expression):
        return
    for moment in moments()[::25]:
        told = day_of(expression, moment.date(), "nl")
        assert told[0].start == 0
        assert told[-1].end == 24 * 60
        assert all(one.end == other.start and one[2:5] != other[2:5] for one, other in pairwise(told))
