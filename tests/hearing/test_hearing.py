"""What is heard, held on sentences by writers who wrote none of those that were learned from."""

import random
import re
import unicodedata
from functools import cache
from pathlib import Path
from time import process_time

import pytest

from ht_cli.catalogue.index.learned import EAR_TABLES
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.release.sentences import Sentence, lesson_of, read_sentences
from ht_cli.catalogue.release.sources import read_sources
from ht_cli.hearing.training import learn
from ht_cli.model import DANGERS, LANGUAGES
from ht_cli.search.reading import read_question
from tests.conftest import BUNDLED, ROOT
from tests.hearing.measuring import DEVELOPMENT, FINAL, Judged, figures, judge, recall_by_danger, reliability

pytestmark = pytest.mark.xdist_group("hearing")  # what they share is made once

HEARING = ROOT / "data" / "sources" / "hearing"

# What was measured on the final set when the release was built, less two points at most; see docs/hearing.md.
FLOORS = {
    "need heard first": 0.876, "need among three": 0.92, "in long stories": 0.817, "danger: alarm": 0.887, "danger: at least quiet": 0.974,
    "alarms of the right danger": 0.961, "language": 0.98,
}  # fmt: skip
CEILINGS = {"near misses: alarm": 0.065, "plain questions: alarm": 0.043}
# By language: the need heard first, and danger that raises the alarm; English has the hardest sentences.
BY_LANGUAGE = {"fr": (0.874, 0.897), "nl": (0.925, 0.903), "de": (0.88, 0.903), "en": (0.825, 0.845)}


@cache
def final() -> list[Judged]:
    return judge(FINAL)


@cache
def development() -> list[Judged]:
    return judge(DEVELOPMENT)


@pytest.mark.parametrize("figure", sorted(FLOORS))
def test_the_final_set_is_heard_at_least_as_well_as_when_it_was_released(figure: str) -> None:
    assert figures(final())[figure] >= FLOORS[figure]


@pytest.mark.parametrize("figure", sorted(CEILINGS))
def test_near_misses_and_plain_questions_raise_no_more_alarms_than_when_it_was_released(figure: str) -> None:
    assert figures(final())[figure] <= CEILINGS[figure]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_heard_at_least_as_well_as_when_it_was_released(language: str) -> None:
    heard = figures(final(), language)
    first, alarm = BY_LANGUAGE[language]
    assert heard["need heard first"] >= first
    assert heard["danger: alarm"] >= alarm


def test_no_danger_is_heard_much_worse_than_the_others() -> None:
    assert min(recall_by_danger(final()).values()) >= 0.7


def test_a_probability_is_true() -> None:
    for count, promised, true in reliability(final()):
        if count >= 40:  # of few, what chance alone may make of it: three and a half standard errors
            chance = 3.5 * (promised * (1 - promised) / count) ** 0.5 if count < 100 else 0.0
            assert abs(promised - true) <= max(0.15, chance), (promised, true, count)


def test_the_sets_are_large_and_of_other_writers() -> None:
    texts = {}
    for folder in (HEARING / "training", DEVELOPMENT, FINAL):
        faults: list[str] = []
        texts[folder] = read_sentences(folder, dict.fromkeys(read_needs()), faults)
        assert faults == []
    for language in LANGUAGES:
        needs = [s for s in texts[HEARING / "training"] if s.language == language and s.danger in ("-", "?")]
        dangers = [s for s in texts[HEARING / "training"] if s.language == language and s.danger not in ("-", "?")]
        assert len(needs) >= 2_500
        assert len(dangers) >= 1_500
        assert len([s for s in texts[FINAL] if s.language == language and s.danger == "-"]) >= 300
        assert len([s for s in texts[FINAL] if s.language == language and s.danger != "-"]) >= 400
    learned = {s.text.casefold() for s in texts[HEARING / "training"]}
    assert not learned & {s.text.casefold() for s in (*texts[DEVELOPMENT], *texts[FINAL])}


def read_needs() -> list[str]:
    import tomllib

    return list(tomllib.loads((ROOT / "data" / "sources" / "vocabulary" / "terms.toml").read_text("utf-8"))["needs"])


