"""`ht find`: a question in one's own words → the resources that answer, and what was understood."""

from __future__ import annotations

import math

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.commands._danger import warn
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import Moment
from ht_cli.output.answers import (
    contact_notes,
    distance_notes,
    hours_notes,
    needs_notes,
    say_distance,
    say_explanation,
    say_moment,
    say_more,
    say_nothing_found,
    say_understood,
    say_where_to_begin,
)
from ht_cli.output.results import chosen_layout, most_wanted, write_hits
from ht_cli.output.terminal import height, note, private_screen, read_now, room, say_what_waits
from ht_cli.search.answering import COUNTABLE, answer, count, with_openings
from ht_cli.search.asking import ask, require_understood, with_moment_said
from ht_cli.search.filtering import audiences_told_first
from ht_cli.search.guide_pages import page_meant
from ht_cli.search.names import MOST
from ht_cli.search.narrowing import limits_distance, narrows
from ht_cli.search.text import key
from ht_cli.search.wishes import wishes_of
from ht_cli.wording import status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from sqlite3 import Connection
    from typing import Annotated

    import typer

    from ht_cli.model import Query
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
        ForceOption,
        FormatOption,
        FreeOption,
        JsonOption,
        KindsOption,
        LanguagesOption,
        LocaleOption,
        NearOption,
        NeedsOption,
        NoPagerOption,
        OffersOption,
        OnlineOption,
        OpenAtOption,
        OpenNowOption,
        OutputOption,
        WithoutReferralOption,
        WordsArgument,
    )
    from ht_cli.output.results import Layout
    from ht_cli.search.answering import Answer
    from ht_cli.search.lookups import Lookups
    from ht_cli.search.wishes import Wishes
    from ht_cli.wording import Words


EXAMPLES = (
    _help("Examples: ht find ado anxieux liege · ht find groep rouw gent · ht find --city namur --need burnout"),
    _help('Words with an apostrophe, ? or * want quotes: ht find "j\'ai peur ?" liege'),
    _help("Words wish and options require: what the words say comes first, what an option says every result has."),
)


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
    limit: Annotated[
        int | None, typer.Option(min=1, max=10_000, help=_help("How many results at most: 10, and on a terminal what the window holds."))
    ] = None,
    exact: ExactOption = False,
    explain: Annotated[bool, typer.Option("--explain", help=_help("Say how the question was read and what each result scored."))] = False,
    private: Annotated[bool, typer.Option("--private", help=_help("Show on a screen that is cleared afterwards."))] = False,
    everything: AllOption = False,
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
    """Find help."""
    layout = chosen_layout(form, as_json, as_csv, fields, output, narrow="table")
    wishes = wishes_of(
        city=city, needs=need, audiences=audience, offers=offer, kinds=kind, languages=language, channels=channel, online=online, age=age,
        free=free, without_referral=without_referral, near=near, exact=exact, show_all=everything, open_at=_moment(open_now, open_at),
    )  # fmt: skip
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection, hidden=wishes.show_all)
        query = ask(" ".join(words or ()), wishes, lexicon)
        wishes = with_moment_said(query, wishes, _clock)
        if not query.text.strip() and not query.facets and not layout.for_machines:
            say_where_to_begin(
                now=bool(wishes.open_at and wishes.open_at.now)
            )  # who types nothing on a terminal may not know where to begin
            raise SystemExit(2)
        said = read_words(connection, languages()[0])
        with private_screen(private and not layout.for_machines, pager=not no_pager):
            warn(query, lexicon)
            say_what_waits()
            say_understood(query, said)
            if not (wishes.show_all or layout.for_machines):
                _say_kept_back(query, connection)
            pages = [] if layout.for_machines else _pages_to_read(query)
            if not (query.facets or query.names):
                _say_each(pages)
            require_understood(query)
            found = answer(query, wishes, lexicon, languages(), limit or most_wanted(layout))
            if limits_distance(query, wishes):
                say_distance(query, said)
            if wishes.open_at:
                say_moment(wishes.open_at, found.hits)
            if explain:
                from ht_cli.search.telling import telling_words  # listens once more for each word, wanted only here

                say_explanation(query, found.hits, said, telling_words(query, lexicon))
            if not found.hits:
                say_nothing_found(found.ladder, said)
                _say_each(pages)
                raise SystemExit(1)
            shown = _write(found, query, wishes, layout, said, limit, pages)
            say_more(shown, found, _total(found, query, wishes, layout, lexicon), doubling=limit is not None)


def _total(found: Answer, query: Query, wishes: Wishes, layout: Layout, lookups: Lookups) -> int | None:
    """Give how many results there are; None where that is not counted: for a program, by an hour or kilometres, or too many to be read."""
    if found.total is not None or not found.more or layout.for_machines or narrows(query, wishes):
        return found.total
    total = count(query, lookups, show_all=wishes.show_all)
    return total if total <= COUNTABLE else None


def _write(found: Answer, query: Query, wishes: Wishes, layout: Layout, said: Words, limit: int | None, pages: Sequence[str]) -> int:
    """Write the results, with what holds for all of them and the page to read below, and give how many: on a terminal as many as the window holds."""
    moment = wishes.open_at
    notes = [
        *(hours_notes(found, moment, headed=not layout.for_machines) if moment else ()),
        *distance_notes(found, query, said),
        *needs_notes(found, query, said),
        *(contact_notes(found) if layout.format != "table" else ()),  # there each row says it
        *pages,
    ]
    left = math.inf if limit else room() - sum(map(height, notes))
    says_the_hour = read_now(layout.output) and not (layout.for_machines or moment)
    hits = with_openings(found.hits, Moment(_clock())) if says_the_hour else found.hits
    shown = write_hits(hits, layout, said, apart=moment is not None, ages=audiences_told_first(query.age), lines_left=left, more=found.more)
    _say_each(notes)
    return shown


def _pages_to_read(query: Query) -> list[str]:
    """Give the line that names the page of the guide which a question is about; none where it is about none."""
    topic = page_meant(query)
    if not topic:
        return []
    from ht_cli.guide import called, read_page  # 5 ms for the words of all pages, wanted only where one of them is meant

    page = read_page(topic, languages()[0])
    return [f"ht guide {called(page)}: {page.title}"]


def _say_each(texts: Sequence[str]) -> None:
    for text in texts:
        note(text)


def _say_kept_back(query: Query, connection: Connection) -> None:
    """Say of what is called exactly as it is asked for, or is named for the most part, and is never shown as help, that it is there, and why."""
    every = Lexicon(connection, hidden=True)
    called = [number for number, _key, shape in every.named([key(query.text)]) if shape == "whole"]
    surely = [number for number, sure in query.names.items() if sure >= MOST]
    for resource in every.resources([*dict.fromkeys([*called, *surely])]).values():
        if resource.status != "active" or not resource.offered:
            why = status(resource) or _("no contact known")
            note(
                _("{name} is in the catalogue, and not among the results ({why}): ht show {id}").format(
                    name=resource.name, why=why, id=resource.id
                )
            )


def _clock() -> datetime:
    from ht_cli import clock  # 4 ms for the time zone, wanted only where a person reads, and for a search by hours

    return clock.now()


def _moment(open_now: bool, open_at: str | None) -> Moment | None:
    if not open_now and open_at is None:
        return None
    from ht_cli.search.moments import asked_moment

    return asked_moment(open_now, open_at, _clock)
