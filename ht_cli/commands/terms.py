"""`ht terms`: what one can search for, with counts."""

from __future__ import annotations

from ht_cli.catalogue.facts.municipalities import read_municipality_names
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.tallies import SHOWN, read_tally
from ht_cli.catalogue.index.vocabulary import read_terms
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES
from ht_cli.output.listing import write_listing
from ht_cli.output.results import chosen_layout
from ht_cli.search.text import key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from ht_cli.options import CatalogueOption, CsvOption, ForceOption, FormatOption, JsonOption, LocaleOption, NoPagerOption, OutputOption


TOPICS = ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs", "cities")
EXAMPLES = (_help("Examples: ht terms · ht terms offers · ht terms cities lie"),)


def terms(
    topic: Annotated[
        str,
        typer.Argument(
            metavar="[TOPIC]", help=_help("What to list: needs, offers, audiences, kinds, channels, languages, costs or cities.")
        ),
    ] = "needs",
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS…]", help=_help("Only those that hold these letters."))] = None,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """List what one can search for: needs, offers, audiences, cities."""
    layout = chosen_layout(form, as_json, as_csv, None, output)
    topic = _known_topic(topic)
    wanted = key(" ".join(words or ()))
    with open_catalogue(catalogue) as connection:
        if topic == "cities":
            counts = read_tally(connection, f"{SHOWN}areas")
            names = read_municipality_names(connection)
            rows = [
                (nis, names[nis][languages()[0]], counts.get(f"nis:{nis}", 0)) for nis in names if _holds(wanted, nis, *names[nis].values())
            ]
        else:
            counts = read_tally(connection, f"{SHOWN}{topic}")
            known = {language: read_terms(connection, topic, language) for language in LANGUAGES}
            labels = {term.id: [known[language][term.position].label for language in known] for term in known["fr"]}
            rows = [(t.id, t.label, counts.get(t.id, 0)) for t in known[languages()[0]] if _holds(wanted, t.id, *labels[t.id])]
    if not rows:
        raise NotFoundError(_("nothing of this kind holds “{words}”").format(words=" ".join(words or ())))
    write_listing(("id", "label", "count"), rows, layout)


def _known_topic(word: str) -> str:
    """Give the topic that a word of any of the four languages means. Raises UsageError when it means none."""
    if word not in TOPICS:
        from ht_cli.synonyms import command_meant, topic_meant  # wanted only here

        if command_meant(word.lower()) == "networks" or word.lower() == "networks":
            raise UsageError(_("the networks have a command of their own: {command}").format(command="ht networks"))
        word = topic_meant(word)
    if word not in TOPICS:
        raise UsageError(f"{word}: {_('choose one of: {choices}').format(choices=', '.join(TOPICS))}")
    return word


def _holds(wanted: str, *texts: str) -> bool:
    return any(wanted in key(text) for text in texts)
