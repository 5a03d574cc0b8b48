"""`ht urgent`: the lines to call now, in the languages that the place speaks."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_resources, read_urgent_ids, read_urgent_pairs
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.errors import HtError
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES, Hit, Moment, Openings, Place, Query, Resource
from ht_cli.output.answers import line_lines, say_abroad, say_place_taken
from ht_cli.output.results import chosen_layout, write_hits
from ht_cli.output.terminal import note, write
from ht_cli.search.danger import areas_called, nearness_of_language, serves, spoken_at
from ht_cli.search.lookups import EMERGENCY
from ht_cli.search.option_values import read_any_place
from ht_cli.search.towns import every_meaning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Annotated

    import typer

    from ht_cli.options import (
        CatalogueOption,
        CsvOption,
        FieldsOption,
        ForceOption,
        FormatOption,
        JsonOption,
        LocaleOption,
        NoPagerOption,
        OutputOption,
    )
    from ht_cli.search.lookups import Lookups
    from ht_cli.wording import Words


ALWAYS_FIRST = "urgence-112"
EXAMPLES = (_help("Examples: ht urgent · ht urgent eupen"),)


def urgent(
    place: Annotated[list[str] | None, typer.Argument(metavar="[PLACE]", help=_help("Town, postcode, province or region."))] = None,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    fields: FieldsOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Give the lines to call now."""
    layout = chosen_layout(form, as_json, as_csv, fields, output)
    with open_catalogue(catalogue) as connection:
        words = read_words(connection, languages()[0])
        places = _asked(" ".join(place or ()), Lexicon(connection), words)
        spoken = spoken_at(places, languages())
        areas = areas_called(places, spoken)
        every = read_resources(connection, read_urgent_ids(connection))
        lines = [line for line in every if set(line.languages) & set(spoken) and serves(line, areas)]
        lines.sort(key=lambda line: (line.id not in EMERGENCY[:2], max(nearness_of_language(line, spoken), 0)))
        if layout.for_machines:  # the same at every hour of the day
            write_hits([Hit(line, 0.0, ()) for line in lines], layout, words, searched=False)
            return
        answering = _by_who_answers(lines, read_urgent_pairs(connection))
        write([_("Call now:") + "\n", *(f"{said}\n" for pair in answering for said in line_lines(*pair))], layout.output)


def _asked(text: str, lookups: Lookups, words: Words) -> tuple[Place, ...]:
    """Give every place that a text may mean.

    One that is not understood, or abroad, must not keep anybody from the lines: it is said, and those of the whole country are given.
    """
    try:
        found = read_any_place(text, lookups) if text else Query()
    except HtError as error:
        note(str(error))
        return ()
    if found.abroad:
        say_abroad(found.abroad)
    say_place_taken(found, words)
    return tuple(every_meaning(found))


def _by_who_answers(lines: Sequence[Resource], pairs: Mapping[str, int]) -> list[tuple[Resource, Openings]]:
    """Order lines: 112, who answers, who may, who is closed, by when they open; of these what belongs together stays together."""
    from ht_cli import clock
    from ht_cli.hours import openings_of, rank_of  # 10 ms with the time zone, not wanted in a pipe

    moment = Moment(clock.now())
    openings = {line.id: openings_of(line, moment) for line in lines}

    def turn(line: Resource) -> tuple[bool, int, float]:
        best = openings[line.id].best
        return line.id != ALWAYS_FIRST, rank_of(best), best.opens.timestamp() if best.opens else 0.0

    groups: dict[tuple[tuple[bool, int, float], str], list[Resource]] = {}
    for line in lines:
        alone = line.id == ALWAYS_FIRST or len(line.languages) == len(LANGUAGES)
        groups.setdefault((turn(line), line.id if alone else str(pairs[line.id])), []).append(line)
    together = sorted(groups.items(), key=lambda group: group[0][0])
    return [(line, openings[line.id]) for _turn, group in together for line in group]
