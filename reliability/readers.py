"""Every reader of `ht`: honest input to begin from, how it is harmed, and how it is read.

A reader is tried through the command that a person would run, on the bundled catalogue or a copy of it; where the command costs
far more than the reading, the function that all commands call. To be refused in words is an answer like any other.
"""

import io
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import tomli_w

from ht_cli import locale
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.catalogue.facts.records import record_of
from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.journal import name_of, read_changes
from ht_cli.catalogue.keeping.phones import read_phones
from ht_cli.catalogue.keeping.writing import open_for_writing
from ht_cli.catalogue.sharing.entries import line_of, read_line
from ht_cli.clock import BRUSSELS
from ht_cli.commands._when import beginning, ending
from ht_cli.errors import HtError
from ht_cli.exchange.hsds_csv import DAY_ZERO
from ht_cli.hours import opening_of
from ht_cli.hours.grammar import UnreadableHoursError, read_hours
from ht_cli.hours.guessing import guessed
from ht_cli.hours.in_words import rules_text
from ht_cli.hours.weekly import weekly_text
from ht_cli.hours.writing import written
from ht_cli.model import LANGUAGES, Moment
from ht_cli.search.moments import read_moment
from reliability import mutations
from reliability.lines import run

ROOT = Path(__file__).parent.parent
BUNDLED = ROOT / "data" / "resources.db"
NOW = datetime(2026, 11, 29, 12, tzinfo=BRUSSELS)
OF_WORDS = ("ear", "notion_list", "ordinary_list", "known_list", "meaning", "form", "phrase", "locality")  # not wanted to keep facts
IDS = ("realism", "similes-vlaanderen", "tele-accueil-107", "reseau-sante-namur", "mado-liege", "agapei-groepen")
ASKING = ((), (), ("--json",), ("--explain",), ("--limit", "60"), ("--open-now",), ("--exact",))
MOMENTS = (
    "sat 21:00", "samedi 21h", "morgen 9.30 uur", "2026-12-24 23:30", "heute um 9", "demain à midi", "21:00", "11 pm", "24/12/2026 8h", "ma 9u",
    "2026-11-20", "2026-11-20T14:30", "2026-11-20T14:30:00Z",
)  # fmt: skip
PHONES = (
    "04 342 12 12", "+32 (0)4 342 12 12", "0032 4 342 12 12 (desk)", "081 77 71 50 / 0800 32 123", "107", "0476/12.34.56 ou 04 252 21 04", "116 123",
)  # fmt: skip


class Reader(NamedTuple):
    """How many of two thousand inputs are its own (the cheaper, the more), how one is made out of honest ones, and how it is read in a folder."""

    share: int
    make: Callable[[Random, Path], bytes]
    read: Callable[[bytes, Path], None]


class UnsaidFault(Exception):
    """What ended neither well nor in words."""


def hold(words: list[str]) -> None:
    """Hold that a command ends with a code of ours, and says why where it refuses."""
    answer = run(words)
    if answer.exit_code not in range(6) or (answer.exit_code not in (0, 1) and not answer.err.strip()):
        raise UnsaidFault(f"{words}: {answer.exit_code} {answer.err[:200]}")
    if "Traceback" in answer.err:
        raise UnsaidFault(answer.err)


@contextmanager
def reading(catalogue: Path) -> Iterator[None]:
    """Let commands read and write this catalogue for a while."""
    before = os.environ.get("HT_CATALOGUE")
    os.environ["HT_CATALOGUE"] = str(catalogue)
    try:
        yield
    finally:
        os.environ.pop("HT_CATALOGUE")
        if before is not None:
            os.environ["HT_CATALOGUE"] = before


def copy_without_words(path: Path) -> None:
    """Write the bundled catalogue without its words and spellings: a quarter of the size."""
    shutil.copyfile(BUNDLED, path)
    with closing(sqlite3.connect(path)) as connection:
        for table in OF_WORDS:
            connection.execute(f"DELETE FROM {table}")
        connection.commit()
        connection.execute("VACUUM")


