"""A danger that is called by its name brings its own lines first, in each language."""

import sqlite3

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.reading import read_question
from tests.conftest import BUNDLED

NAMED = {
    "partner-violence": ("violence conjugale liège", "mon mari est violent", "domestic violence leuven", "violent husband", "partnergeweld gent", "häusliche gewalt eupen"),
    "sexual-violence": ("viol namur", "victime d'un viol", "verkracht antwerpen", "vergewaltigt eupen", "raped in brussels"),
    "suicide": ("idées suicidaires", "zelfmoordgedachten gent", "suizidgedanken", "suicidal thoughts"),
    "child-abuse": ("enfant maltraité", "kindermishandeling", "kindesmisshandlung", "child abuse"),
    "elder-abuse": ("maltraitance d’une personne âgée", "ouderenmishandeling", "elder abuse"),
}  # fmt: skip


@pytest.mark.parametrize(("danger", "question"), [(danger, question) for danger, questions in NAMED.items() for question in questions])
def test_a_danger_called_by_its_name_is_that_danger(danger: str, question: str) -> None:
    with sqlite3.connect(f"file:{BUNDLED}?mode=ro", uri=True) as connection:
        heard = read_question(question, Lexicon(connection)).danger
    assert heard.kinds[:1] == (danger,)
