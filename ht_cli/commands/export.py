"""`ht export`: the whole catalogue, or exactly what a search shows, in the format that the next program expects."""

from __future__ import annotations

from typing import Literal

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.commands._selection import count_unreached, select_ids
from ht_cli.commands._writing import require_writable, write_resources
from ht_cli.dates import first_day
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.exchange.forms import FORMS, NAMES, SOURCES, ExportFormat, chosen_form
from ht_cli.exchange.objects import EXPORTED
from ht_cli.exchange.reference import CARD_VERSION
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.terminal import note, say_written, write_bytes
from ht_cli.search.wishes import wishes_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Annotated

    import typer

    from ht_cli.options import (
        AgeOption,
        AudiencesOption,
        CatalogueOption,
        ChannelsOption,
        CityOption,
        CsvOption,
        ExactOption,
        FieldsOption,
        ForceOption,
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
        OutputOption,
        WithoutReferralOption,
        WordsArgument,
    )


EXAMPLES = (_help("Examples: ht export -o all.csv · ht export burnout namur -o burnout.html · ht export --since 2026-11-01 --format json"),)


def export(
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
    exact: ExactOption = False,
    since: Annotated[
        str, typer.Option(metavar="DATE", help=_help("Only what was changed or checked on this day or later; with sources, the release."))
    ] = "",
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help=_help("Closed and unverified ones too; of a search, and in html, markdown and vcard, also those without any contact."),
        ),
    ] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(NAMES),
            help=_help("Else by the ending of -o, else csv. sources writes over the files of the folder that say something else."),
        ),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    excel: Annotated[bool, typer.Option("--excel", help=_help("CSV that a spreadsheet opens as it is, and runs nothing of."))] = False,
    fields: FieldsOption = None,
    card_version: Annotated[
        Literal["3.0", "4.0"] | None,
        typer.Option("--vcard-version", help=_help("Of contact cards, else 3.0, which every telephone reads.")),
    ] = None,
    stamp: Annotated[bool, typer.Option("--stamp", help=_help("Write the moment of the export into the file."))] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help=_help("Print the JSON Schema instead; for sqlite, what Datasette wants to know."))
    ] = False,
    front_matter: Annotated[
        bool, typer.Option("--front-matter", help=_help("Begin Markdown with title and language, as Hugo, MkDocs and pandoc read them."))
    ] = False,
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Write resources to a file."""
    if form == SOURCES:
        _write_sources(output, since, catalogue)
        return
    name, chosen = chosen_form([form, "json" if as_json else None, "csv" if as_csv else None], None if schema else output, excel=excel)
    if schema:
        _write_schema(name, output)
        return
    _refuse_what_is_of_another(name, card_version=card_version, front_matter=front_matter)
    columns = _columns(fields, name, chosen)
    require_writable(name, chosen, output, catalogue, stamp=stamp)
    wishes = wishes_of(
        city=city, needs=need, audiences=audience, offers=offer, kinds=kind, languages=language, channels=channel, online=online, age=age,
        free=free, without_referral=without_referral, near=near, exact=exact, show_all=everything,
    )  # fmt: skip
    with open_catalogue(catalogue) as connection:
        asked, first = " ".join(words or ()), _day(since)
        ids = select_ids(connection, asked, wishes, first, offered=chosen.for_people)
        write_resources(
            connection, ids, chosen, output, columns,
            stamp=stamp, front_matter=front_matter, force=force, card_version=card_version or CARD_VERSION,
        )  # fmt: skip
        unreached = count_unreached(connection, asked, wishes, first, ids) if chosen.for_people else 0
    if output:
        say_written(output, len(ids))
    _say_left_out(unreached)


def _refuse_what_is_of_another(name: str, *, card_version: str | None, front_matter: bool) -> None:
    """Refuse an option that belongs to another format. Raises UsageError."""
    if card_version and name != "vcard":
        raise UsageError(_("--vcard-version is that of contact cards; leave it out for {format}").format(format=name))
    if front_matter and name != "markdown":
        raise UsageError(_("--front-matter goes with markdown; leave it out for {format}").format(format=name))


def _say_left_out(unreached: int) -> None:
    if unreached:
        note(
            _n(
                "{count} without any contact is left out; --all adds it",
                "{count} without any contact are left out; --all adds them",
                unreached,
            ).format(count=unreached)
        )


def _write_schema(name: str, output: Path | None) -> None:
    from ht_cli.exchange.schema import description_of

    write_bytes(description_of("sqlite" if name == "sqlite" else "json"), output)
    if output:
        say_written(output)


def _write_sources(output: Path | None, since: str, catalogue: str | None) -> None:
    """Write what keepers changed since the release as the files from which the next one is built."""
    from ht_cli.catalogue.facts.reading import read_meta
    from ht_cli.catalogue.release.returning import ABSORBED, changed_since_the_release, files

    if output is None:
        raise UsageError(_("say where: -o FOLDER (data/sources itself, or an empty one)"))
    with open_catalogue(catalogue) as connection:
        release = read_meta(connection)["data_version"]
        if since and since != release:
            raise UsageError(_("this catalogue is of release {release}: what changed since then is written; leave out --since, or say {release}").format(release=release))  # fmt: skip
        changed = changed_since_the_release(connection)
        if not changed:
            raise NotFoundError(_("nothing was changed since release {release}").format(release=release))
        for path, text in files(connection, changed):
            target = output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            known = target.read_text("utf-8").split() if path.name == ABSORBED and target.exists() else []
            lines = sorted({*text.split(), *known}) if path.name == ABSORBED else ()
            if not _says_the_same(target, text):
                target.write_text("".join(f"{line}\n" for line in lines) or text, "utf-8")
    note(
        _n("{count} resource written to {path}; then: python -m ht_cli.catalogue.release.build",
           "{count} resources written to {path}; then: python -m ht_cli.catalogue.release.build", len(changed)).format(count=len(changed), path=output)
    )  # fmt: skip


def _says_the_same(file: Path, text: str) -> bool:
    """Say whether a file is TOML that says what a text says: it stays then, with its comments and in its order."""
    import tomllib

    try:
        return file.suffix == ".toml" and tomllib.loads(file.read_text("utf-8")) == tomllib.loads(text)
    except (OSError, ValueError, RecursionError):
        return False


def _day(text: str) -> str:
    """Give the first day that a date may mean: 2026-11 → 2026-11-01."""
    if not text:
        return ""
    try:
        return first_day(text).isoformat()
    except ValueError as error:
        raise UsageError(_("--since: {value} is no date; write 2026, 2026-08 or 2026-08-10").format(value=text)) from error


def _columns(fields: str | None, name: str, form: ExportFormat) -> tuple[str, ...]:
    """Give the fields asked for. Raises UsageError when there is one that does not exist, or the format is of one piece."""
    columns = tuple(filter(None, (field.strip() for field in (fields or "").split(","))))
    if columns and not form.fields:
        choosing = ", ".join(other for other, its in FORMS.items() if its.fields)
        raise UsageError(_("{format} has no columns to choose; --fields goes with: {formats}").format(format=name, formats=choosing))
    for column in columns:
        if column not in EXPORTED:
            raise UsageError(_("no field {name}; there are: {fields}").format(name=column, fields=", ".join(EXPORTED)))
    return columns
