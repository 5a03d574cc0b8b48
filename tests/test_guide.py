"""The pages: all there in four languages, true to the catalogue, easy to read, careful in what they say."""

import re
import shlex
import sqlite3
from collections.abc import Callable

import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.guide import DIRECTORY, TOPICS, GuidePage, called, find_topic, read_foot, read_page, read_pages
from ht_cli.output.answers import say_where_to_begin
from ht_cli.output.terminal import gathering
from ht_cli.roster import COMMANDS
from ht_cli.search.asking import ask
from ht_cli.search.wishes import Wishes
from tests.conftest import BUNDLED, ROOT, Outcome

LANGUAGES = ("fr", "nl", "de", "en")
PAGES = [page for language in LANGUAGES for page in read_pages(language)]
BEGINNING = "ht find worn out brussels"  # what somebody is told who types nothing
TYPED = sorted({command for page in PAGES for command in page.commands})
# Names as the catalogue has them: what a page says in words, and the resource that it means.
NAMES = {
    "Brumenta": "brumenta", "PsyBru": "psybru", "PBSM": "pbsm", "Kalima": "kalima", "Healing Together": "healing-together",
    "Télé-Accueil": "tele-accueil-107", "Tele-Onthaal": "tele-onthaal-106", "Telefonhilfe": "telefonhilfe-108",
    "Zelfmoordlijn": "zelfmoordlijn-1813", "Centre de Prévention du Suicide": "centre-prevention-suicide", "CHS Helpline": "chs-helpline",
    "Netzwerk Mentale Gesundheit": "netzwerk-mentale-gesundheit-ostbelgien", "BTZ": "btz-ostbelgien", "Similes": "similes-wallonie",
    "Awel": "awel-102", "Écoute-Enfants": "ecoute-enfants-103", "Écoute Violences Conjugales": "ecoute-violences-conjugales",
    "Praxis": "praxis", "SéOS": "seos", "Stop it Now!": "stop-it-now-bruxelles",
}  # fmt: skip
# Flesch reading ease with the constants of each language (textstat 0.7.7: Kandel & Moles, Douma, Amstad,
# Flesch), and LIX (Björnsson), which counts no syllables: under 30 is very easy, under 40 easy. Measured: docs/guide.md.
LEAST_FLESCH = {"fr": 95, "nl": 80, "de": 70, "en": 75}
MOST_LIX = 33


def text_of(page: GuidePage) -> str:
    return page.markdown + read_foot(page)


def rows(sql: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(BUNDLED) as connection:
        return list(connection.execute(sql))


def test_every_topic_has_a_page_in_four_languages_and_no_page_is_left_over() -> None:
    wanted = {f"{language}/{name}.md" for language in LANGUAGES for name in (*TOPICS, "foot")}
    assert {str(path.relative_to(DIRECTORY)) for path in DIRECTORY.rglob("*.md")} == wanted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.language}-{page.topic}")
def test_a_page_has_a_title_ends_with_commands_and_says_what_to_do_in_an_emergency(page: GuidePage) -> None:
    assert page.title
    assert page.words
    assert page.commands
    assert page.markdown.endswith("```\n")
    assert "**112" in text_of(page) or "112.**" in text_of(page) or "112 an.**" in text_of(page)
    assert "ht urgent" in text_of(page)
    assert len(text_of(page).split()) < 330


@pytest.mark.parametrize("command", TYPED)
def test_every_command_that_a_page_offers_runs_and_finds_something(
    command: str, ht: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "true")  # `ht open` starts the program `true` instead of a browser
    program, *arguments = shlex.split(command)
    assert program == "ht"
    assert arguments[0] in COMMANDS
    outcome = ht(*arguments)
    assert outcome.exit_code == 0, outcome.err
    assert outcome.out or arguments[0] == "open"


@pytest.mark.parametrize("command", sorted({command for command in TYPED if command.startswith("ht find ")} | {BEGINNING}))
def test_an_example_is_understood_whole_and_nothing_is_asked_back(command: str, lexicon: Lexicon) -> None:
    words = shlex.split(command.partition(" --")[0])[2:]
    query = ask(" ".join(words), Wishes(), lexicon)
    assert (query.unknown, query.guesses, query.corrections) == ((), (), ())
    assert query.needs or query.offers or query.audiences or query.kinds or not words