@cache
def slim(folder: Path) -> Path:
    """Make a catalogue without the tables of words, a quarter of the size, that was changed five times and so is sealed."""
    path = folder / "slim.db"
    copy_without_words(path)
    for number, identifier in enumerate(IDS[:5]):
        with open_for_writing(str(path)) as connection:
            Editor(connection).change(identifier, lambda record, text=f"kept {number}": record | {"notes": text}, Occasion("update", "AB"))  # type: ignore[misc]
    return path


@cache
def questions() -> list[str]:
    """Give every question of the examples."""
    lines = [json.loads(line) for line in (ROOT / "tests" / "examples" / "queries.jsonl").read_text("utf-8").splitlines()]
    asked = [" ".join(line["args"]) for line in lines]
    for name in ("danger", "intents", "spoken"):
        rows = (ROOT / "tests" / "examples" / f"{name}.tsv").read_text("utf-8").splitlines()[1:]
        asked += [row.split("\t")[0] for row in rows if row]
    return asked


@cache
def hours() -> list[str]:
    """Give the hours of our sources and of public maps."""
    lines = (ROOT / "tests" / "hours" / "expressions.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def exported(folder: Path, form: str) -> bytes:
    """Give what `ht export` writes of a dozen resources."""
    found = folder / f"exported-{form}.{'zip' if form == 'hsds-csv' else form.partition('-')[0]}"
    answer = run(["export", "burnout", "--city", "namur", "--format", form, "-o", str(found), "--force"])
    assert answer.exit_code == 0, answer.err
    return found.read_bytes()


@cache
def records() -> list[dict[str, Any]]:
    """Give some records of the catalogue as a TOML file says them."""
    with open_catalogue(str(BUNDLED)) as connection:
        return [dict(record_of(resource)) for resource in read_resources(connection, IDS)]


@cache
def entries(folder: Path) -> list[str]:
    """Give the journal of a catalogue as it travels."""
    with closing(sqlite3.connect(slim(folder))) as connection:
        return [line_of(change) for change in read_changes(connection)]


def question(chance: Random, _folder: Path) -> bytes:
    """Make a question, with an option or none."""
    text = mutations.of_text(chance, chance.choice(questions()), questions())
    return json.dumps(["find", text, *chance.choice(ASKING), "--locale", chance.choice(LANGUAGES)]).encode()


def line(chance: Random, folder: Path) -> bytes:
    """Make the line of a command that only reads, its words and the values of its options harmed."""
    honest = chance.choice(
        (
            ["show", "realism"], ["networks", "jemelle"], ["urgent", "eupen"], ["map", "liege"], ["terms", "needs"], ["due", "--city", "namur", "--limit", "5"],
            ["find", "--city", "luttich", "--need", "burn out", "--age", "15"], ["find", "deuil", "--near", "namur", "--radius", "10"],
            ["find", "--language", "nl", "--offer", "support group", "--audience", "adults"], ["history", "realism", "--since", "2026-11-01"],
            ["sheet", "realism", "--format", "sms"], ["guide", "kinds-of-groups"], ["find", "rouw", "--open-at", "sat 21:00"], ["doctor", "realism"],
            ["history", "--by", "AB"], ["conflicts"], ["info"], ["export", "burnout", "namur", "--format", "vcard"],
        )
    )  # fmt: skip
    words = [
        word if word.startswith("-") or not number else mutations.of_text(chance, word, questions()) for number, word in enumerate(honest)
    ]
    return json.dumps([*words, "--locale", chance.choice(LANGUAGES)]).encode()


def read_words(content: bytes, _folder: Path) -> None:
    """Run the line; half of a surrogate pair stands for a byte that is no UTF-8, as Python gives it."""
    words = json.loads(content)
    hold([words[0], *(word.replace("\0", "") for word in words[1:])])  # no system passes a zero byte on


def read_as_hours(content: bytes, _folder: Path) -> None:
    """Read hours, say them, write them, and evaluate them at a moment."""
    text = content.decode("utf-8", "surrogateescape")
    locale.activate([], {"HT_LANG": LANGUAGES[len(text) % 4]})
    found = guessed(text, LANGUAGES[len(text) % 4])
    rules_text(found.rules)
    weekly_text(text)
    opening_of(text, Moment(NOW), community=("", "fr", "nl", "de")[len(text) % 4])
    try:
        rules = read_hours(text)
    except UnreadableHoursError:
        return
    if read_hours(written(rules)) != rules:
        raise UnsaidFault(f"{text}: written as {written(rules)}, which says something else")


def read_as_moment(content: bytes, _folder: Path) -> None:
    """Read a moment or a day as each option does."""
    text = content.decode("utf-8", "surrogateescape")
    locale.activate([], {"HT_LANG": LANGUAGES[len(text) % 4]})
    for read in (lambda: read_moment(text, NOW), lambda: beginning(text, "--since"), lambda: ending(text, "--until")):
        try:
            read()
        except HtError:
            continue


def read_as_phones(content: bytes, _folder: Path) -> None:
    """Read a phone number, or several."""
    try:
        read_phones(content.decode("utf-8", "surrogateescape"))
    except HtError:
        return


def of_texts(honest: Callable[[], list[str]]) -> Callable[[Random, Path], bytes]:
    """Harm one of several texts."""

    def make(chance: Random, _folder: Path) -> bytes:
        texts = honest()
        return mutations.of_text(chance, chance.choice(texts), texts).encode("utf-8", "surrogatepass")

    return make


def table(chance: Random, folder: Path) -> bytes:
    """Harm a CSV file, in its bytes or in its cells."""
    content = exported(folder, "csv")
    return mutations.one_of(
        chance,
        (
            lambda: mutations.of_bytes(chance, content, (content,)),
            lambda: mutations.of_table(chance, content.decode()).encode("utf-8", "surrogatepass"),
        ),
    )


def objects(form: str) -> Callable[[Random, Path], bytes]:
    """Harm a JSON file, in its bytes or in the values that it holds."""

    def make(chance: Random, folder: Path) -> bytes:
        content = exported(folder, form)
        if form == "jsonl":
            lines = content.splitlines()
            at = chance.randrange(len(lines))
            harmed = [*lines[:at], mutations.json_bytes(mutations.of_value(chance, json.loads(lines[at]))), *lines[at + 1 :]]
            return mutations.one_of(chance, (lambda: mutations.of_bytes(chance, content, (content,)), lambda: b"\n".join(harmed)))
        return mutations.one_of(
            chance,
            (
                lambda: mutations.of_bytes(chance, content, (content,)),
                lambda: mutations.json_bytes(mutations.of_value(chance, json.loads(content))),
            ),
        )

    return make


def package(chance: Random, folder: Path) -> bytes:
    """Harm a zip file: its own bytes, or those of a file inside it."""
    content = exported(folder, "hsds-csv")
    if chance.random() < 0.5:
        return mutations.of_bytes(chance, content, (content,))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as harmed:
        names = whole.namelist()
        wounded = chance.choice(names)
        for name in names:
            inside = whole.read(name)
            if name == wounded:
                inside = _harmed_inside(chance, name, inside)
            other = mutations.of_text(chance, name, names).encode("utf-8", "replace").decode() if chance.random() < 0.02 else name
            harmed.writestr(zipfile.ZipInfo(other, DAY_ZERO), inside, zipfile.ZIP_DEFLATED)  # with a moment it would not be the same twice
    return made.getvalue()


def _harmed_inside(chance: Random, name: str, inside: bytes) -> bytes:
    if chance.random() < 0.3:
        return mutations.of_bytes(chance, inside)
    if name.endswith(".json"):
        return mutations.json_bytes(mutations.of_value(chance, json.loads(inside)))
    return mutations.of_table(chance, inside.decode()).encode("utf-8", "surrogatepass")


def record(chance: Random, _folder: Path) -> bytes:
    """Harm a record in TOML: its text, or its values."""
    honest = chance.choice(records())
    text = tomli_w.dumps(honest).encode()
    harmed = mutations.of_value(chance, honest) if chance.random() < 0.7 else None
    try:
        return tomli_w.dumps(harmed).encode() if isinstance(harmed, dict) else mutations.of_bytes(chance, text, (text,))
    except (TypeError, UnicodeEncodeError):  # TOML has no null
        return mutations.of_bytes(chance, text, (text,))


def catalogue(chance: Random, folder: Path) -> bytes:
    """Harm a colleague's catalogue: pages of its file, or values of its tables."""
    content = slim(folder).read_bytes()
    if chance.random() < 0.3:
        return mutations.of_bytes(chance, content)
    path = folder / "harmed.db"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA foreign_keys = OFF")
        for _wound in range(chance.randint(1, 3)):
            _harm_a_table(chance, connection)
        connection.commit()
    return path.read_bytes()


def _harm_a_table(chance: Random, connection: sqlite3.Connection) -> None:
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
    often = ("change", "change_field", "resource", "phone", "address", "meta")
    name = chance.choice(tables if chance.random() < 0.3 else [table for table in often if table in tables])
    columns = [column for _number, column, *_rest in connection.execute(f"PRAGMA table_info({name})")]
    value = chance.choice([value for value in (*mutations.VALUES, *mutations.AWKWARD) if not isinstance(value, (list, dict))])
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogatepass") if chance.random() < 0.3 else value.encode("utf-8", "replace").decode()
    if isinstance(value, int) and abs(value) > 2**62:
        value = 2**62
    statements: list[tuple[str, tuple[Any, ...]]] = [
        (f"UPDATE {name} SET {chance.choice(columns)} = ? WHERE rowid IN (SELECT rowid FROM {name} ORDER BY rowid LIMIT 3)", (value,)),
        (f"DELETE FROM {name} WHERE rowid % 2", ()),
        (f"ALTER TABLE {name} RENAME TO other_{name}", ()),
        (f"ALTER TABLE {name} DROP COLUMN {chance.choice(columns)}", ()),
        (f"PRAGMA user_version = {chance.choice((-1, 0, 1, 3, SCHEMA_BEFORE, 99))}", ()),
    ]
    try:
        connection.execute(*chance.choices(statements, (12, 2, 1, 1, 1))[0])
    except sqlite3.Error:
        return


SCHEMA_BEFORE = 6


def packet(chance: Random, folder: Path) -> bytes:
    """Harm a file of entries: its bytes, or the entries in it, named and summed up anew as somebody who means harm would."""
    honest = entries(folder)
    if chance.random() < 0.2:
        return mutations.of_bytes(chance, _packed(honest))
    at = chance.randrange(len(honest))
    harmed = mutations.of_value(chance, json.loads(honest[at]))
    return _packed([*honest[:at], _named_anew(harmed) if chance.random() < 0.7 else json.dumps(harmed), *honest[at + 1 :]])


def _named_anew(entry: Any) -> str:
    """Give an entry the name of what it says now."""
    from ht_cli.catalogue.sharing.entries import _change

    try:
        return json.dumps(entry | {"id": name_of(_change(entry))})
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):
        return json.dumps(entry)


