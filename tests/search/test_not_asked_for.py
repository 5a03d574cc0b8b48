"""What is named and not asked for, what is kept of a question, and whose own ages decide, as docs/referral.md says."""

from collections.abc import Sequence

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.locale import activate
from ht_cli.search.asking import ask
from ht_cli.search.guide_pages import page_meant
from ht_cli.search.wishes import Wishes
from tests.search.finding import found, ids


@pytest.mark.parametrize("age", [2, 9, 13, 16])
@pytest.mark.parametrize(("language", "question"), [("de", "Schule {age} Jahre Eupen"), ("fr", "école {age} ans Eupen, en allemand")])
def test_the_ages_that_a_service_tells_decide_before_what_it_lists(language: str, question: str, age: int, lexicon: Lexicon) -> None:
    assert "kaleido-ostbelgien" in ids(found(question.format(age=age), lexicon, language, 2))


@pytest.mark.parametrize(("language", "question"), [("de", "Schule Kind 9 Jahre Eupen"), ("fr", "fille de 9 ans école Eupen, en allemand")])
def test_what_is_for_adolescents_alone_is_not_for_a_child_of_nine(language: str, question: str, lexicon: Lexicon) -> None:
    assert "jugendbuero-ostbelgien" not in ids(found(question, lexicon, language, 5))


@pytest.mark.parametrize(
    ("question", "needs"),
    [
        ("Mobbing in der Schule 13 Jahre Amel", ("bullying", "school")),
        ("mijn dochter wordt gepest op school Gent", ("bullying", "school")),
        ("mobbing par mon chef, Namur", None),
    ],
)
def test_bullying_at_school_is_the_schools_too(question: str, needs: tuple[str, ...] | None, lexicon: Lexicon) -> None:
    read = ask(question, Wishes(), lexicon).needs
    assert read == needs if needs else "school" not in read


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("de", "Mein Mann schlägt mich und ich trau mich nicht zur Polizei St. Vith"), ("nl", "mijn man slaat mij, ik durf niet naar de politie, Gent"),
        ("nl", "ik durf de politie niet bellen, mijn man slaat mij, Gent"), ("fr", "mon mari me frappe, je n'ose pas aller à la police, Namur"),
        ("en", "my husband hits me, too scared to call the police, Ghent"),
    ],
)  # fmt: skip
def test_who_is_feared_is_named_and_not_asked_for(language: str, question: str, lexicon: Lexicon) -> None:
    first = ids(found(question, lexicon, language, 6))
    assert "police-101" not in first
    assert "maisons-de-justice-accueil-social" not in first


@pytest.mark.parametrize(
    ("language", "question", "tried"),
    [
        ("de", "war schon bei Prisma, depression, Eupen", "prisma-frauenzentrum-eupen"),
        ("fr", "déjà été chez Similes Namur", "similes-wallonie"),
    ],
)
def test_who_was_tried_is_not_found_by_name(language: str, question: str, tried: str, lexicon: Lexicon) -> None:
    assert tried not in ids(found(question, lexicon, language, 1))


@pytest.mark.parametrize(
    "question", ["Mein Mann schlägt mich St. Vith", "Frau, 35, wird vom Mann geschlagen, Amel", "mein Mann schlägt mich, Bütgenbach"]
)
def test_the_house_of_the_small_community_comes_before_what_speaks_another_language(question: str, lexicon: Lexicon) -> None:
    first = found(question, lexicon, "de", 3)
    assert all("de" in resource.languages for resource in first)
    assert {"prisma-frauenzentrum-eupen", "prisma-frauenfluchthaus-eupen"} <= {*ids(first)}


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "107 mobile team Liège"), ("fr", "équipe mobile 107 Liège"), ("nl", "team art. 107 Gent"), ("de", "Netzwerk 107 Eupen")],
)
def test_107_beside_a_team_or_a_network_is_no_line(language: str, question: str, lexicon: Lexicon) -> None:
    first = found(question, lexicon, language, 1)[0]
    assert first.kind == "network-adult"


