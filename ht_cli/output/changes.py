"""Says what would change and what did: the id, each field before and after, and how to take it back."""

import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from ht_cli import clock
from ht_cli.errors import UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import SECRET_ADDRESS, Change
from ht_cli.output.confidential import PUBLISHED, made_public, planned, public, shows_confidential
from ht_cli.output.in_words import CHECKED, field_name, worded_differences
from ht_cli.output.results import Layout
from ht_cli.output.terminal import note, takes_keys, typed_as_a_line, write
from ht_cli.output.told import told_fields
from ht_cli.wording import YES, Words, reader_text

FOLLOWING = ("changed_on", "checked_on", "checked_how", "checked_by", "fact_checks", "failed_tries", "status", "successor", "closed_on", "closed_reason")  # fmt: skip
ENTER_WITHIN = 0.4  # seconds behind a key
PAUSE = 0.3  # seconds; a key that is held down comes again within less
AT_ONCE, END_OF_INPUT = 64, "\x04"  # bytes read at a time; what Ctrl-D sends
NO_LETTER = r"\x1b[\[O][0-9;]*[A-Za-z~]"  # what a terminal sends for an arrow or the like
HEADERS = ("change", "at", "who", "action", "resource", "field", "before", "after", "note", "undoes")
_DONE = {  # by the action of an entry
    "add": _help("added"), "update": _help("changed"), "close": _help("closed"), "reopen": _help("reopened"), "verify": _help("checked"),
    "fail": _help("could not be reached"), "undo": _help("taken back"), "import": _help("imported"), "merge": _help("merged"),
    "upgrade": _help("upgraded"), "settle": _help("settled"), "report": _help("reported"), "answer": _help("answered"),
    "propose": _help("proposed"), "claim": _help("taken to call"), "skip": _help("skipped"),
}  # fmt: skip


