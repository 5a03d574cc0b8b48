"""Words that have another sense than the one they look like, and what stands beside a need and is none."""

from collections.abc import Sequence

import pytest

from ht_cli import locale
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.search.answering import answer
from ht_cli.search.asking import ask
from ht_cli.search.danger import urgent_lines
from ht_cli.search.reading import read_question
from ht_cli.search.wishes import Wishes


def first(question: str, language: str, lexicon: Lexicon, count: int = 5) -> list[str]:
    """Give the ids of the first results, asked as a reader of a language does."""
    with locale.speaking(language):
        query = ask(question, Wishes(), lexicon)
        return [hit.resource.id for hit in answer(query, Wishes(), lexicon, (language,), count).hits]


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("wir kriegen ein Kind, ich weine nur, Eupen", "trauma"),  # to get, and no war
        ("my chief forgets to invite me at every meeting, Mons", "dementia"),
        ("misbruik van slaappillen Kortrijk", "sexual-violence"),
        ("alcoholmisbruik Hasselt", "sexual-violence"),
        ("Missbrauch von Medikamenten Eupen", "sexual-violence"),
        ("abus de somnifères Namur", "sexual-violence"),
        ("abuse of sleeping pills Leuven", "domestic-violence"),
        ("ze spreekt alleen Turks en is depressief, Genk", "loneliness"),
        ("PMR chaise roulante, dépression, Nivelles", "disability"),  # a way in, and no need
        ("wheelchair, chronic pain, Namur", "disability"),
        ("rolstoelgebruiker met depressie, Jette", "disability"),
        ("suivi SAJ, ado de 14 ans, Mons", "child-abuse"),  # the youth service of a file
    ],
)
def test_a_word_in_another_sense_names_no_need(question: str, never: str, lexicon: Lexicon) -> None:
    assert never not in read_question(question, lexicon).needs


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("cannabisgebruik Anderlecht", "drugs"),
        ("medicatiemisbruik Roeselare", "drugs"),
        ("Cannabiskonsum Eupen", "drugs"),
        ("alcoholieker Eupen", "alcohol"),
        ("depr. Frau, 40, Eupen", "depression"),
        ("Vater vergisst alles, Demenz, Amel", "dementia"),
        ("my mum forgets things, Mons", "dementia"),
        ("paris sportifs en ligne La Louvière", "gambling"),
        ("mensenhandel Antwerpen", "trafficking"),
        ("victime de traite Liège", "trafficking"),
        ("bedplassen 7 jaar Hasselt", "parenting"),
    ],
)
def test_a_word_of_an_office_names_its_need(question: str, need: str, lexicon: Lexicon) -> None:
    assert need in read_question(question, lexicon).needs


@pytest.mark.parametrize(
    ("question", "town"),
    [
        ("hij woont in Kortrijk en werkt in Hasselt", "Kortrijk"),
        ("ik woon in Kortrijk, moeder ligt in het ziekenhuis in Leuven", "Kortrijk"),
        ("woonachtig te Halle, werkt in Brussel", "Halle"),
        ("elle habite à Ciney et travaille à Namur, burn-out", "Ciney"),
        ("wohnt in Amel, arbeitet in Eupen, Burnout", "Amel"),
        ("she lives in Mons and works in Brussels, burnout", "Mons"),
    ],
)
def test_help_is_looked_for_where_somebody_lives(question: str, town: str, lexicon: Lexicon) -> None:
    assert [place.name for place in read_question(question, lexicon).places] == [town]


@pytest.mark.parametrize("question", ["stress, how to manage it", "I cannot manage my anger"])
def test_a_verb_is_no_town(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).places == ()


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("angoissé h24, Liège", None),
        ("fatigué 7j/7 h24", None),
        ("mobiel team 2a Genk", None),
        ("crisisteam Waregem 2a", None),
        ("équipe 2a Namur", None),
        ("fille 2a Namur", 2),
        ("anorexie 17 a Wavre", 17),
        ("anorexie, ado, 17 a", 17),
        ("my husband is ill, our daughter is seven and very anxious, Namur", 7),
        ("my husband hits me, our daughter is seven, Namur", None),
    ],
)
def test_what_looks_like_an_age_and_what_is_one(question: str, age: int | None, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).age == age


def test_who_works_away_from_home_asks_for_no_monday(lexicon: Lexicon) -> None:
    assert read_question("Mann auf Montage, ich allein mit drei Kindern, Amel", lexicon).open_at == ""
    assert read_question("Psychologe Montagabend Eupen", lexicon).open_at == "monday 20:00"


