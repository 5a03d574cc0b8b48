"""A question that a page of the guide answers names it, and no other question does."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.guide import TOPICS, find_topic
from ht_cli.search.guide_pages import PAGES_OF_NEEDS, PAGES_OF_WORDS, page_meant
from ht_cli.search.reading import read_question


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("gedwongen opname wie moet ik bellen vrederechter Kortrijk", "forced-admission"),
        ("comment faire une mise en observation, mons", "forced-admission"),
        ("Zwangseinweisung wie läuft das, eupen, sohn psychotisch", "forced-admission"),
        ("can they section my son against his will? brussels", "forced-admission"),
        ("psychotische man weigert alles, collocatie, Turnhout", "forced-admission"),
        ("schulden eupen", "debt"),
        ("surendetement charleroi", "debt"),
        ("psychologue remboursé namur", "reimbursed-psychologist"),
        ("eerstelijnspsycholoog gent", "reimbursed-psychologist"),
        ("après une tentative de suicide de ma sœur namur", "after-an-attempt"),
        ("zoon zelfmoordpoging gent", "after-an-attempt"),
        ("ma mère est bipolaire j'ai 12 ans", "ill-parent"),
        ("kopp leuven", "ill-parent"),
        ("ich schlage meine Frau", "hurting-others"),
        ("ik heb mijn man geslagen, ik verlies de controle, Beringen", "hurting-others"),
        ("fille 14 ans dépression namur", ""),
        ("opname depressie gent", ""),
        ("mijn vriend is agressief", ""),
        ("colocation étudiant namur", ""),
        ("covered in bruises brussels", ""),
        ("dame 45 ans dépressive depuis divorce, namur, pas bcp d'argent", ""),
        ("psychologue liège", ""),
        ("suicide namur", ""),
    ],
)
def test_a_question_names_the_page_that_answers_it(question: str, topic: str, lexicon: Lexicon) -> None:
    assert page_meant(read_question(question, lexicon)) == topic


def test_every_page_that_a_question_may_name_is_one_of_the_guide() -> None:
    assert {*PAGES_OF_NEEDS.values(), *PAGES_OF_WORDS} <= {*TOPICS}


@pytest.mark.parametrize(("phrase", "topic"), [(phrase, topic) for topic, phrases in PAGES_OF_WORDS.items() for phrase in phrases])
def test_the_guide_finds_the_page_by_the_same_words(phrase: str, topic: str) -> None:
    assert find_topic(phrase) == topic
