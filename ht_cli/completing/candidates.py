"""What may stand where something is wanted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from unicodedata import normalize

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.completions import ids_of_changes, ids_with_names, municipality_names, places_beginning, terms_with_labels
from ht_cli.completing.line import CursorPlace
from ht_cli.completing.table import COMMAND, FILE, options_of
from ht_cli.locale import AVAILABLE, languages
from ht_cli.locale import translate as _
from ht_cli.roster import COMMANDS
from ht_cli.search.text import fold, umlaut_spelling
from ht_cli.shapes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


FIXED = {
    "language": AVAILABLE, "form": ("table", "records", "tsv", "csv", "json", "jsonl", "ids"),
    "sheet-form": ("text", "html", "markdown", "pdf", "sms", "eml", "vcard"), "how": ("phone", "mail", "site", "visit"),
    "topic": ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs", "cities"), "shell": ("bash", "zsh", "fish"),
    "confidence": ("high", "medium", "low"), "yes-or-no": ("yes", "no", "unknown"), "card-version": ("3.0", "4.0"),
}  # fmt: skip
ELSEWHERE = {  # too much to load for what is asked more often
    "export-form": ("exchange.forms", "NAMES"), "page": ("guide", "TOPICS"), "pages": ("guide", "read_pages"), "checkable": ("catalogue.keeping.verifying", "FACTS"),
    "columns": ("exchange.objects", "KNOWN_COLUMNS"), "export-columns": ("exchange.objects", "EXPORTED"),
    "fields": ("catalogue.keeping.entering", "SETTABLE"),
}  # fmt: skip
TERMS = ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs")
_OF_A_FIELD = {
    "kind": "kinds", "cost": "costs", "city": "city", "postcode": "city", "areas": "area", "confidence": "confidence",
    "referral_needed": "yes-or-no", "professionals_only": "yes-or-no", "confidential": "yes-or-no",
}  # fmt: skip


class Offered(NamedTuple):
    """A word that may stand there, and a note on it for a shell that shows one."""

    text: str
    note: str = ""


def candidates(place: CursorPlace) -> list[Offered]:
    """Give what may stand where the cursor is; nothing where nothing can be known. Raises CatalogueError."""
    found = _of(place.wanted, place.typed, place)
    unique = {candidate.text.casefold(): candidate for candidate in reversed(found)}
    return [candidate._replace(text=place.before + candidate.text) for candidate in reversed(unique.values())]


def _of(wanted: str, typed: str, place: CursorPlace) -> list[Offered]:
    if wanted == "topic":
        return _begun(FIXED[wanted], typed) or _of_another_language("topics_beginning", typed)
    if wanted in FIXED:
        return _begun(FIXED[wanted], typed)
    if wanted == "option":
        options = [name for name in options_of(place.command) if name.startswith("--")]
        return _begun(options, typed) or _of_another_language("options_beginning", typed, options)
    if wanted == FILE:
        return _files(typed)
    if wanted == "page":
        return _pages(typed)
    if wanted in ELSEWHERE:
        before, comma, last = typed.rpartition(",") if wanted.endswith("columns") else ("", "", typed)
        return [Offered(before + comma + name) for name in _known(wanted) if name.startswith(last)]
    if wanted == COMMAND:
        commands = [Offered(name, _(line)) for name, line in COMMANDS.items() if name.startswith(typed)]
        return commands if commands or place.command else _of("words", typed, place)  # without a command they are what is looked for
    if wanted == "assignment":
        return _assignments(typed, place)
    return _in_catalogue(wanted, typed, place)


def _in_catalogue(wanted: str, typed: str, place: CursorPlace) -> list[Offered]:
    with open_catalogue(place.catalogue) as connection:
        if wanted == "id":
            closed = place.command not in ("open", "sheet")
            return [Offered(*row) for row in ids_with_names(connection, closed=closed) if row[0].startswith(typed.lower())]
        if wanted == "change":
            return [Offered(*row) for row in ids_of_changes(connection, typed)]
        if wanted in TERMS:
            return _terms(connection, wanted, typed)
        if wanted in ("city", "area"):
            return _places(connection, typed)
        if wanted == "words" and typed:
            return [*_places(connection, typed), *_terms(connection, "needs", typed)]
    return []


def _of_another_language(function: str, typed: str, *known: Sequence[str]) -> list[Offered]:
    """Give the options or topics that begin so as people of another language type them, each with what it is called here."""
    from ht_cli import synonyms  # wanted only where nothing else begins so

    return [Offered(*found) for found in getattr(synonyms, function)(typed, *known)]


def _files(typed: str) -> list[Offered]:
    """Give the files that begin so, a folder with a slash at its end."""
    folder, slash, begun = typed.rpartition("/")
    try:
        names = sorted(os.listdir(folder + slash or "."))
    except OSError:
        return []
    found = [name for name in names if name.startswith(begun) and (begun or not name.startswith("."))]
    return [Offered(folder + slash + name + "/" * os.path.isdir(folder + slash + name)) for name in found]


def _pages(typed: str) -> list[Offered]:
    """Give the topics of the guide that begin so, and single words of the reader's language that name one; in English the topics do."""
    topics = _begun(_known("page"), typed)
    language = languages()[0]
    if not typed or language == "en":
        return topics
    pages = _elsewhere("pages")(language)
    return [*topics, *_begun_alike([word for page in pages for word in page.words if " " not in word], typed)]