@pytest.mark.parametrize(
    ("question", "languages"),
    [
        ("er spricht Arabisch und ein wenig Englisch, Trauma, St. Vith", ()),
        ("ze spreekt een beetje Engels, depressie, Gent", ()),
        ("il parle un peu français, dépression, Gent", ()),
        ("psychologue qui parle anglais, Gent", ("en",)),
    ],
)
def test_a_language_that_is_spoken_a_little_is_not_wished_for(question: str, languages: Sequence[str], lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).languages == languages


@pytest.mark.parametrize(
    ("question", "language", "wanted", "never"),
    [
        ("dove cliënte depressie Gent", "nl", "kom-even-praten", "unia"),
        ("sourde, psychologue, Namur", "fr", "la-bastide-namur", "iktic-jetique"),
        ("veuve de 72 ans, à domicile, Bastogne", "fr", "proxirelux", "cellule-perinatale-luxembourg"),
        ("petit-fils de 8 ans, énurésie, Marche", "fr", "matilda", "cellule-perinatale-luxembourg"),
        ("équipe mobile de crise adulte, Brabant wallon", "fr", "reseau-107-bw", "chs-helpline"),
        ("bang om mijn baby iets aan te doen", "nl", "kind-en-gezin-lijn", "stop-it-now-vlaanderen"),
        ("mensenhandel Antwerpen", "nl", "payoke-antwerpen", "awel-102"),
        ("victime de traite Liège", "fr", "surya-liege", "tabane-liege"),
        ("asielzoeker depressie Antwerpen", "nl", "cgg-vluchtelingen-aanspreekpunten", "payoke-antwerpen"),
        ("mariage forcé", "fr", "reseau-mariage-et-migration", "couples-et-familles-namur"),
        ("inondation, traumatisme, Pepinster", "fr", "ssm-aigs", "sos-viol"),
        ("24h/24 ligne d'écoute", "fr", "tele-accueil-107", "ecoute-ecole"),
    ],
)
def test_who_is_helped_where(question: str, language: str, wanted: str, never: str, lexicon: Lexicon) -> None:
    found = first(question, language, lexicon)
    assert wanted in found
    assert never not in found


def test_without_a_town_no_house_of_brussels_stands_before_who_can_be_called_from_anywhere(lexicon: Lexicon) -> None:
    found = first("je n'ai plus envie de rien, dépression", "fr", lexicon)
    assert found[0] == "tele-accueil-107"
    assert found[1] == "psychologues-premiere-ligne-adultes"


def test_what_is_for_an_emergency_stands_before_who_listens_in_a_nearer_language(lexicon: Lexicon) -> None:
    with locale.speaking("en"):
        query = read_question("my friend took all the pills, she is blue and breathes strangely", lexicon)
        lines = [line.id for line in urgent_lines(query, lexicon, ("en",))]
    assert lines[:2] == ["urgence-112", "antipoisons"]


def test_the_networks_of_a_province_are_those_of_its_towns(lexicon: Lexicon) -> None:
    assert set(first("Brabant wallon", "fr", lexicon, 2)) == {"archipel-bw", "reseau-107-bw"}


@pytest.mark.parametrize(
    "question",
    ["ex-policier ptsd, soignies", "ex militaire ptsd arlon", "ex-militair ptss leuven", "ex politieagent ptss gent", "ex-soldat trauma eupen", "ex-soldier ptsd ghent"],
)  # fmt: skip
def test_what_somebody_was_is_no_separation(question: str, lexicon: Lexicon) -> None:
    query = read_question(question, lexicon)
    assert (query.needs, query.unknown) == (("trauma",), ())


@pytest.mark.parametrize(
    "question", ["ex-partner gent", "ex-mann eupen", "ex-freundin eupen", "ex husband ghent", "ex-mec mons", "mon ex namur"]
)
def test_who_was_loved_is_one(question: str, lexicon: Lexicon) -> None:
    assert "separation" in read_question(question, lexicon).needs


@pytest.mark.parametrize(
    ("question", "needs"),
    [
        ("oekrainse vrouw 35 getraumatiseerd Leuven, spreekt geen nederlands", ("exile", "trauma")),
        ("oekraïense vrouw 35 getraumatiseerd Leuven, spreekt geen nederlands", ("exile", "trauma")),
        ("femme ukrainienne 35 ans traumatisée, ne parle pas français, Liège", ("exile", "trauma")),
        ("refugee boy 7 nightmares, Mechelen asylum centre", ("exile", "trauma")),
    ],
)  # fmt: skip
def test_what_is_the_matter_is_said_beside_where_somebody_comes_from(question: str, needs: tuple[str, ...], lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).needs == needs


@pytest.mark.parametrize("question", ["proche aidant epuisé mari parkinson, gembloux", "anorexie 30 kg, wavre", "magersucht 38 kg eupen"])
def test_a_word_for_a_person_or_a_unit_is_not_said_to_be_unknown(question: str, lexicon: Lexicon) -> None:
    assert read_question(question, lexicon).unknown == ()
