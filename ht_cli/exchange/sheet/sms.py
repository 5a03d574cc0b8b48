"""The sheet as a text message of one or two parts, counted as the network counts.

3GPP TS 23.038 gives the alphabets: GSM 7-bit (160 septets, 153 in each part of several) with an extension table
whose characters take two, else UCS-2 (70 units of 16 bits, 67 in each part). TS 23.040 §9.2.3.24.1: the header that
joins parts takes the difference; neither an extended character nor a surrogate pair is ever split over two parts.
"""

import unicodedata
from collections.abc import Iterator

from ht_cli.errors import UsageError
from ht_cli.exchange.sheet.contents import SheetEntry, SheetPage, Texts
from ht_cli.exchange.sheet.facts import MOST_NUMBERS, shortened
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.shapes import NamedTuple

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")
GSM_SINGLE, GSM_JOINED, UCS2_SINGLE, UCS2_JOINED = 160, 153, 70, 67
MOST_PARTS = 2
SHORTEST_NAME = 12  # characters below which a name says nothing
_PLAINER = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‚": "'",
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
        "·": "-",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


class Message(NamedTuple):
    """A message and the parts the network makes of it; `used` and `room` are septets, or 16-bit units in UCS-2."""

    text: str
    alphabet: str
    parts: tuple[str, ...]
    used: int
    room: int


def make_message(page: SheetPage) -> Message:
    """Give the longest message that fits in two parts: numbers and hours whole, names cut first where there is no room.

    Raises UsageError when even that does not fit, or when a resource has no contact to send.
    """
    for entry in page.entries:
        if not _contact(entry, 1):
            raise UsageError(_("no way to reach {name} is known: there is nothing to send; try: ht show").format(name=entry.name))
    for text in _shorter_and_shorter(page):
        message = count_parts(text)
        if len(message.parts) <= MOST_PARTS:
            return message
    said = _n(
        "the numbers and hours take {count} part, and two is the most: send fewer resources in one message",
        "the numbers and hours take {count} parts, and two is the most: send fewer resources in one message",
        len(message.parts),
    )
    raise UsageError(said.format(count=len(message.parts)))


def _shorter_and_shorter(page: SheetPage) -> Iterator[str]:
    longest = max(len(entry.name) for entry in page.entries)
    yield _text(page, longest, MOST_NUMBERS, more=True)
    for numbers in (MOST_NUMBERS, 1):
        yield _text(page, longest, numbers)
    yield from (_text(page, length, 1) for length in range(longest - 1, SHORTEST_NAME - 1, -1))


def _text(page: SheetPage, name_length: int, numbers: int, *, more: bool = False) -> str:
    lines = []
    for entry in page.entries:
        lines.append(_("{label}: {value}").format(label=shortened(entry.name, name_length), value=_contact(entry, numbers)))
        if more:
            lines += [part for part in (entry.place, entry.site) if part and part not in lines[-1]]
    if page.lines:
        lines.append(_("In danger: {number}").format(number=page.lines[0].national))
    return plainer("\n".join(lines))


def _contact(entry: SheetEntry, numbers: int) -> str:
    """Give so many numbers with their hours; without any the e-mail address, else the site, else the address."""
    if not entry.numbers:
        return entry.email or entry.site or entry.place
    said = []
    for number in entry.numbers[:numbers]:
        label = f" ({number.label})" if number.label and len(entry.numbers) > 1 else ""
        said.append(f"{number.national}{label}" + (f", {_joined(number.hours)}" if number.hours else ""))
    shared = "" if any(number.hours for number in entry.numbers[:numbers]) else f", {_joined(entry.hours) or _('hours: ask')}"
    return "\n".join(said) + shared


def _joined(hours: Texts) -> str:
    return ", ".join(text.text for text in hours)


def plainer(text: str) -> str:
    """Write letters and signs that GSM 7-bit lacks as the nearest that it has (ê → e, – → -), where there is one."""
    found = []
    for character in unicodedata.normalize("NFC", text).translate(_PLAINER):
        if character in GSM_BASIC or character in GSM_EXTENDED:
            found.append(character)
            continue
        base = "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
        found.append(base if set(base) <= GSM_BASIC else character)
    return "".join(found)


def count_parts(text: str) -> Message:
    """Choose the alphabet of a text and cut it into parts as a telephone does."""
    gsm = set(text) <= GSM_BASIC | GSM_EXTENDED
    single, joined = (GSM_SINGLE, GSM_JOINED) if gsm else (UCS2_SINGLE, UCS2_JOINED)
    costs = [_cost(character, gsm=gsm) for character in text]
    if sum(costs) <= single:
        return Message(text, _alphabet(gsm=gsm), (text,), sum(costs), single)
    parts, part, used = [], "", 0
    for character, cost in zip(text, costs, strict=True):
        if used + cost > joined:
            parts.append(part)
            part, used = "", 0
        part += character
        used += cost
    parts.append(part)
    return Message(text, _alphabet(gsm=gsm), tuple(parts), sum(costs), joined * len(parts))


def _cost(character: str, *, gsm: bool) -> int:
    """Count septets, or 16-bit units."""
    wide = character in GSM_EXTENDED if gsm else ord(character) > 0xFFFF
    return 2 if wide else 1


def _alphabet(*, gsm: bool) -> str:
    return "GSM-7" if gsm else "UCS-2"