@pytest.mark.parametrize(("language", "question"), [("fr", "107"), ("fr", "appeler le 107 Namur"), ("nl", "107 bellen")])
def test_107_alone_is_the_line(language: str, question: str, lexicon: Lexicon) -> None:
    assert ids(found(question, lexicon, language, 1)) == ["tele-accueil-107"]


@pytest.mark.parametrize(
    ("language", "question", "there"),
    [
        ("de", "Psychater Eupen deutschsprachig", {"st-nikolaus-hospital-eupen", "klinik-st-josef-st-vith"}),
        ("de", "Psychiatrie Eupen", {"st-nikolaus-hospital-eupen", "klinik-st-josef-st-vith"}),
        ("nl", "psychiater Gent", {"kolibrie-jan-palfijn-gent"}),
    ],
)
def test_a_psychiatrist_is_found_in_clinics_before_lists_of_psychologists(
    language: str, question: str, there: set[str], lexicon: Lexicon
) -> None:
    first = found(question, lexicon, language, 4)
    assert there <= {*ids(first)}
    assert all(resource.kind not in ("directory", "platform") for resource in first)


@pytest.mark.parametrize(
    ("language", "question", "centre"),
    [
        ("en", "raped last night Ghent", "zsg-gent"),
        ("nl", "gisteren verkracht Gent", "zsg-gent"),
        ("fr", "violée hier soir Liège", "cpvs-liege"),
    ],
)
def test_after_a_rape_the_centre_comes_first(language: str, question: str, centre: str, lexicon: Lexicon) -> None:
    assert ids(found(question, lexicon, language, 1)) == [centre]


@pytest.mark.parametrize(
    ("question", "first", "all_of_them"),
    [
        ("H 58 SDF alcool + dépression refus hosto bxl 1000", "homelessness", {"homelessness", "alcohol", "depression"}),
        ("qui peut aider un sdf alcoolique à bruxelles", "homelessness", {"homelessness", "alcohol"}),
        ("prison de Marche sortie dans 2 semaines bipolaire", "", {"bipolar", "justice"}),
        ("garçon gay harcelé a l'ecole arlon", "", {"lgbtqia", "bullying"}),
        ("homeless man drinks, Brussels", "", {"homelessness", "alcohol"}),
        ("uit de gevangenis en bipolair, Gent", "", {"bipolar", "justice"}),
    ],
)
def test_who_somebody_is_and_how_they_live_is_kept(question: str, first: str, all_of_them: set[str], lexicon: Lexicon) -> None:
    assert all_of_them <= {*ask(question, Wishes(), lexicon).needs}
    if first:
        assert first in found(question, lexicon, "fr", 1)[0].needs


@pytest.mark.parametrize(
    "question", ["SDF alcool refus hosto bxl", "she refuses hospital, psychosis, Brussels", "psychose, weigert ziekenhuis, Gent"]
)
def test_a_hospital_that_is_refused_is_not_wished_for(question: str, lexicon: Lexicon) -> None:
    assert "hospital" not in ask(question, Wishes(), lexicon).offers


@pytest.mark.parametrize(
    "question",
    ["anxiété, pas mutuelle, Dour", "dépression sans mutuelle Namur", "depressie zonder mutualiteit Gent", "depressed, no insurance, Brussels", "depressiv, keine Krankenkasse, Eupen"],
)  # fmt: skip
def test_who_has_no_insurance_wishes_for_what_costs_nothing(question: str, lexicon: Lexicon) -> None:
    query = ask(question, Wishes(), lexicon)
    assert query.uninsured
    assert query.costs == ("free",)
    assert not query.unknown


@pytest.mark.parametrize("question", ["psychologue remboursé mutuelle Namur", "psycholoog terugbetaald door de mutualiteit Gent"])
def test_an_insurance_that_nobody_denies_is_one(question: str, lexicon: Lexicon) -> None:
    assert not ask(question, Wishes(), lexicon).uninsured


