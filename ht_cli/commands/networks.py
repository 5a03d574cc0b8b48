"""`ht networks`: the networks for adults and for the young, all of them or those of a place."""

from __future__ import annotations

from ht_cli.catalogue.facts.municipalities import read_municipality, read_networks
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.model import Hit, Place, Resource
from ht_cli.output.answers import say_place_taken
from ht_cli.output.networks import Serving, say_remarks, say_several, write_lists
from ht_cli.output.results import chosen_layout, write_hits
from ht_cli.search.option_values import guessed, read_place
from ht_cli.search.towns import every_meaning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection
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
    from ht_cli.wording import Words


EXAMPLES = (_help("Examples: ht networks · ht networks jemelle · ht networks 4000"),)


def networks(
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
    """Name the networks for adults and for the young, or those of one place."""
    layout = chosen_layout(form, as_json, as_csv, fields, output)
    with open_catalogue(catalogue) as connection:
        words = read_words(connection, languages()[0])
        serving = _serving(" ".join(place), connection, words) if place else [Serving(_networks(connection, None))]
        say_several(" ".join(place or ()), serving, words)
        if layout.for_machines:
            say_remarks(serving, words)
            found = {network.id: network for one in serving for network in one.networks}
            write_hits([Hit(network, 0.0, ()) for network in found.values()], layout, words, searched=False)
        else:
            write_lists(serving, words, layout)


def _serving(text: str, connection: Connection, words: Words) -> list[Serving]:
    """Give the networks of each place that a text may mean, and say what was guessed. Raises NotFoundError for what is outside Belgium."""
    lexicon = Lexicon(connection)
    query = read_place(text, lexicon)
    say_place_taken(query, words)
    guess = guessed(query, lexicon)
    return [
        Serving(_networks(connection, place), place, read_municipality(connection, place.nis) if place.nis else None, not guess)
        for place in every_meaning(query)
    ]


def _networks(connection: Connection, place: Place | None) -> list[Resource]:
    if place is None:
        return read_resources(connection, [*read_ids(connection, kinds=["network-adult"]), *read_ids(connection, kinds=["network-youth"])])
    serving = read_networks(connection, place)
    return read_resources(connection, [*serving["adult"], *serving["youth"]])
