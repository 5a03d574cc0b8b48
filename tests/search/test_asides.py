"""How long a danger goes on, how far help may be and that it is near make no danger smaller."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.asides import without_asides
from ht_cli.search.question import tokenize
from ht_cli.search.reading import read_question


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("mon mari me bat depuis plus de vingt ans", "mon mari me bat"),
        ("mijn man slaat mij al jaren", "mijn man slaat mij"),
        ("er schlägt mich seit 10 Jahren im Keller", "er schlägt mich im keller"),
        ("he has hit me for years, help", "he has hit me, help"),
        ("ich will sterben, jemand im Umkreis von 5 km", "ich will sterben, jemand im von"),
        ("ik wil dood, iemand in de buurt?", "ik wil dood, iemand?"),
        ("je veux mourir, quelqu'un près de chez moi", "je veux mourir, quelqu un"),
        ("I want to die, anyone near me", "i want to die, anyone"),
        ("depuis hier il me suit", ""),
        ("for my son of ten", ""),
    ],
)
def test_an_aside_is_left_out_and_makes_no_danger_smaller(said: str, left: str, lexicon: Lexicon) -> None:
    assert without_asides(tokenize(said), lexicon) == left
    with_it, without = (read_question(text, lexicon).danger.level for text in (said, left))
    assert without != "alarm" or with_it == "alarm"
