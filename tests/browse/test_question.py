"""What a line means while it is being typed, and what the filters ask for."""

import pytest

from ht_cli.browse.question import Filters, read_line
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.model import Moment
from ht_cli.search.asking import ask
from ht_cli.search.wishes import Wishes
from tests.commands.test_open import OFFICE_HOURS


@pytest.mark.parametrize("text", ["b", "bu", "bur"])
def test_a_word_begun_is_not_read_yet(text: str, lexicon: Lexicon) -> None:
    query = read_line(text, Wishes(), lexicon)
    assert (query.text, query.needs, query.danger.level) == ("", (), "none")


def test_the_finished_words_are_read_while_the_next_is_begun(lexicon: Lexicon) -> None:
    assert read_line("burnout na", Wishes(), lexicon).needs == ("burnout",)
    assert read_line("burnout nam", Wishes(), lexicon) == ask("burnout ", Wishes(), lexicon)


def test_a_short_word_that_means_something_is_read(lexicon: Lexicon) -> None:
    assert read_line("psy", Wishes(), lexicon) == ask("psy", Wishes(), lexicon)


def test_a_finished_line_is_read_as_find_reads_it(lexicon: Lexicon) -> None:
    for text in ("ado anxieux liege ", "groep rouw gent", "burnout namur"):
        assert read_line(text, Wishes(), lexicon) == ask(text, Wishes(), lexicon)


@pytest.mark.parametrize("text", ["il me frappe", "il me frappe l", "il me frappe lie", "il me frappe lieg", "il me frappe liege"])
def test_danger_stays_while_the_next_word_is_typed(text: str, lexicon: Lexicon) -> None:
    assert read_line(text, Wishes(), lexicon).danger.level == "alarm"


def test_filters_are_set_and_taken_off() -> None:
    assert Filters().switched("free") == Filters(free=True)
    assert Filters(free=True).switched("free") == Filters()


def test_the_languages_come_one_after_another_and_then_none() -> None:
    filters, seen = Filters(), []
    for _turn in range(5):
        filters = filters.with_next_language()
        seen.append(filters.language)
    assert seen == ["fr", "nl", "de", "en", ""]


def test_filters_ask_for_what_the_options_of_find_ask_for() -> None:
    from datetime import datetime

    now = Moment(datetime.fromisoformat(OFFICE_HOURS))
    assert Filters().wishes(now) == Wishes()
    assert Filters(True, True, True, "nl", 15).wishes(now) == Wishes(
        open_at=now, channels=("online",), free=True, languages=("nl",), age=15
    )
