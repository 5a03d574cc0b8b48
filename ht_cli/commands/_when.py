"""Reads the day or the moment of an option, by the clock in Belgium, as a moment in UTC like those of the journal."""

import re
from datetime import UTC, datetime

from ht_cli import clock
from ht_cli.errors import UsageError
from ht_cli.locale import translate as _


def beginning(text: str, option: str) -> str:
    """Give the moment at which a day begins, or the moment itself. Raises UsageError, naming the option, when it is none."""
    return _moment(text, option, "T00:00:00.000")


def ending(text: str, option: str) -> str:
    """Give the moment at which a day ends, or the moment itself. Raises UsageError, naming the option, when it is none."""
    return _moment(text, option, "T23:59:59.999")


def _moment(text: str, option: str, of_a_day: str) -> str:
    written = text.strip().replace(" ", "T")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        written += of_a_day
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            _("{option}: {value} is no day; write 2026-11-20 or 2026-11-20T14:30").format(option=option, value=text)
        ) from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=clock.BRUSSELS)
    return clock.written(datetime.fromtimestamp(moment.timestamp(), UTC))
