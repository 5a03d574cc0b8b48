"""How many more there are is what a higher limit shows, whatever is asked."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.answering import COUNTABLE, answer, count, count_narrowed
from ht_cli.search.asking import ask
from ht_cli.search.narrowing import narrows
from ht_cli.search.ranking import EVERYTHING
from ht_cli.search.wishes import Wishes
from tests.conftest import BUNDLED, ROOT, posix

SPEAKING = ("fr", "nl", "de", "en")
LINES = [json.loads(line)["args"] for line in (ROOT / "tests" / "examples" / "queries.jsonl").read_text("utf-8").splitlines()]
ASKED = [" ".join(words) for words in LINES if not any(word.startswith("-") for word in words)]
PIECES = (
    "burnout", "violence conjugale", "ado", "je veux mourir", "il me frappe", "rouw", "Trauer", "alcool", "psychologue", "groupe de parole", "mon mari",
    "j'ai peur de lui faire du mal", "mon père est malade", "bébé", "realism", "télé-accueil", "112", "poison", "police", "liege", "gent", "eupen",
    "bruxelles", "brabant wallon", "gratuit", "en ligne", "17 ans", "80 jaar", "abus sexuels",
)  # fmt: skip


def differing(text: str, wishes: Wishes) -> tuple[int, int] | None:
    """What is counted and what is found, where they differ."""
    with open_catalogue(str(BUNDLED)) as connection:
        lexicon = Lexicon(connection, hidden=wishes.show_all)
        query = ask(text, wishes, lexicon)
        if narrows(query, wishes) or not (query.facets or query.names):
            return None
        counted = count(query, lexicon, show_all=wishes.show_all)
        found = len(answer(query, wishes, lexicon, SPEAKING, EVERYTHING).hits)
        return (counted, found) if counted != found else None


@pytest.mark.parametrize("everything", [False, True], ids=["as usual", "--all"])
def test_what_is_counted_is_what_is_found(everything: bool) -> None:
    wishes = Wishes(show_all=everything)
    differences = {text: numbers for text in dict.fromkeys(ASKED[::3]) if (numbers := differing(text, wishes))}
    assert not differences


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4, unique=True), st.sampled_from(["", "burnout", "suicide", "domestic-violence"])
)
def test_whatever_is_asked_together_and_by_an_option(pieces: list[str], need: str) -> None:
    assert differing(" ".join(pieces), Wishes(needs=(need,) if need else ())) is None


def test_what_leaving_out_a_condition_would_give_is_what_it_gives(lexicon: Lexicon) -> None:
    query = ask("violence conjugale liege", Wishes(), lexicon)
    for rung in (query._replace(places=()), query._replace(needs=()), query):
        found = answer(rung, Wishes(), lexicon, SPEAKING, EVERYTHING)
        assert count_narrowed(rung, Wishes(), lexicon) == len(found.hits) <= COUNTABLE


@posix
@pytest.mark.parametrize("question", ["violence conjugale liege", "ado Namur", "je veux mourir liege"])
def test_a_window_says_how_many_more_a_higher_limit_shows(question: str) -> None:
    from tests.terminal import shown  # no Windows has it

    said = shown("find", *question.split())
    more = re.search(r"^(\d+) more, ", said, re.MULTILINE)
    assert more, said
    results = len(re.findall(r"^ *\d+  \x1b\[1m", said, re.MULTILINE))
    everything = shown("find", *question.split(), "--limit", "1000", "--format", "jsonl")
    assert results + int(more[1]) == len(re.findall(r"^\{", everything, re.MULTILINE)), said
