"""The lines of one result in the list, as wide as the list; knows nothing of the screen."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from ht_cli.cleaning import clean
from ht_cli.hours_wording import opening_text
from ht_cli.model import Hit, Resource
from ht_cli.output.told import told
from ht_cli.wording import Words, checked_when, handiest_contact, site

NARROW = 56  # columns under which a number stands under its name
CHOSEN = "+ "  # before the name of what is on the tray
ASK = "? "  # before the number of one whose hours are unknown, where a row has no room for words


def number_of(resource: Resource) -> str:
    """Give what one dials, else where one writes or looks: a number, an address of mail, a site; empty where nothing is known."""
    if resource.dialled:
        return resource.dialled[0].national or resource.dialled[0].number
    return resource.email or site(resource.url)


def row_lines(
    hit: Hit, words: Words, columns: int, *, on_tray: bool = False, one_line: bool = False, by_the_hour: bool = False
) -> list[str]:
    """Say one result in `row_height` lines of exactly so many columns: name, what to dial or type, whether it answers, when it was checked, why it is here.

    Of one whose hours are unknown nothing is said of them, nor that it was never checked: that would stand in most rows. But where the
    results are those of a moment (`by_the_hour`), each row tells who answers from who is to be asked. In a window without room, the first
    line alone: name and number; a site or mail that would take the place of a name in a narrow one is left to the facts.
    """
    resource = hit.resource
    name = (CHOSEN if on_tray else "") + _on_one_line(resource.name)
    number = _on_one_line(number_of(resource) if resource.dialled else handiest_contact(resource))
    to_be_asked = by_the_hour and hours_unknown(hit)
    said = to_be_asked or (resource.reachable and not hours_unknown(hit))
    answers = opening_text(hit.openings.best, hit.openings.moment) if hit.openings and said else ""
    why = [checked_when(told(resource)), words.term("kinds", resource.kind), *words.reasons(hit), *words.reach(hit)]
    if columns < NARROW and not one_line:
        reached = _joined([number, answers], columns)
        lines = [name, f"{number} {ASK.strip()}" if to_be_asked and reached == number else reached, _joined(why, columns)]
    else:
        number = f"{ASK}{number}" if to_be_asked and one_line else number
        beside = resource.dialled or columns >= NARROW or cell_len(f"{name} {number}") <= columns
        right = number if beside else ASK.strip() if to_be_asked and one_line else ""
        lines = [_apart(name, right, columns, whole=bool(resource.dialled)), _joined([answers, *why], columns)]
    return [_fitted(line, columns) for line in (lines[:1] if one_line else lines)]


def hours_unknown(hit: Hit) -> bool:
    """Say whether it is not known if somebody answers there."""
    return hit.openings is not None and hit.openings.best.state == "unknown"


def row_height(columns: int, *, one_line: bool = False) -> int:
    """Give how many lines a result takes in a list of so many columns."""
    if one_line:
        return 1
    return 3 if columns < NARROW else 2


def _apart(left: str, right: str, columns: int, *, whole: bool) -> str:
    """Put two texts at the two ends of a line, the left one cut where both have no room.

    What is to stand `whole` takes more than half of the line for it: a part of a number would be another number.
    """
    right = _fitted(right, min(cell_len(right), columns if whole else columns // 2))
    if not right:
        return left
    gap = "  " if columns >= NARROW else " "
    room = columns - cell_len(gap + right)
    return _fitted(left, room) + gap + right if room > 0 else right


def _joined(terms: Sequence[str], columns: int) -> str:
    """Join terms as far as they find room: one that finds none is left out, for a part of it says another thing. The first stays, cut or not."""
    first, *others = [term for term in map(_on_one_line, terms) if term] or [""]
    joined = first
    for term in others:
        if cell_len(longer := f"{joined} · {term}") <= columns:
            joined = longer
    return joined


def _on_one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _fitted(text: str, columns: int) -> str:
    """Give a text of exactly so many columns; one that is longer ends with an ellipsis."""
    return set_cell_size(text, columns) if cell_len(text) <= columns else set_cell_size(text, columns - 1) + "…"
