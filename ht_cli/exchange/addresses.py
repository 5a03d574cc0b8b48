"""An address as tables of others say it: in one line, or with its parts in columns of their own."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ht_cli.exchange.cells import without_decimals
from ht_cli.exchange.meanings import FileMeanings, Left, home_of
from ht_cli.locale import translate as _

PARTS = ("street", "house_number", "postcode", "locality")  # columns that say a part of one address
POINT = ("latitude", "longitude")
_POSTCODE = re.compile(r"(?:BE?[\s–-]*)?([1-9]\d{3})", re.IGNORECASE)
_IN_ONE_LINE = re.compile(rf"(.*?)[\s,–-]*\b{_POSTCODE.pattern}\s+(\D+)", re.IGNORECASE)  # street, postcode, town
_COUNTRY = re.compile(r"[\s,–-]+(?:Belgi(?:que|ë|e|en|um)|BE)\s*", re.IGNORECASE)


def joined(values: dict[str, Any], cells: Mapping[str, str]) -> list[Left]:
    """Join the parts of an address that stand in columns of their own, in `cells`, to the one that a row says; give what is left of them.

    Without any other column of addresses they are the address. A part that the address says as well is not looked at where both say the
    same; where it says otherwise, or there are several addresses, the column is left.
    """
    left = [
        Left(part, cells[part].strip(), _("the centre of the municipality is all that is kept")) for part in POINT if _said(cells, part)
    ]
    said = {part: without_decimals(cells[part].strip()) for part in PARTS if _said(cells, part)}
    number = said.pop("house_number", "")
    if number and "street" in said:
        said["street"] = f"{said['street']} {number}"
    elif number:
        left.append(Left("house_number", number, _("there is no street beside it")))
    if not any(part in cells for part in PARTS):
        return left
    known: Sequence[Mapping[str, str]] = values.get("addresses") or ()
    if len(known) > 1:
        return left + [Left(part, text, _("there are several addresses beside it")) for part, text in said.items()]
    address = in_parts(known[0]) if known else {}
    left += [Left(part, text, _("the address says otherwise")) for part, text in said.items() if not _alike(address.get(part, text), text)]
    whole = {**said, **address}
    values["addresses"] = [whole] if whole else []
    return left


def in_parts(row: Mapping[str, str]) -> dict[str, str]:
    """Give an address with its parts apart, also one that stands in one line: Rue Haute 1, 5000 Namur."""
    line = _IN_ONE_LINE.fullmatch(_COUNTRY.sub("", row.get("street", "")).strip()) if set(row) == {"street"} else None
    parts = {"street": line[1], "postcode": line[2], "locality": line[3].strip()} if line else dict(row)
    bare = bare_postcode(parts.get("postcode", "").strip())
    return {part: text for part, text in (parts | ({"postcode": bare} if bare else {})).items() if text}


def bare_postcode(text: str) -> str:
    """Give the four digits of a Belgian postcode, also of B-5000 and BE 5000; nothing of what is none."""
    found = _POSTCODE.fullmatch(text)
    return found[1] if found else ""


def at_home(row: Mapping[str, str], meanings: FileMeanings, left: list[Left]) -> dict[str, str]:
    """Give an address with the municipality that its postcode or its town names, where none stands there.

    What of it was guessed, and a town that its postcode denies, is added to `left`.
    """
    if row.get("nis"):
        return dict(row)
    parts = in_parts(row)
    town = parts.get("locality", "")
    home = home_of(parts.get("postcode", ""), town, meanings)
    if not home.nis:
        return dict(row)
    left += [Left("addresses", said, why) for said, why in home.doubts(f"{parts.get('postcode', '')} {town}")]
    if home.elsewhere:
        del parts["locality"]
    return {**parts, "nis": home.nis}


def _said(cells: Mapping[str, str], part: str) -> bool:
    return bool(cells.get(part, "").strip())


def _alike(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()
