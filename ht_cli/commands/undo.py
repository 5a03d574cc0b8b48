"""`ht undo`: take changes back, by appending their inverse."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.journal import WORDS, read_changes, read_changes_named, undone
from ht_cli.catalogue.keeping.secrecy import ever_confidential
from ht_cli.catalogue.keeping.writing import open_for_writing, open_rehearsal
from ht_cli.catalogue.sharing.merging import of_one_act, take_back
from ht_cli.commands._when import ending
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.output.changes import action_text, confirmed, loses, loses_check, say_done, say_plan
from ht_cli.output.terminal import note, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from sqlite3 import Connection
    from typing import Annotated

    import typer

    from ht_cli.model import Change
    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, YesOption


EXAMPLES = (_help("Examples: ht undo 3f2a91c4 · ht undo --last 2 · ht undo --to 2026-11-20"),)


def undo(
    changes: Annotated[list[str] | None, typer.Argument(metavar="[CHANGE…]", help=_help("Changes, as ht history names them."))] = None,
    last: Annotated[int | None, typer.Option("--last", min=1, max=1_000_000, help=_help("The last so many."))] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help=_help("Everything since the end of this day (2026-11-20, or with a time)."))
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Take changes back."""
    if sum((bool(changes), last is not None, to is not None)) != 1:
        raise UsageError(_("say which: CHANGE, --last NUMBER or --to DATE (see: ht history)"))
    with open_catalogue(catalogue) as connection:
        chosen = _chosen(connection, changes or [], last, to)
        with open_rehearsal(connection) as copy:  # what will be refused is said before anything is asked
            inverses, staying = take_back(copy, chosen, by)
        words = read_keepers_words(connection)
        said_between = _words_among(connection, chosen)
        secret = ever_confidential(connection, {change.resource for change in chosen})
    for identifier in staying:
        note(_("{id} stays as the release has it: its places, lines to call or words need it").format(id=identifier))
    inverses = [inverse for inverse in inverses if inverse.resource not in staying]
    telling = _telling(inverses, said_between)
    for inverse in telling:
        named, word = f"{inverse.resource} ({inverse.undoes[:8]})", said_between.get(inverse.undoes)
        if inverse.fields:
            say_plan(named, inverse.fields, words, secret=inverse.resource in secret)
        else:
            said = word or _("nothing changes here: what others said, or was said later, stands")
            write([f"{named}\n  {said}\n"], prose=True)
    of_others = any(change.merged for change in chosen) and any(inverse.fields or inverse.undoes in said_between for inverse in telling)
    if of_others:
        note(_("Others wrote this. It is taken back for everybody, with the next ht sync; to correct one fact alone: ht update ID --set …"))
    question = _("Take back for everybody what others wrote?") if of_others else _("Take this back?")
    if dry_run or not confirmed(
        question, yes=yes, loses=of_others or any(loses(inverse.fields) or loses_check(inverse.fields) for inverse in inverses)
    ):
        note(_("nothing was changed"))
        return
    with open_for_writing(catalogue) as connection:
        done, staying = take_back(connection, chosen, by)
    say_done(_telling([change for change in done if change.resource not in staying], said_between))


def _telling(inverses: Sequence[Change], words: Mapping[str, str]) -> list[Change]:
    """Give those that move something or take a word back, and of a resource of which none does the first: one says that nothing changes."""
    telling = [inverse for inverse in inverses if inverse.fields or inverse.undoes in words]
    first = {inverse.resource: inverse for inverse in reversed(inverses)}
    silent = [first[resource] for resource in first.keys() - {inverse.resource for inverse in telling}]
    return [inverse for inverse in inverses if inverse in (*telling, *silent)]


def _words_among(connection: Connection, changes: Sequence[Change]) -> dict[str, str]:
    """Give, by the names of changes, what keepers said to one another that goes (-) or comes again (+) with them, each in one line."""
    spoken = ((change, _spoken(connection, change)) for change in changes)
    return {change.uuid: word for change, word in spoken if word}


def _spoken(connection: Connection, change: Change, *, goes: bool = True) -> str:
    """Say in one line which word between keepers goes or comes again once a change is taken back; empty where it is about facts."""
    if change.action == "undo":
        named = read_changes(connection, "uuid = ?", (change.undoes,))
        return next((_spoken(connection, one, goes=not goes) for one in named), "")
    if change.action not in WORDS:
        return ""
    done = ", ".join(filter(None, (action_text(change.action), change.who)))
    return " ".join(filter(None, ("-" if goes else "+", f"{done}: {change.note}" if change.note else done)))


def _chosen(connection: Connection, names: list[str], last: int | None, to: str | None) -> list[Change]:
    """Give the changes meant, the newest first. Raises NotFoundError when there are none."""
    if names:
        return [change for name in names for change in _named(connection, name)]
    chosen = _since(connection, ending(to, "--to")) if to is not None else _last(connection, last or 1)
    if not chosen:
        raise NotFoundError(_("there is nothing to take back"))
    return chosen


def _named(connection: Connection, name: str) -> list[Change]:
    found = read_changes_named(connection, name)
    if not found:
        raise NotFoundError(_("no change is called {change}; see: ht history").format(change=name))
    if len({change.act for change in found}) > 1:
        raise UsageError(_("{change} may be several changes; write more of it").format(change=name))
    if len(found) == 1:
        found = of_one_act(connection, found[0])
    return [change for change in found if not undone(connection, change)] or found  # of an act, what is left of it


def _since(connection: Connection, moment: str) -> list[Change]:
    """Give the changes in effect since a moment; what came with one of them came since, whenever it was written."""
    changes = _to_take_back(connection)
    acts = {change.merged or change.uuid for change in changes if change.at > moment and _counts(connection, change)}
    return [change for change in changes if (change.merged or change.uuid) in acts and not undone(connection, change)]


def _last(connection: Connection, count: int) -> list[Change]:
    """Give the changes of the last acts in effect; those of one import or merge count as one act, and others' may lie between by the clock.

    A remark or another word of ours counts as well: who takes back what was just done means that, and not the change before it.
    """
    changes = _to_take_back(connection)
    acts: list[str] = []
    for change in changes:
        if len(acts) < count and change.act not in acts and (_counts(connection, change) or _is_our_word(connection, change)):
            acts.append(change.act)
    return [change for change in changes if change.act in acts and not undone(connection, change)]


def _to_take_back(connection: Connection) -> list[Change]:
    """Give the changes that may be taken back without being named, the newest first: no undo of ours, which would bring things again."""
    return [change for change in read_changes(connection) if change.merged or change.action != "undo"]


def _is_our_word(connection: Connection, change: Change) -> bool:
    return change.action in WORDS and not change.merged and not undone(connection, change)


def _counts(connection: Connection, change: Change) -> bool:
    """Say whether a change makes an act one to take back: it changed a fact, and is in effect."""
    return bool(change.fields) and not undone(connection, change)
