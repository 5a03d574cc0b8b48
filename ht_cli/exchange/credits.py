"""Whose work the catalogue builds on, to be said wherever it is published: data/LICENSE in the reader's language."""

from ht_cli.locale import translate as _
from ht_cli.shapes import NamedTuple

LICENCE_NAME, LICENCE_LINK = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"  # its name is that of SPDX
PUBLISHER = "Mental-health help in Belgium (ht)"


class Credit(NamedTuple):
    """A sentence of thanks and the address of whom it names."""

    text: str
    link: str


def licence() -> Credit:
    """Say under which licence the catalogue may be passed on."""
    return Credit(
        _("“ht, catalogue of mental-health help in Belgium”, licence CC BY 4.0: share and adapt it, and say where it comes from."),
        LICENCE_LINK,
    )


def points() -> Credit:
    """Name from whom the points on a map are, wherever one stands."""
    return Credit(_("GeoNames, CC BY 4.0, April 2024, modified: points of localities."), "https://www.geonames.org/")


def credit_list() -> tuple[Credit, ...]:
    """Name whose work the catalogue builds on."""
    return (
        points(),
        Credit(
            _("Statbel (Statistics Belgium), modified: codes, mergers and population of municipalities. English names are not official."),
            "https://statbel.fgov.be/",
        ),
        Credit(_("BeST addresses, FPS BOSA, CC BY 4.0, September 2026: postcodes and localities."), "https://bosa.belgium.be/"),
        Credit(
            _("The idea of bringing networks, platforms and circles together comes from an article by Healing Together."),
            "https://healingtogether.space/",
        ),
    )


def attribution(*, linked: bool = True) -> str:
    """Say the licence and whose work the catalogue builds on, as one text for where no list can stand; without addresses in a picture."""
    return " ".join(f"{credit.text} {credit.link}" if linked else credit.text for credit in (licence(), *credit_list()))
