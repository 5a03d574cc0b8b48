"""Reads ages: a number in digits or words is one only beside what says so, "14 ans", "58a", "18-jarige", "zoon (7)", "m/34".

Or, in a question of few words, where it stands alone between telling ones: "psychose 22 eupen". Durations, counts, distances, hours,
prices and numbers to call are none, whatever unit they share with an age.
"""

import re
from collections.abc import Iterator, Sequence

from ht_cli.search.lookups import AGE_CUES, Lookups
from ht_cli.search.question import AND, ENDS_A_CLAUSE, SMALL_WORDS, Reading, Span
from ht_cli.search.senses import SUBJECTS
from ht_cli.shapes import NamedTuple

OLDEST = 110  # years
SURELY_AN_AGE = 21  # from here a number of two words ("achtenveertig") is an age though nothing beside says so
WORDS_BACK = 3  # words before a number, small ones not counted, among which one of a duration is looked for: "depuis presque dix ans"
SCHOOL_AGE, TEN = 5, 10  # years from which a bare number after a person's group ("farmer 60"), or first before a town, is an age
FEW_BESIDE_A_LONE_NUMBER = 9  # words of a question in which a number that stands alone is an age; a story counts many things
FIRST_LINE_TO_CALL = 100  # from which a number that stands alone is one to call: 100, 101, 107
# Of which a number beside it is the name and no age: covid 19, lijn 22, day 12.
NUMBERED = frozenset((
    "covid", "klas", "classe", "class", "klasse", "ligne", "lijn", "line", "linie", "nummer", "numero", "number", "dag", "jour", "day", "tag",
    "centre", "centrum", "center", "zentrum", "unite", "unit", "afdeling", "station", "niveau", "level", "top",
))  # fmt: skip
# Kinds of terms beside which a lone number is an age.
TELLING = ("needs", "dangers", "audiences", "relations", "offers", "kinds", "languages")
WORDS_FOR_THE_YOUNG = (("audiences", "children"), ("audiences", "adolescents"), ("relations", "child"))
A_PERSON = (
    "farmers",
    "self-employed",
    "students",
    "lgbtqia",
    "exiles",
    "sex-workers",
    "bereaved",
    "caregivers",
    "adolescents",
    "older-people",
    "professionals",
)
GENDERS = "mfvhw"  # letters that stand before an age in shorthand: F34
DAY_AND_NIGHT = "h24"  # and no man of 24
TEAM = "2a"  # of a network, which comes to the house; an age right behind a word for a person alone
BEHIND_AN_AGE = re.compile(r"\d\d[mfvw]\W*")  # and behind one: 81F, 38m; 24h are the hours of a day
FIGURES_THROUGHOUT = r"\W*\d+[a-z]?[/.:,x-]\d.*"  # 24/7, 7j/7, 12.03.2009, 3,5; read seldom, so not compiled at every start
ONE = frozenset(("un", "une", "een", "ein", "one"))
NOW = frozenset(("nu", "now", "jetzt", "maintenant", "hui"))  # "beaten as a child, now 52"
# Before the name of one's own.
OUR = frozenset(("ons", "onze", "mijn", "notre", "mon", "ma", "unser", "unsere", "mein", "meine", "my", "our"))
SINCE_THEN = frozenset(("que", "quand", "dat", "toen", "als", "dass", "when"))  # "depuis que j'ai 12 ans" is no age of today
HAS = frozenset(("has", "have", "heeft", "hat"))  # "my kid has 6 years", as people say it whose own language does


class _Number(NamedTuple):
    """A number and the tokens that say it, `end` excluded; `unit` is a unit glued to it, `letter` a letter before it."""

    start: int
    end: int
    value: int
    unit: str = ""
    letter: str = ""


