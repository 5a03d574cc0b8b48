"""What a text that is no opening_hours syntax may have been meant to say: "lu-ve 9h-17h" → Mo-Fr 09:00-17:00.

Never stored: it is read back to whoever wrote the text.
"""

import re
import unicodedata
from collections.abc import Sequence

from ht_cli.hours.day_names import weekday_of
from ht_cli.hours.grammar import HOLIDAYS, MONTHS, REPLACES, WEEKDAYS, Rule, UnreadableHoursError, read_hours
from ht_cli.shapes import NamedTuple

_WORDS = (
    (r"24 ?[hu]?/24(?:[ ,]*7 ?j?/7)?|7 ?j?/7[ ,]*24 ?[hu]?/24", "24/7"),
    (r"tous les jours|elke dag|iedere dag|alle dagen|taglich|jeden tag|every day|daily", "Mo-Su"),
    (r"(?:les )?jours? feries?|feries?|feestdag(?:en)?|feiertage?n?|public holidays?|bank holidays?", "PH"),
    (r"(?:les )?(?:vacances|conges) scolaires|schoolvakanties?|schulferien|school holidays?", "SH"),
    (r"fermee?s?|gesloten|dicht|geschlossen|zu|shut", "off"),
    (r"a|to|till|until|tot|t/m|bis|au|jusqu'a", "-"), (r"et|and|en|und|&", ","), (r"de|du|le|les|van|von|from|at|om|um|op|on|am", " "),
)  # fmt: skip
_HALF = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)\b", re.IGNORECASE)
_TIME = re.compile(r"\b(\d{1,2})\s*(?:[hu:.]|uur|uhr)\s*(\d\d)?\b(?!\s*/)(?:\s*(?:uur|uhr|h|u)\b)?(?<!\s)", re.IGNORECASE)


class Guess(NamedTuple):
    """The rules that were understood, and the parts that were not."""

    rules: tuple[Rule, ...]
    left: tuple[str, ...]


def guessed(text: str, language: str) -> Guess:
    """Give what can be made of a text, part by part as semicolons part it; days are named as who speaks `language` names them."""
    rules: list[Rule] = []
    left: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)|\n', text))):
        try:
            rules += read_hours(_in_the_syntax(part, language))
        except UnreadableHoursError:
            left.append(part)
    return Guess(tuple(_replacing_first(rules)), tuple(left))


def _replacing_first(rules: Sequence[Rule]) -> list[Rule]:
    return [rule._replace(joined=REPLACES) if number == 0 else rule for number, rule in enumerate(rules)]


def _in_the_syntax(text: str, language: str) -> str:
    remark = re.search(r'"[^"]*"', text)
    if remark:
        return " ".join(
            (_in_the_syntax(text[: remark.start()], language), remark[0], _in_the_syntax(text[remark.end() :], language))
        ).strip()
    plain = "".join(c for c in unicodedata.normalize("NFKD", re.sub(r"[–—−]", "-", text.replace("’", "'"))) if not unicodedata.combining(c))
    for pattern, meant in _WORDS[:5]:
        plain = re.sub(rf"(?<![\w/])(?:{pattern})(?![\w/])", meant, plain, flags=re.IGNORECASE)
    plain = _HALF.sub(lambda found: f"{int(found[1]) % 12 + (12 if found[3].lower() == 'pm' else 0):02}:{found[2] or '00'}", plain)
    plain = _TIME.sub(lambda found: f"{int(found[1]):02}:{found[2] or '00'}", plain)
    for pattern, meant in _WORDS[5:]:
        plain = re.sub(rf"(?<![\w/])(?:{pattern})(?![\w/])", meant, plain, flags=re.IGNORECASE)
    plain = re.sub(r"\s*-\s*", "-", re.sub(r"\s*,\s*", ",", plain))
    if not any(month in plain for month in MONTHS) and "week" not in plain and "24/7" not in plain:
        plain = re.sub(r"(?<![\d:/\[])\b(\d{1,2})-(\d{1,2})\b(?![\d:/\]])", lambda found: f"{found[1]:0>2}:00-{found[2]:0>2}:00", plain)
        plain = re.sub(r"(?<![\d:/])\b(\d{1,2})(?=-\d\d:\d\d)", lambda found: f"{found[1]:0>2}:00", plain)
        plain = re.sub(r"(?<=\d\d:\d\d-)(\d{1,2})\b(?![\d:/])", lambda found: f"{found[1]:0>2}:00", plain)
    plain = re.sub(r"\boff\s+([PS]H)\b", r"\1 off", plain)
    plain = re.sub(r"[A-Za-z]+\.?", lambda found: _day(found[0].rstrip("."), language) or found[0], plain)
    return re.sub(r"(?<=[a-z]):(?=\s)", "", " ".join(plain.split())).strip(" ,.")


def _day(word: str, language: str) -> str:
    if word in (*WEEKDAYS, *HOLIDAYS, *MONTHS):
        return word
    day = weekday_of(word.lower(), language)
    return "" if day is None else WEEKDAYS[day]
