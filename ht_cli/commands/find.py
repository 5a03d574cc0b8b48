"""`ht find`: a question in one's own words → the resources that answer, and what was understood."""

from typing import Annotated

import typer

from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.vocabulary import read_words
from ht_cli.commands._danger import warn
from ht_cli.locale import languages
from ht_cli.model import Moment
from ht_cli.options import (
    AgeOption,
    AllOption,
    AudiencesOption,
    CatalogueOption,
    ChannelsOption,
    CityOption,
    CsvOption,
    ExactOption,
    FieldsOption,
    FormatOption,
    FreeOption,
    JsonOption,
    KindsOption,
    LanguagesOption,
    LocaleOption,
    NearOption,
    NeedsOption,
    OffersOption,
    OnlineOption,
    OpenAtOption,
    OpenNowOption,
    OutputOption,
    WithoutReferralOption,
    WordsArgument,
)
from ht_cli.output.answers import (
    say_explanation,
    say_hours,
    say_moment,
    say_more,
    say_nothing_found,
    say_understood,
    say_where_to_begin,
)
from ht_cli.output.results import chosen_sheet, write_hits
from ht_cli.output.terminal import private_screen
from ht_cli.search.answering import answer
from ht_cli.search.asking import Wishes, ask, hold_understood
from ht_cli.search.hours_asked import NOW


def _help(text: str) -> str:
    """Mark a line of help for translation."""
    return text


EXAMPLES = (_help("Examples: ht find ado anxieux liege · ht find groep rouw gent · ht find --city namur --need burnout"),)


def find(
    words: WordsArgument = None,
    city: CityOption = None,
    need: NeedsOption = None,
    audience: AudiencesOption = None,
    offer: OffersOption = None,
    kind: KindsOption = None,
    age: AgeOption = None,
    language: LanguagesOption = None,
    channel: ChannelsOption = None,
    online: OnlineOption = False,
    free: FreeOption = False,
    without_referral: WithoutReferralOption = False,
    near: NearOption = None,
    open_now: OpenNowOption = False,
    open_at: OpenAtOption = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=_help("How many results at most."))] = 10,
    exact: ExactOption = False,
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
        _moment(open_now, open_at),
    )  # fmt: skip
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection, hidden=wishes.show_all)
        query = ask(" ".join(words or ()), wishes, lexicon)
        if query.open_at and wishes.open_at is None:
            wishes = wishes._replace(open_at=_moment(query.open_at == NOW, query.open_at if query.open_at != NOW else None))
        if not query.text.strip() and not query.facets and not sheet.for_machines:
            say_where_to_begin()  # who types nothing on a terminal may not know where to begin
            raise typer.Exit(2)
        said = read_words(connection, languages()[0])
        with private_screen(private and not sheet.for_machines):
            warn(query, lexicon)
            say_understood(query, said)
            hold_understood(query)
            found = answer(query, wishes, lexicon, languages(), limit)
            if wishes.open_at:
                say_moment(wishes.open_at)
            if explain:
                from ht_cli.search.telling import telling_words  # listens once more for each word, wanted only here

                say_explanation(query, found.hits, said, telling_words(query, lexicon))
            if not found.hits:
                say_nothing_found(found.ladder, said)
                raise typer.Exit(1)
            write_hits(found.hits, sheet, said, apart=wishes.open_at is not None)
            if wishes.open_at:
                say_hours(found, wishes.open_at)
            say_more(found, limit, query, said)


def _moment(open_now: bool, open_at: str | None) -> Moment | None:
    if not open_now and open_at is None:
        return None
    from ht_cli import clock  # 4 ms for the time zone, wanted only for a search by hours
    from ht_cli.search.moments import asked_moment

    return asked_moment(open_now, open_at, clock.now)
