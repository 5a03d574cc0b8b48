"""The page that is searched, in a real Chromium, opened from a file as from a USB stick."""

import base64
import hashlib
import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ht_cli import locale
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.finder import OWNERS, findable, levelled
from ht_cli.catalogue.index.finder import rules as rules_of_find
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.exchange.finder import EXPLAINED, SCRIPT, SPACED, _answers, script_sent
from ht_cli.hearing.ears import Heard
from ht_cli.model import LANGUAGES, Resource
from ht_cli.search import reading
from ht_cli.search.answering import answer
from ht_cli.search.asking import ask
from ht_cli.search.referral import RULES
from ht_cli.search.wishes import Wishes
from tests.browser import browsing, faults_of_html, overflow_now, printed_now, requests_so_far, violations_of
from tests.conftest import BUNDLED, program
from tests.exchange.asking import Judge, exported, typed

pytestmark = pytest.mark.xdist_group("finder")  # what they share is made once

LARGEST = 1_500_000  # bytes: a page that is sent by mail and opens on an old computer


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    return {language: exported(folder, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def browser(pages: dict[str, Path]) -> Iterator[Any]:
    with browsing(pages["fr"]) as driver:
        yield driver


@pytest.fixture(autouse=True)
def nothing_typed(request: pytest.FixtureRequest) -> None:
    if "browser" in request.fixturenames:
        driver = request.getfixturevalue("browser")
        driver.execute_script("document.getElementById('finder').reset()")
        typed(driver, "")


def chosen(driver: Any, field: str, value: str) -> None:
    """Set a filter as a person would."""
    script = """
    const field = document.querySelector(`#finder [name=${arguments[0]}]`);
    if (field.type === "checkbox") field.click();
    else { field.value = arguments[1]; field.dispatchEvent(new Event("input", { bubbles: true })); }
    """
    driver.execute_script(script, field, value)


def shown_now(driver: Any) -> list[str]:
    links = driver.execute_script("return [...document.querySelectorAll('#hits h3 a')].map((link) => link.getAttribute('href').slice(3))")
    return list(links)


def facts_of(identifiers: list[str]) -> list[Resource]:
    from ht_cli.catalogue.facts.reading import read_resources

    with open_catalogue() as connection:
        return read_resources(connection, identifiers)


def test_the_page_of_todays_catalogue_is_small_enough_in_each_language(pages: dict[str, Path]) -> None:
    assert {language: page.stat().st_size for language, page in pages.items() if page.stat().st_size > LARGEST} == {}


def test_of_fifty_open_questions_the_right_one_is_among_the_first_five_for_85_percent(pages: dict[str, Path]) -> None:
    with open_catalogue() as connection:
        judge = Judge(Lexicon(connection), connection)
        asked = judge.fifty()
        assert len(asked) == 50
        missed = []
        for language in LANGUAGES:
            with browsing(pages[language]) as driver:
                for question in asked:
                    if question.language == language and (wrong := question.wrong(typed(driver, question.text))):
                        missed.append((question.text, wrong))
    assert len(asked) - len(missed) >= 43, missed


@pytest.mark.parametrize(
    ("text", "said", "first"),
    [
        ("alcool mons", "Mons · alcool", "projet-freedom-mons"),
        ("ALCOHOL bergen", "Mons · alcool", "projet-freedom-mons"),
        ("alcol Mons", "Mons · alcool. alcol → alcool", "projet-freedom-mons"),
        ("7000 Alkohol", "Mons · alcool", "projet-freedom-mons"),
        ("rouwgroep tournai", "Tournai · deuil", "we-have-the-choice"),
        ("similles wallonie", "", "similes-wallonie"),
        ("telé acueil", "", "tele-accueil-107"),
    ],
)
def test_words_of_four_languages_and_slips_of_one_letter_find_the_same(text: str, said: str, first: str, browser: Any) -> None:
    shown = typed(browser, text)
    assert said in shown.said
    assert shown.hits[0] == first


WEIGHED = """
const [texts, done] = arguments;
unpacked(byId("data").content.textContent).then((packed) => {
  const data = prepared(packed), lexicon = lexiconOf(data);
  const weighed = (candidate, about) => Object.fromEntries(Object.entries(RULES).map(([name, rule]) => [name, Number(rule(candidate, about))]));
  done(texts.map((text) => {
    const query = read(text, data, lexicon), found = ranked(query, {}, data).slice(0, 40);
    return found.map((candidate) => [candidate.resource.id, weighed(candidate, caseOf(query, data))]);
  }));
});
"""
ALIKE = {
    "fr": ["alcool mons", "deuil liege", "burn-out namur", "ado anxieux liege", "groupe de parole bipolaire bruxelles", "16 ans dépression charleroi",
           "psychologue namur", "homme battu par sa femme liège", "femme trans 30 ans bruxelles", "aide aux détenus mons", "endettement tournai", "mère schizophrénie mons", "je veux mourir namur"],
    "nl": ["angst gent", "rouwgroep antwerpen", "ik wil niet meer leven gent", "eetstoornis leuven", "dakloos brussel", "student leuven depressie", "doof gebarentaal gent", "borderline groep familie gent"],
    "de": ["Trauer Eupen", "Sucht St. Vith"],
    "en": ["anxiety brussels", "child autism liège"],
}  # fmt: skip
NEARLY = 2.0  # points: the page measures from the middle of a municipality, whose coordinates it rounds


@pytest.mark.parametrize("language", ALIKE)
def test_the_rules_give_here_what_they_give_in_find(language: str, pages: dict[str, Path]) -> None:
    """Two dozen questions in which both understand the same: each rule gives each result the same points, and the order is that of find."""
    reader = tuple(dict.fromkeys((language, *LANGUAGES)))
    locale.activate(["--locale", language], os.environ)  # both are read by the same person
    with browsing(pages[language]) as driver, open_catalogue(str(BUNDLED)) as connection:
        lexicon = Lexicon(connection)
        for text, weighed in zip(ALIKE[language], driver.execute_async_script(WEIGHED, ALIKE[language]), strict=True):
            hits = answer(ask(text, Wishes(), lexicon), Wishes(), lexicon, reader, 40).hits
            there = {hit.resource.id: dict(hit.weighed) for hit in hits}
            here = {identifier: {_snake(rule): points for rule, points in rules.items()} for identifier, rules in weighed}
            both = [identifier for identifier in there if identifier in here]
            assert len(both) >= 10, text
            for identifier in both[:10]:
                for rule, points in here[identifier].items():
                    allowed = NEARLY if rule == "near" else 0.01
                    assert abs(points - there[identifier].get(rule, 0.0)) <= allowed, (text, identifier, rule)
            for identifier, best in zip([*here][:5], hits, strict=False):
                assert abs(sum(there[identifier].values()) - best.score) <= NEARLY, (text, identifier, best.resource.id)


def _snake(rule: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", rule)


def test_the_script_holds_every_rule_and_no_point_of_its_own() -> None:
    script = SCRIPT.read_text("utf-8")
    rules = script[script.index("const RULES = {") : script.index("function ranked(")]
    assert [_snake(name) for name in re.findall(r"^  (\w+): ", rules, re.M)] == [rule.__name__ for rule in RULES]
    assert set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", rules)) <= {"0", "1"}
    assert {*re.findall(r"\bHT\.([A-Z_]+)", script)} <= {*rules_of_find()}


def test_no_name_of_a_point_or_list_that_the_script_reads_means_two_things() -> None:
    """The script names them without their module: a COSTS of search/labelling.py would be that of search/lookups.py."""
    for name in re.findall(r"\bHT\.([A-Z_]+)", SCRIPT.read_text("utf-8")):
        values = [vars(owner)[name] for owner in OWNERS if name in vars(owner)]
        assert all(value == values[0] for value in values), name


def test_no_text_of_the_script_holds_an_operator_of_which_the_spaces_are_left_out_nor_what_begins_an_explanation() -> None:
    for text in re.findall(r'"[^"\n]*"|`[^`]*`', EXPLAINED.sub("", SCRIPT.read_text("utf-8"))):
        assert not SPACED.search(text) or "${" in text, text
    for line in SCRIPT.read_text("utf-8").splitlines():
        code, _, _ = line.partition("// ")
        assert code.count('"') % 2 == 0, line
        assert code.count("`") % 2 == 0 or "// " not in line, line


AS_FIND = {
    "fr": ["anorexie fille 16 ans", "dépression 40 ans", "enfant 8 ans", "deuil 70 ans", "mère seule", "seul à noel", "fume trop de cannabis namur", "papa boit trop",
           "ma mère de quatre-vingt-deux ans oublie tout mons", "Celles près de Tournai dépression", "deuil depuis 2018", "psy 4000 liège", "saint-luc", "Depression Köln",
           "alcool homme 52 ans Mons pas d'hôpital", "psy manage", "angoisse anvers"],
    "nl": ["rouw na zelfdoding gent", "mijn man drinkt, hulp in peer", "angst 24/7 gent", "burn-out halle bij brussel", "dochter 19 verongelukt, tienen", "psycholoog Amsterdam"],
    "de": ["Angst Sankt-Vit", "sie kotzt nach dem Essen", "Trauer um meinen Mann Eupen"],
    "en": ["PhD student Leuven panic, no Dutch", "my son is 14", "lonely since husband died, Ghent"],
}  # fmt: skip
READ = """
const [texts, done] = arguments;
unpacked(byId("data").content.textContent).then((packed) => {
  const data = prepared(packed), lexicon = lexiconOf(data);
  done(texts.map((text) => {
    const { needs, places, age, relations, languages, offers, abroad } = read(text, data, lexicon);
    return { needs: needs.sort(), places: places.map(({ nis, code }) => nis || code).sort(), age, relations: relations.sort(), languages: languages.sort(), offers: offers.sort(), abroad };
  }));
});
"""


@pytest.mark.parametrize("language", AS_FIND)
def test_a_question_is_read_here_as_find_reads_its_words(language: str, pages: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The page has no ears; what they make of the same words is left out of find too."""
    monkeypatch.setattr(reading, "hear", lambda *_question: Heard())
    with browsing(pages[language]) as driver, open_catalogue(str(BUNDLED)) as connection:
        lexicon = Lexicon(connection)
        for text, here in zip(AS_FIND[language], driver.execute_async_script(READ, AS_FIND[language]), strict=True):
            query = ask(text, Wishes(), lexicon)
            said = {
                "needs": sorted(query.needs), "places": sorted(place.nis or place.code for place in query.places), "age": query.age,
                "relations": sorted(query.relations), "languages": sorted(query.languages), "offers": sorted(query.offers), "abroad": query.abroad,
            }  # fmt: skip
            assert here == said, text


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "aidez-moi"), ("fr", "j'ai besoin d'aide"), ("nl", "help mij"), ("nl", "ik zoek hulp"), ("de", "ich brauche Hilfe"), ("en", "help me"), ("en", "I need help with something")],
)  # fmt: skip
def test_who_asks_for_help_and_says_nothing_of_what_is_shown_who_listens(language: str, text: str, pages: dict[str, Path]) -> None:
    with browsing(pages[language]) as driver:
        shown = typed(driver, text)
        assert "listening" in facts_of(shown.hits[:1])[0].offers
        assert ":" not in shown.said.partition(":")[2]  # that nothing else was understood is not held against them


@pytest.mark.parametrize("text", ["xyz qsd", "bakkerij fiets", "hmm"])
def test_where_nothing_is_understood_nobody_is_shown_and_it_is_said(text: str, pages: dict[str, Path]) -> None:
    with browsing(pages["en"]) as driver:
        shown = typed(driver, text)
        assert shown.hits == []
        assert shown.count == _answers()["not_heard"] + " " + _answers()["call_below"]
        assert driver.find_element("id", "urgent").is_displayed()
        chosen(driver, "free", "")
        assert "filter" not in driver.find_element("id", "count").text


def test_a_town_abroad_is_said_and_only_what_serves_all_of_belgium_is_shown(pages: dict[str, Path]) -> None:
    with browsing(pages["en"]) as driver:
        shown = typed(driver, "psychologist in Amsterdam")
        assert "Amsterdam is outside Belgium" in shown.said
        assert all("country:be" in resource.areas for resource in facts_of(shown.hits))


def test_the_years_of_a_duration_are_no_town(browser: Any) -> None:
    assert "Ans" in typed(browser, "deuil ans").said
    assert "Ans" not in typed(browser, "dépression depuis quinze ans").said.partition(".")[0]


def test_a_line_of_danger_stands_above_no_mourning_for_somebody_who_died_so(browser: Any) -> None:
    assert typed(browser, "deuil après le suicide de mon frère namur").lines == []
    assert typed(browser, "je veux mourir depuis le suicide de mon frère").lines[0] == "urgence-112"


def test_what_was_mended_is_said_once(browser: Any) -> None:
    assert typed(browser, "burnuot namur").said.count("burnuot → burnout") == 1


@pytest.mark.parametrize(
    ("text", "town"),
    [("deuil luettich", "Liège"), ("deuil lüttich", "Liège"), ("deuil luik", "Liège"), ("deuil saint vith", "Saint-Vith"), ("trauer St. Vith", "Saint-Vith"),
     ("angst sint-niklaas", "Saint-Nicolas"), ("deuil liege", "Liège"), ("deuil jemelle", "Jemelle (Rochefort)"), ("angst in mol", "Mol"), ("deuil hainaut", "Hainaut (province)")],
)  # fmt: skip
def test_a_town_is_understood_in_every_spelling(text: str, town: str, browser: Any) -> None:
    assert town in typed(browser, text).said


def test_another_place_of_the_same_name_is_offered_and_chosen_with_one_click(browser: Any) -> None:
    before = typed(browser, "rouw aalst")
    assert "Alost" in before.said
    browser.find_element("css selector", "#others button").click()
    assert "Alost ·" not in browser.find_element("id", "understood").text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("je veux mourir", ["urgence-112", "centre-prevention-suicide"]),
        ("ik wil niet meer leven gent", ["urgence-112", "zelfmoordlijn-1813"]),
        ("mon mari me frappe, mons", ["urgence-112", "police-101", "ecoute-violences-conjugales"]),
        ("fille 14 ans veut mourir", ["urgence-112", "ecoute-enfants-103", "centre-prevention-suicide"]),
    ],
)
def test_words_of_danger_show_the_lines_to_call_on_top(text: str, lines: list[str], browser: Any) -> None:
    shown = typed(browser, text)
    assert [line for line in shown.lines if line in lines] == lines
    assert shown.lines[0] == "urgence-112"
    tops = browser.execute_script(
        "return ['danger', 'hits', 'urgent'].map((id) => document.getElementById(id).getBoundingClientRect().top)"
    )
    assert tops == sorted(tops)


@pytest.mark.parametrize("text", ["tabac namur", "deuil", "psy liège"])
def test_where_no_word_speaks_of_danger_no_line_stands_on_top(text: str, browser: Any) -> None:
    assert typed(browser, text).lines == []


@pytest.mark.parametrize("text", ["04 223 45 67", "+32 4 223 45 67", "0032 (0)4/223.45.67"])
def test_whoever_has_a_number_is_found_by_it_and_what_was_not_found_is_not_printed(text: str, browser: Any) -> None:
    found = typed(browser, text)
    assert (found.hits, found.said) == (["cvfe-liege"], "")
    assert browser.find_element("id", "print").is_displayed()
    assert typed(browser, "04 999 99 99").hits == []
    assert browser.find_element("id", "count").text
    assert not browser.find_element("id", "print").is_displayed()


def test_filters_leave_out_what_does_not_fit_and_say_what_is_left(browser: Any) -> None:
    before = typed(browser, "alcool bruxelles")
    chosen(browser, "free", "")
    free = shown_now(browser)
    assert free
    assert all(resource.cost == "free" for resource in facts_of(free))
    chosen(browser, "language", "nl")
    both = shown_now(browser)
    assert both
    assert all(resource.cost == "free" and "nl" in resource.languages for resource in facts_of(both))
    count = int(re.findall(r"\d+", browser.find_element("id", "count").text)[0])
    assert count < int(re.findall(r"\d+", before.count)[0])


def test_filters_alone_find_too_and_near_means_thirty_kilometres(browser: Any) -> None:
    chosen(browser, "offer", "support-group")
    assert all("support-group" in resource.offers for resource in facts_of(shown_now(browser)))
    typed(browser, "deuil namur")
    chosen(browser, "near", "")
    assert all(int(km) <= 30 for km in re.findall(r"(\d+) km", browser.find_element("id", "hits").text))


def test_the_keyboard_reaches_the_line_the_results_and_back(browser: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(*keys: str) -> str:
        ActionChains(browser).send_keys(*keys).perform()
        return str(browser.execute_script("return document.activeElement.id || document.activeElement.getAttribute('href')"))

    browser.execute_script("document.activeElement.blur()")
    assert press("/") == "q"
    press("burnout namur")
    hits = [f"#r-{identifier}" for identifier in shown_now(browser)]
    assert press(Keys.ARROW_DOWN) == hits[0]
    assert press(Keys.ARROW_DOWN) == hits[1]
    assert press(Keys.ARROW_UP, Keys.ARROW_UP) == "q"
    assert press(Keys.ENTER) == hits[0]
    assert press(Keys.ESCAPE) == "q"
    press(Keys.ESCAPE)
    assert browser.find_element("id", "q").get_attribute("value") == ""
    assert not browser.find_element("id", "found").is_displayed()


def test_more_results_come_on_demand_and_the_first_new_one_has_the_focus(browser: Any) -> None:
    typed(browser, "deuil liege")
    before = shown_now(browser)
    assert len(before) == 10
    browser.find_element("id", "more").click()
    after = shown_now(browser)
    assert after[:10] == before
    assert len(after) > 10
    assert browser.execute_script("return document.activeElement.getAttribute('href')") == f"#r-{after[10]}"


def test_typing_asks_the_network_for_nothing_and_keeps_nothing(pages: dict[str, Path]) -> None:
    with browsing(pages["nl"]) as driver:
        address = driver.current_url
        typed(driver, "angst gent")
        typed(driver, "ik wil dood")
        assert requests_so_far(driver, pages["nl"]) == []
        assert driver.current_url == address
        assert driver.execute_script("return document.cookie") == ""
        assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_only_this_script_may_run(pages: dict[str, Path]) -> None:
    text = pages["fr"].read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]  # type: ignore[index]
    digest = base64.b64encode(hashlib.sha256(script_sent().encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", SCRIPT.read_text("utf-8"))
    assert not re.search(r"<[^>]+ on[a-z]+=", text)


def test_a_name_that_would_be_markup_stays_text_in_list_and_results(tmp_path: Path) -> None:
    copy = tmp_path / "own.db"
    name = "<img src=x onerror=\"document.title='owned'\"> </script><script>document.title='owned'</script>"
    with sqlite3.connect(BUNDLED) as source, sqlite3.connect(copy) as connection:
        source.backup(connection)
        connection.execute("UPDATE resource SET name = ? WHERE id = 'projet-freedom-mons'", (name,))
        connection.execute(
            "UPDATE resource_name SET name = ? WHERE resource = 'projet-freedom-mons'", ("</script><img src=x onerror=alert(1)>",)
        )
    page = exported(tmp_path, "fr", catalogue=copy)
    with browsing(page) as driver:
        assert typed(driver, "alcool mons").hits[0] == "projet-freedom-mons"
        assert driver.find_element("css selector", "#hits h3 a").text == " ".join(name.split())
        assert driver.execute_script("return [document.images.length, document.title]") == [0, "Aide en santé mentale en Belgique"]
        typed(driver, "<img src=x onerror=alert(1)>")
        assert driver.execute_script("return document.images.length") == 0


@pytest.mark.parametrize(("language", "width", "dark"), [("fr", 1000, False), ("nl", 320, True)])
def test_axe_finds_nothing_against_results_and_they_fit_the_window(language: str, width: int, dark: bool, tmp_path: Path) -> None:
    page = exported(tmp_path, language, "--city", "Eupen")
    with browsing(page, width=width, dark=dark) as driver:
        typed(driver, "je veux mourir, ik wil dood, eupen")
        assert driver.find_element("id", "danger").is_displayed()
        assert violations_of(driver) == []
        assert overflow_now(driver) == 0


def test_the_page_is_faultless_html(pages: dict[str, Path]) -> None:
    assert faults_of_html(pages["de"]) == []


def test_what_was_found_prints_alone(browser: Any, tmp_path: Path) -> None:
    typed(browser, "je veux mourir mons")
    file = tmp_path / "found.pdf"
    file.write_bytes(printed_now(browser))
    text = subprocess.run([program("pdftotext"), "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    assert 1 <= text.count("\f") <= 3
    assert "112" in text.split("\f")[0]
    assert "0800 32 123" in text
    assert "Par lieu" not in text
    assert "Imprimer" not in text


def test_without_a_script_the_page_is_its_list(pages: dict[str, Path]) -> None:
    with browsing(pages["fr"]) as driver:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        driver.refresh()
        assert not driver.find_element("id", "finder").is_displayed()
        assert not driver.find_element("id", "found").is_displayed()
        assert driver.find_element("id", "contents").is_displayed()


@pytest.mark.parametrize(
    ("language", "said", "label"),
    [("fr", "Compris : Liège · deuil", "De quoi s'agit-il, et où ?"), ("nl", "Begrepen: Luik · rouw", "Waarover gaat het, en waar?"),
     ("de", "Verstanden: Lüttich · Trauer", "Worum geht es, und wo?"), ("en", "Understood: Liège · grief", "What is it about, and where?")],
)  # fmt: skip
def test_the_page_speaks_the_language_of_the_export(language: str, said: str, label: str, pages: dict[str, Path]) -> None:
    with browsing(pages[language]) as driver:
        assert typed(driver, "deuil luik").said.replace("\u00a0", " ") == said
        assert driver.find_element("css selector", "#finder label").text.replace("\u00a0", " ") == label


def test_a_search_that_is_exported_is_searched_within(tmp_path: Path) -> None:
    page = exported(tmp_path, "fr", "burnout", "namur")
    with browsing(page) as driver:
        within = typed(driver, "burnout")
        assert within.hits
        assert set(within.hits) <= set(re.findall(r"<article id=r-([^>]+)>", page.read_text("utf-8")))


def test_a_confidential_town_is_not_in_the_data(resource: Callable[[str], Resource]) -> None:
    from ht_cli.model import Address

    hidden = resource("pbsm")._replace(addresses=(Address("Rue 1", "4000", "Liège", "62063", confidential=True),))
    assert "towns" not in findable(hidden)


def test_saints_and_umlauts_are_levelled_alike_here_and_in_the_page() -> None:
    assert levelled("sintniklaas") == levelled("stniklaas") == "stniklaas"
    assert levelled("saintevode") == levelled("stevode")
    assert levelled("luettich") == levelled("luttich") == "luttich"
    assert levelled("saint") == "saint"  # alone it is no town, though "Sainte" may be short for one
    pattern = re.search(r"replace\(/(\S+)/g, \"st\"\)", SCRIPT.read_text("utf-8"))[1]  # type: ignore[index]
    assert pattern == "(?:sainte|saint|sankta|sankt|sint|ste)(?=.)"
