"""Counted messages: each has a singular and a plural in four languages, chosen as that language counts."""

import ast
import re
from collections.abc import Callable, Iterator
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from ht_cli import locale
from ht_cli.locale import translate_count as _n
from ht_cli.roster import COMMANDS
from tests.conftest import ROOT, Outcome

PACKAGE = ROOT / "ht_cli"
LANGUAGES = ("fr", "nl", "de", "en")
COUNTS = (0, 1, 2, 5)
# Two forms that are rightly alike: "jaar" and "Zeichen" do not change, nor does an adjective or a verb without a noun.
ALIKE = {
    "fr": {"No contact is known for {count} of them: it says so."},
    "nl": {
        "No contact is known for {count} of them: it says so.", "{names} and {count} more", "and {count} more", "{low} to {high}",
        "for minors, and from {age} year", "for adults, and up to {age} year", "from {low}", "up to {high}",
        "{count} as it is", "{count} that cannot be taken", "{count} hour ago",
    },
    "de": {
        "No contact is known for {count} of them: it says so.", "{names} and {count} more", "and {count} more",
        "{field}: {count} character; at most {limit}", "{count} error", "{count} as it is", "{count} that cannot be taken",
        "{id}: {field} has {count} character, a cell of a workbook holds {limit}; take --format csv",
    },
    "en": {"{names} and {count} more", "and {count} more", "from {low}", "up to {high}", "{low} to {high}", "{count} that cannot be taken", "{count} more, the next with: --limit {limit}"},
}  # fmt: skip
# A number before a word that does not follow it: it stands for a whole, a unit, a share, or no noun follows.
UNCOUNTED = {
    "{km} km", "No group within {km} km", "{path} is too large: at most {limit} MB are read at once; cut it into several files, each with a part of it", "{number} of {count}",
    "Result {number} of {count}", "Entry {number} of {count}", "{added} to add, {changed} to change, {closed} to close, {same}, {bad}",
    "SMS: {parts}, {alphabet}, {used} of {room} characters",
    "Checked by a person: {checked} of {count}. Call or look at the site before you rely on a fact.",
    "Municipalities whose centre is, as the crow flies, more than {km} km from the centre of any municipality with a group"
    " (group therapy, support group or talking circle).",
    "No farther than {km} km from {place}, where an address is known:",
    "{path}: the cell {cell} stands so far out that the sheet would have {count} cells; empty it, and those around it",  # millions
    "a whole number from {low} to {high} is wanted", "min_age: {low} is more than max_age {high}",
}  # fmt: skip
NUMBERS = {
    "count",
    "limit",
    "number",
    "age",
    "low",
    "high",
    "km",
    "used",
    "room",
    "checked",
    "added",
    "changed",
    "closed",
    "wider",
    "groups",
}


def calls(*names: str) -> Iterator[ast.Call]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield node


def texts(call: ast.Call) -> list[str]:
    return [argument.value for argument in call.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]


COUNTED = sorted({tuple(texts(call)) for call in calls("_n")})


def placeholders(text: str) -> set[str]:
    return {name for _before, name, _form, _kind in Formatter().parse(text) if name is not None}


def forms(language: str) -> dict[str, tuple[str, ...]]:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "ht.po").open("rb") as file:
        return {message.id[0]: tuple(message.string) for message in read_po(file) if isinstance(message.id, tuple)}


def said(singular: str, plural: str, count: int) -> str:
    """What is read where the number is `count`, and the rest is filled in."""
    return _n(singular, plural, count).format(**dict.fromkeys(placeholders(singular) | placeholders(plural), count))


def test_every_message_is_counted_by_its_two_forms_written_out() -> None:
    assert all(len(texts(call)) == 2 for call in calls("_n"))
    assert len(COUNTED) >= 35


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_counted_message_is_said_at_0_1_2_and_5_and_its_places_are_filled(language: str) -> None:
    locale.activate([], {"HT_LANG": language})
    known = forms(language)
    for singular, plural in COUNTED:
        one, many = known[singular]
        assert placeholders(one) == placeholders(many) == placeholders(singular) == placeholders(plural), (language, singular)
        for count in COUNTS:
            text = said(singular, plural, count)
            alone = count == 1 or (count == 0 and language == "fr")
            assert text == (one if alone else many).format(**dict.fromkeys(placeholders(one), count)), (language, count)
            assert str(count) in text
            assert not re.search(r"[{}]", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_singular_and_plural_differ_wherever_the_language_wants_it(language: str) -> None:
    assert {singular for singular, (one, many) in forms(language).items() if one == many} == ALIKE[language]


def test_english_is_said_as_the_code_has_it_for_the_wheel_brings_no_english_catalogue() -> None:
    with (PACKAGE / "locale" / "en" / "LC_MESSAGES" / "ht.po").open("rb") as file:
        assert [message.id for message in read_po(file) if message.id and message.id != message.string] == []


def test_no_message_that_is_no_longer_said_stays_in_the_catalogues() -> None:
    for language in LANGUAGES:
        assert set(forms(language)) == {singular for singular, _plural in COUNTED}, language


def test_a_number_before_a_noun_is_never_said_without_counting() -> None:
    before_a_word = re.compile(r"\{(\w+)\} [a-z]")
    uncounted = {text for call in calls("_", "_help") for text in texts(call) if NUMBERS & set(before_a_word.findall(text))}
    assert uncounted - UNCOUNTED == set()


@pytest.mark.parametrize(
    ("language", "count", "sentence"),
    [
        ("fr", 0, "Il y a plus de 0 résultat : --limit 0 en montre davantage."),
        ("fr", 1, "Il y a plus de 1 résultat : --limit 1 en montre davantage."),
        ("fr", 2, "Il y a plus de 2 résultats : --limit 2 en montre davantage."),
        ("nl", 0, "Er zijn meer dan 0 resultaten: --limit 0 toont er meer."),
        ("nl", 1, "Er is meer dan 1 resultaat: --limit 1 toont er meer."),
        ("de", 0, "Es gibt mehr als 0 Ergebnisse: --limit 0 zeigt mehr."),
        ("de", 1, "Es gibt mehr als 1 Ergebnis: --limit 1 zeigt mehr."),
        ("en", 0, "There are more than 0 results: --limit 0 shows more."),
        ("en", 1, "There is more than 1 result: --limit 1 shows more."),
    ],
)
def test_french_counts_none_as_one_and_the_others_as_many(language: str, count: int, sentence: str) -> None:
    locale.activate([], {"HT_LANG": language})
    (message,) = [message for message in COUNTED if message[0].startswith("There is more than")]
    assert said(*message, count) == sentence


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_what_stands_for_a_value_is_in_the_readers_language(language: str, ht: Callable[..., Outcome]) -> None:
    helped = "".join(ht(command, "--help", HT_LANG=language).out for command in COMMANDS)
    english = re.findall(r"\b(?:VALUE|FIELD|FILE|WORDS|PLACE|NUMBER|WHICH|CHANGE|COMMAND)\b", helped)
    assert (len(helped) > 20_000, english) == (True, [])
