import base64
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from babel.messages.pofile import read_po
from html5lib import HTMLParser

from ht_cli.exchange.sheet.contents import SheetPage
from ht_cli.exchange.sheet.page import TEMPLATES, html_text, pdf_bytes
from ht_cli.model import LANGUAGES, Phone, Resource
from tests.browser import browsing, faults_of_html, node_module, requests_of
from tests.conftest import ROOT, program
from tests.exchange.sheet.conftest import MakePage

Changed = Callable[..., Resource]
ORDINARY = ("similes-bruxelles", "tele-accueil-107", "realism")
LONGEST = ("points-ecoute-jeunes-bruxelles", "ssm-anais", "modus-vivendi")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One Chromium for all pages: starting one takes seconds."""
    blank = tmp_path_factory.mktemp("browser") / "blank.html"
    blank.write_text("<!DOCTYPE html>")
    with browsing(blank) as driver:
        yield driver


class Shown(NamedTuple):
    """A sheet in the browser."""

    driver: Any
    file: Path

    def open(self, *, width: int = 1000, dark: bool = False) -> None:
        size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.get(self.file.as_uri())

    def violations(self, *, width: int = 1000, dark: bool = False) -> list[str]:
        self.open(width=width, dark=dark)
        self.driver.execute_script(node_module("axe-core/axe.min.js").read_text("utf-8"))
        found = self.driver.execute_async_script("const done = arguments[arguments.length - 1]; axe.run(document).then(done)")
        assert found["passes"]
        return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found["violations"]]

    def overflow(self, width: int) -> int:
        self.open(width=width)
        return int(self.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def printed(self) -> bytes:
        self.open()
        return base64.b64decode(
            self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})["data"]
        )


Show = Callable[[SheetPage], Shown]


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Show:
    return lambda page: Shown(browser, written(tmp_path, page))


def written(folder: Path, page: SheetPage) -> Path:
    file = folder / "sheet.html"
    file.write_text(html_text(page), "utf-8")
    return file


def tree_of(page: SheetPage):
    return HTMLParser(strict=True, namespaceHTMLElements=False).parse(html_text(page))


def pages_of(pdf: bytes, folder: Path) -> int:
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    said = subprocess.run([program("pdfinfo"), str(file)], capture_output=True, text=True, check=True).stdout
    assert "A4" in said
    return int(said.split("Pages:")[1].split()[0])


def decoded(pdf: bytes, folder: Path) -> list[str]:
    """What the QR codes on a printed page hold, as an independent reader sees them."""
    (folder / "codes.pdf").write_bytes(pdf)
    subprocess.run([program("pdftoppm"), "-r", "150", "-png", str(folder / "codes.pdf"), str(folder / "codes")], check=True)
    images = sorted(map(str, folder.glob("codes-*.png")))
    run = subprocess.run([program("zbarimg"), "--quiet", "--raw", *images], capture_output=True, text=True, check=False)
    return sorted(run.stdout.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_the_light_in_the_dark_and_in_a_narrow_window(language: str, make: MakePage, show: Show) -> None:
    shown = show(make(language, *ORDINARY))
    assert shown.violations() == []
    assert shown.violations(width=320) == []
    assert shown.violations(dark=True) == []


def test_axe_finds_nothing_against_a_sheet_with_warnings_other_languages_and_many_numbers(
    make: MakePage, changed: Changed, show: Show
) -> None:
    warned = changed("ssm-anais", status="unreachable", descriptions={"nl": "Dienst. Voor jongeren."})
    assert show(make("de", warned, "points-ecoute-jeunes-bruxelles")).violations() == []


def test_the_page_is_valid_html(make: MakePage, hostile: list[Resource], tmp_path: Path) -> None:
    assert faults_of_html(written(tmp_path, make("nl", *ORDINARY))) == []
    assert faults_of_html(written(tmp_path, make("fr", *hostile))) == []


def test_nothing_is_loaded_from_outside(make: MakePage, hostile: list[Resource], tmp_path: Path) -> None:
    assert requests_of(written(tmp_path, make("fr", *ORDINARY, *hostile[:2]))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_to_three_resources_print_on_one_side_of_a4(language: str, make: MakePage, show: Show, tmp_path: Path) -> None:
    for ids in (LONGEST, LONGEST[:2], LONGEST[:1], ORDINARY):
        assert pages_of(show(make(language, *ids)).printed(), tmp_path) == 1, ids


def test_five_resources_take_both_sides_of_one_sheet_at_most(make: MakePage, show: Show, tmp_path: Path) -> None:
    assert pages_of(show(make("de", *ORDINARY, "ssm-anais", "projet-lama")).printed(), tmp_path) <= 2


def test_nothing_is_wider_than_a_window_of_320_pixels(make: MakePage, changed: Changed, hostile: list[Resource], show: Show) -> None:
    long = changed("realism", url="https://example.be/" + "a" * 200, name="Psychiatrieverpleegkundigenvereniging" * 3)
    assert show(make("nl", *ORDINARY, long)).overflow(320) <= 0
    assert show(make("nl", *hostile)).overflow(320) <= 0


def test_the_codes_decode_to_the_number_or_the_site(make: MakePage, show: Show, tmp_path: Path) -> None:
    pdf = show(make("fr", *ORDINARY)).printed()
    assert decoded(pdf, tmp_path) == ["https://realism0-18.be/", "tel:+3225110619", "tel:107"]


def test_a_code_decodes_from_a_screen_in_the_dark_too(make: MakePage, show: Show, tmp_path: Path) -> None:
    shown = show(make("en", "similes-bruxelles"))
    shown.open(dark=True)
    shown.driver.save_screenshot(str(tmp_path / "dark.png"))
    run = subprocess.run([program("zbarimg"), "--quiet", "--raw", str(tmp_path / "dark.png")], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "tel:+3225110619"


def test_a_site_too_long_for_a_camera_gets_no_code(make: MakePage, changed: Changed) -> None:
    assert "<svg" not in html_text(make("fr", changed("realism", url="https://example.be/" + "a" * 5000)))


def test_every_sentence_of_the_template_is_translated() -> None:
    said = set(re.findall(r"_\(\"([^\"]+)\"\)", (TEMPLATES / "sheet.html.jinja").read_text("utf-8")))
    assert len(said) > 4
    for language in LANGUAGES:
        with (ROOT / "ht_cli" / "locale" / language / "LC_MESSAGES" / "ht.po").open("rb") as file:
            assert said <= {message.id for message in read_po(file) if message.string}, language


def test_each_text_in_another_language_is_marked_and_said(make: MakePage, changed: Changed) -> None:
    tree = tree_of(
        make("de", changed("similes-bruxelles", descriptions={"nl": "Groep. Voor naasten."}, hours_osm="", hours={"fr": "sur rendez-vous"}))
    )
    assert tree.get("lang") == "de"
    marked = {element.get("lang"): "".join(element.itertext()) for element in tree.find("body").iter() if element.get("lang")}
    assert marked["nl"] == "Groep. Voor naasten."
    assert marked["fr"].startswith("Bonjour")
    text = "".join(tree.find("body").itertext())
    assert "(auf Niederländisch)" in text
    assert "sur rendez-vous (auf Französisch)" in text


def test_headings_go_down_one_step_at_a_time(make: MakePage) -> None:
    assert [element.tag for element in tree_of(make("fr", *ORDINARY)).iter() if element.tag in ("h1", "h2", "h3")] == ["h1", *["h2"] * 5]


def test_hostile_text_stays_text(make: MakePage, hostile: list[Resource], show: Show, tmp_path: Path) -> None:
    page = make("fr", *hostile)
    tree = tree_of(page)
    assert not [element for element in tree.iter() if element.tag in ("script", "img", "iframe", "object", "b")]
    assert not [name for element in tree.iter() for name in element.keys() if name.startswith("on")]  # noqa: SIM118
    assert {link.get("href").split(":")[0] for link in tree.iter("a")} <= {"https", "mailto", "tel"}
    assert "<script>alert(1)</script> =HYPERLINK" in page.entries[0].name
    assert pages_of(show(page).printed(), tmp_path) <= 3


def test_a_pdf_is_the_same_page_tagged_and_twice_the_same(make: MakePage, tmp_path: Path) -> None:
    page = make("nl", *ORDINARY)
    pdf = pdf_bytes(page)
    assert pdf == pdf_bytes(page)
    assert pages_of(pdf, tmp_path) == 1
    assert decoded(pdf, tmp_path) == ["https://realism0-18.be/", "tel:+3225110619", "tel:107"]
    text = subprocess.run(
        [program("pdftotext"), "-layout", str(tmp_path / "sheet.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    for said in ("Nummers en adressen voor u", "02 511 06 19", "maandag–vrijdag 9u–17u", "1813"):
        assert said in text
    info = subprocess.run([program("pdfinfo"), str(tmp_path / "sheet.pdf")], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in info


def test_a_pdf_of_hostile_text_is_made_and_holds_no_script(make: MakePage, hostile: list[Resource]) -> None:
    pdf = pdf_bytes(make("fr", *hostile))
    assert pdf.startswith(b"%PDF-")
    assert b"/JavaScript" not in pdf
    assert b"/JS" not in pdf


def test_a_number_on_the_page_is_dialled_as_e164(make: MakePage, changed: Changed) -> None:
    page = make("fr", changed("realism", phones=(Phone("+3243421212", "04 342 12 12"),)))
    links = [link.get("href") for link in tree_of(page).iter("a")]
    assert links[0] == "tel:+3243421212"
    assert "tel:112" in links


def test_no_sign_that_french_sets_apart_stands_alone_on_a_line(make: MakePage) -> None:
    text = "".join(tree_of(make("fr", *ORDINARY)).find("body").itertext())
    assert "Appelez\u00a0:" in text
    assert "moment pour moi\u00a0?" in text
    assert not re.search(r" [:;?!»]|« ", text)
