"""Says days in the reader's language: 10 August 2026, and the first of a month as that language calls it; reads those that exist."""

import re
from datetime import date

from ht_cli.locale import translate as _

_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T.*)?)?)?")


def first_day(text: str) -> date:
    """Give the first day that 2026, 2026-08 or 2026-08-10 may mean. Raises ValueError for anything else, 2026-02-31 among it."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text, re.ASCII)
    if not found:
        raise ValueError(text)
    return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))


def day_text(iso: str) -> str:
    """Say a day, a month or a year written as 2026-08-10, 2026-08 or 2026; what is written in another way stays as it is."""
    found = _DAY.fullmatch(iso)
    if not found or not found[2]:
        return iso
    month = month_names()[int(found[2]) - 1]
    day = day_of_month(int(found[3]), month) if found[3] else month
    return _("{day} {year}").format(day=day, year=found[1])


def day_of_month(day: int, month: str) -> str:
    """Say a day of a month: 1er décembre, 2 décembre."""
    return (_("1 {month}") if day == 1 else _("{day} {month}")).format(day=day, month=month)


def month_names() -> tuple[str, ...]:
    """Give the names of the months, January first."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def weekday_names() -> tuple[str, ...]:
    """Give the names of the days, Monday first."""
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
