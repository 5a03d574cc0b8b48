"""Says which of the resources that others brought are likely there already, and how they are joined; it joins none."""

from collections.abc import Mapping
from sqlite3 import Connection

from ht_cli.catalogue.facts.records import Record
from ht_cli.commands._choosing import likeness_reason
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.terminal import note

MOST_SHOWN = 5


def say_likely_twins(connection: Connection, records: Mapping[str, tuple[Record, Record]]) -> None:
    """Hold the new ones of the records that came, each before and after, against what is there; where none is new, nothing is looked at."""
    new = {identifier: after for identifier, (before, after) in records.items() if after and not before}
    if not new:
        return
    from ht_cli.catalogue.keeping.duplicates import HELD_AT_ONCE, likely_pairs

    pairs = likely_pairs(connection, new)
    for stays, joins, by in pairs[:MOST_SHOWN]:
        said = _("likely the same: {stays} and {joins} ({why}); join them with: ht remove {joins} --duplicate-of {stays}")
        note(said.format(stays=stays, joins=joins, why=likeness_reason(by)))
    more = len(pairs) - MOST_SHOWN
    if more > 0:
        note(_n("and {count} pair more: ht doctor", "and {count} pairs more: ht doctor", more).format(count=more))
    if len(new) > HELD_AT_ONCE:
        said = _("new resources held against what was there: {held} of {count}; ht doctor looks at all of them")
        note(said.format(held=HELD_AT_ONCE, count=len(new)))
