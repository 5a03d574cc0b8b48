"""What the catalogue knows of words that others wrote, and what of them it has no place for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ht_cli.locale import translate as _
from ht_cli.shapes import NamedTuple


class Left(NamedTuple):
    """Something that a file says and that is not taken over as it stands: the field, what it says, and why."""

    name: str
    value: str = ""
    why: str = ""


class FileMeanings(NamedTuple):
    """What a reader of somebody else's file may ask; without a catalogue behind it, nothing is known.

    `area` gives the code of an area by its name or postcode (nis:62063, province:liege), `term` the term of a kind by its name
    (languages, Frans → fr) or by itself, each empty when there is none or several; `towns` the codes of every municipality that a name or
    a postcode may mean, the likeliest first; `numbers` the numbers of a text as they are dialled. `own` gives the
    id of the resource whose service bears a UUID, `known` says whether a resource has an id, `written` gives that resource as `ht export`
    wrote it when it bore a mark, else at a moment (before all that was changed here where there is neither), by language.
    """

    area: Callable[[str], str] = lambda _name: ""
    towns: Callable[[str], Sequence[str]] = lambda _name: ()
    term: Callable[[str, str], str] = lambda _kind, _name: ""
    numbers: Callable[[str], Sequence[str]] = lambda text: (text,) if text else ()
    own: Callable[[str], str] = lambda _uuid: ""
    known: Callable[[str], bool] = lambda _id: False
    written: Callable[[str, str, str], Mapping[str, Mapping[str, Any]]] = lambda _id, _moment, _mark: {}


NOTHING_KNOWN = FileMeanings()


class Home(NamedTuple):
    """The municipality of an address by its NIS code, empty where none is known; whether the town beside the postcode is another one, and whether that town does not say it."""

    nis: str
    elsewhere: bool = False
    guessed: bool = False

    def doubts(self, written: str) -> Iterator[tuple[str, str]]:
        """Give, of a postcode and a town as they were `written`, what was made of them where they do not say the same, and why that is named."""
        if self.elsewhere:
            yield written, _("a town elsewhere than its postcode, which counts")
        elif self.guessed:
            yield f"{written} → nis:{self.nis}", _("guessed")


def home_of(postcode: str, town: str, meanings: FileMeanings) -> Home:
    """Give the municipality of an address: that of its postcode, of several the one that the town means, else that of the town.

    Whoever lives in Ixelles writes 1050 Bruxelles: a town that is no municipality by that name alone says nothing against the postcode.
    """
    of_postcode, of_town = meanings.towns(postcode) if postcode else (), meanings.towns(town) if town else ()
    if not of_postcode:
        code = meanings.area(town) if town else ""
        return Home(code.removeprefix("nis:") if code.startswith("nis:") else "")
    both = [code for code in of_postcode if code in of_town]
    elsewhere = bool(of_town) and not both
    return Home((both or of_postcode)[0].removeprefix("nis:"), elsewhere, guessed=bool(town) and not both and not elsewhere)


def cost_named(text: str, meanings: FileMeanings) -> str:
    """Give the term of a cost that a text names; what people say for free without the term's own words is free as well."""
    if text.strip(" .!").casefold() in _FREE:
        return "free"
    return meanings.term("costs", text) or "unknown"


_FREE = frozenset((
    "free", "free of charge", "at no charge", "no charge", "gratuit", "gratuitement", "sans frais", "gratis", "kosteloos", "zonder kosten",
    "kostenlos", "kostenfrei", "unentgeltlich", "gebührenfrei",
))  # fmt: skip
