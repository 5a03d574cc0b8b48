"""`ht due`: what to check next, as a list or as a round from one to the next on a terminal."""

from __future__ import annotations

import os
import shlex
from itertools import islice

from ht_cli import clock
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.catalogue.keeping.device import device_named
from ht_cli.catalogue.keeping.due import Due, DueList
from ht_cli.catalogue.keeping.entering import TypedValues
from ht_cli.catalogue.keeping.remarks import GIVEN_BACK, Claim, claim
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.commands._choosing import choice
from ht_cli.dates import day_text
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.answers import say_homonyms, say_place_taken
from ht_cli.output.changes import interactive
from ht_cli.output.listing import write_listing
from ht_cli.output.results import chosen_layout
from ht_cli.output.terminal import note
from ht_cli.output.told import told_day
from ht_cli.search.option_values import read_option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Annotated

    import typer

    from ht_cli.model import Place
    from ht_cli.options import (
        ByOption,
        CatalogueOption,
        CityOption,
        CsvOption,
        ForceOption,
        FormatOption,
        JsonOption,
        KindsOption,
        LocaleOption,
        OutputOption,
    )
    from ht_cli.wording import Words


FIRST = 20  # that are listed, where no limit is given
HEADERS = ("id", "name", "kind", "checked_on", "due_on", "reasons", "remarks", "claimed_by", "claimed_until")
SHOWN = ("id", "kind", "checked_on", "reasons")
EXAMPLES = (_help("Examples: ht due --city namur · ht due --take 10 --by AB · ht due --mine --round"),)


def due(
    kind: KindsOption = None,
    city: CityOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help=_help("How many at most."))] = FIRST,
    take: Annotated[
        int,
        typer.Option(
            "--take", min=0, max=1_000, metavar="NUMBER", help=_help("Say that you call the first so many; they come back after two weeks.")
        ),
    ] = 0,
    mine: Annotated[bool, typer.Option("--mine", help=_help("Only those that you took."))] = False,
    go_round: Annotated[bool, typer.Option("--round", help=_help("Go through them one by one on a terminal."))] = False,
    by: ByOption = "",
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Say what to check next."""
    if go_round and not interactive():
        raise UsageError(_("--round asks on a terminal; without one, use ht due and ht verify"))
    if take and mine:
        raise UsageError(_("--take takes others than those that --mine lists: give one of them"))
    layout = chosen_layout(form, as_json, as_csv, None, output)
    with open_catalogue(catalogue) as connection:
        lexicon = Lexicon(connection)
        kinds = [found for text in kind or () for found in read_option("kind", text, lexicon).kinds]
        words = read_words(connection, languages()[0])
        place = _place(city, lexicon, words, writes=bool(take) or go_round) if city else None
        every = DueList(connection, clock.today(), kinds, place)
        device = device_named(connection)
        waiting = [found for found in every.claimed() if _is_mine(found, by, device)] if mine else every
        listed = _free(waiting, take) if take else list(islice(waiting, limit))
        count = len(listed) if take else len(waiting)
    if not listed:
        raise NotFoundError(_("you have taken nothing: ht due --take 10") if mine else _("nothing is due"))
    if take:
        listed = _taken(listed, catalogue, by, device, _round_again(kind or (), city, limit, by, catalogue, mine=True))
    if go_round:
        from ht_cli.commands._round import check_one_by_one

        again = _round_again(kind or (), city, limit, by, catalogue, mine=mine or bool(take))
        check_one_by_one([found.id for found in listed[:limit]], catalogue, by, again)
        return
    rows = [_row(found, words, machine=layout.for_machines) for found in listed[:limit]]
    write_listing(HEADERS if layout.for_machines else SHOWN, rows, layout)
    if count > limit:
        note(_n("{count} is due; --limit shows more.", "{count} are due; --limit shows more.", count).format(count=count))


def _place(text: str, lexicon: Lexicon, words: Words, *, writes: bool) -> Place:
    """Give the place in which to check; who then says that they call there is never given another one than they named."""
    if writes:
        return TypedValues(lexicon, choice(words)).place(text)
    found = read_option("city", text, lexicon)
    if not found.places:
        raise NotFoundError(_("city: {place} is outside Belgium").format(place=found.abroad))
    say_place_taken(found, words)
    say_homonyms(found.homonyms, words, "--city")
    return found.places[0]


def _is_mine(found: Due, by: str, device: str) -> bool:
    claim = found.claim
    return bool(claim and (claim.who == by if by and claim.who else claim.device == device))


def _free(waiting: Iterable[Due], count: int) -> list[Due]:
    """Give the first so many that nobody calls. Raises NotFoundError where something is due and somebody calls all of it."""
    first = next(iter(waiting), None)
    free = list(islice((found for found in waiting if not found.claim), count))
    if first and not free:
        raise NotFoundError(_("everything that is due is taken by somebody; ht due shows by whom"))
    return free


def _round_again(kinds: Sequence[str], city: str | None, limit: int, by: str, catalogue: str | None, *, mine: bool) -> str:
    """Give the line that goes on with a round, with all that chose what it goes through."""
    chosen = [*(part for kind in kinds for part in ("--kind", kind)), *(("--city", city) if city else ())]
    chosen += ["--limit", str(limit)] if limit != FIRST else []
    chosen += ["--by", by] if by and by != os.environ.get("HT_BY") else []
    chosen += ["--catalogue", catalogue] if catalogue else []
    return " ".join(["ht due --mine --round" if mine else "ht due --round", *map(shlex.quote, chosen)])


def _taken(listed: Sequence[Due], catalogue: str | None, by: str, device: str, command: str) -> list[Due]:
    """Say for everybody that these are called from here, and give them as they are then; `command` goes through them."""
    with open_for_writing(catalogue) as connection:
        act = ""
        for found in listed:
            act = claim(connection, found.id, by, act).act
    until = clock.today() + GIVEN_BACK
    note(_("Yours until {day}; go through them with: {command}").format(day=day_text(until.isoformat()), command=command))
    return [found._replace(claim=Claim(by, device, until)) for found in listed]


def _row(found: Due, words: Words, *, machine: bool) -> tuple[str, ...]:
    if machine:
        claimed = (found.claim.who, found.claim.until.isoformat()) if found.claim else ("", "")
        return (
            found.id,
            found.name,
            found.kind,
            told_day(found.checked_on),
            found.due_on,
            "; ".join(found.reasons),
            "; ".join(found.remarks),
            *claimed,
        )
    said = {
        "reported": "; ".join(f"“{remark}”" for remark in found.remarks),
        "never": _("never checked"), "overdue": _("check overdue"), "in part": _("checked in part"), "no contact": _("no contact known"), "low": _("low confidence"),
        "unverified": _("unverified"), "unreachable": _("could not be reached"),
    }  # fmt: skip
    reasons = [said[reason] for reason in found.reasons]
    if found.claim:
        until = day_text(found.claim.until.isoformat())
        reasons.append(_("{who} calls it until {day}").format(who=found.claim.who or _("somebody"), day=until))
    return (found.id, words.term("kinds", found.kind), day_text(told_day(found.checked_on)), ", ".join(reasons))