def interactive() -> bool:
    """Say whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(question: str, *, yes: bool, loses: bool = False) -> bool:
    """Ask on a terminal, where only a yes that is typed is one; with --yes, or without a terminal, the answer is yes.

    `loses` says that a fact is closed, taken out, overwritten or made public. Raises UsageError when nobody can be asked about that.
    """
    if yes:
        return True
    if not interactive():
        if loses:
            raise UsageError(
                _("this closes, takes out or overwrites what is there, or makes it public, and nobody can be asked here: add --yes")
            )
        return True
    return answer_to_what_stands(f"{question} [{_('y/N')}]").lower() in YES


def loses(fields: Mapping[str, tuple[Any, Any]], *, secret: bool = False) -> bool:
    """Say whether changed fields close a resource, lose anything of what they said, or make an address public beside a secret one.

    `secret` says that an address of it is or was secret somewhere.
    """
    closes = fields.get("status", ("", ""))[1] == "closed"
    return (
        closes
        or made_public(fields, secret=secret)
        or any(_lost(before, after) for field, (before, after) in fields.items() if field not in FOLLOWING)
    )


def loses_check(fields: Mapping[str, tuple[Any, Any]]) -> bool:
    """Say whether changed fields take away what a person confirmed."""
    return any(_lost(*fields[field]) for field in CHECKED if field in fields)


def _lost(before: Any, after: Any) -> bool:
    if isinstance(before, Mapping):
        return any(_lost(part, (after or {}).get(name)) for name, part in before.items())
    if isinstance(before, list):
        return any(item not in (after or ()) for item in before)
    return before is not None and before != after


def answer(question: str) -> str:
    """Ask one thing on the terminal, or nothing where it stands there already; an end of input is an empty answer."""
    if question:
        note(question)
    return sys.stdin.readline().strip()


def answer_to_what_stands(question: str) -> str:
    """Ask one thing about what the screen shows: what was typed before it stood there answers nothing."""
    note(question)
    _forget_what_was_typed()
    return answer("")


def _forget_what_was_typed() -> None:
    _ahead.clear()
    if not sys.stdin.isatty():
        return
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)


def _wait_for_a_pause() -> None:
    """Forget what is typed until nothing is for a moment: a key that is held down would answer question after question."""
    import select

    _forget_what_was_typed()
    with _key_by_key():
        while select.select([sys.stdin], [], [], PAUSE)[0] and os.read(sys.stdin.fileno(), AT_ONCE):
            pass


_ahead: list[str] = []  # keys that were typed before they were asked for


def key(question: str) -> str:
    """Ask one thing on the terminal that a single key answers; Enter, Esc and the end of input are an empty answer.

    It is about what the screen shows, so only what is typed once that stood there for a moment answers. Where no terminal reads
    keys, or a screen reader is better served by lines, a line answers. Raises KeyboardInterrupt for Ctrl-C.
    """
    if not takes_keys() or sys.platform == "win32":
        return answer_to_what_stands(question)
    note(question)
    _wait_for_a_pause()
    said = _typed()
    answered = said if said.isprintable() else ""
    note(answered)
    if answered and _typed_soon() in ("\r", "\n"):  # an Enter behind a key, out of habit, would answer the next question
        _ahead.pop(0)
    return answered


def _typed() -> str:
    """Give the next key; empty at the end of input. One that is no letter, such as an arrow, answers nothing."""
    while not _ahead:
        with _key_by_key():
            said = os.read(sys.stdin.fileno(), AT_ONCE).decode("utf-8", "ignore")
        if said in ("", END_OF_INPUT):
            return ""
        _ahead.extend(re.sub(NO_LETTER, "", said))
    return _ahead.pop(0)


@contextmanager
def _key_by_key() -> Iterator[None]:
    """Let the terminal hand over each key at once and not show it; what was typed meanwhile is kept."""
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin, termios.TCSADRAIN)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _typed_soon() -> str:
    """Give what is typed at once behind a key, and leave it there; empty where nothing is."""
    import select

    if not _ahead and select.select([sys.stdin], [], [], ENTER_WITHIN)[0]:
        _ahead.append(_typed())
    return _ahead[0] if _ahead else ""


def difference_lines(
    fields: Mapping[str, tuple[Any, Any]], *, area: Callable[[str], str] | None = None, secret: bool = False, plan: bool = False
) -> Iterator[str]:
    """Give two lines for each field that differs: what it was, and what it becomes.

    `area` says the code of an area in words; `secret` says that no address of it may be shown, `plan` that it is still to be agreed to.
    """
    differing = {name: pair for name, pair in told_fields(fields).items() if pair[0] != pair[1]}
    for field, (before, after) in (planned if plan else public)(differing, secret=secret).items():
        if isinstance(before, dict) or isinstance(after, dict):
            yield from _parted(field, before or {}, after or {})
            continue
        yield f"  {field}:\n"
        if isinstance(before, list) or isinstance(after, list):
            gone, come = ([item for item in one or () if item not in (other or ())] for one, other in ((before, after), (after, before)))
            named = area if field == "areas" else None
            yield from (f"    - {_entry_text(item, come, named)}\n" for item in gone)
            yield from (f"    + {_entry_text(item, gone, named)}\n" for item in come)
            if not (gone or come):
                hidden = field == "addresses" and SECRET_ADDRESS in (*(before or ()), *(after or ()))
                yield f"    {_('kept confidential') if hidden else _('in another order')}\n"
            continue
        yield f"    - {value_text(before)}\n" if before is not None else ""
        yield f"    + {value_text(after)}\n" if after is not None else ""


def differences_text(fields: Mapping[str, tuple[Any, Any]], *, secret: bool = False) -> str:
    """Write what differs in one line, field by field: old → new; of a list, the entries that go and those that come."""
    parts = []
    for field, (before, after) in planned(told_fields(fields), secret=secret).items():
        for name, old, new in _sides(field, before, after):
            parts.append(f"{name}: {old or '–'} → {new or '–'}")
    return "; ".join(parts)


def _sides(field: str, before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    """Give the name of each part of a field that differs, and both sides of it in words."""
    if isinstance(before, dict) or isinstance(after, dict):
        sides = before or {}, after or {}
        names = [name for name in {**sides[0], **sides[1]} if sides[0].get(name) != sides[1].get(name)]
        yield from ((f"{field}.{name}", value_text(sides[0].get(name)), value_text(sides[1].get(name))) for name in names)
    elif isinstance(before, list) or isinstance(after, list):
        gone, come = ([item for item in one or () if item not in (other or ())] for one, other in ((before, after), (after, before)))
        old, new = (", ".join(_item_text(item, others) for item in one) for one, others in ((gone, come), (come, gone)))
        yield field, old, new or (_("in another order") if not gone else "")
    else:
        yield field, value_text(before), value_text(after)


def _item_text(item: Any, others: Sequence[Any]) -> str:
    return _("kept confidential") if item == SECRET_ADDRESS else _entry_text(item, others, None)


def _parted(field: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for part in {**before, **after}:
        if before.get(part) != after.get(part):
            yield from difference_lines({f"{field}.{part}": (before.get(part), after.get(part))})


def _entry_text(entry: Any, others: Sequence[Any], area: Callable[[str], str] | None) -> str:
    """Write an entry of a list as people read it, unless one on the other side would then read the same; the code of an area with its name."""
    short = value_text(_as_people_read_it(entry))
    said = value_text(entry) if short in (value_text(_as_people_read_it(other)) for other in others) else short
    return f"{said} ({area(entry)})" if area and isinstance(entry, str) else said


def _as_people_read_it(entry: Any) -> Any:
    """Give an entry with its texts in the reader's language alone, and without the code of a town that it names."""
    if not isinstance(entry, Mapping):
        return entry
    shown = {part: said for part, said in entry.items() if part != "nis" or not entry.get("locality")}
    return {part: reader_text(said)[0] if isinstance(said, Mapping) else said for part, said in shown.items()}