@pytest.mark.parametrize(
    "path", sorted(HEARING.rglob("*.tsv")) + sorted(FINAL.parent.rglob("*.tsv")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_no_sentence_holds_a_number_an_address_or_words_that_hurt(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\b(?:\+32|0)\d[\d ./]{7,}\d\b", text)
    assert not re.search(r"\S@\S+\.\w", text)
    assert not re.search(r"\bcommit(?:s|ted|ting)? suicide\b", text, re.I)


def test_learning_twice_gives_the_same(lexicon: Lexicon) -> None:
    sources = read_sources(ROOT / "data" / "sources")
    some = [lesson_of(sentence, lexicon.changing_nothing) for sentence in sources.sentences[::200]]
    development = [lesson_of(sentence, lexicon.changing_nothing) for sentence in sources.development[::20]]
    first, second = (learn(some, development, tuple(sources.terms["needs"]), LANGUAGES, sources.notions) for _time in range(2))
    assert first == second
    assert len(first.codes) > 1_000


def test_the_ears_take_less_than_two_megabytes() -> None:
    import sqlite3

    with sqlite3.connect(BUNDLED) as connection:
        marks = ",".join("?" * len(EAR_TABLES))
        (size,) = connection.execute(f"SELECT SUM(pgsize) FROM dbstat WHERE name IN ({marks})", EAR_TABLES).fetchone()
    assert size <= 2_000_000


def alarming() -> list[Sentence]:
    """Sentences of danger of the development set that raise the alarm, some of each language."""
    heard = [one.sentence for one in development() if one.dangerous and one.alarmed]
    chosen = random.Random(7)
    return [s for language in LANGUAGES for s in chosen.sample([one for one in heard if one.language == language], 25)]


POLITE = {
    "fr": ("Bonjour, ", ", merci d'avance"),
    "nl": ("Goeiedag, ", ", alvast bedankt"),
    "de": ("Guten Tag, ", ", vielen Dank"),
    "en": ("Hello, ", ", thank you"),
}
IN_TOWN = {"fr": " à Charleroi", "nl": " in Antwerpen", "de": " in Eupen", "en": " in Brussels"}


def doubled(text: str) -> str:
    """Double a letter in the middle of the longest word."""
    word = max(text.split(), key=len)
    middle = len(word) // 2
    return text.replace(word, word[:middle] + word[middle - 1 : middle] + word[middle:], 1)


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def clauses_turned(text: str) -> str:
    parts = re.split(r"([.!?]+\s+)", text)
    sentences = [sentence.rstrip(" .!?") for sentence in parts[::2] if sentence.strip(" .!?")]
    return ". ".join(reversed(sentences))


@pytest.mark.parametrize("change", ["polite", "town", "upper", "accents", "doubled", "turned"])
def test_what_changes_no_meaning_never_loses_an_alarm(change: str, lexicon: Lexicon) -> None:
    lost = []
    for sentence in alarming():
        before, after = POLITE[sentence.language]
        text = {
            "polite": before + sentence.text + after, "town": sentence.text.rstrip(".!? ") + IN_TOWN[sentence.language],
            "upper": sentence.text.upper(), "accents": without_accents(sentence.text), "doubled": doubled(sentence.text),
            "turned": clauses_turned(sentence.text),
        }[change]  # fmt: skip
        if read_question(text, lexicon).danger.level != "alarm":
            lost.append(text)
    assert lost == []


def test_a_question_of_five_thousand_words_is_read_within_a_second(lexicon: Lexicon) -> None:
    words = [word for one in development() for word in one.sentence.text.split()][:5_000]
    read_question("burnout", lexicon)
    times = []
    for _time in range(3):  # the best of three, in seconds of the processor: other tests run beside
        start = process_time()
        query = read_question(" ".join(words), lexicon)
        times.append(process_time() - start)
    assert min(times) < 1.0, times
    assert query.danger.level != "none"
    assert query.needs


def test_one_sentence_of_danger_in_a_long_story_is_heard(lexicon: Lexicon) -> None:
    story = (
        "Bonjour, je vous écris pour ma voisine de septante ans. Nous habitons la même rue depuis longtemps et elle s'occupe de mes plantes "
        "quand je pars en vacances. Son fils est revenu vivre chez elle au printemps après son divorce. Depuis il la frappe quand elle refuse "
        "de lui donner de l'argent. Elle aime beaucoup jouer aux cartes et elle fait de bonnes tartes. Je ne sais pas à qui m'adresser, "
        "merci de me répondre."
    )
    danger = read_question(story, lexicon).danger
    assert danger.level == "alarm"
    assert "elder-abuse" in danger.kinds


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("je retourne trois fois vérifier le gaz avant de sortir", "ocd"),
        ("ons moeder zet haar schoenen in de frigo en herkent mij niet meer", "dementia"),
        ("seit der Geburt weine ich nur noch und spüre nichts für das Baby", "perinatal"),
        ("my son has spent the rent on scratch cards again", "gambling"),
    ],
)
def test_a_need_is_heard_where_no_word_names_it(question: str, need: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.needs[0] == need


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("mon mari ma encore tapé hier soir", "partner-violence"), ("ik zie het leven niet meer zitten en heb afscheid genomen", "suicide"),
        ("mein Stiefvater fasst mich nachts an", "child-abuse"), ("my friend took too many pills and will not wake up", "overdose"),
        ("mijn zoon steelt mijn pensioen en sluit mij op, ik ben 84", "elder-abuse"), ("elle se coupe les bras dans sa chambre", "self-harm"),
        ("my ex waits outside my work every day and says he will kill me", "threat"), ("ik ben gisteren verkracht", "sexual-violence"),
    ],
)  # fmt: skip
def test_each_danger_brings_its_own_lines(question: str, kind: str, lexicon: Lexicon) -> None:
    danger = read_question(question, lexicon).danger
    assert danger.level == "alarm"
    assert kind in danger.kinds
    assert set(danger.kinds) <= set(DANGERS)


def test_small_talk_is_seldom_heard_as_a_need() -> None:
    talk = judge(Path(__file__).parent / "plain")
    assert len(talk) == 120
    assert sum(bool(one.query.heard) for one in talk) <= 24
    assert sum(one.alarmed for one in talk) <= 3
