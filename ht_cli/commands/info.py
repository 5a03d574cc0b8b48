"""`ht info`: which catalogue is read, what it holds, how old it is, whose work it builds on, and whether it is whole."""

from __future__ import annotations

import os

from ht_cli import __version__
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_meta
from ht_cli.catalogue.index.tallies import count_checked_in_part, read_counts
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.errors import CatalogueError, UsageError
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.output.delivery import refuse_overwriting
from ht_cli.output.listing import write_listing
from ht_cli.output.results import Layout, chosen_layout
from ht_cli.output.terminal import note, write
from ht_cli.paths import bundled_catalogue, chosen_catalogue, way_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from sqlite3 import Connection
    from typing import Annotated

    import typer

    from ht_cli.options import CatalogueOption, CsvOption, ForceOption, FormatOption, JsonOption, LocaleOption, NoPagerOption, OutputOption
    from ht_cli.wording import Words


EXAMPLES = (_help("Examples: ht info · ht info --check · ht info --backup today.db"),)
CREDITS = (
    "GeoNames (CC BY 4.0), Statbel, BeST – FPS BOSA (CC BY 4.0): see data/LICENSE",
    "Healing Together, healingtogether.space",
)


def info(
    backup: Annotated[Path | None, typer.Option("--backup", metavar="FILE", help=_help("Write a whole copy of the catalogue."))] = None,
    check: Annotated[
        bool, typer.Option("--check", help=_help("Say whether the file is whole and the search agrees with the facts."))
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help=_help("Make the search tables anew from the facts, and the facts from their history."))
    ] = False,
    charts: Annotated[
        bool, typer.Option("--charts", help=_help("Draw what the catalogue holds and lacks; -o FILE.svg: a picture."))
    ] = False,
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    no_pager: NoPagerOption = False,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Say which catalogue is read, how old it is, and where it comes from."""
    if backup:
        if os.path.exists(backup) and not os.path.isfile(backup):  # a folder or a device, in whose place nothing may be put
            raise UsageError(_("{path} is no file that can be written over; give another name").format(path=backup))
        if not force:
            refuse_overwriting(backup)
        _back_up(catalogue, backup)
    if repair:
        _repair(catalogue)
    if check:
        _check(catalogue)
    if backup or repair or check:
        return
    layout = chosen_layout(form, as_json, as_csv, None, output, [".svg"] if charts else [])
    if charts:
        _draw(catalogue, layout, asked=bool(form or as_json or as_csv))
        return
    with open_catalogue(catalogue) as connection:
        rows = _rows(connection, catalogue)
        checked = any(facet == "checked" and int(count) for facet, _name, count in rows)
        shown = rows if layout.for_machines else _in_words(rows, read_words(connection, languages()[0]))
        in_part = count_checked_in_part(connection)
    write_listing(("topic", "name", "value"), shown, layout)
    if in_part:
        said = _n(
            "Of {count} resource a person checked single facts, and not the whole.",
            "Of {count} resources a person checked single facts, and not the whole.",
            in_part,
        )
        note(said.format(count=in_part))
    elif not checked:
        note(_("No fact has been checked by a person yet: call or look before you rely on one."))


def _draw(catalogue: str | None, layout: Layout, *, asked: bool) -> None:
    from ht_cli.commands._charts import read_charts
    from ht_cli.output.charts import write_charts

    with open_catalogue(catalogue) as connection:
        credit = _("ht, catalogue {version}").format(version=read_meta(connection)["data_version"])
        drawn = read_charts(connection, read_words(connection, languages()[0]))
    picture = bool(layout.output and layout.output.suffix == ".svg" and not asked)
    write_charts(drawn, f"{credit}. {CREDITS[0]}", layout, as_picture=picture)


def _back_up(catalogue: str | None, target: Path) -> None:
    from pathlib import Path

    from ht_cli.catalogue.keeping.backups import write_backup

    write_backup(Path(chosen_catalogue(catalogue)), target)
    write([_("backup written: {path}").format(path=target) + "\n"])


def _repair(catalogue: str | None) -> None:
    from ht_cli.catalogue.index.integrity import repair as make_anew
    from ht_cli.catalogue.keeping.writing import open_for_writing
    from ht_cli.catalogue.sharing.merging import refresh, unlike_the_journal

    with open_catalogue(bundled_catalogue()) as release, open_for_writing(catalogue, in_bulk=True) as connection:
        make_anew(connection, release)
        mended = refresh(connection, unlike_the_journal(connection))
    write([_("the search tables are made anew") + "\n"])
    write(_("{id} says again what its history says").format(id=identifier) + "\n" for identifier in mended)


def _check(catalogue: str | None) -> None:
    """Say what is wrong. Raises CatalogueError when something is."""
    from ht_cli.catalogue.index.integrity import problems
    from ht_cli.catalogue.sharing.merging import unlike_the_journal

    path = chosen_catalogue(catalogue)
    with open_catalogue(bundled_catalogue()) as release, open_catalogue(catalogue) as connection:
        found = list(problems(connection, release))
        if not found:  # a file that is damaged says nothing that can be relied on
            said = _("{id} does not say what its history says; mend it with: ht info --repair")
            found = [said.format(id=identifier) for identifier in unlike_the_journal(connection)]
    if not found:
        write([_("{path} is whole, and its search agrees with its facts").format(path=path) + "\n"])
        return
    for problem in found:
        note(problem)
    raise CatalogueError(f"{_('{path} is not whole').format(path=path)}; {way_out(path, catalogue)}")


def _rows(connection: Connection, catalogue: str | None) -> list[tuple[str, str, str]]:
    """Give topic, name and value of each thing, as a program wants them."""
    rows = [
        ("ht", "version", __version__),
        ("catalogue", "path", chosen_catalogue(catalogue)),
        *(("catalogue", name, value) for name, value in sorted(read_meta(connection).items())),
    ]
    for facet, counts in read_counts(connection).items():
        rows += [(facet, value, str(count)) for value, count in counts.items()]
    return [*rows, *(("credits", str(number), text) for number, text in enumerate(CREDITS, 1))]


def _in_words(rows: Sequence[tuple[str, str, str]], words: Words) -> list[tuple[str, str, str]]:
    """Give the same as a person reads it: the topic once, the names in the reader's language."""
    topics = {
        "ht": "ht", "catalogue": _("Catalogue"), "status": _("Status"), "kind": _("Kind"), "confidence": _("Confidence"),
        "source year": _("Year of the source"), "region": _("Region"), "checked": _("Checked"), "change": _("Changes"), "credits": _("Thanks to"),
    }  # fmt: skip
    said: list[tuple[str, str, str]] = []
    before = ""
    for topic, name, value in rows:
        text = value.partition(": see ")[0] if topic == "credits" else value  # where the licence lies is for who has the sources
        said.append(("" if topic == before else topics.get(topic, topic), _named(words, topic, name), text))
        before = topic
    return said


def _named(words: Words, topic: str, name: str) -> str:
    if topic == "kind":
        return words.term("kinds", name)
    if topic == "region":
        return words.area(f"region:{name}")
    if topic == "checked":
        return "/".join(reversed(name.split("-")))
    if topic == "credits":
        return ""
    names = {
        "version": _("version"), "path": _("file"), "built_by": _("built by"), "data_version": _("release"), "active": _("active"),
        "closed": _("closed"), "unverified": _("unverified: too little is known"), "unreachable": _("could not be reached"),
        "high": _("high"), "medium": _("medium"), "low": _("low"), "?": _("unknown"),
    }  # fmt: skip
    return names.get(name, name)
