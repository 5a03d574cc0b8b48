"""A correction goes to a word that fits, and never past a nearer ordinary word."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.reading import read_question


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("depresion namur", {"depresion"}), ("rouww gnet", {"rouww", "gnet"}), ("zelfmordlijn", set()), ("bruge post partum", {"bruge"}),
        ("burnout leuve", {"leuve"}), ("therapist bruxels", {"bruxels"}), ("angts charleroy", {"angts", "charleroy"}),
    ],
)  # fmt: skip
def test_slips_are_mended_each_of_them(question: str, mended: set[str], lexicon: Lexicon) -> None:
    assert mended <= {typed for typed, _meant in read_question(question, lexicon).corrections}


@pytest.mark.parametrize(
    "question",
    [
        "wij zoeken een wachtlijst voor onze dochter", "die Krankenkasse zahlt nicht", "on me demande une attestation pour la mutuelle",
        "she keeps postponing our meeting", "mijn buren vierden gisteren feest", "les voisins tondent la pelouse", "er repariert sein Fahrrad",
        "the landlord painted the hallway yellow",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_slips(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).corrections == ()


@pytest.mark.parametrize("question", ["je veu mourrir", "ik wil dooood", "ich wil sterbn", "i wanna dye", "jveu crevé"])
def test_nobodys_words_of_despair_are_mended_before_their_eyes(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.danger.level != "none"
    assert not {meant for _typed, meant in query.corrections} & {"mourir", "dood", "sterben", "die", "crever"}
