"""What day and what moment it is; the one place that asks, so that a test can hold the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def now() -> datetime:
    """Give the time in Europe/Brussels, to the minute."""
    return datetime.now(BRUSSELS).replace(second=0, microsecond=0)


def today() -> date:
    """Give the day in Belgium."""
    return datetime.now(BRUSSELS).date()


def moment() -> str:
    """Give the moment in UTC as ISO 8601 with milliseconds: 2026-11-24T14:03:07.120Z."""
    return written(datetime.now(UTC))


def written(at: datetime) -> str:
    """Write a time with its zone as `moment` does, so that the later one also comes later as text."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day_in_belgium(moment: str) -> date:
    """Give the day in Belgium on which a moment in UTC (ISO 8601) falls."""
    return datetime.fromisoformat(moment).astimezone(BRUSSELS).date()
