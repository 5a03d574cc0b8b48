"""`ht find`: a question in one's own words → the resources that answer, and what was understood."""

from typing import Annotated

import typer

from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.reading import read_words
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Query
from ht_cli.options import AllOption, CatalogueOption, CsvOption, FieldsOption, FormatOption, JsonOption, LocaleOption, OutputOption
from ht_cli.output.answers import say_crisis_lines, say_explanation, say_more, say_nothing_found, say_understood
from ht_cli.output.results import chosen_sheet, write_hits
from ht_cli.output.terminal import private_screen
from ht_cli.output.wording import Words
from ht_cli.search.answering import answer
from ht_cli.search.asking import Wishes, ask


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


EXAMPLES = (_help("Examples: ht find ado anxieux liege · ht find groep rouw gent · ht find --city namur --need burnout"),)
Question = Annotated[list[str] | None, typer.Argument(metavar="[WORDS…]", help=_help("What you look for, in any of the four languages."))]
Many = list[str] | None


def find(
    words: Question = None,
    city: Annotated[str | None, typer.Option("--city", "-c", help=_help("Town, postcode, province or region."))] = None,
    need: Annotated[Many, typer.Option("--need", "-n", help=_help("What it is about: burnout, grief … (ht terms needs)"))] = None,
    audience: Annotated[Many, typer.Option("--audience", "-a", help=_help("For whom: adolescents, relatives …"))] = None,
    offer: Annotated[Many, typer.Option("--offer", help=_help("What is offered: support group, listening …"))] = None,
    kind: Annotated[Many, typer.Option("--kind", "-k", help=_help("Network, helpline, service, group …"))] = None,
    age: Annotated[int | None, typer.Option(min=0, max=120, help=_help("Age of the person, in years."))] = None,
    language: Annotated[Many, typer.Option(metavar="fr|nl|de|en", help=_help("Language in which help is given."))] = None,
    channel: Annotated[Many, typer.Option(help=_help("In person, phone, online, chat, e-mail, home visit."))] = None,
    online: Annotated[bool, typer.Option("--online", help=_help("Help that comes by internet."))] = False,
    free: Annotated[bool, typer.Option("--free", help=_help("Known to be free."))] = False,
    without_referral: Annotated[bool, typer.Option("--without-referral", help=_help("Known to need no referral."))] = False,
    near: Annotated[float | None, typer.Option(metavar="KM", min=0, help=_help("Only addresses within so many km of the town."))] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=_help("How many results at most."))] = 10,
    exact: Annotated[bool, typer.Option("--exact", help=_help("Take the words as they are, correct nothing."))] = False,
    explain: Annotated[bool, typer.Option("--explain", help=_help("Say how the question was read and what each result scored."))] = False,
    private: Annotated[bool, typer.Option("--private", help=_help("Show on a screen that is cleared afterwards."))] = False,
    everything: AllOption = False,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    fields: FieldsOption = None,
    output: OutputOption = None,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Find help."""
    sheet = chosen_sheet(form, as_json, as_csv, fields, output)
    channels = [*(channel or []), *(["online"] if online else [])]
    wishes = Wishes(
        city, tuple(need or ()), tuple(audience or ()), tuple(offer or ()), tuple(kind or ()), tuple(language or ()), tuple(channels),
        age, free, without_referral, near, exact, everything,
    )  # fmt: skip
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection)
        query = ask(" ".join(words or ()), wishes, lexicon)
        if not query.facets and not query.names:
            raise _not_understood(query)
        found = answer(query, wishes, lexicon, languages(), limit)
        said = Words(*read_words(connection, languages()[0]))
        with private_screen(private and not sheet.for_machines):
            say_understood(query, said)
            say_crisis_lines(found.urgent, sheet, said)
            if explain:
                say_explanation(query, found.hits, said)
            if not found.hits:
                say_nothing_found(found.ladder, said)
                raise typer.Exit(1)
            write_hits(found.hits, sheet, said)
            say_more(found, limit, query, said)


def _not_understood(query: Query) -> Exception:
    """Say what is missing: words at all, or words that are known."""
    if not query.text.strip():
        return UsageError(_("say what you look for, for example: ht find burnout namur (ht find --help)"))
    return NotFoundError(_("nothing understood in “{text}”; `ht terms` lists what one can search for").format(text=query.text))
