"""The questions of `ht add` on a terminal: one fact at a time, each checked as it is typed."""

import textwrap
from collections.abc import Collection, Mapping
from sqlite3 import Connection
from typing import Any

from ht_cli.catalogue.facts.records import Record
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.changing import read_allowed
from ht_cli.catalogue.keeping.checking import Allowed, faults, parted
from ht_cli.catalogue.keeping.duplicates import Likenesses
from ht_cli.catalogue.keeping.entering import SETTABLE, SHORT_NAMES, TypedValues
from ht_cli.commands._choosing import ask_for_position, likeness_text
from ht_cli.commands._fields import field_meant
from ht_cli.errors import HtError, UsageError
from ht_cli.locale import translate as _
from ht_cli.output.changes import answer, answer_to_what_stands
from ht_cli.output.in_words import NAMES, TERMS, fault_words, field_name, field_within, value_words
from ht_cli.output.terminal import note, width, wrapped
from ht_cli.shapes import Protocol
from ht_cli.wording import Words

TERM_FIELDS = {**TERMS, "cost": "costs"}  # the kind of the terms that a field takes
FIELD_OF = {"city": "addresses", "street": "addresses", "postcode": "addresses", "description": "descriptions"}
REQUIRED = ("name", "kind", "languages")  # without them nothing can be added
TIMES_ASKED = 3
BACK = "<"
COMPLETE = {"name": "…", "kind": "service", "languages": ["fr"], "areas": ["country:be"]}  # what is not asked yet is not a fault


class Draft(Protocol):
    """What is entered so far."""

    record: Record


def ask_for_a_record(entry: TypedValues, connection: Connection, draft: Draft) -> set[str]:
    """Ask for each fact that the draft does not hold; what does not hold is asked again, an empty answer is "not known", a `<` goes back.

    Its name and number come first, and what looks like it is shown at once; gives the ids of what was seen and is another.
    Raises UsageError when what cannot be left out is not given, or it is there already.
    """
    allowed, words = read_allowed(connection), read_keepers_words(connection)
    questions = {
        "name": _("Its name?"), "phones": _("Its phone number?"), "kind": _("What is it?"), "city": _("In which municipality?"), "street": _("Street and number?"),
        "postcode": _("Postcode?"), "areas": _("Whom does it serve (towns, provinces, Belgium; empty: the municipality)?"),
        "needs": _("What is it about?"), "offers": _("What does it offer?"), "audiences": _("For whom?"), "languages": _("In which languages?"),
        "channels": _("How does one meet?"), "cost": _("What does it cost?"),
        "email": _("Its e-mail address?"), "url": _("Its site?"), "description": _("What it is, in a sentence or two?"),
    }  # fmt: skip
    note(_("Enter alone: not known, on to the next question. < : back to the one before. Ctrl-C stops, and what you entered is kept."))
    seen: set[str] = set()
    position, again = 0, False  # whether one came back to a question that is answered already
    while position < len(questions):
        field, question = [*questions.items()][position]
        known = _is_known(field, draft.record)
        if known:
            note(f"{question}\n  → {_understood(field, draft.record, words)}")
        if field in TERM_FIELDS and (again or not known):
            _show_choices(TERM_FIELDS[field], words)
        if again or not known:
            said = _("Another answer? (Enter: it stays)") if known else question
            answered = _ask_until_answered(field, said, draft.record, entry, allowed, words)
            again = answered is None
            if answered is None:
                position = max(0, position - 1)
                continue
            draft.record = answered
        if field in ("name", "phones", "url"):
            seen |= _pass_likenesses(connection, draft.record, seen)
        position += 1
    return seen