def test_who_types_nothing_is_told_an_example() -> None:
    with gathering(80) as said:
        say_where_to_begin()
    assert "".join(said).rstrip().endswith(BEGINNING)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.language}-{page.topic}")
def test_every_number_name_and_id_on_a_page_is_in_the_catalogue(page: GuidePage) -> None:
    numbers = {national for (national,) in rows("SELECT national FROM phone JOIN resource ON id = resource WHERE status = 'active'")}
    bold = {found for part in re.findall(r"\*\*(.*?)\*\*", text_of(page)) for found in re.findall(r"\d[\d ]*\d", part)}
    networks = {"107"} if page.topic == "networks-adults" else set()
    assert bold - networks <= numbers
    ids = {identifier for (identifier,) in rows("SELECT id FROM resource WHERE status = 'active'")}
    shown = {word for command in page.commands if command.startswith(("ht show", "ht open")) for word in command.split()[2:]}
    assert shown <= ids
    names = dict(rows("SELECT id, name FROM resource"))
    for said, identifier in NAMES.items():
        if said in text_of(page):
            assert said in names[identifier]


def test_a_phone_number_is_bold_and_stands_beside_the_name_it_has_in_the_catalogue() -> None:
    known = {(national, name) for national, name in rows("SELECT national, name FROM phone JOIN resource ON id = resource")}
    for page in PAGES:
        for number, name in re.findall(r"\*\*([\d ]+)\*\* \((\D*?)\)", text_of(page)):
            assert any(number == national and name in full for national, full in known), (page.language, number, name)
        bare = re.sub(r"\*\*.*?\*\*|(?s:```.*?```)", "", page.markdown)
        assert not re.search(r"\b(?:101|102|103|106|108|112|1813|0800)\b", bare), (page.language, page.topic)


def test_a_line_that_is_said_to_answer_day_and_night_does() -> None:
    always = {
        national for (national,) in rows("SELECT p.national FROM phone p JOIN resource r ON r.id = p.resource WHERE r.hours_osm = '24/7'")
    }
    said = set()
    for language in LANGUAGES:
        said |= set(
            re.findall(
                r"\*\*([\d ]+)\*\* \([^)]*\), (?:day and night|jour et nuit|dag en nacht|Tag und Nacht)",
                read_page("emergency", language).markdown,
            )
        )
    assert said == {"02 616 26 26", "0800 32 123", "1813", "108"}
    assert said <= always


def test_107_always_says_whether_it_is_the_networks_or_the_phone_line() -> None:
    networks = r"107-[Nn]et|107 networks|[Rr]éseaux 107|[Aa]rti(?:cle|kel) 107|## 107 (?:means|veut dire|betekent|heißt)"
    line = r"(?:line|ligne|lijn|nummer) 107|107\*\* \(Télé-Accueil\)"
    for page in PAGES:
        for line_of_text in text_of(page).splitlines():
            for found in re.finditer(r"(?<!psy)107", line_of_text):
                near = line_of_text[max(0, found.start() - 25) : found.end() + 25]
                assert re.search(networks, near) or re.search(line, near), (page.language, page.topic, near)


def test_the_counts_of_networks_are_those_of_the_catalogue() -> None:
    counted = dict(rows("SELECT kind, CAST(COUNT(*) AS TEXT) FROM resource WHERE status = 'active' AND kind LIKE 'network%' GROUP BY kind"))
    for language in LANGUAGES:
        assert re.search(rf"\b{counted['network-adult']}\b", read_page("networks-adults", language).markdown)
        assert re.search(rf"\b{counted['network-youth']}\b", read_page("networks-youth", language).markdown)


def test_nothing_is_said_about_suicide_that_may_hurt() -> None:
    harmful = r"commi|se suicid|pleeg|begeh|begang|Selbstmord|method|geslaagd|réussi|gelungen|attempt"
    for page in PAGES:
        assert not re.search(harmful, text_of(page)), (page.language, page.topic)