def value_text(value: Any) -> str:
    """Write one value of a record in one line."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        if value == PUBLISHED:
            return _("one that will be public, and is not shown here")
        if value.get("confidential") and not shows_confidential():
            return _("kept confidential")
        return ", ".join(value_text(part) for part in value.values())
    if isinstance(value, list):
        return ", ".join(value_text(item) for item in value)
    return str(value)


def say_plan(identifier: str, fields: Mapping[str, tuple[Any, Any]], words: Words, *, secret: bool = False) -> None:
    """Show what would change of one resource: in words to who reads it now; `secret` says that no address of it may be shown."""
    if read_by_people():
        lines = worded_differences(fields, words, secret=secret, plan=True)
    else:
        lines = difference_lines(fields, area=words.area, secret=secret, plan=True)
    write([f"{identifier}\n", *lines, *_hours_read_back(fields), *_said_of_public(fields, secret=secret)], prose=True)


def read_by_people() -> bool:
    """Say whether what is written stands before somebody: what goes elsewhere may be read by a program."""
    return sys.stdout.isatty() or not typed_as_a_line()


def field_said(field: str) -> str:
    """Name a field to who reads it now as people call it; elsewhere as the catalogue does."""
    name, dot, language = field.partition(".")
    return field_name(name) + (f" ({language})" if dot else "") if read_by_people() else field


def _said_of_public(fields: Mapping[str, tuple[Any, Any]], *, secret: bool) -> Iterator[str]:
    if made_public(fields, secret=secret):
        yield f"  {_('Everybody will see the address behind “+”; another one is or was kept confidential.')}\n"


def _hours_read_back(fields: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    """Say in words what new opening hours mean, so that whoever wrote them sees whether that was meant."""
    new = [fields.get("hours_osm", (None, None))[1], *_hours_of_new_phones(*fields.get("phones", (None, None)))]
    for text in filter(None, new):
        from ht_cli.hours.grammar import read_hours
        from ht_cli.hours.in_words import rules_text

        yield f"  {text} – " + _("reads as: {hours}").format(hours=rules_text(read_hours(text))) + "\n"


def _hours_of_new_phones(before: Sequence[Any] | None, after: Sequence[Any] | None) -> Iterator[str]:
    yield from (phone.get("hours_osm", "") for phone in after or () if phone not in (before or ()))


def say_done(changes: Sequence[Change]) -> None:
    """Say what changed, and how to take it back."""
    if not changes:
        write([_("Nothing changed.") + "\n"])
        return
    write((f"{change.resource}: {action_text(change.action)} ({change.short})\n" for change in changes), prose=True)
    note(_("To take it back: ht undo {change}").format(change=changes[0].act[:8]))


def say_nobody(by: str) -> None:
    """Where no initials are given, say how to give them: a check is worth more when others know whom to ask."""
    if by:
        return
    if typed_as_a_line():
        note(_("No initials stand beside it: give yours with --by AB, or once for all with HT_BY."))
    else:
        note(_("No initials stand beside it: give yours once for all with the variable HT_BY."))


def action_text(action: str) -> str:
    """Say what was done."""
    return _(_DONE[action])


def write_history(changes: Sequence[Change], layout: Layout, words: Words, secret: Collection[str] = ()) -> None:
    """Write changes, the newest first: as text for people, one row for each field for machines.

    `secret` are the resources no address of which may be shown.
    """
    if layout.for_machines:
        from ht_cli.output.listing import write_listing

        write_listing(HEADERS, [row for change in changes for row in _rows(change, secret=change.resource in secret)], layout)
        return
    pieces: list[str] = []
    for change in changes:
        who = f", {change.who}" if change.who else ""
        pieces.append(f"{change.short}  {local_time(change.at)}{who}  {change.resource}: {action_text(change.action)}\n")
        if change.undoes:
            pieces.append("  " + _("takes back {change}").format(change=change.undoes[:8]) + "\n")
        if change.note:
            pieces.append(f"  {change.note}\n")
        hidden = change.resource in secret
        if layout.output is None and read_by_people():
            pieces += [*worded_differences(change.fields, words, secret=hidden), "\n"]
        else:
            pieces += [*difference_lines(change.fields, area=words.area, secret=hidden), "\n"]
    write(pieces, layout.output, prose=True)


def local_time(moment: str) -> str:
    """Give a moment as the clock in Belgium showed it: 2026-11-24 15:03."""
    return datetime.fromisoformat(moment).astimezone(clock.BRUSSELS).strftime("%Y-%m-%d %H:%M")


def _rows(change: Change, *, secret: bool) -> Iterator[tuple[str, ...]]:
    import json

    def text(value: Any) -> str:
        return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    head = (change.uuid, change.at, change.who, change.action, change.resource)
    differing = {name: pair for name, pair in change.fields.items() if pair[0] != pair[1]}  # the rest of a check is said with it
    for field, (before, after) in public(differing, secret=secret).items() or [("", (None, None))]:
        yield (*head, field, text(before), text(after), change.note, change.undoes)
