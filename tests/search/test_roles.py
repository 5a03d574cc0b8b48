"""Who does what in words about somebody else: who hits, who wants to stop, whose child is ill, who died."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.asking import ask
from ht_cli.search.roles import is_parent_of_a_child, place_of_hitting
from ht_cli.search.wishes import Wishes
from tests.search.finding import first_ids, found

FOR_HARMED_MEN = {"huis-sam-mannenopvang"}
FOR_RELATIVES_OF_DRINKERS = {"al-anon-vlaanderen", "al-anon-fr"}
FOR_CHILDREN_OF_THE_ILL = {"kopp-waas-dender", "similes-kopp-kringen", "kopp-vagga-antwerpen", "kopp-mandel-leie"}


@pytest.mark.parametrize(
    ("language", "question", "helps"),
    [
        ("nl", "man heeft zijn vrouw geslagen en wil zelf hulp, Lier", "hulplijn-1712"),
        ("fr", "un homme frappe sa femme et cherche de l'aide pour lui, Liège", "praxis"),
        ("de", "Mann hat seine Frau geschlagen und sucht Hilfe, Eupen", "praxis"),
        ("en", "a man hit his wife and wants help himself, Brussels", "ecoute-violences-conjugales"),
    ],
)
def test_who_hits_and_wants_help_finds_help_to_stop_and_no_shelter(language: str, question: str, helps: str, lexicon: Lexicon) -> None:
    query = ask(question, Wishes(), lexicon)
    assert query.needs[:1] == ("fear-of-harming",)
    found = first_ids(question, lexicon, language)
    assert helps in found
    assert not {*FOR_HARMED_MEN, "prisma-frauenfluchthaus-eupen", "prisma-frauenzentrum-eupen", "espace-vif-namur"}.intersection(found)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("nl", "man slaat zijn vrouw Gent"),
        ("nl", "man slaat zijn vrouw en zij wil hulp Gent"),
        ("fr", "homme frappe sa femme Namur"),
    ],
)
def test_a_man_who_hits_is_no_man_who_is_harmed_and_her_wish_is_not_his(language: str, question: str, lexicon: Lexicon) -> None:
    query = ask(question, Wishes(), lexicon)
    assert "men" not in query.audiences
    assert query.needs[:1] != ("fear-of-harming",)
    assert not FOR_HARMED_MEN.intersection(first_ids(question, lexicon, language, 6))


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("man slaat zijn vrouw", 3), ("homme a frappe sa femme", 4), ("er hat seine frau geschlagen", 3), ("i hit my wife", 3),
        ("man geslagen door zijn vrouw", -1), ("he is beaten by his wife", -1), ("gisteren sloeg mijn vrouw mij", -1), ("ma femme me frappe", -1),
    ],
)  # fmt: skip
def test_who_is_hit_stands_behind_the_verb_or_before_its_participle(words: str, place: int) -> None:
    assert place_of_hitting(words.split()) == place


@pytest.mark.parametrize(
    ("language", "question", "treats"),
    [
        ("nl", "vader drinkt te veel, wil hulp, Sint-Niklaas", "anonieme-alcoholisten-vlaanderen"),
        ("nl", "mijn man drinkt en wil stoppen, Gent", "anonieme-alcoholisten-vlaanderen"),
        ("fr", "mon père boit trop et veut arrêter, Namur", "alcooliques-anonymes-fr"),
        ("de", "mein Vater trinkt zu viel und will aufhören, Eupen", "asl-eupen"),
        ("en", "my father drinks too much and wants to stop, Brussels", "alcooliques-anonymes-fr"),
    ],
)
def test_who_drinks_and_wants_to_stop_is_helped_before_their_relatives(language: str, question: str, treats: str, lexicon: Lexicon) -> None:
    assert "parent-illness" not in ask(question, Wishes(), lexicon).needs
    found = first_ids(question, lexicon, language)
    assert treats in found
    assert not (FOR_RELATIVES_OF_DRINKERS | FOR_CHILDREN_OF_THE_ILL).intersection(found)


@pytest.mark.parametrize(
    ("language", "question", "close"),
    [
        ("nl", "mijn man drinkt en ik wil hulp, Gent", "al-anon-vlaanderen"),
        ("nl", "mijn man drinkt en wil geen hulp, Gent", "al-anon-vlaanderen"),
        ("fr", "mon mari boit et ne veut pas arrêter, Namur", "al-anon-fr"),
    ],
)
def test_who_bears_it_or_is_refused_finds_those_close_first(language: str, question: str, close: str, lexicon: Lexicon) -> None:
    assert close in first_ids(question, lexicon, language, 3)


@pytest.mark.parametrize(
    ("language", "question", "close"),
    [
        ("nl", "ouder van kind met psychose, zoekt steungroep", "similes-vlaanderen"),
        ("nl", "ouders van een dochter met borderline steungroep Gent", "similes-vlaanderen"),
        ("fr", "parent d'un enfant psychotique cherche groupe Namur", "similes-wallonie"),
        ("de", "Mutter eines Sohnes mit Psychose Gruppe Eupen", "similes-wallonie"),
        ("en", "parent of a child with psychosis support group Brussels", "similes-bruxelles"),
    ],
)
def test_the_parent_of_an_ill_child_is_one_of_those_close(language: str, question: str, close: str, lexicon: Lexicon) -> None:
    found = first_ids(question, lexicon, language)
    assert close in found[:2]
    assert not FOR_CHILDREN_OF_THE_ILL.intersection(found)


def test_the_child_of_an_ill_parent_still_finds_the_groups_for_such_children(lexicon: Lexicon) -> None:
    assert not is_parent_of_a_child(["kind", "van", "ouder", "met", "psychose"])
    assert "kopp-waas-dender" in first_ids("kind van ouder met psychose groep Gent", lexicon, "nl")


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("nl", "moeder van 82 eenzaam na overlijden man, Ninove"),
        ("nl", "rouw om echtgenoot, weduwe 70, Gent"),
        ("nl", "mama overleden, dochter 8 jaar, Kortrijk"),
        ("nl", "weduwnaar met twee kinderen, rouw, Gent"),
        ("nl", "ik heb mijn man verloren, ouder van 2 kinderen, Gent"),
        ("nl", "oma gestorven, kind van 7 verdrietig, Gent"),
        ("nl", "rouw Gent"),
        ("fr", "ma mère est morte et ma fille de 8 ans est triste, Namur"),
        ("fr", "veuf avec deux enfants, deuil, Namur"),
        ("de", "mein Mann ist gestorben, Eupen"),
        ("en", "my husband died, I am a parent, Brussels"),
    ],
)
def test_groups_for_parents_of_a_dead_child_are_for_nobody_else_who_mourns(language: str, question: str, lexicon: Lexicon) -> None:
    for resource in found(question, lexicon, language, 6):
        assert resource.needs[:1] != ("grief",) or "parents" not in resource.audiences, resource.id


@pytest.mark.parametrize(
    ("language", "question", "group"),
    [
        ("nl", "mijn zoon is overleden, Gent", "ovok"),
        ("nl", "zoon 20 jaar overleden na ongeval, Leuven", "ovk"),
        ("nl", "kind verloren, Antwerpen", "ovok"),
        ("nl", "sterrenkind Gent", "zorgnetwerk-sterrenkinderen"),
        ("nl", "onze baby is gestorven, Kortrijk", "koesterhuis-kortrijk"),
        ("fr", "mon fils est mort, Namur", "parents-desenfantes"),
        ("fr", "fausse couche, Liège", "ptites-mimines"),
        ("de", "mein Kind ist gestorben, Eupen", "parents-desenfantes"),
    ],
)
def test_parents_whose_child_died_find_them(language: str, question: str, group: str, lexicon: Lexicon) -> None:
    assert group in first_ids(question, lexicon, language)
