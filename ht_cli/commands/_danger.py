"""What every command that takes words says first of all: whom to call, where the words speak of danger."""

from collections.abc import Sequence

from ht_cli.cleaning import in_characters
from ht_cli.errors import CatalogueError
from ht_cli.locale import languages
from ht_cli.model import Query
from ht_cli.output.answers import say_danger
from ht_cli.search.danger import lines_beside, urgent_lines
from ht_cli.search.lookups import Lookups


def warn(query: Query, lookups: Lookups) -> None:
    """Say on stderr the lines to call in an alarm, or the one line of a quiet word; nothing without danger."""
    lines = urgent_lines(query, lookups, languages())
    openings = []
    if lines:
        from ht_cli.hours import openings_now  # 10 ms with the time zone, wanted only where somebody may be in danger

        openings = openings_now(lines)
    say_danger(query, lines, openings, lines_beside(query, lookups, languages()))


def warn_of_refused(arguments: Sequence[str], catalogue: str | None = None) -> None:
    """Say the lines to call of an alarm in a line that is refused, and so not searched; nothing where the catalogue cannot be read."""
    from ht_cli.catalogue.facts.opening import open_catalogue  # all of it wanted only where a line is refused
    from ht_cli.catalogue.index.lexicon import Lexicon
    from ht_cli.search.reading import read_question

    words = " ".join(in_characters(argument) for argument in arguments if not argument.startswith("-") and "=" not in argument)
    if not words.strip():
        return
    try:
        with open_catalogue(catalogue) as connection:
            lexicon = Lexicon(connection)
            query = read_question(words, lexicon)
            if query.danger.level == "alarm":  # a quiet word may be heard in anything, an id too
                warn(query, lexicon)
    except CatalogueError:
        pass
