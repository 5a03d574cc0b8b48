"""The results as a person reads them with somebody on the phone: two lines each, one in a wide window, four in a narrow one; loads Rich, and only when asked to draw.

Every row says what differs; what is the same for all is said once, below. Of Rich it takes the widths of cells: its console would
cost as much as the whole search, and its styles a tenth of a start for bold and dim alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import ceil
from os.path import commonprefix
from typing import Self

from rich.cells import cell_len, set_cell_size

from ht_cli.cleaning import clean
from ht_cli.hours_wording import brief_text, hours_said, opening_text
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Opening, Phone, Resource
from ht_cli.output.colours import BOLD, DIM, RESET
from ht_cli.output.terminal import NARROW, ONE_LINE, takes_escapes, width, wrapped
from ht_cli.shapes import NamedTuple
from ht_cli.wording import (
    HANDY,
    Words,
    ages,
    checked_when,
    contacts,
    for_whom,
    freshness,
    handiest_contact,
    marked,
    reader_text,
    source_years,
    status,
)

NARROWEST_NAME = 28  # columns
SHORTEST_FACT = 13
NARROWEST_FACTS = 30  # with fewer columns beside it, the id takes a line of its own
WIDEST_HOURS = 22  # of hours as they were written, and a quarter of a window that is wider than four times so many
WHOLE_HOURS = 48  # up to which they are said whole, among the facts where the column is too narrow: what is cut may be "except at weekends"
SHORTEST_COMMON = 12  # cells that are left to what several names have in common, where one that tells them apart wants the others
NARROWEST = 20  # columns that are taken for granted
MOST_LINES = 5  # of a result in a narrow window, where nothing in it must be said beyond them
BETWEEN = "  "
JOINT = " · "
REASONS = ("need", "heard", "related", "any", "network", "name")  # for which a result is here, and of which one stands in every row
_LOOSE_ENDS = " ,;:–-(/"


class _Line:
    """A line of the table: pieces of text, each in a style, BOLD or DIM."""

    def __init__(self, text: str = "", style: str = "") -> None:
        self._pieces = [(text, style)]

    def append(self, text: str, style: str = "") -> Self:
        """Add a piece, and give the line."""
        self._pieces.append((text, style))
        return self

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return sum(cell_len(text) for text, _style in self._pieces)

    def painted(self, *, with_escapes: bool) -> str:
        """Give the line as it is written, without spaces at its end."""
        pieces = list(self._pieces)
        while pieces and not pieces[-1][0].rstrip():
            del pieces[-1]
        pieces[-1:] = [(text.rstrip(), style) for text, style in pieces[-1:]]
        if not with_escapes:
            return "".join(text for text, _style in pieces)
        return "".join(f"{style}{text}{RESET}" if style and text else text for text, style in pieces)


class _Row(NamedTuple):
    """One result in words: its name, what to dial or type and whose number it is, whether somebody answers there, its facts, and its id.

    The `firm` facts must not be left out. `brief` gives the fewest words in which a fact still says something, where cutting it
    anywhere would not ("only for …"). `free` has the facts that are somebody's own words, which may be cut after any of them, with the
    cells that are wanted for it; the others are terms, of which a part says something else or nothing. `reason` is the fact that says why
    it is here, `away` how far it is, and `repeating` the one that says no more. `dialled` says that the contact is a number.
    """

    name: str
    contact: str
    state: str
    facts: tuple[str, ...]
    id: str
    brief: Mapping[str, str]
    free: Mapping[str, int]
    firm: tuple[str, ...] = ()
    reason: str = ""
    away: str = ""
    repeating: str = ""
    dialled: bool = False


def hit_table(
    hits: Sequence[Hit], words: Words, *, apart: bool = False, ages: Sequence[str] = (), room: float = float("inf"), more: bool = False
) -> tuple[str, int]:
    """Draw as many results as `room` lines hold, at least one; give the text and how many stand in it.

    `apart` sets those whose hours are unknown under a heading; where an age was asked, each says for which ages it is, and `ages`, the audiences of that age, stand first among those for whom it is. A line is left for saying that there are more: where not
    all are drawn, and where `more` says so.
    """
    rows = [_row(hit, words, alone=len(hits) == 1, apart=apart, ages=ages) for hit in hits]
    count = len(hits)
    while True:
        lines, largest = _lines(hits[:count], rows[:count], words, apart=apart, ages=ages)
        over = len(lines) + (more or count < len(hits)) - room
        if count == 1 or over <= 0:
            return _painted(lines), count
        count = max(count - ceil(over / largest), 1)  # so many results less take away at most the lines that are over
        if count == 1:
            rows = [_row(hits[0], words, alone=True, apart=apart, ages=ages)]


def _lines(hits: Sequence[Hit], rows: Sequence[_Row], words: Words, *, apart: bool, ages: Sequence[str]) -> tuple[list[_Line], int]:
    """Give the lines of some results with what is said of all below, and how many the longest of them takes."""
    alone = len(hits) == 1
    shared = [fact for fact in rows[0].facts if not alone and all(fact in row.facts for row in rows)]
    need = _usual_need(hits, words)
    rows = [
        _parted(row, (*shared, need), row.facts if alone else _firm(hit, words, need, ages=ages))
        for hit, row in zip(hits, rows, strict=True)
    ]
    unknown = next((number for number, hit in enumerate(hits) if apart and _of_unknown_hours(hit)), None)
    lines: list[_Line] = []
    blocks = [*(_listed(rows) if width() < NARROW else _laid_out(rows))]
    for number, block in enumerate(blocks):
        lines += [_Line(_("Hours unknown, ask first:"))] if number == unknown else []
        lines += block
    below = [] if alone else list(_said_of_all(hits, rows, shared, headed=apart))
    if need and need not in shared:
        below.insert(0, _("Where nothing else is said: {need}.").format(need=need))
    said = [_Line(line, style=DIM) for line in wrapped(" ".join(below), width())]
    return [*lines, *said], max(map(len, blocks))


def _firm(hit: Hit, words: Words, need: str, *, ages: Sequence[str]) -> list[str]:
    """Give the facts that a row must not leave out.

    They are: for which ages it is, where one was asked; of which place it is the network, in which other language, every reason where
    one is said of all, and when a person checked it, for what is said of checks below is said of the others.
    """
    reasons = words.reasons(hit) if need or "network" in hit.why else []
    return [clean(_for_ages(hit.resource)) if ages else "", *reasons, words.other_language(hit), checked_when(hit.resource)]


def _parted(row: _Row, said: Collection[str], firm: Sequence[str]) -> _Row:
    """Take out of a row what is said of all, and keep the firm facts apart from the others."""
    kept = tuple(fact for fact in firm if fact and fact not in said)
    return row._replace(facts=tuple(fact for fact in row.facts if fact not in (*said, *kept)), firm=kept)


def _usual_need(hits: Sequence[Hit], words: Words) -> str:
    """Give the need for which half of the results or more are here, where each of the others says another reason; else nothing."""
    reasons = [[code for code in hit.why if code.partition(":")[0] in REASONS] for hit in hits]
    alone = [codes[0] for codes in reasons if len(codes) == 1 and codes[0].startswith("need:")]
    usual = max(alone, key=alone.count, default="")
    told_apart = all(codes and (codes == [usual] or usual not in codes) for codes in reasons)
    if len(hits) == 1 or 2 * alone.count(usual) < len(hits) or not told_apart:
        return ""
    return words.term("needs", usual.removeprefix("need:"))


def _row(hit: Hit, words: Words, *, alone: bool, apart: bool, ages: Sequence[str]) -> _Row:
    """Put a result in words; one that stands `alone` says itself what is else said below, and all of it.

    Where those whose hours are unknown stand `apart`, the heading over them says so, and no row of theirs.
    """
    resource = hit.resource
    phone, opening = _way(hit)
    hours = _hours(hit, phone)
    state = brief_text(opening, hit.openings.moment, hours) if hit.openings else hours
    if state == hours and cell_len(state) > WHOLE_HOURS:
        state = _shortened(state, max(WIDEST_HOURS, width() // 4))
    if not state and hit.openings and (alone or apart) and not (apart and _of_unknown_hours(hit)):
        state = opening_text(opening, hit.openings.moment)
    contact = phone.national or phone.number if phone else handiest_contact(resource)
    whose = marked(*reader_text(phone.label)) if phone else ""
    by_it = f"{contact} ({whose})" if whose else ""
    label, who = for_whom(resource, words, ages)
    for_some = resource.eligibility in ("only", "preferred") and not resource.of_all_ages
    eligibility = clean(f"{label} {who}") if for_some else ""
    label_apart = _("phone: {label}").format(label=whose) if cell_len(by_it) > HANDY else ""
    addresses = contacts(resource) if not (phone or resource.email or resource.url) else ()  # where there is nothing else
    facts = (
        status(resource),
        *addresses,
        words.term("kinds", resource.kind),
        label_apart,
        opening.note,
        _("for professionals only") if resource.professionals_only else "",
        eligibility,
        _for_ages(resource),
        *words.reasons(hit),
        *words.reach(hit),
        freshness(resource) if alone else checked_when(resource),
    )
    contact = by_it if 0 < cell_len(by_it) <= HANDY else contact
    said = dict.fromkeys(clean(fact) for fact in facts if fact and fact != contact)
    brief = (
        {eligibility: clean(f"{label} {who.partition(',')[0]}…" if "," in who else eligibility)} if resource.eligibility == "only" else {}
    )
    free = dict.fromkeys(map(clean, (*addresses, opening.note)), SHORTEST_FACT)
    free[clean(label_apart)] = cell_len(clean(label_apart)) - cell_len(clean(whose)) + SHORTEST_FACT  # the label, and not only whose it is
    return _Row(
        clean(resource.name), clean(contact), clean(state), tuple(said), resource.id, brief, free,
        reason=clean(next(iter(words.reasons(hit)), "")), away=words.away(hit), repeating=words.own_town(hit), dialled=phone is not None,
    )  # fmt: skip


def _for_ages(resource: Resource) -> str:
    """Say for which ages it is; nothing when no limit is known."""
    return _("aged {ages}").format(ages=ages(resource)) if ages(resource) else ""


def _way(hit: Hit) -> tuple[Phone | None, Opening]:
    """Give the number to dial, the first that answers of those for who asks if one does, and whether somebody answers there."""
    phones = hit.resource.phones[: hit.their_numbers or None]
    if hit.openings is None:
        return next((phone for phone in phones if not phone.is_fax), None), Opening()
    ways = [way for way in zip(phones, hit.openings.phones[: len(phones)], strict=True) if not way[0].is_fax]
    return next((way for way in ways if way[1].state == "open"), ways[0] if ways else (None, hit.openings.best))


def _hours(hit: Hit, phone: Phone | None) -> str:
    """Give in words the hours of a number where it has its own, else those of the resource."""
    own = phone if phone and (phone.hours or phone.hours_osm) else hit.resource
    return marked(*hours_said(own.hours, own.hours_osm))


def _of_unknown_hours(hit: Hit) -> bool:
    return hit.openings is not None and hit.openings.best.state == "unknown"


def _said_of_all(hits: Sequence[Hit], rows: Sequence[_Row], shared: Sequence[str], *, headed: bool) -> Iterator[str]:
    """Say once what holds for every result, and for those whose row says nothing of it; unknown hours may have been `headed` already."""
    if shared:
        yield _("All of these: {facts}.").format(facts=JOINT.join(shared))
    unchecked = [hit.resource for hit in hits if not checked_when(hit.resource)]
    if unchecked:
        every = len(unchecked) == len(hits)
        sentence = _("None checked by a person; {sources}.") if every else _("The others were never checked by a person; {sources}.")
        yield sentence.format(sources=source_years(unchecked))
    if not headed and not all(row.state for row in rows):
        yield _("No hours shown: not known, ask.")


class _Columns(NamedTuple):
    """How wide the window is, and each column in it; `state` is 0 where it stands among the facts."""

    window: int
    lead: int
    name: int
    widest_name: int
    contact: int
    state: int

    @property
    def one_line(self) -> bool:
        """Whether a result takes one line."""
        return self.window >= ONE_LINE


def _columns(rows: Sequence[_Row]) -> _Columns:
    """Give the columns that hold the most states: a long site beside which no state stands may run over, and takes the place of none."""
    every, stated = (max((min(cell_len(row.contact), HANDY) for row in some), default=0) for some in (rows, [r for r in rows if r.state]))
    found = [_columns_for(rows, contact) for contact in dict.fromkeys((every, stated)) if contact]
    return max(found, key=lambda columns: sum(0 < cell_len(row.state) <= columns.state for row in rows))


def _columns_for(rows: Sequence[_Row], contact: int) -> _Columns:
    """Give the columns where that of the contacts is so wide."""
    window = max(width(), NARROWEST)
    lead = len(str(len(rows))) + len(BETWEEN)
    left = window - lead - len(BETWEEN) - contact  # for name and state
    for_state = 0 if window >= ONE_LINE else left - len(BETWEEN) - NARROWEST_NAME
    state = max((cell_len(row.state) for row in rows if cell_len(row.state) <= for_state), default=0)
    widest = window // 4 if window >= ONE_LINE else left - (len(BETWEEN) + state if state else 0)
    return _Columns(window, lead, min(max(cell_len(row.name) for row in rows), widest), widest, contact, state)


def _laid_out(rows: Sequence[_Row]) -> Iterator[list[_Line]]:
    """Set each result in columns: number, name, contact and state above each other, the id at the end of a line."""
    columns = _columns(rows)
    rooms = [_name_room(row, columns) for row in rows]
    for number, (row, name, room) in enumerate(zip(rows, _told_apart(rows, rooms), rooms, strict=True), 1):
        beside = _beside(row, columns)  # else it is the first of the facts
        head = _Line(f"{number:>{columns.lead - len(BETWEEN)}}{BETWEEN}")
        head.append(set_cell_size(name, room), style=BOLD).append(BETWEEN)
        head.append(row.contact.ljust(columns.contact - max(room - columns.name, 0)), style=BOLD)
        head.append(BETWEEN + row.state if beside else "")
        yield _with_facts([head.append(BETWEEN)] if columns.one_line else [head, _Line(" " * columns.lead)], row, columns, beside=beside)


def _listed(rows: Sequence[_Row]) -> Iterator[list[_Line]]:
    """Set each result in a few lines of a narrow window: name; what to dial and whether somebody answers; facts; the id whole."""
    window, lead = max(width(), NARROWEST), len(str(len(rows))) + len(BETWEEN)
    columns = _Columns(window, lead, window - lead, window - lead, 0, 0)
    indent = " " * lead
    for number, (row, name) in enumerate(zip(rows, _told_apart(rows, [window - lead] * len(rows)), strict=True), 1):
        beside = 0 < cell_len(row.state) <= window - lead - cell_len(row.contact) - len(JOINT)
        below = _with_facts(
            [_Line(indent).append(row.contact, style=BOLD).append(JOINT + row.state if beside else ""), _Line(indent)],
            row, columns, beside=beside,
        )  # fmt: skip
        names = wrapped(row.name, window - lead)
        if len(names) + len(below) > MOST_LINES or max(map(cell_len, names), default=0) > window - lead:
            names = [name]
        lead_in = f"{number:>{lead - len(BETWEEN)}}{BETWEEN}"
        yield [*(_Line(indent if place else lead_in).append(part, style=BOLD) for place, part in enumerate(names)), *below]


def _with_facts(head: Sequence[_Line], row: _Row, columns: _Columns, *, beside: bool) -> list[_Line]:
    """Give the lines of a result: those of its head, then its facts, and its id at the end of a line.

    The facts begin in the last line of the head. `beside` tells that the head says already whether somebody answers.
    """
    firm = [*([row.state] if row.state and not beside else ()), *row.firm]
    least, most = cell_len(JOINT.join(firm)), cell_len(JOINT.join([*firm, *row.facts]))
    room = columns.window - head[-1].width - len(BETWEEN) - len(row.id)
    if room >= (least if columns.one_line else max(least, min(most, NARROWEST_FACTS))):
        head[-1].append(set_cell_size(_fitted(row, firm, room), room)).append(BETWEEN).append(row.id, style=DIM)
        return [*head]
    indent = " " * columns.lead
    facts = wrapped(_fitted(row, firm, columns.window - columns.lead), columns.window, first=indent, then=indent)
    return [*(head if columns.one_line else head[:-1]), *map(_Line, facts), _Line(row.id.rjust(columns.window), style=DIM)]


def _beside(row: _Row, columns: _Columns) -> bool:
    """Say whether the state of a row stands in its column."""
    return 0 < cell_len(row.state) <= columns.state


def _name_room(row: _Row, columns: _Columns) -> int:
    """Give the cells for a name.

    That is its column, less what a long site or mail beside it runs over; and where the name would be cut, as much more as its row leaves
    free.
    """
    over = 0 if columns.one_line else max(cell_len(row.contact) - columns.contact, 0)
    free = len(BETWEEN) + columns.state if columns.state and not _beside(row, columns) else 0
    room = min(columns.name, columns.widest_name - max(over - free, 0))
    beside = [row.contact, *([row.state] if _beside(row, columns) else ())]
    taken = columns.lead + sum(len(BETWEEN) + cell_len(text) for text in beside)
    if columns.one_line:
        firm = [*filter(None, [row.state]), *row.firm]
        least, every = (cell_len(JOINT.join([*firm, *facts])) for facts in (row.brief.values(), row.facts))
        taken += len(BETWEEN) + max(least, min(every, NARROWEST_FACTS)) + len(BETWEEN) + len(row.id)
    return max(room, cell_len(_shortened(row.name, columns.window - taken)))


def _told_apart(rows: Sequence[_Row], rooms: Sequence[int]) -> list[str]:
    """Give each name in its cells; of those that would read alike, what they have in common is cut, and not what tells them apart."""
    ends = [(_shortened(row.name, room), row.contact) for row, room in zip(rows, rooms, strict=True)]
    names = []
    for row, room, end in zip(rows, rooms, ends, strict=True):
        alike = {other.name for other, its in zip(rows, ends, strict=True) if its == end}
        common = commonprefix([*alike]).rpartition(" ")[0] if len(alike) > 1 else ""  # noqa: RUF071 — letter by letter is meant
        telling = _shortened(row.name[len(common) :].strip(), max(room // 2, room - SHORTEST_COMMON - 1))
        names.append(f"{_shortened(common, room - cell_len(telling) - 1)} {telling}" if common else end[0])
    return names


def _fitted(row: _Row, firm: Sequence[str], room: int) -> str:
    """Join the facts of a row in so many cells, the firm ones whole.

    Where the reason why it is here would be lost, the others give way to it, but never for whom alone it is, how far, and whose the number is.
    """
    texts = _chosen(row, firm, room, row.brief)
    if row.reason in row.facts and row.reason not in texts:
        held = {fact: fact for fact in (row.reason, row.away) if fact in row.facts}
        with_reason = _chosen(row, firm, room, {**row.brief, **held})
        lost = [fact for fact in (row.away, *row.brief, *row.free) if fact in texts and fact not in with_reason]
        if row.reason in with_reason and not lost:
            texts = with_reason
    return JOINT.join([*firm, *(texts[fact] for fact in row.facts if fact in texts)])


def _chosen(row: _Row, firm: Sequence[str], room: int, brief: Mapping[str, str]) -> dict[str, str]:
    """Give the facts that stand in so many cells beside the firm ones, with what is left of each.

    Of them the last gives way first, then what would be too short to say anything. For one that has a brief form the
    others give way, where that makes place for it: those that are cut, then the last.
    """
    facts = row.facts
    if cell_len(JOINT.join([*firm, *facts])) <= room:
        return {fact: fact for fact in facts if fact != row.repeating}
    left = room - sum(cell_len(text) + len(JOINT) for text in firm)
    kept = [*facts[:-1], *(fact for fact in facts[-1:] if fact in brief)] or list(facts)
    while too_short := _too_short(kept, row, left):
        least = too_short[-1]
        spared = [fact for fact in kept if fact in brief or fact not in _cut(kept, left)]
        if least in brief and least not in _too_short(spared, row, left):
            kept = spared
        elif least in brief and cell_len(brief[least]) <= left and (others := [fact for fact in kept if fact not in brief]):
            kept.remove(others[-1])
        else:
            kept.remove(least)
    texts = dict(zip(kept, map(_without_half_a_bracket, _shared_out(kept, left)), strict=True))
    for fact in facts:  # one that gave way, and is short enough for what is left
        if (
            fact not in texts
            and fact != row.repeating
            and cell_len(fact) <= left - sum(cell_len(text) + len(JOINT) for text in texts.values())
        ):
            texts[fact] = fact
    return texts


def _cut(facts: Sequence[str], room: int) -> dict[str, str]:
    """Give the facts that are cut where so many cells are shared out, with what is left of each."""
    texts = zip(facts, _shared_out(facts, room), strict=True)
    return {fact: text for fact, text in texts if text != fact}


def _too_short(facts: Sequence[str], row: _Row, room: int) -> list[str]:
    """Give those that are cut to less than says anything."""
    return [fact for fact, text in _cut(facts, room).items() if cell_len(text) < _least(fact, row)]


def _least(fact: str, row: _Row) -> int:
    """Give the cells in which a fact still says something: one that is cut in fewer is better left out."""
    if fact in row.brief:
        return cell_len(row.brief[fact])
    if fact in row.free:
        return row.free[fact]
    first, more, _others = fact.partition(", ")
    return max(cell_len(first + ("…" if more else "")), SHORTEST_FACT)


def _shared_out(facts: Sequence[str], room: int) -> list[str]:
    """Give each fact its share of a line; to the long ones what the short ones leave of theirs, to the first what is then left by the ends of words."""
    texts = list(facts)
    left = room - len(JOINT) * (len(facts) - 1)
    for done, number in enumerate(sorted(range(len(facts)), key=lambda number: cell_len(facts[number]))):
        texts[number] = _cut_short(facts[number], max(left // (len(facts) - done), 0))
        left -= cell_len(texts[number])
    for number, fact in enumerate(facts):
        longer = _cut_short(fact, cell_len(texts[number]) + left)
        left -= cell_len(longer) - cell_len(texts[number])
        texts[number] = longer
    return texts


def _cut_short(fact: str, room: int) -> str:
    """End a fact in so many cells: a list after one of its terms, for "adults, young…" says another thing than "adults, young adults"."""
    if cell_len(fact) <= room:
        return fact
    terms = fact.split(", ")
    whole = (", ".join(terms[:count]) + "…" for count in range(len(terms) - 1, 0, -1))
    return next((text for text in whole if cell_len(text) <= room), None) or _shortened(fact, room)


def _without_half_a_bracket(text: str) -> str:
    """Leave out a bracket that was cut: half of what stands in it says another thing than the whole."""
    before, _bracket, cut = text.rpartition("(")
    kept = before.rstrip(_LOOSE_ENDS)
    return f"{kept}…" if kept and ")" not in cut and text.endswith("…") else text


def _shortened(text: str, room: int) -> str:
    """End a text at a word, with an ellipsis, where it takes more cells than there are."""
    if cell_len(text) <= room:
        return text
    kept = text.removesuffix("…")
    while " " in kept and cell_len(kept) >= room:
        kept = kept.rpartition(" ")[0].rstrip(_LOOSE_ENDS)
    return kept + "…" if cell_len(kept) < room else set_cell_size(kept, max(room - 1, 0)) + "…"


def _painted(lines: Sequence[_Line]) -> str:
    with_escapes = takes_escapes()
    return "".join(line.painted(with_escapes=with_escapes) + "\n" for line in lines)
