"""Who is served, as docs/referral.md says: whose age it is, who is a man, a child, deaf, a student, a relative, and who comes out of prison."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.model import MINORS
from ht_cli.search.asking import ask
from ht_cli.search.people import is_hit_by_his_wife
from ht_cli.search.wishes import Wishes
from tests.search.finding import found, ids


@pytest.mark.parametrize(
    ("language", "question", "there"),
    [
        ("de", "ehemann 58 kelmis frau mit demenz, kann nicht mehr", "alzheimer-cafe-eupen"),
        ("de", "tochter 40 vater demenz kelmis", "alzheimer-cafe-eupen"),
        ("nl", "jongdementie 54j Halle", "praatcafe-dementie-halle"),
    ],
)
def test_the_age_of_who_calls_leaves_out_nothing_that_is_for_those_close(
    language: str, question: str, there: str, lexicon: Lexicon
) -> None:
    assert there in ids(found(question, lexicon, language, 3))


@pytest.mark.parametrize(
    ("language", "question", "there"),
    [
        ("de", "frau 29 nach geburt nur am weinen, amel", ["prisma-frauenzentrum-eupen", "kaleido-ostbelgien"]),
        ("de", "frau 29 schwanger ungewollt eupen", ["prisma-frauenzentrum-eupen"]),
        ("fr", "femme 29 ans après accouchement, Eupen, en allemand", ["prisma-frauenzentrum-eupen", "kaleido-ostbelgien"]),
    ],
)
def test_a_mothers_age_is_not_that_of_her_child_and_what_is_for_women_is_for_a_woman(
    language: str, question: str, there: list[str], lexicon: Lexicon
) -> None:
    assert set(there) <= set(ids(found(question, lexicon, language, 3)))


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "homme battu par sa femme, liège"), ("fr", "ma compagne me frappe, je suis un homme, verviers"), ("en", "my wife hits me etterbeek 2 kids"),
        ("nl", "mijn vrouw slaat mij, Gent"), ("de", "meine frau schlägt mich, eupen"),
    ],
)  # fmt: skip
def test_a_man_who_is_hit_is_sent_to_no_house_for_women(language: str, question: str, lexicon: Lexicon) -> None:
    for resource in found(question, lexicon, language, 6):
        assert "women" not in resource.audiences or "men" in resource.audiences, resource.id


@pytest.mark.parametrize(
    ("language", "question", "takes_men"),
    [
        ("en", "my wife hits me, i am a man, etterbeek", "cpvcf"),
        ("nl", "mijn vrouw slaat mij, ik ben een man, Gent", "huis-sam-mannenopvang"),
    ],
)
def test_a_house_that_says_it_takes_men_is_among_the_first(language: str, question: str, takes_men: str, lexicon: Lexicon) -> None:
    assert takes_men in ids(found(question, lexicon, language, 3))


@pytest.mark.parametrize(
    ("words", "a_man"),
    [
        ("ma femme me frappe", True), ("door zijn vrouw geslagen", True), ("my wife beats me", True), ("meine freundin hat mich geschlagen", True),
        ("battered man", True), ("mijn vrouw wordt geslagen", False), ("je frappe ma femme", False), ("mon mari me frappe", False), ("my husband and his wife", False),
    ],
)  # fmt: skip
def test_who_is_hit_by_his_wife_is_told_from_whose_wife_is_hit(words: str, *, a_man: bool) -> None:
    assert is_hit_by_his_wife(words.split()) == a_man


@pytest.mark.parametrize(
    ("language", "question", "theirs"),
    [
        ("en", "student leuven lonely no friends", "ku-leuven-studentenpsychologen"),
        ("en", "erasmus ghent eating dissorder", "ugent-studentenpsychologen"),
        ("nl", "student Gent eetstoornis", "ugent-studentenpsychologen"),
        ("fr", "étudiant louvain-la-neuve deuil", "uclouvain-aide-psychologique-etudiants"),
    ],
)
def test_a_student_finds_the_service_for_students_of_the_town_whatever_the_need(
    language: str, question: str, theirs: str, lexicon: Lexicon
) -> None:
    assert theirs in ids(found(question, lexicon, language, 2))


@pytest.mark.parametrize(
    ("language", "question", "group"),
    [
        ("en", "husband drinks, i need help for me, woluwe", "al-anon-fr"),
        ("fr", "mon mari boit, j'ai besoin d'aide pour moi, woluwe", "al-anon-fr"),
    ],
)
def test_who_is_close_to_a_drinker_and_asks_for_themself_finds_those_close_first(
    language: str, question: str, group: str, lexicon: Lexicon
) -> None:
    assert ids(found(question, lexicon, language, 1)) == [group]


@pytest.mark.parametrize(
    ("language", "question"), [("en", "i drink and my husband leaves me, woluwe"), ("fr", "je bois, mon mari me quitte, woluwe")]
)
def test_who_drinks_themself_is_not_sent_to_those_close(language: str, question: str, lexicon: Lexicon) -> None:
    assert "al-anon-fr" not in ids(found(question, lexicon, language, 3))


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "sourd langue des signes psy, bruxelles"),
        ("nl", "doof gebarentaal psycholoog Gent"),
        ("en", "sign language psychologist brussels"),
    ],
)
def test_what_is_for_deaf_people_comes_first_and_no_other_disability_is_heard(language: str, question: str, lexicon: Lexicon) -> None:
    first = found(question, lexicon, language, 6)
    assert "deaf" in first[0].audiences
    assert not any("disability" in resource.needs and "deaf" not in resource.audiences for resource in first)


@pytest.mark.parametrize(
    ("language", "question"),
    [("fr", "transgenre ado 15 ans harcelé, ixelles"), ("fr", "femme trans 30 ans saint-gilles"), ("nl", "transvrouw Brussel")],
)
def test_sex_work_is_supposed_of_nobody(language: str, question: str, lexicon: Lexicon) -> None:
    assert "alias-bruxelles" not in ids(found(question, lexicon, language, 6))


@pytest.mark.parametrize(
    ("language", "wishes"),
    [("fr", Wishes(city="huy", needs=("deuil",), age=9)), ("de", Wishes(city="st. vith", needs=("sucht",), age=15)), ("fr", Wishes(city="huy", needs=("drogues",), age=16))],
)  # fmt: skip
def test_an_age_under_eighteen_leaves_out_what_is_for_grown_ups_alone(language: str, wishes: Wishes, lexicon: Lexicon) -> None:
    for resource in found("", lexicon, language, wishes=wishes):
        if not {"adults", "young-adults", "older-people"}.isdisjoint(resource.audiences):
            assert not {*MINORS, "everyone", "parents", "families"}.isdisjoint(resource.audiences), resource.id


@pytest.mark.parametrize(
    ("language", "question", "line"),
    [("nl", "pa drinkt en ik ben 14, Zelzate", "awel-102"), ("fr", "papa boit et j'ai 14 ans, Huy", "ecoute-enfants-103")],
)
def test_a_child_who_speaks_finds_the_line_for_children_among_the_first(language: str, question: str, line: str, lexicon: Lexicon) -> None:
    assert line in ids(found(question, lexicon, language, 3))


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("nl", "man slaat mij, wil weg met kinderen, vluchthuis, Geel"),
        ("nl", "ik kan mijn baby niet meer horen wenen, ik ben bang dat ik hem iets aandoe, Lokeren"),
        ("fr", "mon mari me frappe, je veux partir avec les enfants, Huy"),
    ],
)
def test_who_is_grown_up_and_speaks_of_themself_is_sent_to_no_line_for_children(language: str, question: str, lexicon: Lexicon) -> None:
    assert not {"awel-102", "ecoute-enfants-103", "child-focus-116000"}.intersection(ids(found(question, lexicon, language, 3)))


@pytest.mark.parametrize(
    ("language", "question", "first"),
    [
        ("nl", "borderline zelfhulpgroep familie Gent", "similes-vlaanderen"),
        ("fr", "schizophrénie groupe famille bruxelles", "similes-bruxelles"),
    ],
)
def test_a_family_beside_an_illness_is_those_close_and_no_conflict(language: str, question: str, first: str, lexicon: Lexicon) -> None:
    query = ask(question, Wishes(), lexicon)
    assert "family-conflict" not in query.needs
    assert "relatives" in query.audiences
    assert ids(found(question, lexicon, language, 1)) == [first]


@pytest.mark.parametrize(
    ("language", "question"),
    [("de", "angehörige von schizophrener schwester, 36, st. vith, gruppe"), ("fr", "proche d'une soeur schizophrène, groupe, liège")],
)
def test_those_close_to_somebody_ill_are_sent_to_no_group_for_another_illness(language: str, question: str, lexicon: Lexicon) -> None:
    for resource in found(question, lexicon, language, 6):
        assert resource.needs[:1] not in (("dementia",), ("alcohol",)), resource.id


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "detenu sort de prison d'andenne, suivi psy obligé par le juge"),
        ("fr", "aide aux détenus, mons"),
        ("nl", "gedetineerde vrij, psycholoog, Brussel Frans"),
    ],
)
def test_who_comes_out_of_prison_is_not_sent_to_victims(language: str, question: str, lexicon: Lexicon) -> None:
    assert "accueil-victimes-maisons-de-justice" not in ids(found(question, lexicon, language, 5))


@pytest.mark.parametrize("question", ["victime d'une agression, porter plainte, Namur", "slachtoffer misdrijf, Franstalig, Namen"])
def test_who_was_harmed_by_a_crime_is(question: str, lexicon: Lexicon) -> None:
    assert "accueil-victimes-maisons-de-justice" in ids(found(question, lexicon, "fr", 5))
