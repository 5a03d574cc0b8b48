import csv
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ht_cli import locale
from ht_cli.catalogue.facts.municipalities import read_municipality
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.hearing.ears import Heard
from ht_cli.model import Place
from ht_cli.search.danger import LEVELS
from ht_cli.search.question import MOST_WORDS
from ht_cli.search.ranking import Asker, rank
from ht_cli.search.reading import read_question
from ht_cli.search.text import key
from ht_cli.search.weighing import weigh_needs
from tests.conftest import ROOT

ASKER = Asker(("fr", "nl", "de", "en"))
WORDS = st.sampled_from(
    [
        "ado",
        "anxieux",
        "liege",
        "burnout",
        "namur",
        "rouw",
        "gent",
        "alcool",
        "spa",
        "mol",
        "angst",
        "14",
        "ans",
        "ma",
        "fille",
        "gratuit",
        "groupe",
        "trauer",
        "eupen",
    ]
)


def examples(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "examples" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def spellings_of(place: Place) -> set[str]:
    """Every spelling under which a place, or another place in the same municipality, is found."""
    sql = (
        "SELECT COALESCE(shown, key) FROM form JOIN meaning ON number = meaning JOIN place ON place.id = CAST(ref AS INTEGER)"
        " WHERE meaning.kind = 'place' AND (place.id = ? OR (place.nis = ? AND place.nis <> ''))"
    )
    with open_catalogue() as connection:
        return {shown for (shown,) in connection.execute(sql, (place.id, place.nis))}


def understood(row: dict[str, str], lexicon: Lexicon) -> bool:
    """Whether the town, the need and the audience that a person reads are among what was read."""
    query = read_question(row["query"], lexicon)
    towns = {place.name for place in query.places}
    for place in query.places:
        towns |= spellings_of(place)
    audiences = {*query.audiences, *(a for relation in query.relations for a in lexicon.fits("relations", relation))}
    facets = (("city", towns), ("need", set(query.needs)), ("audience", audiences))
    if not row["city"] and query.places:
        return False
    return all(not row[facet] or set(row[facet].split("|")) & found for facet, found in facets)


def test_at_least_75_of_the_80_intents_are_understood(lexicon: Lexicon) -> None:
    missed = [row["query"] for row in examples("intents.tsv") if not understood(row, lexicon)]
    assert len(examples("intents.tsv")) - len(missed) >= 75, missed


@pytest.mark.parametrize(
    ("question", "danger"),
    [
        ("je veux mourir", "suicide"), ("jveux mourir", "suicide"), ("ik wil niet meer leven", "suicide"), ("ich will sterben", "suicide"),
        ("wants to kill herself", "suicide"), ("mon mari me frappe", "partner-violence"), ("hij slaat mij", "partner-violence"), ("er schlägt mich", "partner-violence"),
        ("my husband hits me", "partner-violence"), ("ma fille se scarifie", "self-harm"), ("snijdt zichzelf", "self-harm"),
        ("mon père me frappe", "child-abuse"), ("slaat zijn kinderen", "child-abuse"), ("touches my daughter", "child-abuse"),
    ],
)  # fmt: skip
def test_danger_is_heard_in_every_language(question: str, danger: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.danger.level == "alarm"
    assert danger in query.danger.kinds


@pytest.mark.parametrize(
    "question", ["mort de fatigue", "mourir de rire", "hij slaat de bal", "ik slaap slecht", "meine Tochter will nicht mehr essen"]
)
def test_harmless_words_are_no_danger(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).danger.level != "alarm"


@pytest.mark.parametrize(
    ("question", "danger"),
    [
        ("femme 62 ans Thuin suicidaire depuis le décès du mari", "suicide"), ("man 52 Ninove dronken en suicidaal op de spoed", "suicide"),
        ("Mann 48 Amel suizidal, Hund weggegeben", "suicide"), ("man 52 Waterloo suicidal after divorce", "suicide"),
        ("éleveur 61 ans Couvin, saisie, a parlé de se pendre", "suicide"), ("étudiant 19 ans Ath se scarifie", "self-harm"),
    ],
)  # fmt: skip
def test_a_plain_word_of_danger_in_a_note_about_a_client_raises_the_alarm(question: str, danger: str, lexicon: Lexicon) -> None:
    found = read_question(question, lexicon).danger
    assert (found.level, danger in found.kinds) == ("alarm", True)


@pytest.mark.parametrize(
    "question",
    [
        "homme 40 ans Mons se tue au travail, burn out", "man 60 kortrijk maakt er een eind aan met roken",
        "femme 45 ans Namur, mère suicidée quand elle avait dix ans, dépression", "woman 40 Ghent wants training on suicide prevention",
        "vrouw 50 gent broer pleegde zelfmoord in 2001, wil nu praten over rouw", "Frau 50 Eupen liest ein Buch über Suizid, Trauergruppe",
    ],
)  # fmt: skip
def test_a_figure_of_speech_or_a_danger_long_past_raises_none_in_a_note_either(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).danger.level != "alarm"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("PhD student Leuven panic, no Dutch", ()), ("woman Gent sad, speaks no French or Dutch, some English", ("en",)),
        ("homme 40 ans Namur ne parle pas bien français", ()), ("vrouw 30 Gent angst, spreekt geen nederlands", ()),
        ("Frau aus Syrien spricht kein Deutsch, Eupen, Angst", ()), ("client Ixelles angoisse, ne parle ni français ni néerlandais", ()),
        ("dame Liège dépression, ne parle que le néerlandais", ("nl",)), ("no money, Brussels, depressed, speaks English", ("en",)),
        ("Deutsch spricht sie kaum, wer hilft, Eupen", ()), ("he stopped his French classes and stays in bed, Leuven", ()),
        ("il ne va plus à ses cours de néerlandais, Namur", ()),
    ],
)  # fmt: skip
def test_a_language_that_somebody_does_not_speak_is_not_wished_for(question: str, wanted: tuple[str, ...], lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).languages == wanted


