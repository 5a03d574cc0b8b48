"""`ht terms`: what one can search for, with counts."""

from enum import StrEnum
from typing import Annotated

import typer

from ht_cli.catalogue.municipalities import count_by_area, read_municipality_names
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.vocabulary import count_by_term, read_terms
from ht_cli.errors import NotFoundError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.options import CatalogueOption, CsvOption, FormatOption, JsonOption, LocaleOption, OutputOption
from ht_cli.output.listing import write_listing
from ht_cli.output.results import chosen_sheet
from ht_cli.search.text import key


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


class Topic(StrEnum):
    """What can be listed."""

    needs = "needs"
    offers = "offers"
    audiences = "audiences"
    kinds = "kinds"
    channels = "channels"
    languages = "languages"
    costs = "costs"
    cities = "cities"


EXAMPLES = (_help("Examples: ht terms · ht terms offers · ht terms cities lie"),)


def terms(
    topic: Annotated[Topic, typer.Argument(help=_help("What to list."))] = Topic.needs,
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS…]", help=_help("Only those that hold these letters."))] = None,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """List what one can search for: needs, offers, audiences, cities."""
    sheet = chosen_sheet(form, as_json, as_csv, None, output)
    wanted = key(" ".join(words or ()))
    with open_catalogue(catalogue) as connection:
        if topic is Topic.cities:
            counts = count_by_area(connection)
            names = read_municipality_names(connection)
            rows = [
                (nis, names[nis][languages()[0]], counts.get(f"nis:{nis}", 0)) for nis in names if _holds(wanted, nis, *names[nis].values())
            ]
        else:
            counts = count_by_term(connection, topic.value)
            known = {language: read_terms(connection, topic.value, language) for language in ("fr", "nl", "de", "en")}
            labels = {term.id: [known[language][term.position].label for language in known] for term in known["fr"]}
            rows = [(t.id, t.label, counts.get(t.id, 0)) for t in known[languages()[0]] if _holds(wanted, t.id, *labels[t.id])]
    if not rows:
        raise NotFoundError(_("nothing of this kind holds “{words}”").format(words=" ".join(words or ())))
    write_listing(("id", "label", "count"), rows, sheet)


def _holds(wanted: str, *texts: str) -> bool:
    return any(wanted in key(text) for text in texts)
