import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest

from ht_cli.exchange import html
from ht_cli.exchange.finder import script_sent
from ht_cli.exchange.reference import Reference
from ht_cli.model import LANGUAGES, Address, Resource
from tests.browser import axe_violations, browsing, faults_of_html, overflow_of, printed, requests_of
from tests.conftest import ROOT, program

MakeReference = Callable[[str], Reference]
LINKS = ("http://", "https://", "mailto:", "tel:", "#")


@pytest.fixture
def shown(every_resource: list[Resource]) -> list[Resource]:
    return [resource for resource in every_resource if resource.status == "active"]


def page_of(resources: list[Resource], reference: Reference) -> str:
    return "".join(html.pieces(resources, reference))


def tree_of(text: str):
    """The page as a browser would read it; any fault of syntax is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def written(folder: Path, text: str) -> Path:
    page = folder / "page.html"
    page.write_text(text, "utf-8")
    return page


def test_the_page_of_the_whole_catalogue_is_valid(shown: list[Resource], reference: Reference, tmp_path: Path) -> None:
    assert faults_of_html(written(tmp_path, page_of(shown, reference))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_is_well_formed_in_each(language: str, shown: list[Resource], make_reference: MakeReference) -> None:
    assert tree_of(page_of(shown[::20], make_reference(language))).get("lang") == language


def test_every_resource_is_described_once_and_every_anchor_leads_somewhere(shown: list[Resource], reference: Reference) -> None:
    tree = tree_of(page_of(shown, reference))
    described = [article.get("id") for article in tree.iter("article")]
    assert sorted(described) == sorted(f"r-{resource.id}" for resource in shown)
    targets = {element.get("id") for element in tree.iter() if element.get("id")}
    led_to = {link.get("href")[1:] for link in tree.iter("a") if link.get("href").startswith("#")}
    assert led_to <= targets
    assert set(described) <= led_to, "a resource that no index links to"


def test_headings_go_down_one_step_at_a_time_and_one_title_stands_above(shown: list[Resource], reference: Reference) -> None:
    levels = [int(element.tag[1]) for element in tree_of(page_of(shown, reference)).iter() if element.tag in ("h1", "h2", "h3", "h4", "h5")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_lines_to_call_now_come_before_all_else_112_first(reference: Reference, shown: list[Resource]) -> None:
    tree = tree_of(page_of(shown[:3], reference))
    links = [link.get("href") for link in tree.find("body/main").iter("a")]
    assert links[0] == "tel:112"
    numbers = [link for link in links[: links.index("#country-be") if "#country-be" in links else None] if link.startswith("tel:")]
    assert {"tel:112", "tel:107", "tel:1813", "tel:+3280032123", "tel:103"} <= {*numbers}


def test_everything_said_of_freshness_cost_hours_and_languages_is_there(
    resource: Callable[[str], Resource], make_reference: MakeReference
) -> None:
    checked = resource("caw-halle-vilvoorde")._replace(checked_on="2026-10-02", checked_how="phone")
    text = page_of([checked, resource("pbsm")], make_reference("en"))
    for said in (
        "checked on 2 October 2026",
        "never checked",
        "Checked by a person: 1 of 2.",
        "unknown, ask",
        "0800 13 500",
        "Dutch",
        "free",
    ):
        assert said in text


def test_every_municipality_that_a_resource_serves_is_named(resource: Callable[[str], Resource], reference: Reference) -> None:
    found = resource("caw-halle-vilvoorde")
    text = page_of([found], reference)
    assert all(reference.homes[area.removeprefix("nis:")].names["fr"] in text for area in found.areas)


def test_a_text_that_exists_in_another_language_only_is_marked_with_it(
    resource: Callable[[str], Resource], make_reference: MakeReference
) -> None:
    only_dutch = resource("caw-halle-vilvoorde")._replace(descriptions={"nl": "Eerste onthaal."}, hours={"fr": "sur rendez-vous"})
    text = page_of([only_dutch], make_reference("fr"))
    assert "<p lang=nl>Eerste onthaal." in text
    assert "(néerlandais)" in text
    assert '<span lang="fr">sur rendez-vous</span>' in page_of([only_dutch], make_reference("nl"))


def test_a_resource_of_two_provinces_is_described_in_one_and_named_in_the_other(
    resource: Callable[[str], Resource], reference: Reference
) -> None:
    both = resource("pbsm")._replace(areas=("nis:62063", "nis:92094"))
    tree = tree_of(page_of([both], reference))
    assert [heading.get("id") for heading in tree.iter("h2") if heading.get("id")] == ["province-liege", "province-namur", "needs"]
    assert len([*tree.iter("article")]) == 1


def test_a_confidential_address_never_shows(resource: Callable[[str], Resource], reference: Reference) -> None:
    hidden = Address("Rue Secrète 1", "4000", "Liège-Cachée", "62063", confidential=True)
    text = page_of([resource("pbsm")._replace(addresses=(hidden,))], reference)
    assert "Secrète" not in text
    assert "Cachée" not in text
    assert "tenue confidentielle" in text or "confidentiel" in text


def test_two_runs_give_the_same_bytes_whatever_the_order(shown: list[Resource], reference: Reference) -> None:
    assert page_of(shown, reference) == page_of(shown[::-1], reference)


def test_the_moment_of_the_export_is_said_only_where_it_is_asked_for(reference: Reference) -> None:
    assert "Fait le" not in page_of([], reference)
    assert "Fait le 25 novembre 2026." in page_of([], reference._replace(made_at="2026-11-25T22:00:00.000Z"))


def test_no_resource_at_all_is_still_a_page(reference: Reference) -> None:
    tree = tree_of(page_of([], reference))
    assert [*tree.iter("article")] == []
    assert tree.find("body/footer") is not None


def test_the_credits_name_everybody_whom_the_licence_names(reference: Reference) -> None:
    footer = page_of([], reference).partition("<footer>")[2]
    for name in ("GeoNames", "Statbel", "BeST", "BOSA", "Healing Together", "CC BY 4.0"):
        assert name in (ROOT / "data" / "LICENSE").read_text("utf-8") + "CC BY 4.0"
        assert name in footer


def test_hostile_texts_are_shown_and_never_obeyed(hostile: list[Resource], reference: Reference, tmp_path: Path) -> None:
    text = page_of(hostile, reference)
    page = written(tmp_path, text)
    tree = tree_of(text)
    assert [script.text for script in tree.iter("script")] == [script_sent()]
    assert all(link.get("href").startswith(LINKS) for link in tree.iter("a"))
    assert not {name for element in tree.iter() for name in element.attrib if name.startswith("on")}
    assert "<script>alert(1)</script>" in "".join(tree.find("body/main").itertext())
    assert not {*text} & {*"\x00\x1b\u202e\ud800\u2028\x85"}
    assert "Secrète" not in text
    assert faults_of_html(page) == []
    assert overflow_of(page, 320) == 0


def test_a_page_asks_the_network_for_nothing(shown: list[Resource], hostile: list[Resource], reference: Reference, tmp_path: Path) -> None:
    assert requests_of(written(tmp_path, page_of([*shown[:50], *hostile], reference))) == []


@pytest.mark.parametrize(("language", "width", "dark"), [("fr", 320, False), ("nl", 1400, True), ("de", 800, False)])
def test_axe_finds_nothing_against_the_page(
    language: str, width: int, dark: bool, shown: list[Resource], make_reference: MakeReference, tmp_path: Path
) -> None:
    page = written(tmp_path, page_of(shown[::15], make_reference(language)))
    assert axe_violations(page, width=width, dark=dark) == []


def test_the_whole_page_fits_a_window_of_320_pixels(shown: list[Resource], reference: Reference, tmp_path: Path) -> None:
    assert overflow_of(written(tmp_path, page_of(shown, reference)), 320) == 0


def test_a_dark_window_is_dark(reference: Reference, tmp_path: Path) -> None:
    with browsing(written(tmp_path, page_of([], reference)), dark=True) as driver:
        assert driver.execute_script("return getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 28)"


def test_on_paper_each_place_begins_a_page_and_numbers_are_legible(shown: list[Resource], reference: Reference, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(printed(written(tmp_path, page_of(shown[::12], reference))))
    text = subprocess.run([program("pdftotext"), "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    pages = text.split("\f")
    assert "112" in pages[0]
    assert any(page.strip().startswith("Région de Bruxelles-Capitale") for page in pages)
    assert "Retour au sommaire" not in text
