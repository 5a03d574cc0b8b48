"""What people write in the cells of a table where a code is wanted: `Frans`, `gratuit`, `Namur`, `Rue Haute 1, 5000 Namur`.

Only what is written exactly as the name of one thing is taken for it; all else stays as it is, and is refused by its name.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ht_cli.exchange.addresses import at_home
from ht_cli.exchange.meanings import FileMeanings, Left
from ht_cli.locale import translate as _

_KIND_OF = {  # the terms that a field holds
    "kind": "kinds", "cost": "costs", "needs": "needs", "offers": "offers", "audiences": "audiences", "channels": "channels", "languages": "languages",
}  # fmt: skip
_STATUSES = {  # as people write them in a column, and as we say them
    "active": "actif, active, ouvert, ouverte, en activité, actief, open, aktiv, offen, in use",
    "unverified": "non vérifié, non vérifiée, niet nagekeken, ongecontroleerd, ungeprüft, nicht geprüft, not verified",
    "unreachable": "injoignable, onbereikbaar, niet bereikbaar, nicht erreichbar, could not be reached",
    "closed": "fermé, fermée, gesloten, stopgezet, geschlossen",
}
_STATUS_BY_WORD = {word: status for status, words in _STATUSES.items() for word in (status, *words.split(", "))}
_CODE = re.compile(r"(?:country|region|province|community|nis):\S+")
_BETWEEN = re.compile(r"\s*[,/+&]\s*|\s+(?:et|en|und|and)\s+", re.IGNORECASE)  # languages, audiences … of one cell


def as_meant(values: dict[str, Any], meanings: FileMeanings) -> list[Left]:
    """Put codes in place of the names that the cells of a row hold; give the areas and towns that were taken for such, since a name may be mistaken."""
    left: list[Left] = []
    if isinstance(values.get("status"), str):
        values["status"] = _STATUS_BY_WORD.get(values["status"].strip().casefold(), values["status"])
    for field, kind in _KIND_OF.items():
        said = values.get(field)
        if isinstance(said, str):
            values[field] = meanings.term(kind, said.strip()) or said
        elif said:
            values[field] = list(_known_or_as_written(said, lambda name, kind=kind: meanings.term(kind, name)))  # type: ignore[misc]
    if values.get("addresses"):
        values["addresses"] = [at_home(row, meanings, left) for row in values["addresses"]]
    said = values.get("areas")
    if not said or all(map(_CODE.fullmatch, said)):
        return left
    areas = dict.fromkeys(_known_or_as_written(said, lambda name: name if _CODE.fullmatch(name) else meanings.area(name)))
    values["areas"] = list(areas)  # two localities of one municipality are one area
    return [*left, *([Left("areas", f"{'; '.join(said)} → {'; '.join(areas)}", _("guessed"))] if areas.keys() != set(said) else [])]


def _known_or_as_written(items: Sequence[str], known: Callable[[str], str]) -> Iterator[str]:
    """Give the code of each item, or those of its parts between commas, slashes and “and” where all of them have one; else the item."""
    for item in items:
        whole = known(item)
        parts = [] if whole else [known(part.strip()) for part in _BETWEEN.split(item)]
        yield from [whole] if whole else parts if all(parts) else [item]
