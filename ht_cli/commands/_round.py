"""The round of `ht due --round`: each answer is written at once, so it can be stopped and taken up again at any point."""

from collections.abc import Sequence

from ht_cli import clock
from ht_cli.catalogue.changing import Editor, Occasion, read_record
from ht_cli.catalogue.entering import Entry
from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.catalogue.reading import read_resources
from ht_cli.catalogue.records import Record, without_stale_hours
from ht_cli.catalogue.verifying import failed, verified
from ht_cli.catalogue.vocabulary import read_words
from ht_cli.catalogue.writing import open_for_writing
from ht_cli.commands._choosing import chooser
from ht_cli.errors import HtError
from ht_cli.locale import languages, translate_into
from ht_cli.locale import translate as _
from ht_cli.output.changes import answer, say_done, value_text
from ht_cli.output.records import card
from ht_cli.output.terminal import note, write

WANTED = ("phones", "email", "url")  # asked for even when nothing is known
ASKED = ("phones", "email", "url", "addresses", "hours", "languages", "cost")


def check_one_by_one(ids: Sequence[str], catalogue: str | None, by: str) -> None:
    """Go through resources; the first letter of an answer decides, an end of input stops."""
    for number, identifier in enumerate(ids, 1):
        with open_catalogue(catalogue) as connection:
            (resource,) = read_resources(connection, [identifier])
            words = read_words(connection, languages()[0])
        note(_("{number} of {count}").format(number=number, count=len(ids)))
        write(card(resource, words, notes=True))
        if resource.phones:
            note(_("To say on the phone:") + " " + _words_on_the_phone(resource.languages))
        elif not resource.reachable:
            note(_("No way to reach it is known: look for one first, and add it with 2 below."))
        said = answer(_("1 = reached, go through it · 2 = could not reach · 3 = skip · empty = stop"))
        if said == "1":
            if not _go_through(identifier, catalogue, by):
                return
        elif said == "2":
            with open_for_writing(catalogue) as connection:
                change = Editor(connection).change(identifier, failed, Occasion("fail", by))
            say_done([change] if change else [])
        elif said != "3":
            return


def _words_on_the_phone(spoken: Sequence[str]) -> str:
    """What to say when they answer, in a language of theirs, the reader's where they speak it."""
    language = next((code for code in languages() if code in spoken), languages()[0])
    return translate_into(language, PHONE_TEXT)


def _help(text: str) -> str:
    """Mark a text for translation."""
    return text


PHONE_TEXT = _help(
    "Hello, I help to keep a list of mental-health help in Belgium. May I check with you whether what we say about you is still right?"
)


def _go_through(identifier: str, catalogue: str | None, by: str) -> bool:
    """Ask field by field; True when it was gone through to the end."""
    how = {"1": "phone", "2": "mail", "3": "site", "4": "visit"}.get(answer(_("How? 1 = phone · 2 = mail · 3 = site · 4 = visit")))
    if how is None:
        return False
    skipped = False
    with open_catalogue(catalogue) as connection:
        record = read_record(connection, identifier)
    done_today = {check["field"] for check in record.get("fact_checks", ()) if check["on"] == clock.today().isoformat()}
    for field in ASKED:
        if field in done_today or (field not in record and field not in WANTED):
            continue
        choices = (
            _("1 = still right · 2 = changed · 3 = skip · empty = stop") if field in record else _("2 = add it · 3 = skip · empty = stop")
        )
        said = answer(f"{field}: {value_text(record.get(field))}\n{choices}")
        if said not in ("1", "2", "3"):
            return False
        skipped |= said == "3"
        if said == "2" and not _change(identifier, field, catalogue, by):
            skipped = True
        elif said != "3" and (field in record or said == "2"):
            _write_check(identifier, field, how, catalogue, by)
    if not skipped:
        _write_check(identifier, "", how, catalogue, by)
    return True


def _change(identifier: str, field: str, catalogue: str | None, by: str) -> bool:
    """Ask for the new value until it holds; an empty one leaves the fact as it was."""
    if field == "addresses":
        note(_("change it with: ht update {id} --set street=… --set postcode=…").format(id=identifier))
        return False
    while text := answer(_("The new value? (empty: leave it)")):
        try:
            with open_for_writing(catalogue) as connection:
                entry = Entry(Lexicon(connection), chooser(read_words(connection, languages()[0])))

                def edit(now: Record, entry: Entry = entry, text: str = text) -> Record:
                    return without_stale_hours(now, entry.with_value(now, field, text))

                change = Editor(connection).change(identifier, edit, Occasion("update", by))
        except HtError as error:
            note(f"  {error}")
            continue
        say_done([change] if change else [])
        return True
    return False


def _write_check(identifier: str, field: str, how: str, catalogue: str | None, by: str) -> None:
    with open_for_writing(catalogue) as connection:
        Editor(connection).change(identifier, lambda now: verified(now, field, how, by), Occasion("verify", by))