def ask_for_changes(entry: TypedValues, record: Record, words: Words) -> Record:
    """Show the facts of a record, and ask which of them says what instead, until nothing more is named; give the record with that."""
    known = [field for field in NAMES if field in record and field in (*SETTABLE, "addresses")]
    for field in known:
        for line in wrapped(
            _("{label}: {value}").format(label=field_name(field), value=value_words(field, record[field], words)), max(20, width() - 2)
        ):
            note(f"  {line}")
    note(_("not known: {fields}").format(fields=", ".join(field_within(field) for field in NAMES if field in SETTABLE and field not in record and not _is_known(field, record))))  # fmt: skip
    while said := answer(
        _("Which of them is otherwise? Its name, such as {field}; empty: that is all").format(field=field_within("phones"))
    ):
        try:
            name, mark, value = said.partition("=")
            field = field_meant(name, SETTABLE)
            record = entry.with_value(record, field, value.strip() if mark else answer(_("What does it say now? (empty: it is not known)")))
        except HtError as error:
            note(f"  {fault_words(str(error))}")
        else:
            named = field.partition(".")[0]
            note(f"  → {_understood(SHORT_NAMES.get(named, named), record, words)}")
    return record


def _ask_until_answered(field: str, question: str, record: Record, entry: TypedValues, allowed: Allowed, words: Words) -> Record | None:
    """Ask for a fact, some times for one that cannot be left out; None goes back. Raises UsageError where that is not given."""
    for time in range(TIMES_ASKED):
        answered = _ask(field, question, record, entry, allowed, words)
        if answered is None or field not in REQUIRED or field in answered:
            return answered
        if time < TIMES_ASKED - 1:
            note("  " + _("Without this it cannot be added."))
    raise UsageError(_("{field} is wanted; nothing was added").format(field=field_name(field)))


def _is_known(field: str, record: Mapping[str, Any]) -> bool:
    if field in ("city", "street", "postcode"):
        part = "nis" if field == "city" else field
        return any(address.get(part) for address in record.get("addresses", ()))
    return FIELD_OF.get(field, field) in record


def _pass_likenesses(connection: Connection, record: Record, seen: Collection[str]) -> set[str]:
    """Show what looks like it and ask whether it is one of them; give the ids where it is none. Raises UsageError where it is."""
    alike = [likeness for likeness in Likenesses(connection).of("", record) if likeness.id not in seen]
    if not alike:
        return set()
    note(_("it may be there already: {ids}").format(ids=""))
    for number, likeness in enumerate(alike, 1):
        note(f"  {number}  {likeness_text(likeness)}")
    same = ask_for_position(len(alike), _("Is it one of them? 1 to {count}; empty: no, it is another"), answer_to_what_stands)
    if same is not None:
        raise UsageError(_("it is there already; change it with: ht update {id}").format(id=alike[same].id))
    return {likeness.id for likeness in alike}


def _ask(field: str, question: str, record: Record, entry: TypedValues, allowed: Allowed, words: Words) -> Record | None:
    """Ask until an answer holds, and give the record with it; as it was for an empty one, None where one wants to go back."""
    while text := answer(question):
        if text == BACK:
            return None
        try:
            entered = entry.with_value(record, field, text)
        except HtError as error:
            note(f"  {fault_words(str(error))}")
            continue
        wrong = _faults_of(FIELD_OF.get(field, field), entered, allowed)
        if not wrong:
            note(f"  → {_understood(field, entered, words)}")
            return entered
        note(f"  {fault_words(wrong)}")
    return record


def _faults_of(field: str, record: Mapping[str, Any], allowed: Allowed) -> str:
    return next((fault for fault in faults("new", {**COMPLETE, **record}, allowed) if parted(fault)[0] == field), "")


def _understood(field: str, record: Mapping[str, Any], words: Words) -> str:
    """Say how an answer was read, in the reader's words."""
    return value_words(FIELD_OF.get(field, field), record.get(FIELD_OF.get(field, field)), words)


def _show_choices(kind: str, words: Words) -> None:
    labels = " · ".join(label for (of, _id), label in words.labels.items() if of == kind)
    for line in textwrap.wrap(labels, max(20, width() - 2), break_on_hyphens=False):
        note(f"  {line}")
