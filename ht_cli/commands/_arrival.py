"""Entries of others arrive by a file: they are shown, asked about, written, and what was set aside is settled or said."""

from collections.abc import Sequence
from uuid import uuid4

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.records import differences
from ht_cli.catalogue.index.vocabulary import read_keepers_words, read_words
from ht_cli.catalogue.keeping.following import Conflict
from ht_cli.catalogue.keeping.secrecy import secret_among
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.ahead import said_of_clocks
from ht_cli.catalogue.sharing.merging import as_it_waits, conflicts, plan_merge, refresh, settle, things, write_merge
from ht_cli.commands._twins import say_likely_twins
from ht_cli.errors import UsageError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import Change
from ht_cli.output.changes import confirmed, interactive, loses, say_done, say_plan
from ht_cli.output.conflicts import ask_which_stands, write_conflicts
from ht_cli.output.terminal import note


def refuse_both_sides(ours: bool, theirs: bool) -> None:
    """Refuse to prefer both sides. Raises UsageError."""
    if ours and theirs:
        raise UsageError(_("choose one of --ours and --theirs"))


def take_in(
    changes: Sequence[Change], named: str, catalogue: str | None, *, ours: bool, theirs: bool, yes: bool, dry_run: bool, by: str
) -> None:
    """Take entries in, after a yes; `named` is what they came in, as it is shown."""
    with open_catalogue(catalogue) as connection:
        arrival = plan_merge(connection, changes)
        words = read_keepers_words(connection)
        waiting = things(conflicts(connection, arrival))
        secret = secret_among(connection, arrival.records, changes)
    for identifier, (before, after) in arrival.records.items():
        say_plan(identifier, differences(before, after), words, secret=identifier in secret)
    if not arrival.changes and not waiting:
        if arrival.waiting and not dry_run:
            _keep_aside(arrival.waiting, catalogue)
        else:
            note(_("nothing new in {path}; nothing was changed").format(path=named))
        return
    write_conflicts(waiting, words.area)
    lost = any(loses(differences(before, after), secret=identifier in secret) for identifier, (before, after) in arrival.records.items())
    if dry_run or not confirmed(_("Write this?"), yes=yes, loses=lost or bool((ours or theirs) and waiting)):
        note(_("nothing was changed"))
        return
    act = str(uuid4())
    with open_for_writing(catalogue, arriving=True) as connection:
        records = refresh(connection, write_merge(connection, (*arrival.changes, *arrival.waiting), act))
        of_clocks = said_of_clocks(connection)
        waiting = things(conflicts(connection))
        settled = [
            settle(connection, thing[0], keep=_is_ours(thing[0].standing_word) == ours, who=by, batch=act)
            for thing in waiting
            if ours or theirs
        ]
    say_done([*(change._replace(merged=act) for change in arrival.changes if change.fields), *(change for change in settled if change)])
    with open_catalogue(catalogue) as connection:
        say_likely_twins(connection, records)
    for remark in of_clocks:
        note(remark)
    if waiting and not settled:
        settle_one_by_one(waiting, catalogue, by)


def _keep_aside(changes: Sequence[Change], catalogue: str | None) -> None:
    """Keep what is dated too far ahead, which changes no fact, and say so."""
    with open_for_writing(catalogue) as connection:
        write_merge(connection, changes, "")
        of_clocks = said_of_clocks(connection)
    for remark in of_clocks:
        note(remark)


def _is_ours(word: Change | None) -> bool:
    return word is None or not word.merged


def settle_one_by_one(waiting: Sequence[Sequence[Conflict]], catalogue: str | None, by: str) -> None:
    """Ask on a terminal, thing by thing, which is right; elsewhere say how it is settled."""
    if not interactive():
        say_waiting(len(waiting))
        return
    with open_catalogue(catalogue) as connection:
        area = read_words(connection, languages()[0]).area
    for number, thing in enumerate(waiting, 1):
        with open_catalogue(catalogue) as connection:
            now = as_it_waits(connection, thing[0])
        keep = ask_which_stands(now, number, len(waiting), area) if now else None  # an earlier answer may have settled it
        if keep is not None:
            with open_for_writing(catalogue) as connection:
                change = settle(connection, now[0], keep=keep, who=by)
            say_done([change] if change else [])


def say_waiting(count: int) -> None:
    """Say how many things wait to be settled, and how that is done."""
    said = _n(
        "In {count} place two people said different things, not knowing of one another. See and settle it: ht conflicts",
        "In {count} places two people said different things, not knowing of one another. See and settle them: ht conflicts",
        count,
    )
    note(said.format(count=count))
