"""The round of `ht due --round`: each answer is written at once, so it can be stopped and taken up again at any point."""

import os
from collections.abc import Sequence

from ht_cli import clock
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.catalogue.facts.records import Record, differences, record_of, without_stale_hours
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_keepers_words
from ht_cli.catalogue.keeping.changing import Edit, Editor, Occasion, read_record
from ht_cli.catalogue.keeping.entering import TypedValues
from ht_cli.catalogue.keeping.remarks import skip
from ht_cli.catalogue.keeping.verifying import FACTS, failed, tried_today, verified
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.commands._choosing import choice
from ht_cli.errors import CatalogueError, HtError, UsageError
from ht_cli.locale import languages, translate_into
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import Resource
from ht_cli.output.changes import answer, key, say_done, say_nobody
from ht_cli.output.in_words import fault_words, field_name, value_words
from ht_cli.output.records import card, contact, labelled
from ht_cli.output.terminal import height, lines, note, width, write
from ht_cli.paths import chosen_catalogue
from ht_cli.wording import Words

WANTED = ("phones", "email", "url")  # asked for even when nothing is known
ASKED = ("phones", "email", "url", "addresses", "hours", "languages", "cost")
LINES_OF_A_QUESTION = 5
LINES_OF_NOTES = 2  # of which a window shows the beginning, where it does not hold all that is known
WAYS = {"1": "phone", "2": "mail", "3": "site", "4": "visit"}


def check_one_by_one(ids: Sequence[str], catalogue: str | None, by: str, command: str) -> None:
    """Go through resources; an end of input and Ctrl-C stop, and what was said stays. `command` is the one that goes on with them.

    Raises CatalogueError when another file has taken the place of the catalogue meanwhile.
    """
    one_round = _Round(catalogue, by, command)
    say_nobody(by)
    try:
        for number, identifier in enumerate(ids, 1):
            note(_("{number} of {count}").format(number=number, count=len(ids)))
            if not one_round.visit(identifier):
                return
    except KeyboardInterrupt:
        note("")
    finally:
        count = one_round.written
        said = _n("{count} answer is written; go on with: {command}", "{count} answers are written; go on with: {command}", count)
        note(said.format(count=count, command=command))