def _packed(lines: list[str]) -> bytes:
    inside = "".join(f"{line}\n" for line in lines).encode()
    end = json.dumps({"end": len(lines), "sha256": sha256(inside).hexdigest()}, separators=(",", ":"))
    return b'{"ht":"entries","version":1,"device":"3f2a91c4"}\n' + inside + end.encode() + b"\n"


def read_as_entry(content: bytes, _folder: Path) -> None:
    """Read lines of a journal one by one, without a catalogue."""
    for text in content.split(b"\n"):
        try:
            read_line(text)
        except HtError:
            continue


def imported(ending_: str) -> Callable[[bytes, Path], None]:
    """Import a file of this ending without writing."""

    def read(content: bytes, folder: Path) -> None:
        path = folder / f"harmed{ending_}"
        path.write_bytes(content)
        hold(["import", str(path), "--dry-run"])

    return read


def validated(ending_: str) -> Callable[[bytes, Path], None]:
    """Check a file of HSDS."""

    def read(content: bytes, folder: Path) -> None:
        path = folder / f"harmed{ending_}"
        path.write_bytes(content)
        hold(["validate", str(path), "--json"])

    return read


def added(content: bytes, folder: Path) -> None:
    """Add a record without writing."""
    path = folder / "harmed.toml"
    path.write_bytes(content.replace(b'id = "', b'id = "new-', 1))
    hold(["add", "--from", str(path), "--dry-run"])


