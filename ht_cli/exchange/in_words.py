"""What people write in the cells of a table where a code is wanted: `Frans`, `gratuit`, `Namur`, `Rue Haute 1, 5000 Namur`.

Only what is written exactly as the name of one thing is taken for it; all else stays as it is, and is refused by its name.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ht_cli.exchange.meanings import FileMeanings, Left, home_of
from ht_cli.locale import translate as _

_KIND_OF = {  # the terms that a field holds
    "kind": "kinds", "cost": "costs", "needs": "needs", "offers": "offers", "audiences": "audiences", "channels": "channels", "languages": "languages",
}  # fmt: skip
_CODE = re.compile(r"(?:country|region|province|community|nis):\S+")
_POSTCODE = re.compile(r"(?:BE?\s*[-–]?\s*)?([1-9]\d{3})", re.IGNORECASE)
_IN_ONE_LINE = re.compile(rf"(.*?)[\s,–-]*\b{_POSTCODE.pattern}\s+(\D+)", re.IGNORECASE)  # street, postcode, town
_COUNTRY = re.compile(r"[\s,–-]+(?:Belgi(?:que|ë|e|en|um)|BE)\s*", re.IGNORECASE)


def as_meant(values: dict[str, Any], meanings: FileMeanings) -> list[Left]:
    """Put codes in place of the names that the cells of a row hold; give the areas and towns that were taken for such, since a name may be mistaken."""
    left: list[Left] = []
    for field, kind in _KIND_OF.items():
        said = values.get(field)
        if isinstance(said, str):
            values[field] = meanings.term(kind, said.strip()) or said
        elif said:
            values[field] = list(_known_or_as_written(said, lambda name, kind=kind: meanings.term(kind, name)))  # type: ignore[misc]
    if values.get("addresses"):
        values["addresses"] = [_address(row, meanings, left) for row in values["addresses"]]
    said = values.get("areas")
    if not said or all(map(_CODE.fullmatch, said)):
        return left
    areas = dict.fromkeys(_known_or_as_written(said, lambda name: name if _CODE.fullmatch(name) else meanings.area(name)))
    values["areas"] = list(areas)  # two localities of one municipality are one area
    return [*left, *([Left("areas", f"{'; '.join(said)} → {'; '.join(areas)}", _("guessed"))] if areas.keys() != set(said) else [])]


def _known_or_as_written(items: Sequence[str], known: Callable[[str], str]) -> Iterator[str]:
    """Give the code of each item, or those of its parts between commas where all of them have one; else the item."""
    for item in items:
        whole, parts = known(item), [known(part.strip()) for part in item.split(",")] if "," in item else [""]
        yield from [whole] if whole else parts if all(parts) else [item]


def _address(row: Mapping[str, str], meanings: FileMeanings, left: list[Left]) -> dict[str, str]:
    """Give an address with the municipality that its postcode or its town names, where none stands there; and one in one line with its parts.

    What of it was guessed, and a town that its postcode denies, is added to `left`.
    """
    if row.get("nis"):
        return dict(row)
    line = _IN_ONE_LINE.fullmatch(_COUNTRY.sub("", row.get("street", "")).strip()) if set(row) == {"street"} else None
    parts = {"street": line[1], "postcode": line[2], "locality": line[3].strip()} if line else dict(row)
    bare = _POSTCODE.fullmatch(parts.get("postcode", "").strip())
    parts |= {"postcode": bare[1]} if bare else {}
    town = parts.get("locality", "")
    home = home_of(parts.get("postcode", ""), town, meanings)
    if not home.nis:
        return dict(row)
    written = f"{parts.get('postcode', '')} {town}".strip()
    if home.elsewhere:
        left.append(Left("addresses", written, _("a town elsewhere than its postcode, which counts")))
        del parts["locality"]
    elif home.guessed:
        left.append(Left("addresses", f"{written} → nis:{home.nis}", _("guessed")))
    return {part: text for part, text in (parts | {"nis": home.nis}).items() if text}
