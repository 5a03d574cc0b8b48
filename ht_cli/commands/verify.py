"""`ht verify`: say that a person confirmed a resource or one of its facts, or could not reach it."""

from __future__ import annotations

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.verifying import FACTS, TRIES, checkable_field, failed, tried_today, verified
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.commands._fields import field_meant
from ht_cli.commands._naming import one_resource
from ht_cli.errors import UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.changes import say_done, say_nobody, say_plan
from ht_cli.output.terminal import note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from ht_cli.options import ByOption, CatalogueOption, DryRunOption, How, LocaleOption


EXAMPLES = (_help("Examples: ht verify realism --how phone · ht verify realism --field phone --how site · ht verify realism --failed"),)


def verify(
    identifier: Annotated[str, typer.Argument(metavar="ID", help=_help("Id of a resource, or its name."))],
    field: Annotated[str | None, typer.Option("--field", metavar="FIELD", help=_help("Only this fact: phone, url, hours …"))] = None,
    how: Annotated[How | None, typer.Option("--how", help=_help("How you know."))] = None,
    fail: Annotated[bool, typer.Option("--failed", help=_help("Nobody could be reached; the third time it is marked so."))] = False,
    dry_run: DryRunOption = False,
    by: ByOption = "",
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Confirm the facts of a resource, or say that it could not be reached."""
    if bool(how) == fail:
        raise UsageError(_("say how you know (--how phone, mail, site or visit), or --failed"))
    fact = checkable_field(field_meant(field, FACTS)) if field else ""
    with open_catalogue(catalogue) as connection:
        resource = one_resource(identifier, Lexicon(connection), connection, follow=False, guess=False)
        words = read_keepers_words(connection)
    if dry_run:
        from ht_cli.catalogue.facts.records import differences, record_of

        record = record_of(resource)
        say_plan(resource.id, differences(record, failed(record) if fail else verified(record, fact, how or "", by)), words)
        note(_("nothing was changed"))
        return
    with open_for_writing(catalogue) as connection:
        editor = Editor(connection)
        if fail:
            tried = tried_today(connection, resource.id)
            change = None if tried else editor.change(resource.id, failed, Occasion("fail", by))
        else:
            change = editor.change(resource.id, lambda now: verified(now, fact, how or "", by), Occasion("verify", by))
    say_done([change] if change else [])
    if change:
        say_nobody(by)
    if fail and not change:
        note(_("a try is counted already today; one a day counts"))
    if change and change.fields.get("status", ("", ""))[1] == "unreachable":
        left_out = _n(
            "Not reached {count} time: it is left out of results until somebody reaches it.",
            "Not reached {count} times in a row: it is left out of results until somebody reaches it.",
            TRIES,
        )
        note(left_out.format(count=TRIES))
