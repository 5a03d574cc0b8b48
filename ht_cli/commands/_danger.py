"""What every command that takes words says first of all: whom to call, where the words speak of danger."""

from ht_cli.locale import languages
from ht_cli.model import Query
from ht_cli.output.answers import say_danger
from ht_cli.search.danger import line_beside, urgent_lines
from ht_cli.search.lookups import Lookups


def warn(query: Query, lookups: Lookups) -> None:
    """Say on stderr the lines to call in an alarm, or the one line of a quiet word; nothing without danger."""
    lines = urgent_lines(query, lookups, languages())
    openings = []
    if lines:
        from ht_cli.hours import openings_now  # 10 ms with the time zone, wanted only where somebody may be in danger

        openings = openings_now(lines)
    say_danger(query, lines, openings, line_beside(query, lookups, languages()))
