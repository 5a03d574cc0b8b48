import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from ht_cli import locale
from ht_cli.exchange import html
from ht_cli.exchange.entries import hours
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.sheet.facts import make_page
from ht_cli.exchange.sheet.page import html_text
from ht_cli.exchange.sheet.plain import text_lines
from ht_cli.exchange.typography import held
from ht_cli.model import Phone, Resource
from tests.conftest import Outcome

ALONE = re.compile(r" [:;?!»]|« ")


@pytest.mark.parametrize(
    ("text", "set_so"),
    [
        ("Appelez :", "Appelez\u00a0:"), ("« ici », là ; quoi ? oui !", "«\u00a0ici\u00a0», là\u00a0; quoi\u00a0? oui\u00a0!"), ("Wo? Hier: da!", "Wo? Hier: da!"),
        (Markup('<a b=" :">'), '<a b=" :">'), (3, 3),
    ],
)  # fmt: skip
def test_a_sign_that_french_sets_apart_stays_with_its_word(text: object, set_so: object) -> None:
    assert held(text) == set_so


def test_no_sign_stands_alone_on_a_line_of_the_page(every_resource: list[Resource], make_reference: Callable[[str], Reference]) -> None:
    page = "".join(html.pieces(every_resource[::40], make_reference("fr")))
    body = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    assert not ALONE.search(re.sub(r"<[^>]*>", "", body))


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_no_sign_stands_alone_on_a_line_of_a_sheet(ht: Callable[..., Outcome], form: str) -> None:
    sheet = ht("sheet", "realism", "tele-accueil-107", "--format", form, "--locale", "fr").out
    shown = re.sub(r"<(style).*?</\1>|<[^>]*>", "", sheet, flags=re.DOTALL)
    assert "\u00a0:" in shown
    assert not ALONE.search(shown)


def test_no_stretch_of_hours_breaks_after_its_dash(resource: Callable[[str], Resource], make_reference: Callable[[str], Reference]) -> None:
    words = make_reference("fr").words
    locale.activate(["--locale", "fr"], os.environ)
    known = resource("realism")._replace(
        hours={}, hours_osm="Mo-Fr 09:00-12:00,13:30-17:00", phones=(Phone("107", hours_osm="Sa 10:00-24:00"),)
    )
    shown = html_text(make_page([known], [], words))
    assert shown.count('<span class="whole">') >= 3
    assert not re.search(r"\dh?\d*–\d", re.sub(r'<span class="whole">[^<]*</span>', "", shown))


def test_a_network_beside_a_map_has_its_colon_as_french_sets_it(ht: Callable[..., Outcome], tmp_path: Path) -> None:
    for name in ("liege.svg", "liege.html"):
        ht("map", "liege", "-o", str(tmp_path / name), "--locale", "fr")
        said = (tmp_path / name).read_text("utf-8")
        assert "Réseau pour adultes\u00a0: " in said
        assert not re.search(r"Réseau pour (?:adultes|les jeunes):", said)


@pytest.mark.parametrize("words", ["map", "info --charts"])
def test_no_line_of_a_picture_begins_with_a_sign(ht: Callable[..., Outcome], tmp_path: Path, words: str) -> None:
    picture = tmp_path / "picture.svg"
    ht(*words.split(), "-o", str(picture), "--locale", "fr")
    lines = re.findall(r"<text[^>]*>([^<]*)</text>", picture.read_text("utf-8"))
    assert any("\u00a0" in line for line in lines)
    assert not [line for line in lines if ALONE.search(line)]


def test_no_line_of_a_sheet_in_plain_text_begins_with_a_sign(
    resource: Callable[[str], Resource], make_reference: Callable[[str], Reference]
) -> None:
    words = make_reference("fr").words
    locale.activate(["--locale", "fr"], os.environ)
    known = resource("realism")._replace(
        hours={"fr": "lundi ; mardi ; jeudi ; samedi ; dimanche"}, hours_osm="", phones=(Phone("107"), Phone("112", hours={"fr": "nuit"}))
    )
    page = make_page([known], [], words)
    assert "lundi ; mardi" in " ".join("".join(text_lines(page)).split())
    for width in range(20, 60):
        assert not [line for line in text_lines(page, width) if line.strip()[:1] in tuple(":;?!»")]


def test_hours_in_words_hold_their_semicolon_in_cards_and_directories(
    ht: Callable[..., Outcome], catalogue: Callable[..., Path], resource: Callable[[str], Resource]
) -> None:
    known = resource("realism")._replace(id="of-one", hours={"fr": "lundi 8h–22h ; samedi 10h"}, hours_osm="Mo 08:00-22:00; Sa 10:00-12:00")
    own = str(catalogue(known))
    for form in ("vcard", "markdown"):
        text = ht("export", "--all", "--format", form, "--locale", "fr", "--catalogue", own).out.replace("\n ", "").replace("\\;", ";")
        assert "lundi 8h–22h\u00a0; samedi 10h" in text


def test_times_of_several_days_are_joined_as_french_joins_them(resource: Callable[[str], Resource]) -> None:
    locale.activate(["--locale", "fr"], os.environ)
    known = resource("realism")._replace(hours={}, hours_osm="Mo 08:00-22:00; Sa 10:00-12:00")
    assert hours(known.hours, known.hours_osm).text.count("\u00a0; ") == 1