def merged(content: bytes, folder: Path) -> None:
    """Join, import or read a colleague's catalogue, without writing."""
    path = folder / "harmed.db"
    path.write_bytes(content)
    with reading(slim(folder)):
        hold(
            [["merge", str(path), "--dry-run"], ["import", str(path), "--dry-run"], ["show", "realism", "--catalogue", str(path)]][
                content[200] % 3
            ]
        )


def taken(content: bytes, folder: Path) -> None:
    """Take entries in without writing."""
    path = folder / "harmed.jsonl"
    path.write_bytes(content)
    with reading(slim(folder)):
        hold(["take", str(path), "--dry-run"])


FORMS_AFTER = ("csv", "json", "hsds", "vcard", "geojson", "markdown", "html")


def kept(content: bytes, folder: Path) -> None:
    """Import what can be taken into a catalogue, then show it in every form: what was let in must be bearable everywhere."""
    own, path = folder / "own.db", folder / "harmed.json"
    shutil.copyfile(slim(folder), own)
    path.write_bytes(content)
    with reading(own):
        hold(["import", str(path), "--yes", "--skip-bad", "--force"])
        with closing(sqlite3.connect(own)) as connection:
            changed = [
                identifier for (identifier,) in connection.execute("SELECT DISTINCT resource FROM change WHERE action NOT IN ('update')")
            ]
        for identifier in changed[:2]:
            hold(["show", identifier])
            hold(["sheet", identifier, "--format", "text"])
        for form in FORMS_AFTER if changed else ():
            hold(["export", "burnout", "--all", "--format", form, "-o", str(folder / "out"), "--force"])
    for beside in folder.glob("own.db.backup-*"):
        beside.unlink()
    for beside in folder.glob("harmed.bad*"):
        beside.unlink()


READERS = {
    "questions": Reader(100, question, read_words),
    "command lines": Reader(20, line, read_words),
    "hours": Reader(660, of_texts(hours), read_as_hours),
    "moments": Reader(460, of_texts(lambda: list(MOMENTS)), read_as_moment),
    "phone numbers": Reader(260, of_texts(lambda: list(PHONES)), read_as_phones),
    "CSV": Reader(40, table, imported(".csv")),
    "JSON": Reader(40, objects("json"), imported(".json")),
    "JSONL": Reader(30, objects("jsonl"), imported(".jsonl")),
    "HSDS, imported": Reader(16, objects("hsds"), imported(".json")),
    "HSDS, checked": Reader(16, objects("hsds"), validated(".json")),
    "zip": Reader(24, package, validated(".zip")),
    "TOML": Reader(40, record, added),
    "entries of a journal": Reader(260, packet, read_as_entry),
    "packets of entries": Reader(28, packet, taken),
    "another's catalogue": Reader(3, catalogue, merged),
    "what was let in": Reader(4, objects("json"), kept),
}
