"""Hours that somebody wrote in words: what a program reads them as is offered where they can be asked, and said elsewhere."""

from collections.abc import Mapping
from typing import Any

from ht_cli.catalogue.facts.records import Record
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.output.changes import confirmed, interactive

EXAMPLE = "Mo-Fr 09:00-17:00"


def with_hours_offered(before: Mapping[str, Any], after: Record, *, asks: bool) -> Record:
    """Ask whether hours that are new and only people can read are to be computed with as they were understood; a record with them where the answer is yes.

    They are asked about where nothing of them was left over, and not where `asks` says that nothing is asked.
    """
    text = _unread(before, after)
    if not text or not asks or not interactive():
        return after
    hours, words = _understood(text)
    question = _("“{text}” can be computed with as {hours}, which says: {words}. Write that too?")
    if hours and confirmed(question.format(text=text, hours=hours, words=words), yes=False):
        return after | {"hours_osm": hours}
    return after


def hours_to_add(before: Mapping[str, Any], after: Record) -> str:
    """Give the hours that could be computed with beside those that only people can read, or an example; nothing where there are none to add."""
    text = _unread(before, after)
    return (_understood(text)[0] or EXAMPLE) if text else ""


def _unread(before: Mapping[str, Any], after: Record) -> str:
    """Give the new text that only people can read: in the place of the hours to compute with, or beside none."""
    from ht_cli.hours.grammar import readable_hours  # wanted only here

    hours, osm = after.get("hours") or {}, after.get("hours_osm")
    if isinstance(osm, str) and osm and osm != before.get("hours_osm"):
        return "" if readable_hours(osm) else osm
    if osm or not isinstance(hours, Mapping) or hours == before.get("hours"):
        return ""
    return next((str(hours[code]) for code in languages() if hours.get(code)), "")


def _understood(text: str) -> tuple[str, str]:
    """Give a text in the syntax of opening hours, and what that says in words; nothing where a part of it means nothing."""
    from ht_cli.hours.guessing import guessed
    from ht_cli.hours.in_words import rules_text
    from ht_cli.hours.writing import written

    guess = guessed(text, languages()[0])
    return ("", "") if guess.left or not guess.rules else (written(guess.rules), rules_text(guess.rules))
