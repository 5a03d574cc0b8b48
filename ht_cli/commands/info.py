"""`ht info`: which catalogue is read, what it holds, how old it is, whose work it builds on."""

from ht_cli import __version__
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.reading import read_counts, read_meta, read_words
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.options import CatalogueOption, CsvOption, FormatOption, JsonOption, LocaleOption, OutputOption
from ht_cli.output.listing import write_listing
from ht_cli.output.results import chosen_sheet
from ht_cli.output.terminal import note
from ht_cli.paths import chosen_catalogue
from ht_cli.wording import Words

CREDITS = (
    "GeoNames (CC BY 4.0), Statbel, BeST – FPS BOSA (CC BY 4.0): see data/LICENSE",
    "Healing Together, healingtogether.be",
)


def info(
    form: FormatOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Say which catalogue is read, how old it is, and where it comes from."""
    sheet = chosen_sheet(form, as_json, as_csv, None, output)
    with open_catalogue(catalogue) as connection:
        meta = read_meta(connection)
        words = read_words(connection, languages()[0])
        rows: list[tuple[str, str, str]] = [
            ("ht", "version", __version__),
            ("catalogue", "path", str(chosen_catalogue(catalogue))),
            *(("catalogue", name, value) for name, value in sorted(meta.items())),
        ]
        for facet, counts in read_counts(connection).items():
            rows += [
                (facet, _named(words, facet, value) if not sheet.for_machines else value, str(count)) for value, count in counts.items()
            ]
    rows += [("credits", str(number), text) for number, text in enumerate(CREDITS, 1)]
    write_listing(("topic", "name", "value"), rows, sheet)
    note(_("No fact has been checked by a person yet: call or look before you rely on one.") if not meta.get("checked") else "")


def _named(words: Words, facet: str, value: str) -> str:
    if facet == "kind":
        return words.term("kinds", value)
    if facet == "region":
        return words.area(f"region:{value}")
    return value
