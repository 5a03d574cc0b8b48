"""Of several numbers the one of the town, and of the language, stands first."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.answering import answer
from ht_cli.search.asking import ask
from ht_cli.search.wishes import Wishes


@pytest.mark.parametrize(
    ("question", "reader", "resource", "number"),
    [
        ("aide aux victimes namur", "fr", "accueil-victimes-maisons-de-justice", "+3281240910"),
        ("aide aux victimes ixelles", "fr", "accueil-victimes-maisons-de-justice", "+3225087448"),
        ("bébé dépression bastogne", "fr", "cellule-perinatale-luxembourg", "+3261217920"),
        ("schulden eupen", "de", "urgences-sociales-1718", "1719"),
        ("dettes eupen", "fr", "urgences-sociales-1718", "1718"),
        ("grossesse difficile bruxelles", "fr", "aquarelle-chu-saint-pierre", "+3224112380"),  # Saint-Pierre is the hospital, no hamlet
    ],
)
def test_the_number_of_the_town_and_of_the_language_stands_first(
    question: str, reader: str, resource: str, number: str, lexicon: Lexicon
) -> None:
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (reader,), 50).hits
    (found,) = [hit for hit in hits if hit.resource.id == resource]
    assert found.resource.phones[0].number == number


def test_what_is_for_who_asks_is_counted_and_nothing_is_left_out(lexicon: Lexicon) -> None:
    (found,) = [
        hit
        for hit in answer(ask("aide aux victimes namur", Wishes(), lexicon), Wishes(), lexicon, ("fr",), 50).hits
        if hit.resource.id == "accueil-victimes-maisons-de-justice"
    ]
    assert found.their_numbers == 1
    assert len(found.resource.phones) == 13