def test_what_is_surely_heard_comes_before_another_sense_of_the_words_though_every_word_was_read(lexicon: Lexicon) -> None:
    assert read_question("man 40 antwerpen bang dat hij iets met kinderen doet", lexicon).needs[0] == "fear-of-harming"
    assert read_question("kinderen Hasselt", lexicon).needs == ()


def test_a_word_of_violence_said_by_who_does_it_names_no_need_of_who_is_hit() -> None:
    doing = Heard(needs=(("fear-of-harming", 0.37), ("domestic-violence", 0.24), ("-", 0.2)))
    harmed = Heard(needs=(("domestic-violence", 0.37), ("fear-of-harming", 0.3), ("-", 0.2)))
    assert weigh_needs(["domestic-violence"], doing, few=False, all_read=False)[0][0] == "fear-of-harming"
    assert weigh_needs(["domestic-violence"], harmed, few=False, all_read=False)[0][0] == "domestic-violence"


def test_a_diagnosis_that_is_said_comes_before_what_is_only_heard(lexicon: Lexicon) -> None:
    assert read_question("fille 11 ans TDAH Arlon parents cherchent groupe", lexicon).needs[0] == "adhd"


def test_the_profession_of_a_client_of_an_age_does_not_make_the_help_one_for_professionals(lexicon: Lexicon) -> None:
    assert "professionals" not in read_question("infirmière 44 ans Charleroi burn out, harcelée par sa chef", lexicon).audiences