class _Round:
    """One person going through one catalogue: how they check is asked once, and how many answers were written."""

    def __init__(self, catalogue: str | None, by: str, command: str) -> None:
        self._catalogue = catalogue
        self._by = by
        self._command = command
        self._words = Words()
        self._how = ""
        self._notes_are_cut = False  # those of the resource that is shown
        self._file = _identity(chosen_catalogue(catalogue))
        self.written = 0

    def visit(self, identifier: str) -> bool:
        """Show a resource and ask about it; False when the round stops here."""
        resource = self._shown(identifier)
        if resource is None:
            return True
        said = self._answer_to(resource)
        if said in ("1", "2") and not self._how_is_known():
            return False
        if said == "1":
            self._check(identifier, "", record_of(resource))
        elif said == "2":
            return self._go_through(identifier, record_of(resource))
        elif said == "3":
            self._count_try(identifier)
        elif said == "4":
            self._put_off(identifier)
        return said in ("1", "3", "4")

    def _answer_to(self, resource: Resource) -> str:
        """Ask what is done with a resource, as often as its notes are wanted whole before."""
        question = _("1 = all right · 2 = go through it · 3 = could not reach · 4 = skip · empty = stop")
        if not self._notes_are_cut:
            return _one_of("1234", question)
        while (said := _one_of("12345", f"{question}\n{_('5 = all of the notes')}")) == "5":
            write([*labelled(_("Notes"), resource.notes), *contact(resource)])
        return said

    def _shown(self, identifier: str) -> Resource | None:
        self._require_same_file()
        with open_catalogue(self._catalogue) as connection:
            found = read_resources(connection, [identifier])
            self._words = words = read_keepers_words(connection)
        if not found or found[0].status == "closed":
            note(_("{id} was closed or taken out meanwhile").format(id=identifier))
            return None
        (resource,) = found
        known = list(card(resource, words, notes=True))
        too_long = height("".join(known)) + LINES_OF_A_QUESTION > lines()
        begun = _begun(resource.notes) if too_long else resource.notes
        self._notes_are_cut = begun != resource.notes
        write(card(resource._replace(notes=begun), words, notes=True) if self._notes_are_cut else known)
        if too_long:  # whom to call would have scrolled away when it is asked for
            write(contact(resource))
        if resource.dialled:
            note(_("To say on the phone:") + " " + _words_on_the_phone(resource.languages))
        elif not resource.reachable:
            note(_("No way to reach it is known: look for one first, and add it with 2 below."))
        return resource

    def _how_is_known(self) -> bool:
        asked = _("How do you check in this round? 1 = phone · 2 = mail · 3 = site · 4 = visit")
        self._how = self._how or WAYS.get(_one_of("1234", asked), "")
        return bool(self._how)

    def _go_through(self, identifier: str, seen: Record) -> bool:
        """Ask field by field; True when it was gone through to the end."""
        skipped = False
        done_today = {check["field"] for check in seen.get("fact_checks", ()) if check["on"] == clock.today().isoformat()}
        for field in ASKED:
            if field in done_today or (field not in seen and field not in WANTED):
                continue
            choices = (
                _("1 = still right · 2 = changed · 3 = skip · empty = stop") if field in seen else _("2 = add it · 3 = skip · empty = stop")
            )
            said = _one_of("123" if field in seen else "23", f"{self._fact(field, seen)}\n{choices}")
            if not said:
                return False
            stands = said == "1"
            if said == "2" and self._change(identifier, field):
                stands = True
                with open_catalogue(self._catalogue) as connection:
                    seen = read_record(connection, identifier)
            if stands:
                self._check(identifier, field, seen)
            skipped |= not stands
        if not skipped:
            self._check(identifier, "", seen)
        return True

    def _fact(self, field: str, seen: Record) -> str:
        value = value_words(field, seen[field], self._words) if field in seen else _("unknown")
        return _("{label}: {value}").format(label=field_name(field), value=value)

    def _change(self, identifier: str, field: str) -> bool:
        """Ask for the new value until it holds; an empty answer leaves the fact as it was, and gives False."""
        if field == "addresses":
            note(_("change it with: ht update {id} --set street=… --set postcode=…").format(id=identifier))
            return False
        while text := answer(_("The new value? (empty: leave it)")):
            try:
                with open_catalogue(self._catalogue) as connection:
                    entry = TypedValues(Lexicon(connection), choice(read_keepers_words(connection)))
                    before = read_record(connection, identifier)
                    after = without_stale_hours(before, entry.with_value(before, "phone" if field == "phones" else field, text))
                new = {name: value for name, (_was, value) in differences(before, after).items()}
                self._write(identifier, before, lambda now, new=new: now | new, Occasion("update", self._by))  # type: ignore[misc]
                return True
            except CatalogueError:
                raise
            except HtError as error:
                note(f"  {fault_words(str(error))}")
        return False

    def _check(self, identifier: str, field: str, seen: Record) -> None:
        self._write(identifier, seen, lambda now: verified(now, field, self._how, self._by), Occasion("verify", self._by))

    def _write(self, identifier: str, seen: Record, edit: Edit, occasion: Occasion) -> None:
        """Write what was answered to what was shown. Raises UsageError when somebody changed a fact of it meanwhile."""
        self._require_same_file()
        with open_for_writing(self._catalogue) as connection:
            now = read_record(connection, identifier)
            if any(now.get(field) != seen.get(field) for field in FACTS):
                raise UsageError(_("{id} was changed meanwhile; look again: ht show {id}").format(id=identifier))
            change = Editor(connection).change(identifier, edit, occasion)
        self._said(change is not None)
        say_done([change] if change else [])

    def _count_try(self, identifier: str) -> None:
        self._require_same_file()
        with open_for_writing(self._catalogue) as connection:
            change = (
                None if tried_today(connection, identifier) else Editor(connection).change(identifier, failed, Occasion("fail", self._by))
            )
        if change:
            say_done([change])
        else:
            note(_("a try is counted already today; one a day counts"))
        self._said(change is not None)

    def _put_off(self, identifier: str) -> None:
        """Let one stand behind the others for a week; that is no answer."""
        self._require_same_file()
        with open_for_writing(self._catalogue) as connection:
            skip(connection, identifier, self._by)
        self._said(False)

    def _said(self, written: bool) -> None:
        self.written += written
        self._file = _identity(chosen_catalogue(self._catalogue))  # the first write makes a catalogue of one's own

    def _require_same_file(self) -> None:
        if _identity(chosen_catalogue(self._catalogue)) != self._file:
            raise CatalogueError(
                _("another file has taken the place of the catalogue meanwhile; begin the round again: {command}").format(
                    command=self._command
                )
            )


def _one_of(answers: str, question: str) -> str:
    """Ask until one of these keys answers, or nothing does."""
    while (said := key(question)) and said not in [*answers]:
        note(_("“{said}” is none of the answers").format(said=said))
    return said


def _begun(notes: str) -> str:
    """Give of the notes what two lines hold, where they are longer."""
    said = list(labelled(_("Notes"), notes))
    if len(said) <= LINES_OF_NOTES:
        return notes
    room = LINES_OF_NOTES * width() - len(_("Notes")) - width() // 4  # a line may end early, where a long word begins
    return f"{notes[:room].rpartition(' ')[0]} …"


def _identity(path: str) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def _words_on_the_phone(spoken: Sequence[str]) -> str:
    """What to say when they answer, in a language of theirs, the reader's where they speak it."""
    language = next((code for code in languages() if code in spoken), languages()[0])
    return translate_into(language, PHONE_TEXT)


PHONE_TEXT = _help(
    "Hello, I help to keep a list of mental-health help in Belgium. May I check with you whether what we say about you is still right?"
)