@pytest.mark.parametrize(
    ("language", "question", "first"),
    [
        ("fr", "psychiatre à domicile pour quelqu'un qui refuse de se soigner vielsalm", ["olympe-luxembourg", "diapazon-proxirelux"]),
        ("nl", "mijn zoon hoort stemmen en weigert hulp, Gent", ["similes-vlaanderen", "pakt-mobilteam-gent"]),
        ("en", "my flatmate hears voices and refuses help, Brussels", ["similes-bruxelles"]),
        ("de", "Nachbar hört Stimmen und will keine Hilfe, Lontzen", ["similes-wallonie"]),
    ],
)
def test_of_who_refuses_care_a_team_and_those_close_are_found(language: str, question: str, first: Sequence[str], lexicon: Lexicon) -> None:
    assert {*first} <= {*ids(found(question, lexicon, language, 4))}
    assert page_meant(ask(question, Wishes(), lexicon)) == "forced-admission"


def test_who_drinks_and_wants_no_help_is_admitted_by_nobody(lexicon: Lexicon) -> None:
    assert page_meant(ask("mon mari boit et refuse l'aide, Namur", Wishes(), lexicon)) != "forced-admission"


@pytest.mark.parametrize(
    ("language", "question", "theirs"),
    [("nl", "student MindMates depressie", "ku-leuven-studentenpsychologen"), ("fr", "étudiant, MindMates, angoisse", "ku-leuven-studentenpsychologen")],
)  # fmt: skip
def test_the_school_that_a_student_names_comes_first_and_that_of_no_other_town(
    language: str, question: str, theirs: str, lexicon: Lexicon
) -> None:
    first = ids(found(question, lexicon, language, 8))
    assert first[0] == theirs
    assert "ugent-studentenpsychologen" not in first


@pytest.mark.parametrize(
    ("language", "question"),
    [("de", "Psychologe auf Deutsch in Lüttich"), ("de", "Therapie auf Deutsch in Brüssel"), ("fr", "psychologue en allemand Verviers")],
)
def test_a_language_that_the_place_does_not_speak_is_found_where_it_is_spoken(language: str, question: str, lexicon: Lexicon) -> None:
    first = ids(found(question, lexicon, language, 3))
    assert first[0] == "btz-ostbelgien"
    assert "psychologues-premiere-ligne-adultes" in first


@pytest.mark.parametrize(
    ("language", "question"), [("de", "Psychologe auf Deutsch in Lüttich"), ("nl", "psycholoog Gent"), ("fr", "psychiatre Namur")]
)
def test_the_doctor_on_duty_is_no_psychologist(language: str, question: str, lexicon: Lexicon) -> None:
    assert "garde-1733" not in ids(found(question, lexicon, language))


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "I took 30 paracetamol an hour ago"), ("fr", "j'ai avalé 30 dafalgan il y a une heure"), ("nl", "ik heb 30 dafalgan genomen")],
)
def test_after_something_was_taken_poison_comes_before_who_listens(language: str, question: str, lexicon: Lexicon) -> None:
    first = ids(found(question, lexicon, language, 3))
    assert first[0] == "antipoisons"
    assert "equipes-mobiles-psychiatrie-mons" not in first


@pytest.mark.parametrize(
    ("language", "question", "spoken"),
    [("fr", "mi fré i beût come on trô", ()), ("nl", "mi fré i beût come on trô", ()), ("fr", "ik ben bang", ("nl",)), ("fr", "my brother drinks", ("en",))],
)  # fmt: skip
def test_small_words_among_strange_ones_tell_no_language(language: str, question: str, spoken: tuple[str, ...], lexicon: Lexicon) -> None:
    activate(["--locale", language], {})
    assert ask(question, Wishes(), lexicon).spoken == spoken