@pytest.mark.parametrize("question", ["xyzzy qwrtplk", "zzzz", "!!!", "asdfgh jklm"])
def test_gibberish_means_nothing(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert not query.facets
    assert not query.names


SPOKEN_OF = {  # the dangers that the examples name in their older words
    "violence": {"partner-violence", "sexual-violence", "threat", "elder-abuse", "child-abuse"}, "child-danger": {"child-abuse", "sexual-violence"},
    "poisoning": {"overdose", "suicide"},
}  # fmt: skip


def alarmed(question: str, lexicon: Lexicon) -> tuple[bool, set[str]]:
    """Whether the lines to call come first, and the dangers for which they are given."""
    danger = read_question(question, lexicon).danger
    return danger.level == "alarm", set(danger.kinds)


def test_at_least_98_of_a_hundred_cries_for_help_are_heard(lexicon: Lexicon) -> None:
    cries = [row for row in examples("danger.tsv") if row["danger"]]
    missed = []
    for row in cries:
        heard, dangers = alarmed(row["question"], lexicon)
        spoken_of = {one for danger in row["danger"].split("|") for one in SPOKEN_OF.get(danger, {danger})}
        if not heard or not dangers & spoken_of:
            missed.append(row["question"])
    assert len(missed) <= 0.02 * len(cries), missed


def test_at_least_95_of_a_hundred_harmless_sayings_raise_no_alarm(lexicon: Lexicon) -> None:
    sayings = [row["question"] for row in examples("danger.tsv") if not row["danger"]]
    alarms = [question for question in sayings if alarmed(question, lexicon)[0]]
    assert len(alarms) <= 0.05 * len(sayings), alarms


def as_spoken(row: dict[str, str], lexicon: Lexicon) -> bool:
    """Whether town, need and age are read as a person reads them; "none" is no town, "abroad" one outside Belgium."""
    query = read_question(row["question"], lexicon)
    towns = {place.nis or place.code for place in query.places}
    if row["town"] in ("none", "abroad"):
        right_town = not towns and (row["town"] == "none" or bool(query.abroad))
    else:
        right_town = not row["town"] or bool(towns & set(row["town"].split("|")))
    needs = {*query.needs, *(need for danger in query.danger.kinds for need in lexicon.fits("dangers", danger))}
    return right_town and (not row["need"] or bool(needs & set(row["need"].split("|")))) and row["age"] in ("", str(query.age))


def test_at_least_96_of_a_hundred_spoken_questions_are_understood(lexicon: Lexicon) -> None:
    rows = examples("spoken.tsv")
    missed = [row["question"] for row in rows if not as_spoken(row, lexicon)]
    assert len(missed) <= 0.04 * len(rows), missed


def test_no_big_town_is_taken_for_a_word(lexicon: Lexicon) -> None:
    for town in (
        "Liège",
        "Gent",
        "Namur",
        "Antwerpen",
        "Charleroi",
        "Brugge",
        "Eupen",
        "Mons",
        "Leuven",
        "Hasselt",
        "Verviers",
        "Kortrijk",
    ):
        assert not any(form.risky for form in lexicon.forms([key(town)]) if form.kind == "place"), town


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=80))
def test_any_text_is_a_valid_question(text: str) -> None:
    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        query = read_question(text, lexicon)
        found = rank(query, lexicon, ASKER, 5)
    assert query.text == text
    assert query.danger.level in LEVELS
    assert len({candidate.cell.resource for candidate in found}) == len(found) <= 5
    assert [candidate.points for candidate in found] == sorted((candidate.points for candidate in found), reverse=True)
    assert query.facets or query.names or not found  # of what is not understood, nothing is an answer


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_case_and_accents_never_change_the_answer(words: list[str]) -> None:
    text = " ".join(words)
    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        plain, shouted = (rank(read_question(t, lexicon), lexicon, ASKER, 10) for t in (text, text.upper()))
    assert [c.cell.resource for c in plain] == [c.cell.resource for c in shouted]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(1, 30))
def test_a_longer_list_begins_with_the_shorter_one(words: list[str], limit: int) -> None:
    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        query = read_question(" ".join(words), lexicon)
        shorter, longer = rank(query, lexicon, ASKER, limit), rank(query, lexicon, ASKER, limit + 1)
    assert [(c.cell.resource, c.points) for c in longer[:limit]] == [(c.cell.resource, c.points) for c in shorter]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.tuples(
        st.sampled_from(["liège", "gent", "eupen", "bruxelles", "namur", "4000"]),
        st.sampled_from(["burnout", "deuil", "depressie", "angst", "addiction", "grief", "schizophrenia"]),
        st.sampled_from(["adolescents", "kinderen", "parents", "students", "senioren"]),
        st.sampled_from(["gratuit", "online", "groupe de parole", "praatgroep", "helpline"]),
    ).flatmap(lambda words: st.tuples(st.just(words), st.permutations(words)))
)
def test_the_order_of_words_never_loses_a_hit(orders: tuple[tuple[str, ...], list[str]]) -> None:
    with open_catalogue() as connection:
        lexicon = Lexicon(connection)
        found = [rank(read_question(" ".join(words), lexicon), lexicon, ASKER, 10_000) for words in orders]
    first, second = ([candidate.cell.resource for candidate in candidates] for candidates in found)
    assert first == second


