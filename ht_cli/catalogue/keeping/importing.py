"""Lays what a file says over what the catalogue says: which resources are added, changed, closed, and which rows cannot be taken.

Rows are gone through one after another and none is held, so that a file may be larger than memory.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ht_cli.catalogue.facts.reading import KnownIds, read_resources
from ht_cli.catalogue.facts.records import Record, differences, in_languages, record_of, tidy, without_stale_hours
from ht_cli.catalogue.keeping.changing import Editor, Occasion, read_allowed, successor_of
from ht_cli.catalogue.keeping.checking import Allowed, circle_faults, date_faults, days_said, faults, parted
from ht_cli.catalogue.keeping.duplicates import Likenesses
from ht_cli.catalogue.keeping.entering import identifier_for, in_one_form, towns_left, without_street_left
from ht_cli.catalogue.keeping.revisions import record_at
from ht_cli.catalogue.keeping.secrecy import whereabouts
from ht_cli.catalogue.keeping.verifying import UNWRITTEN
from ht_cli.errors import InvalidDataError
from ht_cli.fields import DERIVED, SPOKEN
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.search.text import fold
from ht_cli.shapes import NamedTuple, Protocol

_CHUNK = 500


class Row(Protocol):
    """What a file gives: where a row stood, the id it names, what it says, and how it was written."""

    @property
    def line(self) -> int:
        """Its line, or its place in a list."""

    @property
    def id(self) -> str:
        """The id it names, or nothing."""

    @property
    def values(self) -> dict[str, Any]:
        """What it says."""

    @property
    def revision(self) -> str:
        """The mark of what it was when it left, or nothing."""

    @property
    def whole(self) -> bool:
        """Whether each part of an address in it is meant, the street of one that moves to another town too."""

    @property
    def raw(self) -> Mapping[str, Any]:
        """How it was written."""


class Unread(Protocol):
    """A row of which a part could not be read: where it stood, the id it names, what it says otherwise, the column, and why."""

    @property
    def line(self) -> int:
        """Its line, or its place in a list."""

    @property
    def id(self) -> str:
        """The id it names, or nothing."""

    @property
    def values(self) -> Mapping[str, Any]:
        """What it says, as far as it could be read."""

    @property
    def raw(self) -> Mapping[str, Any]:
        """How it was written."""

    @property
    def column(self) -> str:
        """The first column that could not be read."""

    @property
    def reason(self) -> str:
        """Why it could not."""


class ImportStep(NamedTuple):
    """One resource that the file changes: `add`, `update`, `close` or `reopen`, before and after; and the ids of what a new one may repeat."""

    id: str
    action: str
    before: Record
    after: Record
    alike: tuple[str, ...] = ()


class Refused(NamedTuple):
    """A row that cannot be taken, the column, the reason, and how it was written."""

    line: int
    column: str
    reason: str
    raw: Mapping[str, Any]


class Newer(NamedTuple):
    """A fact that was edited in the sheet and is newer here: it stays as it is here."""

    resource: str
    field: str
    ours: Any
    theirs: Any


class StreetLeft(NamedTuple):
    """A row that moves a resource to another town and keeps the street of the old one, which is left out: its line, the areas of both towns."""

    line: int
    old: str
    new: str


class Planning:
    """Lays the rows of a file one by one over what the catalogue says, and writes nothing.

    `named` are the ids that the rows name; the ids of new rows that name none are made with the name of the `device`. When all the
    steps were asked for, it is known how many rows stand there already, which are `refused`, which fields are `left_alone` though
    the file differs, which facts are `newer` here, of which rows a street was left out (`streets_left`), which lines say an address that is secret (`kept_secret`),
    and how many of them date the newest source otherwise than the sources do (`dated_otherwise`).
    """

    def __init__(self, connection: sqlite3.Connection, named: Iterable[str], device: str) -> None:
        self._connection = connection
        self._device = device
        self._allowed: Allowed = read_allowed(connection)
        self._taken = KnownIds(connection, named)
        self._followers: dict[str, str] = {}  # what follows each resource that the rows so far close or open
        self._new_houses: dict[int, str] = {}  # by what tells a house from another, the first new row that says it
        self.refused: list[Refused] = []
        self.unchanged = 0
        self.left_alone: set[str] = set()
        self.newer: list[Newer] = []
        self.streets_left: list[StreetLeft] = []
        self.kept_secret: list[int] = []
        self.dated_otherwise = 0

    def steps(self, rows: Iterable[Row], *, twins: bool = False) -> Iterator[ImportStep]:
        """Give what the rows would change, in their order; with `twins` a step also says what it may repeat."""
        likenesses = Likenesses(self._connection) if twins else None
        waiting = iter(rows)
        while chunk := list(islice(waiting, _CHUNK)):
            known = dict(rows_of(self._connection, [row.id for row in chunk if row.id]))
            for row in chunk:
                step = self._step(row, known)
                if step and likenesses and not step.before:
                    alike = [likeness.id for likeness in likenesses.of(step.id, step.after)]
                    step = step._replace(alike=tuple(dict.fromkeys([*self._same_house_above(step), *alike])))
                if step:
                    yield step

    def _same_house_above(self, step: ImportStep) -> list[str]:
        """Give the new row of this file that says the same name, kind and places already."""
        house = (fold(step.after["name"]), step.after["kind"], *sorted(step.after.get("areas", ())))
        first = self._new_houses.setdefault(hash(house), step.id)
        return [] if first == step.id else [first]

    def _step(self, row: Row, known: Mapping[str, Record]) -> ImportStep | None:
        """Give what a row changes; nothing where it changes nothing, or is refused."""
        identifier = row.id or self._new_id(row)
        before = known.get(identifier, {})
        try:
            was = self._was(identifier, before, row)
            edited = _laid_over(was, row.values)
        except InvalidDataError as error:
            self._refuse(row, [str(error), *self._further_faults(identifier, before, row.values, parted(str(error))[0])])
            return None
        self.left_alone |= {field for field in UNWRITTEN if field != "changed_on" and (row.values.get(field) or None) not in (None, was.get(field), before.get(field))}  # fmt: skip
        dated = str(row.values.get("source_date") or "")
        if dated and dated not in map(_newest_source, (before, was, edited)):
            found = list(date_faults({"source_date": dated}, self._allowed.until))
            if found:
                self._refuse(row, found)
                return None
            self.dated_otherwise += 1
        secret = [address for address in before.get("addresses", ()) if address.get("confidential")]
        if any(_is_among(address, secret) and not address.get("confidential") for address in row.values.get("addresses") or ()):
            self.kept_secret.append(row.line)
        after, newer = _moved(before, was, edited)
        self.newer += [Newer(identifier, *side) for side in newer]
        if before and not differences(before, after):
            self.unchanged += 1  # what stands there already is no fault of the row
            return None
        found = faults(identifier, after, self._allowed, days_said(before))
        if found and row.id and not before and not row.values.get("name"):  # it was to change one that is there
            found = [_("id: no resource is called {id}").format(id=row.id)]
        if after.get("successor") and after["successor"] not in self._taken:
            found.append(_("successor: no resource has the id {id}").format(id=after["successor"]))
        if not found and after.get("successor") != before.get("successor"):
            found += circle_faults(identifier, after, self._follower)
        if found:
            self._refuse(row, found)
            return None
        if after.get("status") == "closed" or before.get("status") == "closed":
            self._followers[identifier] = after.get("successor") or ""
        moved = after if row.whole else without_street_left(before, after)
        if moved != after:
            self.streets_left.append(StreetLeft(row.line, *towns_left(before, after)))
            after = tidy(moved)
        return ImportStep(identifier, _action(before, after), before, after)

    def _follower(self, identifier: str) -> str:
        """Give what follows a resource as the rows so far leave it."""
        return self._followers[identifier] if identifier in self._followers else successor_of(self._connection, identifier)

    def _new_id(self, row: Row) -> str:
        identifier = identifier_for(str(row.values.get("name") or ""), self._taken, self._device)
        self._taken.more.add(identifier)
        return identifier

    def _was(self, identifier: str, before: Record, row: Row) -> Record:
        """Give what the resource said when the row left. Raises InvalidDataError when that is not known and it says something else now."""
        if not (before and row.revision):
            return before
        was = record_at(self._connection, identifier, before, row.revision)
        if was is None and differences(before, _laid_over(before, row.values)):
            raise InvalidDataError(_("ht_rev: what {id} said when this row left is not known here; export it again and edit that, or empty ht_rev to write over what is here").format(id=identifier))  # fmt: skip
        return before if was is None else was

    def refusal(self, row: Unread) -> Refused:
        """Say why a row cannot be taken that could not be read as a whole: with what is wrong with the rest of it, so that all is mended in one go."""
        before = dict(rows_of(self._connection, [row.id])).get(row.id, {}) if row.id else {}
        identifier = row.id or identifier_for(str(row.values.get("name") or ""), (), self._device)
        further = self._further_faults(identifier, before, row.values, row.column) if row.values else []
        return Refused(row.line, row.column, _("; ").join([row.reason, *further]), row.raw)

    def _further_faults(self, identifier: str, before: Record, values: Mapping[str, Any], unread: str) -> list[str]:
        """Give the faults of what a row says beside the field that cannot be read, which is mended in the same go."""
        said = {field: value for field, value in values.items() if field != unread}
        try:
            found = faults(identifier, _laid_over(before, said), self._allowed)
        except InvalidDataError as error:
            field = parted(str(error))[0]
            return [str(error), *self._further_faults(identifier, before, said, field)] if field in said else [str(error)]
        return [fault for fault in found if parted(fault)[0] != unread]

    def _refuse(self, row: Row, found: Sequence[str]) -> None:
        column, reason = parted(found[0])
        self.refused.append(Refused(row.line, column, _("; ").join([reason, *found[1:]]), row.raw))


def write_steps(
    connection: sqlite3.Connection, steps: Iterable[ImportStep], *, who: str, note: str
) -> tuple[list[Change], list[ImportStep]]:
    """Write steps that were planned in this state of the catalogue as one act, in their order; one that leads to a resource which is not there yet waits until it is.

    Give the entries without what they say, and the steps that wait in vain. Raises InvalidDataError when a step does not hold.
    """
    editor, known = Editor(connection, in_bulk=True, held=True), KnownIds(connection)
    done: list[Change] = []
    waiting: list[ImportStep] = []
    unsaid: dict[str, tuple[Any, Any]] = {}  # one for all: of 100,000 entries two each are 13 MB

    def write(step: ImportStep) -> None:
        occasion = Occasion(step.action, who, note, batch=done[0].uuid if done else "")
        if change := editor.change(step.id, lambda _now: step.after, occasion):
            done.append(change._replace(fields=unsaid, superseded=unsaid))

    for step in steps:
        if step.after.get("successor") and step.after["successor"] not in known:
            waiting.append(step)
        else:
            write(step)
    while ready := [step for step in waiting if step.after["successor"] in known]:
        for step in ready:
            write(step)
        waiting = [step for step in waiting if step not in ready]
    editor.finish()
    return done, waiting


def _laid_over(was: Record, values: Mapping[str, Any]) -> Record:
    """Put what the row says in place of what was; an address that is confidential stays so, whether the row says it or not.

    Raises InvalidDataError when a phone cannot be read.
    """
    plain = [field for field in SPOKEN if isinstance(values.get(field), str)]
    said = {field: value for field, value in in_languages(values, languages()[:1]).items() if field not in (*UNWRITTEN, *DERIVED)}
    after: Record = {**was, **said}
    for field in SPOKEN:
        if isinstance(said.get(field, {}), Mapping) and field not in plain:
            after[field] = {code: text for code, text in {**was.get(field, {}), **said.get(field, {})}.items() if text}
    if "addresses" in said:
        known = was.get("addresses", [])
        secret = [address for address in known if address.get("confidential")]
        arriving = [address for address in said["addresses"] or [] if not _is_among(address, secret)]
        unchanged = [address for address in known if address not in secret] == arriving
        after["addresses"] = known if unchanged else [*arriving, *secret]
    after = in_one_form(was, after)
    return tidy(without_stale_hours(was, after)) if was else after


def _is_among(address: Any, secret: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether an address of a row is one that is kept secret: the row left before it was marked, and makes nothing public."""
    return isinstance(address, Mapping) and _however_written(address) in map(_however_written, secret)


