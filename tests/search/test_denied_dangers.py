"""Who denies a danger raises no alarm; who denies a part of one does."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.denied_dangers import without_denied_dangers
from ht_cli.search.question import tokenize
from ht_cli.search.reading import read_question


@pytest.mark.parametrize(
    "question",
    [
        "il ne m'a jamais frappée et il ne me menace pas, on ne s'entend juste plus", "il ne me frappe pas", "mais il ne me frappe pas",
        "mon mari ne m'a jamais battue", "hij slaat mij niet", "hij heeft mij nog nooit geslagen", "hij slaat de kinderen niet, hij roept",
        "er schlägt mich nicht", "er hat mich noch nie geschlagen", "he has never hit me", "he doesn't hit me, we just argue",
        "my husband has never hurt me, we just grew apart",
    ],
)  # fmt: skip
def test_a_violence_that_is_denied_is_a_quiet_word_at_most(question: str, lexicon: Lexicon) -> None:
    assert without_denied_dangers(tokenize(question)) is not None
    assert read_question(question, lexicon).danger.level != "alarm"


@pytest.mark.parametrize(
    "question",
    [
        "il ne me frappe jamais là où ça se voit", "ce n'est pas la première fois qu'il me frappe", "je ne dors pas il me frappe",
        "il ne me frappe pas, il m'étrangle", "ik slaap niet hij slaat mij", "hij heeft mij niet geslagen maar wel gewurgd",
        "sie schlägt mich nicht, aber sie schließt mich im Keller ein", "he never hits me where it shows", "he has not hit me today yet",
        "he hits me, I do not sleep",
    ],
)  # fmt: skip
def test_a_violence_that_is_denied_in_part_or_not_at_all_raises_the_alarm(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).danger.level == "alarm"


@pytest.mark.parametrize(
    "question",
    [
        "je ne pense pas au suicide, je veux juste un psy à Namur", "ik denk niet aan zelfmoord, ik wil gewoon een psycholoog in Gent",
        "ich denke nicht an Suizid, ich suche einen Psychologen in Eupen", "I am not suicidal, I just want a psychologist in Leuven",
    ],
)  # fmt: skip
def test_who_denies_that_they_think_of_suicide_is_given_what_they_ask_for_and_a_quiet_word_at_most(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.danger.level != "alarm"
    assert query.needs[:1] != ("suicide",)


@pytest.mark.parametrize(
    "question",
    [
        "je ne pense plus au suicide, c'est décidé, tout est prêt", "ik denk niet meer aan zelfmoord, alles ligt klaar voor morgen",
        "I am not suicidal but I have written the letters and tonight is the night", "ik wil niet meer leven", "ich will nicht mehr leben",
        "je ne veux plus vivre", "I do not want to live",
    ],
)  # fmt: skip
def test_a_no_that_denies_no_danger_raises_the_alarm(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).danger.level == "alarm"
