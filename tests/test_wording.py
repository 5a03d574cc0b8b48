"""Facts in the reader's words: lists, ages, how fresh they are."""

import pytest

from ht_cli import locale
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.model import Hit, Place, Resource
from ht_cli.wording import Words, ages, freshness, listed


@pytest.fixture
def realism() -> Resource:
    with open_catalogue() as connection:
        return read_resources(connection, ["realism"])[0]


@pytest.mark.parametrize(
    ("language", "both", "either", "two"),
    [
        ("fr", "a, b et c", "a, b ou c", "a et b"),
        ("nl", "a, b en c", "a, b of c", "a en b"),
        ("de", "a, b und c", "a, b oder c", "a und b"),
        ("en", "a, b and c", "a, b or c", "a and b"),
    ],
)
def test_things_in_a_sentence_are_joined_by_the_word_of_the_language(language: str, both: str, either: str, two: str) -> None:
    locale.activate([], {"HT_LANG": language})
    assert listed(["a", "b", "c"]) == both
    assert listed(["a", "b", "c"], either=True) == either
    assert listed(["a", "b"]) == two
    assert listed(["a"]) == listed(["a"], either=True) == "a"
    assert listed([]) == ""


@pytest.mark.parametrize(
    ("language", "low", "high", "said"),
    [
        ("fr", None, 1, "jusqu'à 1 an"), ("fr", None, 18, "jusqu'à 18 ans"), ("fr", 0, 1, "de 0 à 1 an"), ("fr", 6, 18, "de 6 à 18 ans"),
        ("fr", 1, None, "dès 1 an"), ("de", 1, None, "ab 1 Jahr"), ("de", 18, None, "ab 18 Jahren"), ("de", None, 1, "bis 1 Jahr"),
        ("nl", 0, 1, "0 tot 1 jaar"), ("fr", 0, None, ""), ("nl", 18, None, "vanaf 18 jaar"), ("en", 6, 18, "6 to 18"), ("en", None, None, ""),
    ],
)  # fmt: skip
def test_ages_agree_with_their_number(realism: Resource, language: str, low: int | None, high: int | None, said: str) -> None:
    locale.activate([], {"HT_LANG": language})
    assert ages(realism._replace(min_age=low, max_age=high)) == said


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("fr", "vérifié le 1er août 2026", "vérifié : août 2026"), ("nl", "nagekeken op 1 augustus 2026", "nagekeken: augustus 2026"),
        ("de", "geprüft am 1. August 2026", "geprüft: August 2026"), ("en", "checked on 1 August 2026", "checked: August 2026"),
    ],
)  # fmt: skip
def test_a_check_is_dated_in_words_and_a_month_alone_is_no_day(realism: Resource, language: str, day: str, month: str) -> None:
    locale.activate([], {"HT_LANG": language})
    assert freshness(realism._replace(checked_on="2026-08-01")) == day
    assert freshness(realism._replace(checked_on="2026-08")) == month


def test_how_far_a_line_is_says_nothing_and_a_town_bears_the_name_of_the_reader_s_language(realism: Resource) -> None:
    words = Words(areas={"nis:73109": "Fourons"})
    assert words.town(Place(1, "nis:73109", "Voeren", "municipality", "73109", "limburg", "flanders", ("nl", "fr"))) == "Fourons"
    assert words.town(Place(2, "locality:3798:73109:sgravenvoeren", "'s Gravenvoeren", "locality", "73109")) == "'s Gravenvoeren"
    service, by_phone = realism._replace(kind="service", channels=("in-person",)), realism._replace(kind="service", channels=("phone",))
    assert "126 km" in words.reach(Hit(service, 1.0, (), 126.0))
    assert "126 km" not in words.reach(Hit(by_phone, 1.0, (), 126.0)) + words.reach(Hit(service._replace(kind="helpline"), 1.0, (), 126.0))


@pytest.mark.parametrize(
    ("typed", "meant"), [("o", True), ("Oui", True), ("j", True), ("ja", True), ("waar", True), ("n", False), ("nee", False)]
)
def test_a_yes_is_the_same_word_in_a_cell_behind_set_and_to_a_question(typed: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from ht_cli.catalogue.index.lexicon import Lexicon
    from ht_cli.catalogue.index.vocabulary import read_words
    from ht_cli.catalogue.keeping.entering import TypedValues
    from ht_cli.commands._choosing import choice
    from ht_cli.exchange.cells import value_of
    from ht_cli.output import changes

    assert value_of("referral_needed", typed) is meant
    with open_catalogue() as connection:
        assert TypedValues(Lexicon(connection), choice(read_words(connection, "en"))).assigned({}, f"referral_needed={typed}") == {
            "referral_needed": meant
        }
    monkeypatch.setattr(changes, "interactive", lambda: True)
    monkeypatch.setattr(changes, "answer", lambda question: typed)
    assert changes.confirmed("?", yes=False) is meant
