"""Entries as keepers write them, made without a catalogue."""

from datetime import UTC, datetime, timedelta

from ht_cli.catalogue.keeping.journal import name_of
from ht_cli.model import Change

_BEGIN = datetime(2026, 11, 28, 9, tzinfo=UTC)


def written(count: int, device: int = 1, first: int = 0, note: str = "") -> list[Change]:
    """Give so many entries of one device, each a change of one e-mail address, from the oldest to the newest."""
    return [_named(device, number, note) for number in range(first, first + count)]


def _named(device: int, number: int, note: str) -> Change:
    at = (_BEGIN + timedelta(milliseconds=number)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    addresses = (f"before-{number}@example.org", f"after-{number}@example.org")
    unnamed = Change("", at, "AB", "update", "realism", {"email": addresses}, note=note, device=f"{device:08x}")
    return unnamed._replace(uuid=name_of(unnamed))
