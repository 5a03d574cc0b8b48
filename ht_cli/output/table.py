"""The results as a person reads them with somebody on the phone: two lines each, one in a wide window; loads Rich, and only when asked to draw.

Every row says what differs; what is the same for all is said once, below.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from ht_cli.hours_wording import brief_text, opening_text
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Opening, Phone
from ht_cli.output.terminal import takes_escapes, width, wrapped
from ht_cli.wording import HANDY, Words, ages, clean, contacts, for_whom, freshness, handiest_contact, source_years, status

ONE_LINE = 140  # columns from which a result takes one line
NARROWEST_NAME = 34
NARROWEST_STATE = 16  # with fewer columns beside the name and the contact, the hours go to the second line
SHORTEST_FACT = 13
NARROWEST_FACTS = 30  # with fewer columns beside it, the id takes a line of its own
WIDEST_STATE = 26
NARROWEST = 40  # columns that are taken for granted
BETWEEN = "  "
JOINT = " · "
REASONS = ("need", "heard", "related", "any", "network", "name")  # for which a result is here, and of which one stands in every row
_LOOSE_ENDS = " ,;:–-(/"


class _Row(NamedTuple):
    """One result in words: its name, what to dial or type, whether somebody answers there, its facts, and its id."""

    name: str
    contact: str
    state: str
    facts: tuple[str, ...]
    id: str


def hit_table(hits: Sequence[Hit], words: Words, *, apart: bool = False, room: float = float("inf"), more: bool = False) -> tuple[str, int]:
    """Draw as many results as `room` lines hold, at least one; give the text and how many stand in it.

    `apart` sets those whose hours are unknown under a heading. A line is left for saying that there are more: where not
    all are drawn, and where `more` says so.
    """
    for count in range(len(hits), 0, -1):
        lines = _lines(hits[:count], words, apart=apart)
        if count == 1 or len(lines) + (more or count < len(hits)) <= room:
            break
    return _painted(lines), count


def _lines(hits: Sequence[Hit], words: Words, *, apart: bool) -> list[Text]:
    in_full = apart or len(hits) == 1
    rows = [_row(hit, words, in_full=in_full) for hit in hits]
    shared = [fact for fact in rows[0].facts if len(rows) > 1 and all(fact in row.facts for row in rows)]
    need = _usual_need(hits, words)
    rows = [row._replace(facts=tuple(fact for fact in row.facts if fact not in (*shared, need))) for row in rows]
    unknown = next((number for number, hit in enumerate(hits) if apart and hit.openings and hit.openings.best.state == "unknown"), None)
    lines = []
    for number, block in enumerate(_laid_out(rows)):
        lines += [Text(_("Hours unknown, ask first:"))] if number == unknown else []
        lines += block
    below = list(_said_of_all(hits, rows, shared)) if not in_full else []
    if need and need not in shared:
        below.insert(0, _("For {need}, where no need stands.").format(need=need))
    return [*lines, *(Text(line, style="dim") for line in wrapped(" ".join(below), width()))]


def _usual_need(hits: Sequence[Hit], words: Words) -> str:
    """Give the need for which half of the results or more are here, where each of the others says another reason; else nothing."""
    reasons = [[code for code in hit.why if code.partition(":")[0] in REASONS] for hit in hits]
    alone = [codes[0] for codes in reasons if len(codes) == 1 and codes[0].startswith("need:")]
    usual = max(alone, key=alone.count, default="")
    told_apart = all(codes and (codes == [usual] or usual not in codes) for codes in reasons)
    if len(hits) == 1 or 2 * alone.count(usual) < len(hits) or not told_apart:
        return ""
    return words.term("needs", usual.removeprefix("need:"))


def _row(hit: Hit, words: Words, *, in_full: bool) -> _Row:
    """Put a result in words; `in_full` says in the row itself what is else said below: that hours are unknown, and how old the facts are."""
    resource = hit.resource
    phone, opening = _way(hit)
    state = brief_text(opening, hit.openings.moment) if hit.openings else opening.text
    if in_full and hit.openings and not state:
        state = opening_text(opening, hit.openings.moment)
    label, who = for_whom(resource, words)
    facts = (
        status(resource),
        words.term("kinds", resource.kind),
        phone.label if phone else "",
        *(contacts(resource) if not (phone or resource.email or resource.url) else ()),  # the address, where there is nothing else
        opening.note,
        _("for professionals only") if resource.professionals_only else "",
        f"{label} {who}" if resource.eligibility in ("only", "preferred") else "",
        _("aged {ages}").format(ages=ages(resource)) if ages(resource) else "",
        *words.reasons(hit),
        freshness(resource) if in_full or resource.checked_on else "",
    )
    contact = phone.national or phone.number if phone else handiest_contact(resource)
    said = dict.fromkeys(clean(fact) for fact in facts if fact and fact != contact)
    return _Row(clean(resource.name), clean(contact), _shortened(clean(state), WIDEST_STATE), tuple(said), resource.id)


def _way(hit: Hit) -> tuple[Phone | None, Opening]:
    """Give the number to dial, the first that answers if one does, and whether somebody answers there."""
    phones = hit.resource.phones
    if hit.openings is None:
        return phones[0] if phones else None, Opening(text=hit.resource.hours)
    ways = list(zip(phones, hit.openings.phones, strict=True))
    return next((way for way in ways if way[1].state == "open"), ways[0] if ways else (None, hit.openings.best))


def _said_of_all(hits: Sequence[Hit], rows: Sequence[_Row], shared: Sequence[str]) -> Iterator[str]:
    """Say once what holds for every result, and for those whose row says nothing of it."""
    if shared:
        yield _("All of these: {facts}.").format(facts=JOINT.join(shared))
    unchecked = [hit.resource for hit in hits if not hit.resource.checked_on]
    if unchecked:
        every = len(unchecked) == len(hits)
        sentence = _("None was checked by a person; {sources}.") if every else _("The others were never checked by a person; {sources}.")
        yield sentence.format(sources=source_years(unchecked))
    if not all(row.state for row in rows):
        yield _("Hours that do not stand here are not known: ask.")


def _laid_out(rows: Sequence[_Row]) -> Iterator[list[Text]]:
    """Set each result in columns: number, name, contact and state above each other, the id at the end of a line."""
    columns = max(width(), NARROWEST)
    one_line = columns >= ONE_LINE
    lead = len(str(len(rows))) + len(BETWEEN)
    contact = max(min(cell_len(row.contact), HANDY) for row in rows)
    left = columns - lead - len(BETWEEN) - contact  # for name and state
    state = min(max(cell_len(row.state) for row in rows), WIDEST_STATE, left - len(BETWEEN) - NARROWEST_NAME)
    beside = state >= NARROWEST_STATE and not one_line  # else the state is the first of the facts
    most = columns // 4 if one_line else left - (len(BETWEEN) + state if beside else 0)
    name = min(max(cell_len(row.name) for row in rows), most)
    for number, row in enumerate(rows, 1):
        over = 0 if one_line else max(cell_len(row.contact) - contact, 0)  # what a long site or mail takes of what stands beside it
        if beside and not row.state:
            over -= min(over, len(BETWEEN) + state)
        head = Text(f"{number:>{lead - len(BETWEEN)}}{BETWEEN}")
        head.append(_in_column(row.name, min(name, most - over)), style="bold").append(BETWEEN)
        head.append(row.contact.ljust(contact), style="bold")
        if beside:
            head.append(BETWEEN + _shortened(row.state, state))
        second = head.append(BETWEEN) if one_line else Text(" " * lead)
        if row.state and not beside:
            second.append(row.state + (JOINT if row.facts else ""))
        lines = [second] if one_line else [head, second]
        room = columns - second.cell_len
        beside_id = room - len(BETWEEN) - len(row.id)
        if one_line or beside_id >= NARROWEST_FACTS:
            second.append(set_cell_size(_fitted(row.facts, beside_id), beside_id)).append(BETWEEN).append(row.id, style="dim")
        else:
            second.append(_fitted(row.facts, room))
            lines.append(Text(row.id.rjust(columns), style="dim"))
        for line in lines:
            line.rstrip()
        yield lines


def _fitted(facts: Sequence[str], room: int) -> str:
    """Join facts in so many cells: the last gives way first, then each has its share, and what the short ones leave the long ones take."""
    if cell_len(JOINT.join(facts)) <= room:
        return JOINT.join(facts)
    facts = facts[:-1] or facts
    kept = [""] * len(facts)
    left = room
    by_length = sorted(range(len(facts)), key=lambda number: cell_len(facts[number]))
    for done, number in enumerate(by_length):
        others = len(facts) - done - 1
        share = (left - others * len(JOINT)) // (others + 1)
        text = _shortened(facts[number], share)
        if text == facts[number] or cell_len(text) >= SHORTEST_FACT:
            kept[number] = text
            left -= cell_len(text) + len(JOINT)
    return JOINT.join(filter(None, kept))


def _in_column(text: str, room: int) -> str:
    return set_cell_size(_shortened(text, room), room)


def _shortened(text: str, room: int) -> str:
    """End a text at a word, with an ellipsis, where it takes more cells than there are."""
    if cell_len(text) <= room:
        return text
    kept = text.removesuffix("…")
    while " " in kept and cell_len(kept) >= room:
        kept = kept.rpartition(" ")[0].rstrip(_LOOSE_ENDS)
    return kept + "…" if cell_len(kept) < room else set_cell_size(kept, max(room - 1, 0)) + "…"


def _painted(lines: Sequence[Text]) -> str:
    console = Console(
        width=width(),
        color_system="standard" if takes_escapes() else None,
        no_color=not takes_escapes(),
        force_terminal=takes_escapes(),
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        for line in lines:
            console.print(line, soft_wrap=True)
    return capture.get()
