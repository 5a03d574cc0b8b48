"""Whether the schools of a Community are on holiday, from a table of a few years; not known outside it and on days in doubt."""

from datetime import date, timedelta
from functools import cache

from ht_cli.model import Resource
from ht_cli.shapes import NamedTuple

TABLE = "school_holidays.toml"
GERMAN = {"63001", "63012", "63013", "63023", "63040", "63048", "63061", "63067", "63087"}
# The municipalities with facilities for another language, and so with schools of two Communities; the German-speaking nine have one.
FACILITIES = {
    "23009", "23098", "23099", "23100", "23101", "23102", "23103", "33016", "34043", "45041", "51019", "51067", "57096", "57097",
    "63049", "63080", "73028", "73109",
}  # fmt: skip
# By the first figures of a municipality's NIS code, which are those of its province; Brussels (21) has schools of two Communities.
BY_PROVINCE = {"1": "nl", "23": "nl", "24": "nl", "25": "fr", "3": "nl", "4": "nl", "5": "fr", "6": "fr", "7": "nl", "8": "fr", "9": "fr"}


class Calendar(NamedTuple):
    """The school years of a Community that are known, their holidays, and the single days without lessons."""

    since: date
    until: date
    holidays: tuple[tuple[date, date], ...]
    free: frozenset[date]


def community_of(resource: Resource) -> str:
    """Give the Community (nl, fr, de) whose school holidays a resource keeps; empty where that is not certain.

    It is that of its addresses, or without any that of the municipalities it serves, where all lie in one.
    """
    places = {address.nis for address in resource.addresses} or {area.removeprefix("nis:") for area in resource.areas}
    found = {community_at(nis) for nis in places}
    return found.pop() if len(found) == 1 else ""


def community_at(nis: str) -> str:
    """Give the Community that keeps the schools of a municipality; empty where two do."""
    if nis in GERMAN:
        return "de"
    return "" if nis in FACILITIES else next((community for code, community in BY_PROVINCE.items() if nis.startswith(code)), "")


def is_school_holiday(day: date, community: str) -> bool | None:
    """Say whether the schools of a Community are on holiday.

    None where it is not known, on a single day without lessons, and on the weekend before a holiday, which some count and some do not.
    """
    calendar = _calendars().get(community)
    if calendar is None or not calendar.since <= day <= calendar.until or day in calendar.free:
        return None
    if any(first <= day <= last for first, last in calendar.holidays):
        return True
    monday = day + timedelta(7 - day.weekday())
    return None if day.weekday() >= 5 and any(first == monday for first, _last in calendar.holidays) else False


@cache
def _calendars() -> dict[str, Calendar]:
    import tomllib  # 2 ms with what follows, wanted only for hours that speak of the schools
    from pathlib import Path

    tables = tomllib.loads(Path(__file__).with_name(TABLE).read_text("utf-8"))
    return {
        community: Calendar(
            table["known"][0], table["known"][1], tuple((first, last) for first, last in table["holidays"]), frozenset(table["free"])
        )
        for community, table in tables.items()
    }
