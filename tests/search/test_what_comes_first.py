"""What comes first where somebody is harmed, is put out, cares for somebody, or says who they are, as docs/referral.md says; and what never comes."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.asking import ask
from ht_cli.search.reading import read_question
from ht_cli.search.wishes import Wishes
from tests.search.finding import EVERYTHING, found, ids


@pytest.mark.parametrize(
    ("language", "question", "team"),
    [
        ("fr", "inceste dans la famille, la petite de 6 ans a parlé hier", "sos-enfants-equipes"),
        ("fr", "inceste fille 12 ans verviers", "sos-enfants-verviers"),
        ("nl", "kind misbruikt door opa, 6 jaar, gent", "vertrouwenscentra-kindermishandeling"),
    ],
)
def test_a_child_who_is_harmed_finds_the_team_for_that_within_the_first_two(
    language: str, question: str, team: str, lexicon: Lexicon
) -> None:
    assert team in ids(found(question, lexicon, language, 2))


@pytest.mark.parametrize(
    ("language", "question", "first"),
    [
        ("de", "Lehrerin Kelmis, Schülerin 7 hat Striemen, Vater schlägt", {"child-focus-116000", "telefonhilfe-108"}),
        ("fr", "inceste fille 12 ans verviers", {"sos-enfants-verviers"}),
    ],
)
def test_the_team_that_comes_first_speaks_the_language_of_the_place_in_which_somebody_asks(
    language: str, question: str, first: set[str], lexicon: Lexicon
) -> None:
    assert found(question, lexicon, language, 1)[0].id in first


@pytest.mark.parametrize(
    ("language", "question"), [("fr", "inceste, la petite de 6 ans a parlé hier"), ("nl", "incest kleindochter 6 jaar")]
)
def test_where_no_place_is_said_no_centre_of_one_stands_among_the_first(language: str, question: str, lexicon: Lexicon) -> None:
    for resource in found(question, lexicon, language, 4):
        assert resource.kind != "service" or all(area.startswith(("community:", "country:")) for area in resource.areas), resource.id


@pytest.mark.parametrize(
    ("language", "question", "line"),
    [
        ("fr", "abus sexuel il y a 20 ans, jamais parlé, mons", "sos-viol"),
        ("nl", "nonkel heeft mij misbruikt 20 jaar geleden, antwerpen", "hulplijn-1712"),
    ],
)
def test_what_was_done_long_ago_is_told_to_a_line_then_to_who_takes_any_need_here_and_to_nobody_for_children(
    language: str, question: str, line: str, lexicon: Lexicon
) -> None:
    first, second, *others = found(question, lexicon, language, 6)
    assert first.id == line
    assert not second.needs
    assert not {"child-focus-116000", "sos-enfants-equipes", "cemavie-chu-saint-pierre"} & {one.id for one in others}


@pytest.mark.parametrize(
    "question",
    [
        "son ex la suit partout et la menace, verviers", "jaloux maladif compagnon la surveille, Wavre", "mon mari me surveille, dinant",
        "ex blijft haar volgen en bedreigen, aalst", "mijn man controleert mij, gent", "mein exfreund verfolgt mich, eupen", "my ex follows me everywhere, gent",
        "stalking by ex-husband brussels",
    ],
)  # fmt: skip
def test_who_is_controlled_by_a_partner_is_harmed_by_one(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.needs[0] == "domestic-violence"
    assert query.danger.level != "none"
    assert query.danger.kinds[0] == "partner-violence"


@pytest.mark.parametrize(
    "question",
    [
        "mon mari suit une formation, dépression, namur", "mijn man volgt therapie, depressie, gent", "mein mann verfolgt einen plan, depression, eupen",
        "my husband follows a therapy, depression, ghent",
    ],
)  # fmt: skip
def test_who_follows_a_treatment_controls_nobody(question: str, lexicon: Lexicon) -> None:
    assert "domestic-violence" not in read_question(question, lexicon).needs


@pytest.mark.parametrize(
    ("language", "question", "first"),
    [
        ("fr", "son ex la suit partout et la menace, verviers", ["ecoute-violences-conjugales", "cvfe-liege"]),
        ("de", "mein exfreund verfolgt mich, eupen", ["telefonhilfe-108", "prisma-frauenfluchthaus-eupen"]),
    ],
)
def test_a_line_and_who_protects_come_before_courts_and_mediation(language: str, question: str, first: list[str], lexicon: Lexicon) -> None:
    answers = ids(found(question, lexicon, language, EVERYTHING))
    assert answers[:2] == first
    assert not {"maisons-de-justice-accueil-social", "inforcouple-verviers"} & {*answers[:6]}


@pytest.mark.parametrize(
    ("language", "question", "group"),
    [
        ("fr", "garçon gay harcelé a l'ecole arlon", "lgbtqia"),
        ("nl", "jongen gepest op school wegens homo, gent", "lgbtqia"),
        ("fr", "jeune trans 16 ans parents le mettent dehors namur", "lgbtqia"),
        ("fr", "étudiant dépression louvain-la-neuve", "students"),
        ("nl", "zelfstandige burn-out hasselt", "self-employed"),
        ("fr", "sourd dépressif namur", "deaf"),
    ],
)
def test_who_says_who_they_are_finds_something_of_theirs_within_the_first_three(
    language: str, question: str, group: str, lexicon: Lexicon
) -> None:
    assert any(resource.audiences[:1] == (group,) for resource in found(question, lexicon, language, 3))


@pytest.mark.parametrize(
    "question",
    [
        "garçon harcelé à l'école arlon", "jongen gepest op school gent", "boy bullied at school ghent", "mineur étranger non accompagné, cauchemars, Jambes",
        "nbmv nachtmerries, gent", "unaccompanied minor brussels nightmares", "mena liège",
    ],
)  # fmt: skip
def test_a_boy_at_school_and_who_came_alone_are_minors(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).minor


def test_who_is_under_age_is_sent_to_nothing_for_grown_ups_alone(lexicon: Lexicon) -> None:
    answers = ids(found("mineur étranger non accompagné, cauchemars, Jambes", lexicon, "fr"))
    assert "kirikou" in answers[:3]
    assert not {"sommeil-saint-luc-bouge", "reseau-sante-namur"} & {*answers}


@pytest.mark.parametrize(
    ("language", "question"),
    [("fr", "jeune trans 16 ans parents le mettent dehors namur"), ("fr", "mis à la porte par ses parents 16 ans namur")],
)
def test_a_minor_who_is_put_out_finds_a_roof_and_who_helps_the_young(language: str, question: str, lexicon: Lexicon) -> None:
    first = {*ids(found(question, lexicon, language, 4))}
    assert len(first & {"urgences-sociales-1718", "ecoute-enfants-103", "mado-namur", "amo-fwb"}) >= 3


@pytest.mark.parametrize(
    "question",
    [
        "zijn ouders zetten hem buiten, 16 jaar, gent",
        "die eltern werfen ihn raus, 16 jahre, eupen",
        "her parents threw her out, 15 years old, ghent",
    ],
)
def test_a_minor_who_is_put_out_needs_a_roof_in_every_language(question: str, lexicon: Lexicon) -> None:
    assert {"homelessness", "family-conflict"} <= {*read_question(question, lexicon).needs}


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("vieux monsieur 91 ans qui veut plus vivre, maison de repos dinant", "centre-prevention-suicide"),
        ("oude man 88 wil niet meer leven, woonzorgcentrum gent", "zelfmoordlijn-1813"),
    ],
)
def test_who_is_old_and_wants_to_die_is_not_abused_by_living_in_a_home(question: str, line: str, lexicon: Lexicon) -> None:
    assert "elder-abuse" not in read_question(question, lexicon).danger.kinds
    assert ids(found(question, lexicon, "fr", 1)) == [line]


@pytest.mark.parametrize(
    ("language", "question", "there"),
    [("fr", "cannabis fils 16 ans, ath", "infor-drogues"), ("nl", "zoon 16 cannabis gent", "druglijn")],
)
def test_a_parent_is_answered_by_who_listens_to_relatives_whatever_the_childs_age(
    language: str, question: str, there: str, lexicon: Lexicon
) -> None:
    assert there in ids(found(question, lexicon, language, 3))


@pytest.mark.parametrize(
    ("language", "question", "association"),
    [
        ("fr", "aidant proche épuisée enfant handicapé thuin", "aidants-proches-wallonie"),
        ("en", "carer exhausted disabled child brussels", "aidants-proches-bruxelles"),
    ],
)
def test_who_is_named_a_carer_finds_their_association_within_the_first_two(
    language: str, question: str, association: str, lexicon: Lexicon
) -> None:
    assert association in ids(found(question, lexicon, language, 2))


@pytest.mark.parametrize("question", ["cocaine medecin generaliste discret uccle", "huisarts depressie gent", "gp for depression brussels"])
def test_a_general_practitioner_beside_a_need_is_looked_for_and_does_not_ask(question: str, lexicon: Lexicon) -> None:
    assert "professionals" not in read_question(question, lexicon).audiences


def test_a_house_for_the_deaf_is_none_for_any_professional(lexicon: Lexicon) -> None:
    asked = "éducateur dépression uccle"
    assert "professionals" in read_question(asked, lexicon).audiences
    assert "info-sourds-bruxelles" not in ids(found(asked, lexicon, "fr", 6))


@pytest.mark.parametrize(
    ("language", "question", "interprets"),
    [
        ("fr", "famille syrienne enfants traumatisés besoin interprète liège", "setis-wallon"),
        ("nl", "tolk arabisch trauma vluchteling brussel", "bruxelles-accueil-interpretariat"),
    ],
)
def test_who_needs_an_interpreter_finds_one(language: str, question: str, interprets: str, lexicon: Lexicon) -> None:
    assert interprets in ids(found(question, lexicon, language, 3))
    assert "interpreter" not in ask(question, Wishes(), lexicon).not_used


def test_where_nobody_of_the_catalogue_interprets_it_stays_a_wish_to_ask_about(lexicon: Lexicon) -> None:
    assert "interpreter" in ask("tolk nodig, gent, angst", Wishes(), lexicon).not_used


@pytest.mark.parametrize("question", ["famille syrienne enfants traumatisés liège", "familie depressie gent"])
def test_a_family_beside_a_need_is_no_conflict(question: str, lexicon: Lexicon) -> None:
    assert "family-conflict" not in read_question(question, lexicon).needs


def test_what_was_lived_through_finds_who_helps_the_victims_of_the_whole_community_before_any_house_of_some_town(lexicon: Lexicon) -> None:
    assert ids(found("policier traumatisé après intervention", lexicon, "fr", 1)) == ["accueil-victimes-maisons-de-justice"]
    assert ids(found("politieman getraumatiseerd na interventie", lexicon, "nl", 1)) == ["justitiehuizen-slachtofferonthaal"]


@pytest.mark.parametrize(
    ("language", "question", "never"),
    [
        ("fr", "ma petite fille de 9 ans dit qu'elle veut mourir, Gesves", "un-pass-sentinelles"),
        ("fr", "groupe de parole durbuy", "en-route"),
        ("fr", "je suis anxieux, bièvre", "chs-helpline"),
        ("nl", "ik ben angstig, brugge", "chs-helpline"),
        ("fr", "dépression chimay", "unia"),
        ("nl", "depressie gent", "unia"),
        ("fr", "psychologue chimay 10 ans", "unia"),
        ("fr", "jeu la louvière", "agricall"),
        ("nl", "schulden brugge", "boeren-op-een-kruispunt"),
        ("fr", "cocaine medecin generaliste discret uccle", "info-sourds-bruxelles"),
    ],
)
def test_trainings_other_languages_and_other_subjects_are_no_answer(language: str, question: str, never: str, lexicon: Lexicon) -> None:
    assert never not in ids(found(question, lexicon, language))


@pytest.mark.parametrize(("language", "name"), [("fr", "devenir sentinelle"), ("fr", "en route"), ("fr", "unia"), ("fr", "chs helpline")])
def test_their_name_finds_them(language: str, name: str, lexicon: Lexicon) -> None:
    assert ids(found(name, lexicon, language, 1)) in (["un-pass-sentinelles"], ["en-route"], ["unia"], ["chs-helpline"])


@pytest.mark.parametrize("question", ["violence conjugale liège", "partnergeweld brussel", "viol femme bruxelles"])
def test_what_is_there_against_an_excision_or_a_forced_marriage_waits_until_one_is_named(question: str, lexicon: Lexicon) -> None:
    first = ids(found(question, lexicon, "fr", 8))
    assert not {"reseau-mariage-et-migration", "cemavie-chu-saint-pierre", "gams-belgique", "intact-mutilations-genitales"} & {*first}


@pytest.mark.parametrize("question", ["réfugiée violences conjugales liège", "vluchtelinge partnergeweld brussel"])
def test_an_excision_is_supposed_of_no_exile(question: str, lexicon: Lexicon) -> None:
    assert not {"cemavie-chu-saint-pierre", "gams-belgique", "intact-mutilations-genitales"} & {*ids(found(question, lexicon, "fr", 6))}


@pytest.mark.parametrize(("question", "there"), [("excision bruxelles", "gams-belgique"), ("genitale verminking brussel", "gams-belgique"), ("mariage forcé liège", "reseau-mariage-et-migration")])  # fmt: skip
def test_an_excision_that_is_named_finds_them(question: str, there: str, lexicon: Lexicon) -> None:
    assert there in ids(found(question, lexicon, "fr", 5))  # in danger three lines come first
