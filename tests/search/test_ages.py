"""An age needs what says that it is one; what only shares its unit or its figures is none."""

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.reading import read_question


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("58a femme dépression", 58), ("7j angst", 7), ("18-jarige verslaafd", 18), ("soixante-seize ans seul", 76),
        ("vrouw achtenveertig burnout", 48), ("aged 9", 9), ("m/34 alcool", 34), ("f 22 anxiety", 22), ("mon fils de 9 ans", 9),
        ("zoon (7) pesten", 7), ("J'ai 15 ans", 15), ("ich bin 16", 16), ("my son is 14 and cuts", 14), ("i'm 15 he hits me", 15),
        ("quatre-vingt-dix-sept ans", 97), ("quatre-vingt-deux ans", 82), ("vingt et un ans", 21), ("einundzwanzig Jahre alt", 21),
        ("15jähriger", 15), ("12-year-old", 12), ("34 j. vrouw", 34), ("mme 29 violences", 29), ("mr 91 dementie", 91), ("F34 depression", 34),
        ("ma mère 82", 82), ("fille 12 harcèlement namur", 12), ("dochter van 15", 15), ("kind 8 Jahre Angst", 8), ("16yo", 16),
        ("man, 62", 62), ("ik ben 33 en alleen", 33), ("nonante trois ans", 93), ("our daughter (16) self harms", 16),
        ("boer 60 torhout slaapt niet", 60), ("étudiant 20 mons stress", 20), ("holebi 17 genk", 17),
        ("16 dendermonde durft niet bellen", 16), ("19 Eupen schläft nirgends", 19), ("cl. 81F, son keeps her bank card", 81),
        ("psych discharge, 38M, Liège", 38), ("81V, valt vaak, Gent", 81), ("54W, Eupen, depressiv", 54),
    ],
)  # fmt: skip
def test_an_age_is_read_in_figures_in_words_and_in_shorthand(question: str, age: int, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age == age


@pytest.mark.parametrize("question", ["je bois depuis quinze ans, Mons", "je suis déprimée depuis 3 ans", "il m'a frappée pendant 9 ans"])
def test_the_years_of_a_duration_are_no_town(question: str, lexicon: Lexicon) -> None:
    assert "Ans" not in [place.name for place in read_question(question, lexicon).places]


@pytest.mark.parametrize(("question", "old"), [("60 euro psycholoog", False), ("60+ eenzaam Gent", True), ("18 ans de mariage", False)])
def test_a_count_is_an_audience_only_with_its_plus(question: str, *, old: bool, lexicon: Lexicon) -> None:
    assert ("older-people" in read_question(question, lexicon).audiences) == old


@pytest.mark.parametrize(
    "question",
    [
        "baby 7 wks, nothing helps", "Baby 6 Wo. schreit", "baby 7 wkn huilt", "bébé 6 sem pleure", "24h/24", "je fume depuis 10 ans", "2 maand zwanger", "34 weken zwanger", "depressed for 3 years", "3 kinderen en alleen", "covid 19 burnout",
        "24/7 hulp", "20 ans de mariage", "10 km de namur", "50 euro per sessie", "5 years ago", "vor 3 Jahren", "il y a 2 ans",
        "10 ans de prison", "0471 23 45 67", "107", "40e verjaardag", "5 jaar clean", "nach 12 Jahren Ehe", "14", "rouw na 40 jaar huwelijk",
        "il a 3 enfants", "mon mari boit depuis 6 ans", "appeler après 20h", "op 18 maart", "12 séances", "appartement 3 chambres", "1 op 5",
        "24h/24 7j/7", "le 12/03/2019", "1000 Bruxelles angoisse", "7 Mons burnout", "groupe de parents 20 places",
        "im 7. Monat schwanger", "am 12. Mai gestorben", "Probleme im 9. Schuljahr", "married 25 years and he hits me",
        "I have been depressed 12 years", "he's 5 foot tall", "it's 16 degrees", "cela fait douze ans que je déprime", "60 euro psycholoog",
    ],
)  # fmt: skip
def test_durations_counts_distances_hours_and_prices_are_no_ages(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age is None


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("notre fille de 4 ans est décédée", None), ("mort de notre fils de 9 ans", None), ("zoon 12 verongelukt, ouders tienen", None),
        ("Tod unserer Tochter (9), Eupen", None), ("our daughter, 6, died in March", None), ("mijn man van 50 is overleden", None),
        ("ma fille de 15 ans a perdu son amie", 15), ("my son 12 lost his dad", 12), ("mijn zoon van 12 zijn vader is overleden", 12),
        ("kind 9 mama dood", 9), ("fille de 8 ans, son papa est mort, Liège", 8),
    ],
)  # fmt: skip
def test_the_age_of_one_who_died_is_not_that_of_who_needs_help(question: str, age: int | None, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age == age


@pytest.mark.parametrize(
    "question", ["praatgroep na verlies kind antwerpen", "groupe après la mort de notre enfant", "group after the loss of our baby"]
)
def test_a_child_who_died_is_not_the_one_who_needs_help(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert not query.minor
    assert "child" in query.relations


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("depression, 35, Leuven", 35),
        ("anxiety, 16, Uccle", 16),
        ("somber, 52", 52),
        ("angst, 3, Gent", None),  # of something that is not said
        ("angst, 12 kinderen, Gent", None),
        ("dame 78, man overleden, Gent", 78),
        ("depuis plus ou moins dix ans depression", None),
    ],
)
def test_a_number_between_commas_is_an_age_and_a_comma_ends_who_died(question: str, age: int | None, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age == age


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("dans le bus j'ai peur, j'ai 16 ans", 16), ("je vis dans la rue, 19 ans", 19), ("Voilà, je pleure. J'ai 34 ans.", 34),
        ("ma fille pleure dans son lit, elle a 9 ans", 9), ("depuis mars je pleure j'ai 34 ans", 34), ("je bois depuis, disons, 10 ans", None),
        ("depuis que j'ai 12 ans je bois", None), ("seit ich 30 bin trinke ich", None),
    ],
)  # fmt: skip
def test_a_word_of_a_duration_counts_within_its_clause_and_before_no_one_who_has_the_years(
    question: str, age: int | None, lexicon: Lexicon
) -> None:
    assert read_question(question, lexicon).age == age


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("vroeger als kind geslagen, nu 52", 52), ("buurvrouw van 84 is alleen", 84), ("ons Lotte van 14 eet niet meer", 14),
        ("Onze Wout van 24 hoort stemmen", 24), ("notre Léa de 8 ans fait pipi au lit", 8), ("nu 3 kinderen en alleen", None),
        ("trein naar Lotte van 14", None),
    ],
)  # fmt: skip
def test_an_age_stands_behind_now_a_neighbour_and_a_name_of_ones_own(question: str, age: int | None, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age == age


@pytest.mark.parametrize("question", ["deuil enfant 8 ans", "rouw kind 8 jaar sint-niklaas", "papa gestorven kind 8 jaar"])
def test_a_child_of_an_age_beside_a_mourning_is_the_one_who_mourns(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert (query.age, "parents" in query.audiences) == (8, False)


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("nu ben ik 16 en het gaat niet meer", 16), ("jetzt bin ich 34 und allein", 34), ("intussen is hij 9", 9),
        ("al jaren ben ik 16 uur per dag alleen", None), ("dan ben ik om 16 uur thuis", None),
    ],
)  # fmt: skip
def test_an_age_stands_behind_a_verb_and_its_subject(question: str, age: int | None, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age == age


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("psychose 22 eupen", 22), ("obdachlos 50 eupen", 50), ("student leuven 21", 21), ("raped last night brussels 22", 22),
        ("student kot eenzaam faalangst Leuven 19", 19), ("psychologue 28 namur", 28), ("27 forest panic", 27), ("enfant autiste 6 kraainem", 6),
        ("postnatal depression 31 forest baby 3 weeks", 31), ("lonely 21 leuven", 21), ("dépression (34) mons", 34),
        ("angst 3 Gent", None), ("covid 19 anxiety ghent", None), ("angst 101 gent", None), ("panic line 22 ghent", None),
        ("depuis 12 dépression mons", None), ("anxiety 15 km ghent", None), ("psycholoog 20 euro gent", None), ("angoisse 15 janvier mons", None),
        ("help 24/7 ghent anxiety", None), ("-18 angst gent", None), ("rouw 20 gent angst 30", None), ("rouw 2 kinderen 6 en 9", None),
        ("ik woon al een tijd alleen en ben vaak verdrietig gent 34", None),
    ],
)  # fmt: skip
def test_a_number_that_stands_alone_in_few_words_is_an_age(question: str, age: int | None, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age == age
