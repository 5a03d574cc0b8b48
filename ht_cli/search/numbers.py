"""Finds the phone numbers that a question holds, so that who has one is found by it."""

import re
from collections.abc import Sequence

from ht_cli.shapes import NamedTuple

_NUMBER = r"(?<![\w/])(?:\+|00)?\(?\d[\d ./()-]{1,18}\d(?![\w/])"  # read only where there are figures, so not compiled at every start
_NATIONAL = (9, 10)  # figures of a Belgian number with its zero, of a landline and of a mobile; a date has eight
_SHORT = (3, 4, 6)  # figures of a number that is dialled without one (107, 1813)


OF_THE_REFORM = "107"  # the article of the law by which the networks were made, and the line to talk to somebody
BESIDE_THE_REFORM = frozenset((
    "team", "teams", "equipe", "equipes", "mobile", "mobiles", "mobiel", "mobiele", "network", "networks", "netwerk", "netwerken", "reseau", "reseaux",
    "netz", "netzwerk", "netzwerke", "art", "article", "artikel", "reform", "reforme", "hervorming", "projet", "project", "projekt",
))  # fmt: skip


class PhoneNumber(NamedTuple):
    """A stretch of figures that may be dialled, as typed and as the catalogue writes it: E.164, or short as it is dialled."""

    typed: str
    dialled: str

    @property
    def whole(self) -> bool:
        """Whether it can be nothing else: a short one may be a postcode or a year."""
        return self.dialled.startswith("+")


def phone_numbers(text: str) -> list[PhoneNumber]:
    """Give what may be phone numbers, in the order in which they stand."""
    if not any(map(str.isdecimal, text)):
        return []
    found = ((match[0], _dialled(match[0])) for match in re.finditer(_NUMBER, text))
    return [PhoneNumber(typed, dialled) for typed, dialled in found if dialled]


def is_the_reform(number: PhoneNumber, tokens: Sequence[str]) -> bool:
    """Say whether a number is that of an article of the law, and not of a line: "équipe mobile 107", "netwerk 107", "art. 107"."""
    places = [place for place, token in enumerate(tokens) if token == number.dialled == OF_THE_REFORM]
    return any(not BESIDE_THE_REFORM.isdisjoint(tokens[max(place - 2, 0) : place + 3]) for place in places)


def without_numbers(text: str, numbers: list[PhoneNumber]) -> str:
    """Give the text without its whole phone numbers, of which no pair of figures is a postcode or an age."""
    for number in numbers:
        if number.whole:
            text = text.replace(number.typed, " ")
    return text


def _dialled(typed: str) -> str:
    digits = re.sub(r"\D", "", typed.replace("(0)", ""))
    if typed.lstrip("(").startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("0") and len(digits) in _NATIONAL:
        return f"+32{digits[1:]}"
    return digits if len(digits) in _SHORT else ""
