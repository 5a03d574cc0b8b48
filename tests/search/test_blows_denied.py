"""Who denies a violence raises no alarm; who denies a part of one does."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.blows_denied import without_blows_denied
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
    assert without_blows_denied(tokenize(question)) is not None
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