def _however_written(address: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(" ".join(str(part).casefold().split()) for part in whereabouts(address))


def _newest_source(record: Mapping[str, Any]) -> str:
    """Give the date of the newest source, as a resource shows it."""
    return max((str(source.get("date") or "") for source in record.get("sources") or () if isinstance(source, Mapping)), default="")


def _moved(before: Record, was: Record, edited: Record) -> tuple[Record, list[tuple[str, Any, Any]]]:
    """Lay what was edited in a sheet over what a resource says now; what was changed here as well since stays, and is given.

    A text with a version in each language is edited version by version.
    """
    if not before and not was:
        return edited, []
    after, newer = dict(before), []
    for field, (old, new) in differences(was, edited).items():
        now = before.get(field)
        if field in SPOKEN:
            versions = dict(now or {})
            for code in {**(old or {}), **(new or {})}:
                sides = [(side or {}).get(code) for side in (old, new, now)]
                if sides[0] == sides[1] or sides[1] == sides[2]:
                    continue
                if sides[2] == sides[0]:
                    versions[code] = sides[1]
                else:
                    newer.append((f"{field}.{code}", sides[2], sides[1]))
            after[field] = versions
        elif now == old:
            after[field] = new
        elif now != new:
            newer.append((field, now, new))
    return tidy(after), newer


def _action(before: Record, after: Record) -> str:
    if not before:
        return "add"
    closed = after.get("status") == "closed", before.get("status") == "closed"
    return {(True, False): "close", (False, True): "reopen"}.get(closed, "import")


def rows_of(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[tuple[str, Record]]:
    """Give the id and record of each resource of a catalogue, some hundreds read at a time; unknown ids are left out."""
    for start in range(0, len(ids), _CHUNK):
        for resource in read_resources(connection, ids[start : start + _CHUNK]):
            yield resource.id, record_of(resource)
