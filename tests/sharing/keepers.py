"""Keepers without a catalogue file: each holds entries, writes new ones as the journal does, and exchanges them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ht_cli.catalogue.facts.records import Record, differences, tidy
from ht_cli.catalogue.keeping.cells import FOLLOWING
from ht_cli.catalogue.keeping.journal import name_of
from ht_cli.catalogue.keeping.standing import Outcome, outcome
from ht_cli.catalogue.keeping.verifying import unchecked
from ht_cli.model import Change

RELEASED: Record = tidy({
    "name": "Maison du Tilleul", "kind": "service", "languages": ["fr"], "areas": ["nis:92094"], "needs": ["grief", "stress"],
    "phones": [{"number": "081777150"}, {"number": "0800 32 123"}], "email": "info@example.org", "url": "https://www.example.org",
})  # fmt: skip


class Keeper:
    """One keeper of one resource; `behind` is how many minutes their clock is wrong."""

    def __init__(self, device: str, behind: int = 0) -> None:
        self.device = device * 8
        self.entries: dict[str, Change] = {}
        self._minutes = behind

    @property
    def facts(self) -> Outcome:
        return outcome(RELEASED, self.entries.values())

    @property
    def record(self) -> Record:
        return self.facts.record

    def write(
        self,
        action: str,
        fields: Mapping[str, tuple[Any, Any]],
        superseded: Mapping[str, tuple[Any, Any]] = MappingProxyType({}),
        undoes: str = "",
    ) -> Change:
        """Write an entry that knows all that this keeper holds, later than any of it."""
        self._minutes += 1
        now = f"2026-11-28T{8 + self._minutes // 60:02}:{self._minutes % 60:02}:00.000Z"
        last = max((entry.at for entry in self.entries.values()), default="")
        at = now if now > last else f"{last[:-4]}{int(last[-4:-1]) + 1:03}Z"
        seen = {name for entry in self.entries.values() for name in entry.seen}
        heads = tuple(sorted(self.entries.keys() - seen))
        entry = Change(
            "", at, self.device[0].upper(), action, "maison-du-tilleul", fields,
            undoes=undoes, superseded=superseded, device=self.device, seen=heads,
        )  # fmt: skip
        entry = entry._replace(uuid=name_of(entry))
        self.entries[entry.uuid] = entry
        return entry

    def say(self, **values: Any) -> None:
        """Change fields of the record as it is known here."""
        now = self.record
        after = unchecked(now, tidy({**now, **values}))
        changed = {field: pair for field, pair in differences(now, after).items() if field != FOLLOWING[-1]}
        if changed:
            self.write("update", changed)
            assert self.record == after  # what is written here at once is what follows from the entries

    def check(self, field: str = "", on: str = "2026-11-28") -> None:
        """Confirm a field, or the whole record, by phone."""
        now = self.record
        if field:
            others = [one for one in now.get("fact_checks", ()) if one["field"] != field]
            after = {"fact_checks": [*others, {"field": field, "on": on, "how": "phone", "by": self.device[0].upper()}]}
        else:
            after = {"checked_on": on, "checked_how": "phone", "checked_by": self.device[0].upper()}
        self.write("verify", {name: (now.get(name), value) for name, value in after.items()})

    def take_back(self, entry: Change) -> None:
        """Take an entry back that is known here, whoever wrote it."""
        before = self.record
        undo = self.write("undo", {}, undoes=entry.uuid)
        moved = differences(before, self.record)
        del self.entries[undo.uuid]  # it says what becomes of the record, as in a journal
        self.write("undo", moved, undoes=entry.uuid)

    def hear(self, *others: "Keeper") -> None:
        """Take over what others hold."""
        for other in others:
            self.entries |= other.entries
