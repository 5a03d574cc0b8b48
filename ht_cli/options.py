"""The options that commands share, as Annotated types; their help is translated when it is shown."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ht_cli.locale import AVAILABLE
from ht_cli.locale import mark as _

Format = Literal["table", "records", "tsv", "csv", "json", "jsonl", "ids"]  # how results are written
How = Literal["phone", "mail", "site", "visit"]  # how a person confirmed a fact
Texts = list[str] | None

WordsArgument = Annotated[Texts, typer.Argument(metavar="[WORDS…]", help=_("What you look for, in any of the four languages."))]
CityOption = Annotated[str | None, typer.Option("--city", "-c", help=_("Town, postcode, province or region."))]
NeedsOption = Annotated[Texts, typer.Option("--need", "-n", help=_("What it is about: burnout, grief … (ht terms needs)"))]
AudiencesOption = Annotated[Texts, typer.Option("--audience", "-a", help=_("For whom: adolescents, relatives …"))]
OffersOption = Annotated[Texts, typer.Option("--offer", help=_("What is offered: support group, listening …"))]
KindsOption = Annotated[Texts, typer.Option("--kind", "-k", help=_("Network, helpline, service, group …"))]
AgeOption = Annotated[int | None, typer.Option("--age", min=0, max=120, help=_("Age of the person, in years."))]
LanguagesOption = Annotated[Texts, typer.Option("--language", metavar="|".join(AVAILABLE), help=_("Language in which help is given."))]
ChannelsOption = Annotated[Texts, typer.Option("--channel", help=_("In person, phone, online, chat, e-mail, home visit."))]
OnlineOption = Annotated[bool, typer.Option("--online", help=_("Help that comes by internet."))]
FreeOption = Annotated[bool, typer.Option("--free", help=_("Known to be free."))]
WithoutReferralOption = Annotated[bool, typer.Option("--without-referral", help=_("Known to need no referral."))]
NearOption = Annotated[float | None, typer.Option("--near", metavar="KM", min=0, help=_("Only addresses within so many km of the town."))]
OpenNowOption = Annotated[bool, typer.Option("--open-now", help=_("Only who answers now; those whose hours are unknown come last, apart."))]
OpenAtOption = Annotated[
    str | None, typer.Option("--open-at", metavar="MOMENT", help=_("The same for another time: sat 21:00, 2026-12-24 23:30, 21:00."))
]
ExactOption = Annotated[bool, typer.Option("--exact", help=_("Take the words as they are, correct nothing."))]

FormatOption = Annotated[Format | None, typer.Option("--format", help=_("table on a terminal and tsv in a pipe, unless you choose."))]
JsonOption = Annotated[bool, typer.Option("--json", help=_("The same as --format json."))]
CsvOption = Annotated[bool, typer.Option("--csv", help=_("The same as --format csv."))]
FieldsOption = Annotated[str | None, typer.Option("--fields", metavar="A,B", help=_("Only these fields, in this order."))]


def _refuse_overwriting_unasked(context: typer.Context, output: Path | None) -> Path | None:
    """Give the file to write, which is a new one unless --force says otherwise."""
    if output and not context.params.get("force"):
        from ht_cli.output.delivery import refuse_overwriting

        refuse_overwriting(output)
    return output


OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", callback=_refuse_overwriting_unasked, help=_("Write to this file, whole or not at all.")
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", is_eager=True, help=_("Write over a file that is there."))]
NoPagerOption = Annotated[bool, typer.Option("--no-pager", help=_("Print long output as it is, without the pager."))]
LocaleOption = Annotated[str | None, typer.Option("--locale", metavar="|".join(AVAILABLE), help=_("Language of what ht says."))]
CatalogueOption = Annotated[
    str | None, typer.Option("--catalogue", metavar="FILE", help=_("Read this catalogue instead of the bundled one."))
]
AllOption = Annotated[bool, typer.Option("--all", help=_("Closed and unverified ones too, and those without any contact."))]


def _reveal(context: typer.Context, asked: bool) -> bool:
    if asked:
        from ht_cli.output.confidential import conceal, reveal

        reveal()
        context.call_on_close(conceal)
    return asked


ShowConfidentialOption = Annotated[
    bool, typer.Option("--show-confidential", callback=_reveal, help=_("Show addresses that must stay secret, on a terminal only."))
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask before writing."))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Show what would change, and change nothing."))]
ByOption = Annotated[str, typer.Option("--by", metavar="AB", envvar="HT_BY", help=_("Your initials, for the history."))]
OursOption = Annotated[bool, typer.Option("--ours", help=_("Where both sides changed the same fact, ours stands."))]
TheirsOption = Annotated[bool, typer.Option("--theirs", help=_("Where both sides changed the same fact, theirs stands."))]
