"""What people write in the cells of a table where a code is wanted: `Frans`, `gratuit`, `Namur`, `Rue Haute 1, 5000 Namur`.

Only what is written exactly as the name of one thing is taken for it; all else stays as it is, and is refused by its name.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ht_cli.exchange.meanings import FileMeanings, Left
from ht_cli.locale import translate as _

_KIND_OF = {  # the terms that a field holds
    "kind": "kinds", "cost": "costs", "needs": "needs", "offers": "offers", "audiences": "audiences", "channels": "channels", "languages": "languages",
}  # fmt: skip
_CODE = re.compile(r"(?:country|region|province|community|nis):\S+")
_IN_ONE_LINE = re.compile(r"(.*?)[\s,–-]*\b(?:BE?\s*-\s*)?([1-9]\d{3})\s+(\D+)", re.IGNORECASE)  # street, postcode, town


def as_meant(values: dict[str, Any], meanings: FileMeanings) -> list[Left]:
    """Put codes in place of the names that the cells of a row hold; give the areas that were taken for such, since a name may be mistaken."""
    for field, kind in _KIND_OF.items():
        said = values.get(field)
        if isinstance(said, str):
            values[field] = meanings.term(kind, said.strip()) or said
        elif said:
            values[field] = list(_known_or_as_written(said, lambda name, kind=kind: meanings.term(kind, name)))  # type: ignore[misc]
    if values.get("addresses"):
        values["addresses"] = [_address(row, meanings) for row in values["addresses"]]
    said = values.get("areas")
    if not said or all(map(_CODE.fullmatch, said)):
        return []
    areas = dict.fromkeys(_known_or_as_written(said, lambda name: name if _CODE.fullmatch(name) else meanings.area(name)))
    values["areas"] = list(areas)  # two localities of one municipality are one area
    return [Left("areas", f"{'; '.join(said)} → {'; '.join(areas)}", _("guessed"))] if areas.keys() != set(said) else []


def _known_or_as_written(items: Sequence[str], known: Callable[[str], str]) -> Iterator[str]:
    """Give the code of each item, or those of its parts between commas where all of them have one; else the item."""
    for item in items:
        whole, parts = known(item), [known(part.strip()) for part in item.split(",")] if "," in item else [""]
        yield from [whole] if whole else parts if all(parts) else [item]


def _address(row: Mapping[str, str], meanings: FileMeanings) -> dict[str, str]:
    """Give an address with the municipality that its postcode or its town names, where none stands there; and one in one line with its parts."""
    if row.get("nis"):
        return dict(row)
    line = _IN_ONE_LINE.fullmatch(row.get("street", "")) if set(row) == {"street"} else None
    parts = {"street": line[1], "postcode": line[2], "locality": line[3].strip()} if line else dict(row)
    codes = (meanings.area(parts.get(part, "")) for part in ("postcode", "locality"))
    nis = next((code.removeprefix("nis:") for code in codes if code.startswith("nis:")), "")
    return {part: text for part, text in (parts | {"nis": nis}).items() if text} if nis else dict(row)
