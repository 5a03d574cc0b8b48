"""Any course of adding, changing, closing, checking, undoing and merging: catalogue, journal and search agree with a plain model.

The model tells the acts in effect again, as if the others had never been (`retold.py`): one that took the fields of a change
back to what they were before it would forget a check that stood there beside it, and what others had said meanwhile.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ht_cli.catalogue.facts.records import tidy
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.keeping.cells import CHECKS
from ht_cli.catalogue.keeping.changing import Editor, Occasion, read_record
from ht_cli.catalogue.keeping.entering import identifier_for
from ht_cli.catalogue.keeping.journal import read_changes, undone
from ht_cli.catalogue.keeping.verifying import failed, unchecked, verified
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.foreign import open_foreign, read_foreign_changes
from ht_cli.catalogue.sharing.merging import plan_merge, refresh, take_back, write_merge
from ht_cli.errors import UsageError
from ht_cli.search.text import key
from tests.catalogue.facts import dump, facts, faults_of
from tests.catalogue.retold import Story

KNOWN = ("realism", "similes-vlaanderen", "tele-accueil-107", "agapei-groepen")
WORDS = st.text("abcdéü -", min_size=1, max_size=12)
VALUES = st.fixed_dictionaries({}, optional={"notes": WORDS, "email": st.sampled_from(("a@b.be", "c@d.be")), "min_age": st.integers(0, 40)})
DERIVED = ("changed_on",)


class Volunteers(RuleBasedStateMachine):
    """One volunteer's catalogue, a colleague's, and what a plain dict says that the first must hold."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path, self.other, self.release = (self.folder / name for name in ("own.db", "colleague.db", "release.db"))
        for path in (self.path, self.other, self.release):
            shutil.copyfile(FEW[0], path)
        self.first = dump(self.path)
        released = facts(self.path)
        self.model = {identifier: self._plain(record) for identifier, record in released.items()}
        self.story = Story(released)
        self.touched: set[str] = set()

    @staticmethod
    def _plain(record: dict[str, Any]) -> dict[str, Any]:
        return {field: value for field, value in record.items() if field not in DERIVED}

    def _change(self, identifier: str, after: dict[str, Any], action: str) -> None:
        with open_for_writing(str(self.path)) as connection:
            change = Editor(connection).change(identifier, lambda _now: after, Occasion(action, "AB"))
        self.story.add(change, self.model.get(identifier, {}))
        if action != "verify":  # a check of all takes the place of those of single facts
            assert self.story.record(identifier) == unchecked(self.model.get(identifier, {}), tidy(after))
        self.touched.add(identifier)
        self._retell()

    def _retell(self) -> None:
        told = {identifier: self.story.record(identifier) for identifier in {*KNOWN, *self.touched}}
        self.model = {identifier: record for identifier, record in {**self.model, **told}.items() if record}

    @rule(name=st.text("abcdefg", min_size=3, max_size=8))
    def add(self, name: str) -> None:
        identifier = identifier_for(f"Circle {name}", self.model, "3f2a91c0")
        self._change(
            identifier, {"name": f"Circle {name}", "kind": "group", "languages": ["fr"], "areas": ["nis:92094"], "needs": ["grief"]}, "add"
        )

    @rule(data=st.data(), values=VALUES)
    def update(self, data: st.DataObject, values: dict[str, Any]) -> None:
        identifier = data.draw(st.sampled_from(sorted({*KNOWN, *self.touched} & set(self.model))))
        if "max_age" not in self.model[identifier]:
            self._change(identifier, {**self.model[identifier], **values}, "update")

    @rule(identifier=st.sampled_from(KNOWN))
    def close(self, identifier: str) -> None:
        closed = {"status": "closed", "closed_on": "2026-11-25", "closed_reason": "stopped"}
        self._change(identifier, {**self.model[identifier], **closed}, "close")

    @rule(identifier=st.sampled_from(KNOWN))
    def reopen(self, identifier: str) -> None:
        gone = ("status", "closed_on", "closed_reason")
        self._change(identifier, {f: v for f, v in self.model[identifier].items() if f not in gone}, "reopen")

    @rule(identifier=st.sampled_from(KNOWN), field=st.sampled_from(("", "phones", "hours")))
    def verify(self, identifier: str, field: str) -> None:
        self._change(identifier, verified(self.model[identifier], field, "phone", "AB"), "verify")

    @rule(identifier=st.sampled_from(KNOWN))
    def fail(self, identifier: str) -> None:
        self._change(identifier, failed(self.model[identifier]), "fail")

    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            changes = read_changes(connection)
        if not changes:
            return
        change = data.draw(st.sampled_from(changes))
        others = [other for other in changes if other.resource == change.resource and other.uuid != change.uuid]
        try:
            with open_for_writing(str(self.path)) as connection:
                done = Editor(connection).take_back([change])
        except UsageError:  # it is taken back already, or another change stands in the way: nothing moved
            fields = change.fields.keys() - set(CHECKS)
            assert change.uuid in self.story.gone or any(change.action == "add" or fields & other.fields.keys() for other in others)
            return
        self.story.take_back(done)
        self._retell()

    @rule(data=st.data())
    def undo_a_merge(self, data: st.DataObject) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            changes = read_changes(connection)
        brought = [change for change in changes if change.merged]
        if not brought:
            return
        act = data.draw(st.sampled_from(sorted({change.merged for change in brought})))
        come = [change for change in brought if change.merged == act]
        try:
            with open_for_writing(str(self.path)) as connection:
                done, _staying = take_back(connection, come)
        except UsageError:
            assert self.story.gone & {change.uuid for change in come}
            return
        self.story.take_back(done)
        self._retell()

    @rule(identifier=st.sampled_from(KNOWN), email=st.sampled_from(("e@f.be", "g@h.be")))
    def the_colleague_changes(self, identifier: str, email: str) -> None:
        with open_for_writing(str(self.other)) as connection:
            Editor(connection).change(identifier, lambda record: record | {"email": email}, Occasion("update", "CD"))

    @rule()
    def merge(self) -> None:
        with open_foreign(self.other) as foreign:
            changes = read_foreign_changes(foreign)
        with open_for_writing(str(self.path)) as connection:
            arrival = plan_merge(connection, changes)
            refresh(connection, write_merge(connection, arrival.changes, str(uuid4())))
        assert all(self._plain(before) == self.model[identifier] for identifier, (before, _after) in arrival.records.items())
        for change in sorted(arrival.changes, key=lambda change: change.at):
            self.story.add(change, {}, by_colleague=True)
        self._retell()
        assert all(self._plain(after) == self.model[identifier] for identifier, (_before, after) in arrival.records.items())

    @invariant()
    def the_facts_are_those_of_the_model(self) -> None:
        if hasattr(self, "path"):
            with closing(sqlite3.connect(self.path)) as connection:
                for identifier in {*KNOWN, *self.touched}:
                    assert self._plain(read_record(connection, identifier)) == self.model.get(identifier, {})

    @invariant()
    def the_search_finds_by_name_what_is_active(self) -> None:
        if hasattr(self, "path"):
            with closing(sqlite3.connect(self.path)) as connection:
                lexicon = Lexicon(connection)
                for identifier in {*KNOWN, *self.touched}:
                    record = self.model.get(identifier)
                    found = lexicon.ids([n for n, _key, _shape in lexicon.named([key(record["name"])])]).values() if record else ()
                    assert (identifier in found) == (record is not None and record.get("status", "active") == "active")

    def teardown(self) -> None:
        if not hasattr(self, "path"):
            return
        assert faults_of(self.path, release_path=self.release) == []
        with closing(sqlite3.connect(self.path)) as connection:
            standing = [c for c in read_changes(connection) if c.action != "undo" and c.fields and not undone(connection, c)]
        with open_for_writing(str(self.path)) as connection:
            take_back(connection, standing)
        assert dump(self.path) == self.first
        assert faults_of(self.path, release_path=self.release) == []
        shutil.rmtree(self.folder)


@pytest.fixture(autouse=True)
def _begin_with_few(few: Path) -> None:
    FEW[:] = [few]


FEW: list[Path] = []
TestVolunteers = Volunteers.TestCase
TestVolunteers.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
