"""Says whether a text is what a field of HSDS wants: a UUID, a URI, an e-mail address, a date, a time, a number."""

import re
from collections.abc import Callable
from datetime import date, datetime, time

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MARKS = r"A-Za-z0-9\-._~!$&'()*+,;=:@"  # RFC 3986: what may stand in a path unescaped
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.\-]*:(?P<host>//(?:[{_MARKS}]|%[0-9A-Fa-f]{{2}}|\[[0-9A-Fa-f:.]+\])*)?(?P<path>(?:[{_MARKS}/]|%[0-9A-Fa-f]{{2}})*)"
    rf"(?:\?(?:[{_MARKS}/?]|%[0-9A-Fa-f]{{2}})*)?(?:\#(?:[{_MARKS}/?]|%[0-9A-Fa-f]{{2}})*)?"
)
_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]{1,64}@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2}(?:\.\d+)?)([Zz]|[+-]\d{2}:\d{2})")
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?")

LONGEST_URI = 8_000  # characters; longer is refused before it is read


def is_uuid(text: str) -> bool:
    """Say whether a text is a UUID as RFC 4122 writes it."""
    return _UUID.fullmatch(text) is not None


def is_uri(text: str) -> bool:
    """Say whether a text is a URI with its scheme, ASCII alone (RFC 3986); an http one names a host."""
    if len(text) > LONGEST_URI:
        return False
    found = _URI.fullmatch(text)
    if not found:
        return False
    scheme = text.partition(":")[0].lower()
    return len(found["host"] or "") > 2 if scheme in ("http", "https") else bool(found["host"] or found["path"])


def is_email(text: str) -> bool:
    """Say whether a text is one e-mail address with a domain."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Say whether a text is a day of the calendar: 2026-08-10."""
    return _DATE.fullmatch(text) is not None and _parsed(date.fromisoformat, text)


def is_time(text: str) -> bool:
    """Say whether a text is a time of the day: 09:00 or 09:00:00, with Z or an offset where wanted."""
    found = _TIME.fullmatch(text)
    return found is not None and _parsed(time.fromisoformat, found[1].partition(".")[0])


def is_moment(text: str) -> bool:
    """Say whether a text is a day and a time with its offset (RFC 3339): 2026-08-10T09:00:00Z."""
    found = _MOMENT.fullmatch(text)
    if not found or not (found[3] in "Zz" or found[3][1:] <= "23:59"):
        return False
    return is_date(found[1]) and _parsed(datetime.fromisoformat, f"{found[1]}T{found[2].partition('.')[0]}")


def is_number(text: str) -> bool:
    """Say whether a text is a number as a package writes it: 18, 50.85."""
    return _NUMBER.fullmatch(text) is not None


def _parsed(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "uuid": (is_uuid, "3f7b145d-84af-42d7-8fae-eaca714b02b2"),
    "uri": (is_uri, "https://…"),
    "email": (is_email, "name@example.org"),
    "date": (is_date, "2026-08-10"),
    "time": (is_time, "09:00, 09:00:00, 09:00:00Z, 09:00+01:00"),
    "date-time": (is_moment, "2026-08-10T09:00:00Z"),
}
