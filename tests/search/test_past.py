"""What is long over is no alarm, and what goes on is one, whatever it began long ago."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.past import LONG_AGO, is_long_over
from ht_cli.search.question import tokenize
from ht_cli.search.reading import read_question


@pytest.mark.parametrize(
    "question",
    [
        "dame 51, battue par son 1er mari il y a 25 ans, cherche groupe, Mons",
        "il m'a frappée il y a longtemps, c'est fini",
        "vrouw 55, als kind geslagen door vader, Lier",
        "mijn ex sloeg mij, da's 8 jaar gedaan",
        "als Kind missbraucht, Frau 45",
        "my ex beat me, that was twelve years ago",
        "her father beat her when she was little",
    ],
)
def test_a_violence_of_long_ago_is_no_alarm(question: str, lexicon: Lexicon) -> None:
    assert is_long_over(tokenize(question).tokens, lexicon)
    assert read_question(question, lexicon).danger.level != "alarm"


@pytest.mark.parametrize(
    "question",
    [
        "il y a 25 ans qu'il me bat encore",
        "mijn man slaat mij al 8 jaar",
        "mein Mann schlägt mich seit Jahren",
        "he hit me ten years ago and now he is back and hits me again",
        "mon mari me bat depuis 25 ans",
    ],
)
def test_what_goes_on_is_an_alarm_however_long_ago_it_began(question: str, lexicon: Lexicon) -> None:
    assert not is_long_over(tokenize(question).tokens, lexicon)
    assert read_question(question, lexicon).danger.level == "alarm"


@pytest.mark.parametrize(("years", "over"), [(LONG_AGO, True), (LONG_AGO - 1, False)])
def test_a_few_years_are_not_long(years: int, over: bool, lexicon: Lexicon) -> None:
    assert is_long_over(tokenize(f"il m'a frappée il y a {years} ans").tokens, lexicon) is over


def test_the_wish_to_die_and_a_child_are_never_long_over(lexicon: Lexicon) -> None:
    assert read_question("als kind wou ik al dood, nu heb ik alles klaar om te sterven", lexicon).danger.level == "alarm"
    assert read_question("ik ben 14 en papa slaat mij, vroeger sloeg hij mama", lexicon).danger.level == "alarm"
