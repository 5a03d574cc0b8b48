"""The page and the pictures of a map, in a real Chromium where a person would look at them."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from ht_cli import locale
from ht_cli.app import app
from tests.browser import axe_violations, browsing, faults_of_html, overflow_of, printed, requests_of
from tests.conftest import BUNDLED, Outcome

pytestmark = pytest.mark.xdist_group("map")  # what they share is made once

Run = Callable[..., Outcome]


def made(path: Path, *arguments: str, language: str = "en", catalogue: Path = BUNDLED) -> Path:
    locale.activate([], {"HT_LANG": language})
    result = CliRunner().invoke(app, ["map", *arguments, "--force", "-o", str(path), "--catalogue", str(catalogue)])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("page") / "map.html")


@pytest.fixture(scope="module")
def browser(page: Path) -> Iterator[Any]:
    with browsing(page, width=1200) as driver:
        yield driver


def panel(browser: Any) -> str:
    return str(browser.execute_script("return document.getElementById('panel').innerText"))


def search(browser: Any, text: str) -> str:
    from selenium.webdriver.common.keys import Keys

    box = browser.find_element("id", "q")
    box.clear()
    box.send_keys(text, Keys.ENTER)
    return panel(browser)


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Liège", "Liège"), ("luik", "Liège"), ("LÜTTICH", "Liège"), ("luettich", "Liège"), ("4000", "Liège"), ("Jemelle", "Rochefort"),
        ("Bruxelles", "Brussels"), ("brüssel", "Brussels"), ("Sankt Vith", "St. Vith"), ("st vith", "St. Vith"), ("1325", "Chaumont-Gistoux"),
        ("Edingen", "Enghien"), ("mons", "Mons"), ("bergen", "Mons"),
    ],
)  # fmt: skip
def test_the_search_box_finds_a_place_in_any_language_and_by_postcode(browser: Any, text: str, home: str) -> None:
    assert search(browser, text).splitlines()[0] == home


def test_what_is_found_is_named_with_both_networks_and_how_to_reach_them(browser: Any) -> None:
    said = search(browser, "jemelle")
    assert "Réseau Santé Namur" in said
    assert "Réseau Santé Kirikou" in said
    assert "It is certain that Rochefort" in said
    links = browser.execute_script("return [...document.querySelectorAll('#panel a')].map(a => a.href)")
    assert any("reseausantenamur.be" in link for link in links)


def test_an_unknown_place_is_said_to_be_unknown(browser: Any) -> None:
    search(browser, "qqqqq")
    assert browser.find_element("id", "said").text == "No such place in Belgium."


def test_the_other_layer_is_shown_when_it_is_chosen(browser: Any) -> None:
    def look() -> tuple[str, bool, bool]:
        return (
            browser.execute_script("return getComputedStyle(document.getElementById('m62063')).fill"),
            browser.find_element("xpath", "//li[contains(., 'Fusion Liège')]").is_displayed(),
            browser.find_element("xpath", "//ul[@class='legend']/li[contains(., 'REALiSM')]").is_displayed(),
        )

    def choose(layer: int) -> None:
        browser.find_element("css selector", f"#layers input[value='{layer}']").click()

    choose(1)
    assert look()[1:] == (False, True)
    young = browser.execute_script("return getComputedStyle(document.getElementById('m55040')).fill")
    choose(0)
    assert look()[1:] == (True, False)
    assert browser.execute_script("return getComputedStyle(document.getElementById('m55040')).fill") != young


def test_the_keyboard_goes_from_one_municipality_to_the_next_and_names_each(browser: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    search(browser, "namur")
    browser.execute_script("document.querySelector('#homes [tabindex=\"0\"]').focus()")
    named = []
    for key in (Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ARROW_LEFT, Keys.ARROW_DOWN):
        ActionChains(browser).send_keys(key).perform()
        label = browser.execute_script("return document.activeElement.getAttribute('aria-label')")
        assert re.fullmatch(r".+\. Network for adults: .+\. Network for the young: .+\.", label)
        assert panel(browser).splitlines()[0] == label.split(". ")[0]
        named.append(label)
    assert len(set(named)) >= 4
    assert browser.execute_script("return document.querySelectorAll('#homes [tabindex=\"0\"]').length") == 1
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert browser.execute_script("return document.activeElement.textContent") == named[-1].split(". ")[0]
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    assert browser.execute_script("return document.activeElement.getAttribute('aria-label')") == named[-1]


def test_the_mouse_names_what_it_points_at(browser: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    browser.find_element("id", "whole").click()
    ActionChains(browser).move_to_element(browser.find_element("id", "m84077")).perform()
    assert panel(browser).splitlines()[0] == "Libramont-Chevigny"


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(page: Path, dark: bool) -> None:
    assert axe_violations(page, dark=dark) == []


def test_the_page_is_faultless_html(page: Path) -> None:
    assert faults_of_html(page) == []


def test_nothing_is_loaded_from_outside(page: Path) -> None:
    assert requests_of(page) == []


def test_a_telephone_has_room_for_the_page(page: Path) -> None:
    assert overflow_of(page, 360) <= 0


def test_it_prints_on_a_few_pages(page: Path) -> None:
    assert 1 <= printed(page).count(b"/Type /Page\n") <= 6


@pytest.mark.parametrize(("language", "word"), [("fr", "Commune"), ("nl", "Gemeente"), ("de", "Gemeinde")])
def test_the_page_speaks_the_readers_language(tmp_path: Path, language: str, word: str) -> None:
    text = made(tmp_path / "map.html", "eupen", "--need", "grief", language=language).read_text("utf-8")
    assert f'<html lang="{language}">' in text
    assert f'<th scope="col">{word}</th>' in text
    assert '"start": "63023"' in text


def test_the_table_behind_the_page_tells_every_municipality_without_a_script(page: Path) -> None:
    text = page.read_text("utf-8")
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td>[\d, ]+</td><td>([^<]+)</td><td>([^<]+)</td></tr>', text)
    assert len(rows) == 565
    assert ("Liège", "Fusion Liège", "REALiSM") in rows
    assert sum("(not certain)" in adult for _home, adult, _youth in rows) == 24


def test_the_same_catalogue_gives_the_same_page_and_picture(tmp_path: Path) -> None:
    for name in ("map.html", "map.svg"):
        assert made(tmp_path / f"one-{name}").read_bytes() == made(tmp_path / f"two-{name}").read_bytes()


def test_a_name_that_would_be_markup_is_text(tmp_path: Path) -> None:
    import sqlite3

    copy = tmp_path / "own.db"
    name = "</script><script>alert(1)</script>&\"'"
    with sqlite3.connect(BUNDLED) as source, sqlite3.connect(copy) as connection:
        source.backup(connection)
        connection.execute("UPDATE resource SET name = ?, url = 'javascript:alert(1)' WHERE id = 'fusion-liege'", (name,))
    made(tmp_path / "map.html", catalogue=copy)
    made(tmp_path / "map.svg", catalogue=copy)
    text = (tmp_path / "map.html").read_text("utf-8")
    assert text.count("<script") == 2
    assert 'href="javascript' not in text
    ElementTree.parse(tmp_path / "map.svg")
    with browsing(tmp_path / "map.html") as driver:
        assert name in search(driver, "liege")


def test_a_map_says_whose_work_it_is(page: Path, tmp_path: Path) -> None:
    drawn = made(tmp_path / "map.svg").read_text("utf-8")
    for text in (page.read_text("utf-8"), drawn):
        assert "CC BY 4.0" in text
        assert "GeoNames" in text


def test_an_svg_is_whole_and_names_each_municipality(tmp_path: Path) -> None:
    root = ElementTree.parse(made(tmp_path / "map.svg")).getroot()
    space = "{http://www.w3.org/2000/svg}"
    titles = [title.text for title in root.iter(f"{space}title")]
    assert {"Liège", "Voeren", "Comines-Warneton"} <= set(titles)
    assert {text.text for text in root.iter(f"{space}text")} >= {"Brumenta", "A", "Brussels"}
    assert "http" not in (tmp_path / "map.svg").read_text("utf-8").replace("http://www.w3.org/2000/svg", "")


def test_a_png_is_a_picture_of_the_map(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="the extra `png` is not installed")
    picture = made(tmp_path / "map.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(picture[16:20], "big") == 1800


def test_without_its_library_a_png_says_what_to_install(ht: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "resvg_py", None)
    outcome = ht("map", "-o", str(tmp_path / "map.png"))
    assert outcome.exit_code == 2
    assert "ht-cli[png]" in outcome.err
    assert not (tmp_path / "map.png").exists()


def test_the_data_of_the_page_is_json(page: Path) -> None:
    text = page.read_text("utf-8")
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])  # type: ignore[index]
    assert data["homes"]["62063"]["adult"] == "fusion-liege"
    assert set(data["networks"]["realism"]) == {"name", "letter", "layer", "contacts"}