def test_the_networks_of_a_town_are_read_with_it() -> None:
    with open_catalogue() as connection:
        municipality = read_municipality(connection, "62063")
    assert municipality is not None
    assert municipality.network_youth == "realism"


@pytest.mark.parametrize("question", ["4000 liege", "psy liege 4000", "1000 bruxelles", "9000 gent rouw", "4700 eupen angst"])
def test_a_town_said_with_its_postcode_is_one_town_and_wholly_understood(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert len(query.places) == 1
    assert query.unknown == ()


@pytest.mark.parametrize("typed", ["02 648 40 14", "02/648.40.14", "+32 2 648 40 14", "0032 2 648 40 14", "(02) 648 40 14"])
def test_a_phone_number_finds_who_has_it(lexicon: Lexicon, typed: str) -> None:
    query = read_question(typed, lexicon)
    assert "chs-helpline" in lexicon.ids(list(query.names)).values()
    assert query.unlisted == ()
    assert query.danger.level == "none"


@pytest.mark.parametrize("typed", ["081 99 71 00", "081/997100", "+32 81 99 71 00"])
def test_a_number_that_nobody_has_is_said_and_its_figures_are_no_postcode(lexicon: Lexicon, typed: str) -> None:
    query = read_question(f"angst namur {typed}", lexicon)
    assert query.unlisted == (typed,)
    assert [place.name for place in query.places] == ["Namur"]
    assert query.unknown == ()
    alone = read_question(typed, lexicon)
    assert (alone.unlisted, alone.facets, alone.danger.level) == ((typed,), False, "none")


def test_of_a_text_of_hostile_length_no_more_numbers_are_looked_up_than_words_are_read(lexicon: Lexicon) -> None:
    query = read_question(" ".join(f"0471/{number:06d}" for number in range(10_000)), lexicon)
    assert len(query.unlisted) == MOST_WORDS
    assert query.cut == 10_000 - 2 * MOST_WORDS  # as many words as numbers are read


def test_a_date_is_no_phone_number(lexicon: Lexicon) -> None:
    assert read_question("01/02/2026 angst", lexicon).unlisted == ()


@pytest.mark.parametrize("question", ["enfant de 9 ans", "kind van 9 jaar"])
def test_a_few_words_that_say_for_whom_help_is_asked_name_no_need(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.age == 9
    assert (query.needs, query.danger.level == "alarm") == ((), False)


@pytest.mark.parametrize(
    ("question", "town", "misspelt"),
    [
        ("This morning I stood at the edge of the platform in {} and a lady pulled me back by my coat", "Ottignies", "Ottiignies"),
        ("depuis {} mon mari compte chaque euro et me pousse contre le mur", "Charleroi", "Charlroi"),
        ("mijn zoon zit in {} op kot en eet al weken bijna niets meer", "Antwerpen", "Antwerpn"),
    ],
)
def test_a_slip_in_the_name_of_a_town_changes_nothing_that_is_heard(question: str, town: str, misspelt: str, lexicon: Lexicon) -> None:
    right, wrong = (read_question(question.format(name), lexicon) for name in (town, misspelt))
    assert [place.nis for place in wrong.places] == [place.nis for place in right.places] != []
    assert (wrong.needs, wrong.heard, wrong.danger) == (right.needs, right.heard, right.danger)


@pytest.mark.parametrize(
    "note",
    [
        "Geen suïcidale gedachten, geen zelfverwonding, wel slaapproblemen, Hasselt",
        "Keine Suizidgedanken, keine Selbstverletzung, aber Schlafstörungen, Eupen",
        "No suicidal thoughts, no self-harm, just insomnia, Ixelles",
        "pas d'idées suicidaires, pas d'automutilation, dort mal, Namur",
    ],
)
def test_what_a_note_says_is_not_there_is_no_need(note: str, lexicon: Lexicon) -> None:
    query = read_question(note, lexicon)
    assert query.danger.level != "alarm"
    assert not {"suicide", "self-harm"} & set(query.needs)


def test_a_doctor_of_whom_somebody_speaks_is_not_for_whom_help_is_asked(lexicon: Lexicon) -> None:
    passing = "mijn huisarts zegt dat ik moet rusten maar ik slaap al weken niet meer en de kinderen wenen"
    own = "ik ben huisarts in Gent en ik kan de wachtdiensten niet meer aan, ik slaap niet meer"
    assert "professionals" not in read_question(passing, lexicon).audiences
    assert "doctors" in read_question(own, lexicon).audiences
    assert "doctors" not in read_question(passing, lexicon).audiences


@pytest.mark.parametrize(
    ("question", "needs"),
    [
        ("CAW cliënt dakloos met psychose Molenbeek NL", ("homelessness", "psychosis")), ("CAW Gent cliënte 42 depressie", ("depression",)),
        ("CPAS client psychotique sdf mons", ("psychosis", "homelessness")), ("CPAS Mons, client de 40 ans alcool", ("alcohol",)),
    ],
)  # fmt: skip
def test_the_organisation_that_writes_of_a_client_is_not_looked_for(question: str, needs: tuple[str, ...], lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert ({*query.needs}, query.names) == ({*needs}, {})
    assert query.places


@pytest.mark.parametrize("question", ["CAW Gent", "caw gent schulden", "cpas mons dettes"])
def test_an_organisation_without_a_client_is_looked_for(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.names or "debt" in query.needs


@pytest.mark.parametrize(
    "question",
    ["huisarts zoekt mobiel crisisteam Eeklo", "médecin cherche équipe mobile namur", "burnout leerkracht Lommel groepje of praatgroep"],
)
def test_a_professional_who_looks_for_a_team_or_is_worn_out_asks_for_no_help_for_professionals(question: str, lexicon: Lexicon) -> None:
    assert "professionals" not in read_question(question, lexicon).audiences


@pytest.mark.parametrize("question", ["trouver psy pas cher à linkebeek en francais", "psy linkebeek pas cher francophone"])
def test_a_language_of_the_country_that_is_asked_for_is_no_sign_of_an_exile(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.languages == ("fr",)
    assert "exile" not in query.needs


@pytest.mark.parametrize("question", ["depressie luik NL", "angst Waver, nl", "kot eenzaam luik (NL)"])
def test_the_code_of_a_language_asks_for_it(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert (query.languages, query.unknown) == (("nl",), ())


def test_a_country_of_a_story_is_not_where_help_is_looked_for(lexicon: Lexicon) -> None:
    story = "mes parents m'ont pris un billet pour le Maroc cet été, ils ont déjà choisi mon mari"
    assert read_question(story, lexicon).abroad == ""
    assert read_question("psychologue Maroc", lexicon).abroad == "Maroc"


@pytest.mark.parametrize(
    ("question", "kind", "meant"),
    [
        ("l'usine a fermé, je suis au chômage", "audiences", ()), ("he came back to live with us", "needs", None),
        ("burned out, my Dutch is not good, Gent", "languages", ()), ("je ne veux pas d'hôpital pour lui", "offers", ()),
    ],
)  # fmt: skip
def test_a_word_of_another_sense_and_what_is_not_wanted_are_left_out(
    question: str, kind: str, meant: tuple[str, ...] | None, lexicon: Lexicon
) -> None:
    query = read_question(question, lexicon)
    if meant is None:
        assert "drugs" not in query.needs
    else:
        assert not {"farmers", "nl", "hospital"} & set(getattr(query, kind))


@pytest.mark.parametrize(
    ("question", "minor"),
    [
        ("mon frère dit que les enfants seront mieux sans lui, il a sorti le fusil de chasse", False),
        ("my ex sends me pictures of a knife and says he will find me and the kids", False),
        ("mon fils de 9 ans dit qu'il veut mourir", True),
    ],
)
def test_children_who_are_only_spoken_of_are_not_those_who_need_help(question: str, minor: bool, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).minor == minor


@pytest.mark.parametrize(
    ("question", "kind", "term"),
    [
        ("ich kann nicht schlafen", "relations", "relative"), ("meine Tochter will nicht essen", "relations", "relative"),
        ("ik wil enkel praten", "audiences", "children"), ("rollstuhlgerechte Praxis, Angst", "needs", "anger"),
        ("she is so kind but lonely", "audiences", "children"), ("rue de la Station à Ath, deuil", "offers", "hospital"),
        ("rue de la Station à Ath, deuil", "needs", "homelessness"),
    ],
)  # fmt: skip
def test_a_word_that_means_something_in_another_language_alone_means_nothing(question: str, kind: str, term: str, lexicon: Lexicon) -> None:
    assert term not in getattr(read_question(question, lexicon), kind)


def test_a_small_word_of_another_language_hides_no_meaning(lexicon: Lexicon) -> None:
    query = read_question("my 38 year old son is psychotic", lexicon)
    assert (query.relations, query.age) == (("child",), 38)


@pytest.mark.parametrize(
    ("question", "kind", "term"),
    [
        ("meine Mutter sucht eine Therapeutin", "needs", "alcohol"), ("er sucht Streit", "needs", "alcohol"),
        ("j'élève seule mes deux enfants", "relations", "pupil-client"), ("ich arbeite für das Krankenhaus und bin müde", "offers", "hospital"),
        ("je cours partout du matin au soir", "needs", "school"), ("mama weent en ik moet koken", "offers", "workshop"),
        ("OCMW Gent: man hoort stemmen en wil geen dokter", "needs", "debt"), ("slagen voor mijn examen", "needs", "domestic-violence"),
        ("iemand om mee te klappen", "needs", "domestic-violence"), ("je suis mort de honte", "needs", "grief"),
        ("tous les jours je pleure", "audiences", "everyone"), ("ma fille est bonne élève", "relations", "pupil-client"),
        ("I work for a school and I am burnt out", "needs", "school"), ("je travaille pour la justice et je suis vidée", "needs", "justice"),
    ],
)  # fmt: skip
def test_a_verb_is_no_noun_and_where_somebody_works_is_not_what_they_look_for(
    question: str, kind: str, term: str, lexicon: Lexicon
) -> None:
    assert term not in getattr(read_question(question, lexicon), kind)


def test_the_noun_that_is_also_a_verb_is_read(lexicon: Lexicon) -> None:
    assert "alcohol" in read_question("Sucht Eupen", lexicon).needs
    assert "pupil-client" in read_question("élève qui se scarifie, Liège", lexicon).relations
    assert "debt" in read_question("ocmw gent", lexicon).needs
    assert "school" in read_question("les cours à l'université me dépassent", lexicon).needs


@pytest.mark.parametrize(
    ("question", "town"),
    [("deuil à Hal, en français", "Halle"), ("psycholoog Lier, de dokter stuurt mij", "Lier"), ("Halen rouw", "Halen")],
)
def test_a_town_is_not_joined_with_a_small_word_or_over_a_comma(question: str, town: str, lexicon: Lexicon) -> None:
    assert [place.code for place in read_question(question, lexicon).places] == [
        place.code for place in read_question(town, lexicon).places
    ]


def test_a_profession_asks_for_professionals_only_of_who_speaks(lexicon: Lexicon) -> None:
    assert "professionals" not in read_question("mon père est médecin et alcoolique", lexicon).audiences
    assert "professionals" in read_question("je suis infirmière et je cherche une supervision, Liège", lexicon).audiences
    assert "professionals" not in read_question("je suis infirmière et je fais un burn-out, Liège", lexicon).audiences  # as anybody


@pytest.mark.parametrize("question", ["ich will mich umbrigen", "jen ai marre de vivr", "i want to kil myslef"])
def test_danger_is_heard_in_misspelt_words_that_nobody_is_shown_mended(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.danger.level == "alarm"
    assert query.danger.kinds[0] == "suicide"
    assert query.corrections == ()


@pytest.mark.parametrize("question", ["psychologue gratuit le dimanche soir à Namur", "free therapist on Sunday evening in Brussels"])
def test_a_day_is_asked_for_whatever_articles_stand_beside(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).open_at == "sunday 20:00"


def test_a_day_of_a_story_is_not_asked_for(lexicon: Lexicon) -> None:
    assert read_question("il est parti dimanche et je suis seule", lexicon).open_at == ""


def test_a_language_that_is_asked_for_is_no_need(lexicon: Lexicon) -> None:
    assert read_question("psycholoog die Arabisch spreekt Brussel", lexicon).needs == ()


@pytest.mark.parametrize("question", ["psychologue couple le soir ou le samedi, Schaerbeek", "psycholoog avondconsultatie Gent"])
def test_a_wish_for_evenings_or_saturdays_is_said_not_to_be_known_and_is_no_moment(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert (query.not_used, query.open_at) == (("evenings-weekends",), "")


@pytest.mark.parametrize(
    ("question", "audience"),
    [("moeder overleden, Gent", "parents"), ("kind overleden Gent", "children"), ("stilgeboren kindje Hasselt", "children")],
)
def test_who_died_is_not_who_needs_help(question: str, audience: str, lexicon: Lexicon) -> None:
    assert audience not in read_question(question, lexicon).audiences


def test_the_parents_of_a_child_that_died_are_who_needs_help_and_a_comma_ends_the_loss(lexicon: Lexicon) -> None:
    assert "parents" in read_question("kind overleden Gent", lexicon).audiences
    assert read_question("mama overleden, dochter 15, Gent", lexicon).age == 15


def test_the_illness_within_a_phrase_for_relatives_is_meant_too(lexicon: Lexicon) -> None:
    assert "psychosis" in read_question("zoon met psychose, lotgenoten, Leuven", lexicon).needs


def test_what_is_not_wanted_is_not_asked_for(lexicon: Lexicon) -> None:
    query = read_question("Namur, dépression, pas un groupe", lexicon)
    assert (query.offers, query.kinds) == ((), ())


@pytest.mark.parametrize(
    ("question", "carer"),
    [
        ("femme 40 dépressive", False),
        ("Frau 40 depressiv", False),
        ("man 52 met depressie gent", False),
        ("femme bipolaire namur", False),
        ("ma femme est dépressive", True),
        ("mijn man met depressie", True),
        ("mein Mann ist depressiv", True),
    ],
)
def test_a_man_or_a_woman_of_a_note_is_the_client_and_mine_is_cared_for(question: str, carer: bool, lexicon: Lexicon) -> None:
    assert ("caregiving" in read_question(question, lexicon).needs) is carer


@pytest.mark.parametrize(
    ("question", "audience"),
    [
        ("maman solo 3 enfants épuisée Seraing", "parents"),
        ("vrouw 34, 3 kinderen, somber, gent", "parents"),
        ("three kids, cannot sleep, Leuven", "parents"),
        ("vechtscheiding antwerpen twee kinderen 6 en 9", "children"),
    ],
)
def test_children_who_are_only_counted_are_those_of_who_needs_help(question: str, audience: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert audience in query.audiences
    assert {"parents": "children", "children": "parents"}[audience] not in query.audiences
    assert not {"3", "three", "twee"}.intersection(query.unknown)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("ma copine vérifie dix fois la porte, on part jamais à l'heure", ()),
        ("hart bonst in mijn keel, paniek", ()),
        ("L'Escaillère burnout", ("L'Escaillère",)),
        ("elle a avalé toute la boîte il y a une heure", ()),
        ("elle est partie il y a deux heures", ()),
        ("anxiété, Heure", ("Heure",)),
    ],
)
def test_an_expression_is_no_village(question: str, unknown: tuple[str, ...], lexicon: Lexicon) -> None:
    assert tuple(place.name for place in read_question(question, lexicon).places) == unknown


def test_two_words_are_no_other_one_written_apart(lexicon: Lexicon) -> None:
    query = read_question("elle a été battue par son ex il y a 25 ans", lexicon)
    assert "exile" not in query.needs
    assert not query.names


def test_words_that_were_not_understood_keep_their_accents(lexicon: Lexicon) -> None:
    assert read_question("burnout, mais pas à Liège", lexicon).unknown == ("liège",)


def test_an_ordinary_word_that_tells_nothing_calls_no_line(lexicon: Lexicon) -> None:
    assert read_question("dépression lampe Namur", lexicon).danger.level == "none"
    assert read_question("dépression brzzlk Namur", lexicon).danger.level == "quiet"


@pytest.mark.parametrize(
    "question", ["psychologue", "psycholoog", "Psychologe", "psychologist", "psycholoog kind", "psychologue enfant wavre"]
)
def test_a_profession_that_is_understood_is_no_reason_for_a_quiet_word_nor_a_guess(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert (query.danger.level, query.guesses) == ("none", ())


@pytest.mark.parametrize("question", ["mevrouw Peeters, angst, Gent", "Mr Lonely, anxiety, Leuven", "Frau 28 sucht Psychologen, Kelmis"])
def test_a_name_behind_a_title_and_a_verb_are_not_left_aside(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert query.unknown == ()
    assert query.danger.level == "none"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("je suis une femme de 40 ans", False),
        ("ik ben een man van 29", False),
        ("es geht um eine Frau von 36", False),
        ("je suis une femme de 40 ans et je ne veux plus", True),
        ("ik ben een vrouw van 40 en kan niet meer", True),
    ],
)
def test_who_only_says_who_they_are_asks_for_nothing(question: str, asked: bool, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert bool(query.needs or query.guesses or query.danger.level != "none") or not asked
    assert asked or (not query.needs and query.danger.level != "alarm")


@pytest.mark.parametrize(("language", "spoken"), [("nl", ()), ("de", ("de",))])
def test_words_that_are_all_of_the_readers_language_too_are_the_readers(language: str, spoken: tuple[str, ...], lexicon: Lexicon) -> None:
    locale.activate(["--locale", language], os.environ)
    assert set(read_question("angst gent", lexicon).spoken) <= {language, *spoken}


@pytest.mark.parametrize(("typed", "shown"), [("burnouw", "burn-out"), ("depresif", "dépressif"), ("verslavng", "verslaving")])
def test_a_slip_is_not_mended_into_another_slip_that_the_vocabulary_knows(typed: str, shown: str, lexicon: Lexicon) -> None:
    assert read_question(f"{typed} namur", lexicon).corrections == ((typed, shown),)


@pytest.mark.parametrize("question", ["VLOCO", "SPIL", "VLOCO Kortrijk", "SPIL Namur", "Hilfe SPIL Eupen"])
def test_an_abbreviation_that_no_list_knows_is_not_understood_and_no_need(lexicon: Lexicon, question: str) -> None:
    query = read_question(question, lexicon)
    assert (query.needs, query.heard, query.guesses) == ((), (), ())
    assert query.unknown


@pytest.mark.parametrize(("question", "need"), [("angst DEPRSSIE gent", "depression"), ("ADHD Namur", "adhd"), ("IK HEB STRES", "stress")])
def test_a_slip_in_capitals_and_a_known_abbreviation_are_understood(lexicon: Lexicon, question: str, need: str) -> None:
    assert need in read_question(question, lexicon).needs


def test_a_short_abbreviation_finds_whose_name_holds_it(lexicon: Lexicon) -> None:
    assert set(lexicon.ids([*read_question("KOC", lexicon).names]).values()) == {"caw-koc-heverlee"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Houdeng dépression", [("houdeng", "Houdeng-Aimeries")]),
        ("Gent", []),
        ("Sinaai", []),
        ("Jemelle", []),
    ],
)
def test_a_shortened_village_is_said_to_be_guessed(lexicon: Lexicon, question: str, said: list[tuple[str, str]]) -> None:
    assert list(read_question(question, lexicon).corrections) == said