def _places(connection: sqlite3.Connection, typed: str) -> list[Offered]:
    """Give the towns, localities, postcodes, provinces and regions that begin so, in any language."""
    if not typed:
        return [Offered(name) for name in municipality_names(connection, languages()[0])]
    return _begun_alike(places_beginning(connection, _joined(fold, typed)), typed)


def _terms(connection: sqlite3.Connection, kind: str, typed: str) -> list[Offered]:
    """Give each term once: by its id where that begins so, else by its label in the reader's language, else in another one."""
    found: list[Offered] = []
    labelled: list[str] = []
    for identifier, label, *others in terms_with_labels(connection, kind, (languages()[0], *AVAILABLE)):
        if identifier.startswith(typed.lower()):
            found.append(Offered(identifier, label if label != identifier else ""))
        else:
            said = [label, *(other for other in others if "," not in other)]  # a comma stands between two needs
            begun = [name for name in said if _begins(name, typed, fold) or _begins(name, typed, umlaut_spelling)]
            labelled += sorted(begun, key=lambda name: not name.casefold().startswith(typed.casefold()))[:1]
    return [*found, *(_begun_alike(labelled, typed) if typed else ())]


def _begun(names: Iterable[str], typed: str) -> list[Offered]:
    return [Offered(name) for name in names if name.startswith(typed)]


def _begun_alike(names: Sequence[str], typed: str) -> list[Offered]:
    """Give the names that begin as what is typed, whatever the case, the accents, and the marks between words.

    A shell compares letter by letter and shortens the word to what all have in common, so each begins with the letters that are typed:
    "lie" gives Lierde and Liege. Where none is written so, what is typed stays as it is: "sint n" gives "sint niklaas"; if some have
    the same marks between words, these alone: "l'é" gives "l'écluse" and not "l'éuven".
    """
    begun = [(name, spelling) for name in names for spelling in (fold, umlaut_spelling) if _begins(name, typed, spelling)]
    exact = [name for name, _spelling in begun if name.casefold().startswith(typed.casefold())]
    bare = [_bare_at_first(name, len(typed)) for name, _spelling in begun]
    if len(exact) < len(begun) and all(name.casefold().startswith(typed.casefold()) for name in bare):
        return [Offered(name) for name in bare]
    plain = _bare_at_first(typed, len(typed)).casefold()
    alike = [(name, spelling) for name, spelling in begun if _bare_at_first(name, len(typed)).casefold().startswith(plain)]
    return [Offered(name) for name in exact] or [Offered(typed + _rest(name, typed, spelling)) for name, spelling in alike or begun]


def _bare_at_first(name: str, length: int) -> str:
    """Take the accents off so many first letters."""
    return "".join(normalize("NFD", letter)[0] for letter in name[:length]) + name[length:]


def _begins(name: str, typed: str, spelling: Callable[[str], str]) -> bool:
    return bool(_joined(spelling, typed)) and _joined(spelling, name).startswith(_joined(spelling, typed))


def _rest(name: str, typed: str, spelling: Callable[[str], str]) -> str:
    """Give what a name has after what is typed of it: "liè", Liège → "ge"."""
    ends = [end for end in range(len(name) + 1) if _joined(spelling, name[:end]) == _joined(spelling, typed)]
    if not ends:  # in the middle of a letter that is folded into two
        return ""
    return name[ends[0] if typed[-1].isalnum() else ends[-1] :]


def _joined(spelling: Callable[[str], str], text: str) -> str:
    return spelling(text).replace(" ", "")


def _assignments(typed: str, place: CursorPlace) -> list[Offered]:
    """Complete the field of `field=value`, then its value, the last one of a list."""
    field, mark, value = typed.partition("=")
    if not mark:
        return [Offered(f"{name}=") for name in _known("fields") if name.startswith(field)]
    before, comma, last = value.rpartition(",")
    wanted = field if field in TERMS else _OF_A_FIELD.get(field, "")
    return [Offered(f"{field}={before}{comma}{found.text}", found.note) for found in (_of(wanted, last, place) if wanted else ())]


def _known(wanted: str) -> Iterable[str]:
    known: Iterable[str] = _elsewhere(wanted)
    return known


def _elsewhere(wanted: str) -> Any:
    module, name = ELSEWHERE[wanted]
    return getattr(import_module(f"ht_cli.{module}"), name)