def prose(markdown: str) -> str:
    """Give the sentences alone: no commands, references, headings and numbers."""
    text = re.sub(r"```.*?```|^## (?:Read more|Pour en lire plus|Meer lezen|Mehr lesen)\n.*?(?=^## )", "", markdown, flags=re.S | re.M)
    text = re.sub(r"^#.*$|^- |\*\*|`|\d[\d ]*", "", text, flags=re.M)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def scores(language: str) -> tuple[int, int]:
    import textstat

    textstat.set_lang(language)
    text = "\n\n".join(prose(text_of(page)) for page in PAGES if page.language == language)
    return round(textstat.flesch_reading_ease(text)), round(textstat.lix(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_easy_to_read_and_the_documentation_says_how_easy(language: str) -> None:
    flesch, lix = scores(language)
    assert flesch >= LEAST_FLESCH[language]
    assert lix <= MOST_LIX
    table = (ROOT / "docs" / "guide.md").read_text("utf-8")
    assert f"| {language} | {flesch} | {lix} |" in table, f"docs/guide.md should say: | {language} | {flesch} | {lix} |"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.language}-{page.topic}")
def test_a_page_is_found_by_its_id_and_its_title(page: GuidePage) -> None:
    assert find_topic(page.topic) == page.topic
    assert find_topic(page.title) == page.topic


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("pourquoi", "why-groups"),
        ("réseau jeunes", "networks-youth"),
        ("107", "networks-adults"),
        ("talking cirkle", "kinds-of-groups"),
        ("zelfhulp groep", "kinds-of-groups"),
        ("plattfrom", "platforms"),
        ("eltren", "networks-youth"),
        ("zelfmort", "emergency"),
        ("je suis à bout", "where-to-begin"),
        ("einsam", "not-alone"),
        ("collocation", "forced-admission"),
        ("dwangopnaem", "forced-admission"),
        ("Zwangseinweisung", "forced-admission"),
        ("sectioned", "forced-admission"),
        ("prix d'un psy", "reimbursed-psychologist"),
        ("ELP", "reimbursed-psychologist"),
        ("huissier", "debt"),
        ("je suis endetté", "debt"),
        ("schuldne", "debt"),
        ("zelfmoordpoging", "after-an-attempt"),
        ("after a suicide attempt", "after-an-attempt"),
        ("suicide", "emergency"),
        ("ma mère est malade", "ill-parent"),
        ("mama is ziek", "ill-parent"),
        ("je frappe ma femme", "hurting-others"),
        ("ich schlage meine Frau", "hurting-others"),
        ("i hit my wife", "hurting-others"),
        ("mon mari est violent", "emergency"),
        ("mijn man slaat mij", "emergency"),
        ("he hits me", "emergency"),
    ],
)
def test_a_topic_is_understood_in_four_languages_and_misspelt(typed: str, topic: str) -> None:
    assert find_topic(typed) == topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_prices_and_the_years_they_are_of_are_the_same_in_each_language(language: str) -> None:
    said = read_page("reimbursed-psychologist", language).markdown
    assert re.search(r"2[.,]50", said)
    assert {"23", "24", "11", "4", "8", "10", "20", "15", "2024", "2021"} <= set(re.findall(r"\d+", said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_on_the_law_says_its_new_words_the_old_ones_and_what_was_not_read(language: str) -> None:
    said = read_page("forced-admission", language).markdown
    new = {"nl": "beschermende observatiemaatregel"}.get(language, "mesure d'observation protectrice")
    old = {"nl": "collocatie", "de": "Zwangseinweisung"}.get(language, "mise en observation")
    assert new in said
    assert old in said
    assert {"fr": "n'avons pas lu", "nl": "niet de hele wet", "de": "nicht das ganze Gesetz", "en": "not read the whole law"}[
        language
    ] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_hurt_is_sent_on_from_the_page_for_whoever_hurts(language: str) -> None:
    assert "`ht urgent`" in read_page("hurting-others", language).markdown


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_a_page_is_named_by_a_word_of_the_language_that_finds_it(language: str, ht: Callable[..., Outcome]) -> None:
    names = [called(page) for page in read_pages(language)]
    assert [find_topic(name) for name in names] == list(TOPICS)
    assert sum(name == topic for name, topic in zip(names, TOPICS, strict=True)) <= (1 if language != "en" else len(TOPICS))
    for said in (ht("guide", "--list", "--format", "table", "--locale", language).out, ht("guide", "--locale", language).out):
        assert all(name in said for name in names)
    assert ", ".join(names) in ht("guide", "qqqqqq", "--locale", language).err
    assert [line.split("\t")[0] for line in ht("guide", "--list", "--locale", language).out.splitlines()[1:]] == list(TOPICS)
