"""What a catalogue must say, told again from the beginning: the acts in effect one after the other, as if the others had never been.

It knows nothing of cells, touches or undoings: whoever takes an act back expects what this gives without it.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from ht_cli.catalogue.facts.records import tidy
from ht_cli.catalogue.keeping.cells import CHECKS, FOLLOWING, WHOLE_CHECK
from ht_cli.catalogue.keeping.verifying import FACTS
from ht_cli.model import Change

AGES = ("min_age", "max_age")  # one word: they lose their check together


class Check(NamedTuple):
    """Who confirmed it, how, and whether with the whole record."""

    on: str
    how: str
    by: str
    whole: bool


class Act(NamedTuple):
    """What one entry did that takes nothing back, in the order in which it came here, and what its author saw when they did it."""

    change: Change
    saw: Mapping[str, Any]
    by_colleague: bool = False

    @property
    def checked(self) -> str | None:
        """The field that it confirmed, an empty one for the whole record; None when it confirmed nothing."""
        if self.change.action != "verify" or not set(self.change.fields) & set(CHECKS):
            return None
        before, after = ({one["field"]: one for one in part or ()} for part in self.change.fields.get("fact_checks", (None, None)))
        return next((field for field in after if after[field] != before.get(field)), "")

    @property
    def check(self) -> Check:
        if not self.checked:
            return Check(*(self.change.fields[name][1] for name in WHOLE_CHECK), whole=True)
        (one,) = (one for one in self.change.fields["fact_checks"][1] if one["field"] == self.checked)
        return Check(one["on"], one["how"], one["by"], whole=False)


class Word(NamedTuple):
    """An address that somebody said; a colleague who had not heard of it says another one beside it."""

    email: str | None
    check: Check | None = None
    act: Act | None = None

    @property
    def rank(self) -> tuple[bool, str, str]:
        return (self.check is not None, *((self.act.change.at, self.act.change.uuid) if self.act else ("", "")))


class Story:
    """What happened in one catalogue, of which a part may be taken back."""

    def __init__(self, released: Mapping[str, Mapping[str, Any]]) -> None:
        self._released = released
        self._acts: list[Act] = []
        self._undos: list[tuple[str, str]] = []  # the undoing, and what it takes back

    def add(self, change: Change | None, saw: Mapping[str, Any], *, by_colleague: bool = False) -> None:
        if change and change.action != "undo":
            self._acts.append(Act(change, saw, by_colleague))

    def take_back(self, undos: Iterable[Change]) -> None:
        self._undos += [(undo.uuid, undo.undoes) for undo in undos]

    @property
    def gone(self) -> set[str]:
        """What is taken back, an undoing of which the undoing was taken back too."""
        gone: set[str] = set()
        for undo, undone in reversed(self._undos):
            if undo not in gone:
                gone.add(undone)
        return gone

    def record(self, resource: str, without: Collection[str] = ()) -> dict[str, Any]:
        """What a resource says; `without` names more that is taken back."""
        gone = {*self.gone, *without}
        released = self._released.get(resource, {})
        values = {field: value for field, value in released.items() if field not in FOLLOWING}
        checks = _checks_of(released)
        words = [Word(values.pop("email", None), checks.pop("email", None))]
        acts = [act for act in self._acts if act.change.resource == resource and act.change.uuid not in gone]
        for act in sorted(acts, key=lambda act: (act.change.at, act.change.uuid)):
            _say(act, values, checks)
            words = self._said_beside(act, words)
        email = max(words, key=lambda word: word.rank)
        if email.email is not None:
            values["email"], checks["email"] = email.email, email.check
        return tidy({**values, **_shown(values, checks)}) if values else {}

    def _said_beside(self, act: Act, words: list[Word]) -> list[Word]:
        known = [word for word in words if not word.act or self._knew(act, word.act)]
        stands = max(known, key=lambda word: word.rank, default=Word(None))
        if "email" in act.change.fields and act.change.fields["email"][1] != stands.email:
            word = Word(act.change.fields["email"][1], None, act)
        elif act.checked == "" and stands.email is not None:
            word = Word(stands.email, act.check if act.saw.get("email") == stands.email else None, act)
        else:
            return words
        return [*(word for word in words if word not in known), word]

    def _knew(self, act: Act, other: Act) -> bool:
        return self._acts.index(other) < self._acts.index(act) and (other.by_colleague or not act.by_colleague)


def _checks_of(record: Mapping[str, Any]) -> dict[str, Check | None]:
    whole = Check(*(record.get(name, "") for name in WHOLE_CHECK), whole=True) if record.get("checked_on") else None
    of_all: dict[str, Check | None] = {field: whole for field in FACTS if field in record}
    return of_all | {one["field"]: Check(one["on"], one["how"], one.get("by", ""), whole=False) for one in record.get("fact_checks", ())}


def _say(act: Act, values: dict[str, Any], checks: dict[str, Check | None]) -> None:
    for field, (_before, after) in act.change.fields.items():
        if field not in (*FOLLOWING, "email") and values.get(field) != after:
            values[field] = after
            for changed in AGES if field in AGES else (field,):
                checks[changed] = None
    confirmed = () if act.checked is None else (act.checked,) if act.checked else FACTS
    for field in confirmed:
        if field != "email" and (values.get(field) is not None or field in checks or act.checked):
            same = all(act.saw.get(one) == values.get(one) for one in (AGES if field in AGES else (field,)))
            checks[field] = act.check if same else None


def _shown(values: Mapping[str, Any], checks: Mapping[str, Check | None]) -> dict[str, Any]:
    """Give the checks as a record says them: one of the whole where nothing in it is unconfirmed, else one by one."""
    said = {field for field in FACTS if values.get(field) is not None}
    found = {field: checks.get(field) for field in said}
    of_all = [check for check in found.values() if check and check.whole]
    whole = min(of_all, key=lambda check: check.on) if of_all and all(found.values()) else None
    silent = {field: check for field, check in checks.items() if field not in said and check and not check.whole}
    single = [
        {"field": field, "on": check.on, "how": check.how, "by": check.by}
        for field, check in sorted({**found, **silent}.items())
        if check and check.how and not (whole and check.whole)
    ]
    record = dict(zip(WHOLE_CHECK, whole[:3], strict=True)) if whole else {}
    return {**record, "fact_checks": single}
