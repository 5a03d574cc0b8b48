"""What stands on a sheet, whatever it is written in: entries, their numbers and facts, and the lines at the foot."""

from collections.abc import Mapping

from ht_cli.shapes import NamedTuple


class SheetText(NamedTuple):
    """Words to read; `language` is theirs when it is not that of the sheet."""

    text: str = ""
    language: str = ""


Texts = tuple[SheetText, ...]


class Number(NamedTuple):
    """A number as people write it, and its `tel:` address; `hours` where the numbers differ in them."""

    national: str
    link: str
    label: str = ""
    hours: Texts = ()


class FirstWords(NamedTuple):
    """What to say or write first, in a language of the resource, and what that means in the client's where they differ."""

    label: str
    said: SheetText
    meaning: str = ""


class SheetEntry(NamedTuple):
    """One resource on the sheet; `facts` are labels with their values, `code` is what the QR code holds, `place` the first address."""

    name: str
    about: SheetText
    numbers: tuple[Number, ...]
    hours: Texts
    email: str
    url: str
    site: str
    place: str
    facts: tuple[tuple[str, Texts], ...]
    phrase: FirstWords | None
    dates: str
    warning: str
    code: str


class SheetLine(NamedTuple):
    """A line to call at the foot: number, its `tel:` address, name and hours."""

    national: str
    link: str
    name: str
    hours: str


class SheetPage(NamedTuple):
    """The whole sheet in one language: its entries, the emergency number first among the lines at the foot."""

    language: str
    language_names: Mapping[str, str]
    entries: tuple[SheetEntry, ...]
    lines: tuple[SheetLine, ...]
