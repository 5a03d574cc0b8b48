"""`ht upgrade`: bring a newer release into the user's own catalogue, without losing a word of theirs."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_meta
from ht_cli.catalogue.facts.records import differences
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.merging import things
from ht_cli.catalogue.sharing.upgrading import plan_upgrade, taken_back, waits_for_upgrade, write_upgrade
from ht_cli.commands._arrival import refuse_both_sides
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.changes import confirmed, interactive, loses, say_done, say_plan
from ht_cli.output.conflicts import ask_which_stands, write_conflicts
from ht_cli.output.terminal import note
from ht_cli.paths import bundled_catalogue, chosen_catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ht_cli.catalogue.keeping.following import Conflict
    from ht_cli.model import Change
    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, LocaleOption, OursOption, TheirsOption, YesOption


EXAMPLES = (_help("Examples: ht upgrade --dry-run · ht upgrade · ht upgrade --theirs"),)


def upgrade(
    ours: OursOption = False,
    theirs: TheirsOption = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Bring a newer release into our own catalogue."""
    refuse_both_sides(ours, theirs)
    if chosen_catalogue(catalogue) == bundled_catalogue():
        note(_("you have no catalogue of your own: ht reads the newest release already"))
        return
    with open_catalogue(bundled_catalogue()) as release:
        with open_catalogue(catalogue) as connection:
            if not waits_for_upgrade(connection, release):
                note(_("your catalogue holds the newest release already"))
                undo = taken_back(connection)
                if undo:
                    note(_("What an upgrade brought was taken back; to bring it again: ht undo {change}").format(change=undo))
                return
            plan = plan_upgrade(connection, release)
        words = read_keepers_words(release)
        for identifier, step in plan.steps.items():
            say_plan(identifier, differences(step.before, step.after), words)
        version = read_meta(release)["data_version"]
        lost = any(loses(differences(step.before, step.after)) for step in plan.steps.values())
        if dry_run or not confirmed(_("Bring release {version} in?").format(version=version), yes=yes, loses=lost or theirs):
            note(_("nothing was changed"))
            return
        with open_for_writing(catalogue, in_bulk=True) as connection:
            changes = write_upgrade(connection, release, by)
    say_done(changes)
    note(_("your catalogue now holds release {version}").format(version=version))
    _settle(things(plan.conflicts), catalogue, by, words.area, ours=ours, theirs=theirs)


def _settle(waiting: list[list[Conflict]], catalogue: str | None, by: str, area: Callable[[str], str], *, ours: bool, theirs: bool) -> None:
    """Take the release's value where that is wanted; ours stays elsewhere."""
    if not waiting or ours:
        return
    write_conflicts(waiting, area)
    if not theirs and not interactive():
        kept = _n(
            "In {count} place the release and you changed the same fact: yours stays; to take it over: ht update",
            "In {count} places the release and you changed the same fact: yours stays; to take one over: ht update",
            len(waiting),
        )
        note(kept.format(count=len(waiting)))
        return
    for number, thing in enumerate(waiting, 1):
        if theirs or ask_which_stands(thing, number, len(waiting), area) is False:
            say_done(_take_over(thing, catalogue, by))


def _take_over(thing: list[Conflict], catalogue: str | None, by: str) -> list[Change]:
    with open_for_writing(catalogue) as connection:
        edit = {conflict.field: conflict.aside for conflict in thing}
        change = Editor(connection).change(thing[0].resource, lambda record: record | edit, Occasion("settle", by))
    return [change] if change else []