def add_ages(reading: Reading, lookups: Lookups) -> None:
    """Add a span for each number that is said of a person's years; its text holds the words that decided."""
    cues = _Cues(reading, lookups)
    reading.mourned = cues.mourned()
    counted: set[int] = set()
    numbers = [*cues.numbers()]
    ages = {number: cues.age(number) for number in numbers}
    lone = None if any(ages.values()) else cues.lone_age(numbers)
    for number, said in ages.items():
        decided = (number.start, number.end) if number == lone else said
        if not decided and cues.is_of_years(number):
            counted.add(number.end)
        if not decided and cues.counts(number):
            reading.counting.update(range(number.start, number.end))
            counted.add(number.end)
        if decided:
            start, end = decided
            shown = " ".join(reading.tokens[start:end])
            first = number.start if start < number.start else start  # a word for a person tells more than that an age follows
            reading.spans.append(Span((1 << max(end, number.end)) - (1 << first), "age", value=number.value, shown=shown))
    # The years of a duration are no town, nor what else is counted: "depuis quinze ans" is not in Ans, "il y a une heure" not in Heure.
    counted |= cues.counted_once()
    reading.spans = [span for span in reading.spans if span.kind != "place" or span.length > 1 or span.start not in counted]


class _Cues:
    """What the words beside the numbers of one question say."""

    def __init__(self, reading: Reading, lookups: Lookups) -> None:
        self._reading = reading
        self._tokens = reading.tokens
        self._typed = reading.typed
        self._cues: dict[str, set[str]] = {}
        self._values: dict[str, int] = {}
        self._groups = {span.end - 1 for span in reading.spans if span.kind == "concept" and not span.edits and _names_a_person(span)}
        self._towns = {town.start for town in reading.sure_towns()}
        telling = [span for span in reading.spans if span.kind == "place" or (span.kind == "concept" and _tells(span))]
        self._tells_before, self._tells_after = {span.end for span in telling}, {span.start for span in telling}
        self._children = {span.end for span in telling if not set(WORDS_FOR_THE_YOUNG).isdisjoint(span.terms)}
        keys = {*self._tokens, *(unit for token in self._tokens for figures, unit in [figures_of(token)] if figures and unit)}
        for form in lookups.forms(sorted(keys)) if keys else ():
            if form.kind == "number":
                self._values[form.key] = int(form.ref)
            elif form.kind in SMALL_WORDS or (form.kind in AGE_CUES and form.key not in reading.ordinary_here):
                self._cues.setdefault(form.key, set()).add(form.kind)

    def mourned(self) -> set[int]:
        """Give the positions of words for somebody who died: "verlies kind", "ons zoontje kwijt"."""
        persons = [position for position in range(len(self._tokens)) if self._is(position, "person")]
        died = [person for person in persons if self._died(person, person + 1) or self._died_at_an_age(person)]
        return {person for person in died if not self._mourns(person)}

    def _died_at_an_age(self, person: int) -> bool:
        """Say whether a death stands behind the age of a person: "zoon 20 jaar overleden"."""
        number = self._number(person + 1) if person + 1 < len(self._tokens) else None
        if number is None:
            return False
        end = number.end + self._is(number.end, "unit")
        return self._is(end, "gone") and not self._reading.clause_ends_before(end)

    def _mourns(self, person: int) -> bool:
        """Say whether who stands between a word of mourning and an age is the one who mourns: "deuil enfant 8 ans"."""
        return self._is(person - 1, "mourning") and person + 1 < len(self._tokens) and self._number(person + 1) is not None

    def _died(self, person: int, end: int) -> bool:
        """Say whether a word for a person, and what is said of them up to `end`, stands behind a loss or before a death."""
        parted = end < len(self._tokens) and self._reading.clause_ends_before(end)  # "dame 78, man overleden" is alive
        if self._is(end, "gone") or (not parted and self._is(end, "being", "stop") and self._is(end + 1, "gone")):  # "is overleden"
            return True
        before = person - 1  # up to a comma: "mama overleden, dochter 15" mourns no daughter
        while person - WORDS_BACK < before and self._is(before, *SMALL_WORDS) and not self._reading.clause_ends_before(before + 1):
            before -= 1
        died_before = before - 1 - self._is(before - 1, "being", "stop")
        # "papa gestorven kind 8 jaar", "papa est mort et ma fille"
        of_another = self._is(before, "gone") and self._is(died_before, "person")
        return self._is(before, "gone", "lost") and not of_another and not self._reading.clause_ends_before(before + 1)

    def _is(self, position: int, *kinds: str) -> bool:
        return 0 <= position < len(self._tokens) and bool(self._cues.get(self._tokens[position], set()) & set(kinds))

    def numbers(self) -> Iterator[_Number]:
        """Give each number in figures or words; of what is figures throughout, such as a date or 24/7, none."""
        position = 0
        while position < len(self._tokens):
            number = self._number(position)
            if number and not re.fullmatch(FIGURES_THROUGHOUT, self._typed[position]):
                yield number
            position = number.end if number else position + 1

    def _number(self, start: int) -> _Number | None:
        token = self._tokens[start]
        figures, unit = figures_of(token)
        if token == TEAM and not self._is(start - 1, "person"):
            return None
        if figures:
            return _Number(start, start + 1, int(figures), unit=unit) if len(figures) <= 3 else None
        if len(token) == 3 and token[0] in GENDERS and token[1:].isdecimal() and token != DAY_AND_NIGHT:
            return _Number(start, start + 1, int(token[1:]), letter=token[0])
        value = self._worth(token)
        if value is None:
            return None
        end = start + 1
        if value == 4 and end < len(self._tokens) and self._tokens[end] in ("vingt", "vingts"):
            value, end = 80, end + 1
        if value >= 20 and value % 10 == 0:
            after = end + (end < len(self._tokens) and self._tokens[end] in AND)
            more = self._worth(self._tokens[after], second=True) if after < len(self._tokens) else None
            if more is not None and more < (20 if value in (60, 80) else 10):
                value, end = value + more, after + 1
                last = self._worth(self._tokens[end]) if more == 10 and end < len(self._tokens) else None
                if last is not None and 7 <= last <= 9:  # quatre-vingt-dix-sept
                    value, end = value + last, end + 1
        return _Number(start, end, value)

    def _worth(self, word: str, *, second: bool = False) -> int | None:
        """Give the number that one word says: dix, achtenveertig, fünfzig; `second` lets it be one."""
        if word in self._values:
            return self._values[word]
        if second and word in ONE:
            return 1
        return COMPOUNDS.get(word)

    def age(self, number: _Number) -> tuple[int, int] | None:
        """Give the tokens that make a number an age, none when nothing does."""
        if not 0 < number.value <= OLDEST or self._of_somebody_dead(number):
            return None
        return self._by_unit(number) or self._by_person(number)

    def lone_age(self, numbers: Sequence[_Number]) -> _Number | None:
        """Give the number that stands alone in a question of few words, "psychose 22 eupen": where several could be the age, none is."""
        if len(self._tokens) > FEW_BESIDE_A_LONE_NUMBER:
            return None
        lone = [number for number in numbers if self._stands_alone(number)]
        return lone[0] if len(lone) == 1 and not self._of_somebody_dead(lone[0]) else None

    def _stands_alone(self, number: _Number) -> bool:
        """Say whether a number in figures has nothing beside it but an end, or a word for a need, a person, an offer, a language or a town.

        A small one counts many things, and is an age only behind a word for a child: "enfant autiste 6 kraainem".
        """
        start, end = number.start, number.end
        in_figures = self._typed[start].strip(ENDS_A_CLAUSE + "(").isdecimal() and end == start + 1
        least = 1 if start in self._children else SCHOOL_AGE if min(self._children, default=start) < start else TEN
        if not (in_figures and least <= number.value < FIRST_LINE_TO_CALL and self._ends(end)):
            return False
        if start > 0 and self._tokens[start - 1] in NUMBERED:
            return False
        first, last = start == 0, end >= len(self._tokens)
        told_before, told_after = start in self._tells_before, end in self._tells_after
        apart_before = first or told_before or self._reading.clause_ends_before(start)
        apart_after = last or told_after or self._reading.clause_ends_before(end)
        return apart_before and apart_after and (told_before or told_after)

    def is_of_years(self, number: _Number) -> bool:
        """Say whether a unit of years stands behind a number."""
        return not number.unit and self._is(number.end, "unit")

    def counts(self, number: _Number) -> bool:
        """Say whether what is counted stands behind a number: "3 enfants", "two kids"."""
        return not number.unit and self._is(number.end, "counted")

    def counted_once(self) -> set[int]:
        """Give the positions of what is counted behind "a" or "one": "une heure"."""
        return {position + 1 for position, token in enumerate(self._tokens) if token in ONE and self._is(position + 1, "counted")}

    def _of_somebody_dead(self, number: _Number) -> bool:
        """Say whether it is the age of one who died, and not of who needs help: "dochter 19 verongelukt", "mort de notre fils de 9 ans"."""
        end = number.end
        while self._is(end, "unit", "old", "of_age"):
            end += 1
        before = number.start - 1
        while self._is(before, "between", "aged") and not self._is(before, "person"):
            before -= 1
        if self._mourns(before):
            return False
        return self._died(before if self._is(before, "person") else 0, end)

    def _by_unit(self, number: _Number) -> tuple[int, int] | None:
        end = number.end
        if number.unit:
            if self._means(number.unit, "of_age") or BEHIND_AN_AGE.fullmatch(self._typed[number.start]):
                return number.start, end
            if not self._means(number.unit, "unit"):
                return None
        else:
            if self._is(end, "of_age"):
                return number.start, end + 1
            if not self._is(end, "unit") or not (len(self._tokens[end]) > 1 or self._is_a_letter_for_years(number)):
                return None
            end += 1
        if self._is(end, "old", "of_age"):
            return number.start, end + 1
        had = number.start > 1 and self._tokens[number.start - 1] in HAS and self._is(number.start - 2, "person")
        of_a_person = self._is(number.start - 1, "between", "person", "being", "aged") or (had and not self._is(end, "between"))
        if self._lasts(number.start) or self._is(end, "passed"):
            return None
        of_whom = self._is(end, "between") or (self._is(end - 1, "weak_unit") and number.start > 0)  # "depressed 12 years"
        if of_whom and not of_a_person:
            return None
        return number.start, end

    def _is_a_letter_for_years(self, number: _Number) -> bool:
        """Say whether one letter behind a number stands for years: "5 j.", and where a question or a clause ends, or a town follows, "17 a"."""
        end = number.end
        closes = end + 1 >= len(self._tokens) or self._reading.clause_ends_before(end + 1) or end + 1 in self._towns
        return self._typed[end].endswith(".") or (number.value >= TEN and closes)

    def _lasts(self, start: int) -> bool:
        """Say whether a word of a duration stands before: "since", "depuis plus ou moins".

        One for a person and who has these years ("dans le bus j'ai 16 ans") end the search, and so does the end of a clause, unless it is
        that of the word alone: "depuis, disons, 10 ans".
        """
        left, parted = WORDS_BACK, False
        for position in range(start - 1, -1, -1):
            if left == 0 or self._is(position, "person") or self._has_years(position):
                return False
            ends_here = self._sentence_ends_before(position + 1)
            if self._is(position, "lasting"):
                return ends_here or not parted
            parted = parted or ends_here
            left -= not self._is(position, *SMALL_WORDS)
        return False

    def _has_years(self, position: int) -> bool:
        """Say whether a verb and its subject tell somebody's age of today: "j'ai", "elle a", "ik ben"."""
        of_somebody = position > 0 and self._is(position, "being") and self._tokens[position - 1] in SUBJECTS
        return of_somebody and not (self._is(position - 2, "lasting") or (position > 1 and self._tokens[position - 2] in SINCE_THEN))

    def _sentence_ends_before(self, position: int) -> bool:
        stopped = self._typed[position - 1].endswith(".") and self._typed[position - 1][:-1].isalpha()
        return stopped or (position < len(self._tokens) and self._reading.clause_ends_before(position))

    def _by_person(self, number: _Number) -> tuple[int, int] | None:
        """Read a number without a unit: "fille 12", "zoon van 9", "âgé de 9", "m/34", "f 22", "22 f", "is 16"."""
        start, end = number.start, number.end
        if number.unit or not self._ends(end):
            return None
        if number.letter:
            return start, end
        for before in (start - 1, start - 2):
            if self._is(before, "aged") and (before == start - 1 or self._is(start - 1, *SMALL_WORDS)):
                return before, end
        if self._is(start - 1, "person") and not self._is(start - 1, "between", "before"):
            return start - 1, end
        if (self._is(start - 2, "person") or self._is_one_of_ours(start - 2)) and self._is(start - 1, "between"):
            return start - 2, end
        if number.value >= TEN and start > 0 and self._tokens[start - 1] in NOW and not self._lasts(start - 1):
            return start - 1, end
        if number.value >= 5 and self._is(end, "person") and len(self._tokens[end]) == 1 and self._ends(end + 1):
            return start, end + 1
        if number.value >= SCHOOL_AGE and start - 1 in self._groups and not self._is(start - 1, "between", "before"):
            return start - 1, end
        if start == 0 and number.value >= TEN and end in self._towns and not self._lasts(start):
            return start, end
        if number.value >= SCHOOL_AGE and self._is(start - 1, "being") and not self._lasts(start):
            return start - 1, end
        inverted = start > 1 and self._tokens[start - 1] in SUBJECTS and self._is(start - 2, "being")  # "nu ben ik 16"
        if number.value >= SCHOOL_AGE and inverted and not self._lasts(start - 1):
            return start - 2, end
        if number.value >= TEN and self._is_a_clause(number):
            return start, end
        spoken = not self._tokens[start][0].isdigit()
        return (start, end) if spoken and number.value >= SURELY_AN_AGE and number.value % 10 else None

    def _is_one_of_ours(self, position: int) -> bool:
        """Say whether a name stands behind a word such as "our": "ons Lotte"."""
        return position > 0 and position in self._reading.capitals and self._tokens[position - 1] in OUR

    def _is_a_clause(self, number: _Number) -> bool:
        """Say whether a number in figures stands between commas, or behind one at the end: "depression, 35, Leuven"."""
        start, end = number.start, number.end
        in_figures = self._tokens[start].isdigit() and end == start + 1
        ends = end >= len(self._tokens) or self._reading.clause_ends_before(end)
        return in_figures and start > 0 and ends and self._reading.clause_ends_before(start)

    def _ends(self, end: int) -> bool:
        """Say whether nothing is counted by the number: no noun of a measure, and after a verb no noun at all, follows."""
        ordinal = self._typed[end - 1].endswith(".")  # "im 7. Monat"
        if end >= len(self._tokens) or not (ordinal or self._typed[end - 1][-1:].isalnum()):
            return True
        return not self._is(end, "counted", "unit") and not self._tokens[end][0].isdigit()

    def _means(self, word: str, kind: str) -> bool:
        return kind in self._cues.get(word, ())


def _tells(span: Span) -> bool:
    return any(kind in TELLING for kind, _ref in span.terms)


def _names_a_person(span: Span) -> bool:
    return any(kind == "relations" or (kind == "audiences" and ref in A_PERSON) for kind, ref in span.terms)


def figures_of(token: str) -> tuple[str, str]:
    """Part a token into the figures with which it begins and the letters behind them."""
    letters = token.lstrip("0123456789")
    return token[: len(token) - len(letters)], letters


def _compounds() -> dict[str, int]:
    """Give the Dutch and German numbers of two parts in one word, folded: achtenveertig, achtundvierzig."""
    units = {
        "en": ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
        "und": ("ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"),
    }
    tens = {
        "en": ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"),
        "und": ("zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"),
    }
    return {
        f"{unit}{link}{ten}": 10 * (tenth + 2) + one + 1
        for link in units
        for one, unit in enumerate(units[link])
        for tenth, ten in enumerate(tens[link])
    }


COMPOUNDS = _compounds()
