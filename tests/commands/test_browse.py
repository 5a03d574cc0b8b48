"""What the keys of the picker have done: by the commands that exist, with what they say."""

import csv
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.commands._deeds import Deeds
from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import languages
from ht_cli.model import Resource
from ht_cli.search.asking import ask
from ht_cli.search.wishes import Wishes
from tests.conftest import Outcome

Run = Callable[..., Outcome]
WITH_SITE = Resource("a", "A", "service", url="https://www.example.be/")


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Path]:
    """A browser that notes the address it is given, and ends with a code."""

    def install(code: int) -> Path:
        script, noted = tmp_path / "browser", tmp_path / "noted"
        script.write_text(f"#!/bin/sh\nprintf %s \"$1\" > '{noted}'\necho noise\necho noise >&2\nexit {code}\n")
        script.chmod(0o755)
        monkeypatch.setenv("BROWSER", str(script))
        return noted

    return install


@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script")
def test_a_site_is_opened_and_what_the_browser_prints_is_kept_off_the_screen(
    browser: Callable[[int], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    noted = browser(0)
    assert Deeds().open_site(WITH_SITE) == ["Opened in the browser: https://www.example.be/"]
    assert noted.read_text() == "https://www.example.be/"
    assert capfd.readouterr() == ("", "")


def test_where_the_picker_is_not_opened_the_same_words_are_searched_for_otherwise(ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for setting, said in (("", "needs a terminal"), ("0", "is turned off")):
        monkeypatch.setenv("HT_BROWSE", setting)
        assert said in ht("browse").err
        assert ht("browse", "burnout", "namur").err.rstrip().endswith("search with: ht find burnout namur")
        assert ht("browse", "l'angoisse", "$x").err.rstrip().endswith("""ht find "l'angoisse" '$x'""")


@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script")
def test_where_no_browser_starts_the_site_is_said(browser: Callable[[int], Path]) -> None:
    browser(1)
    with pytest.raises(NotFoundError, match=r"https://www\.example\.be/"):
        Deeds().open_site(WITH_SITE)


def test_only_a_site_is_opened() -> None:
    for url in ("", "file:///etc/passwd", "javascript:alert(1)"):
        with pytest.raises(NotFoundError, match="no site of A"):
            Deeds().open_site(Resource("a", "A", "service", url=url))


def test_no_command_is_named_that_cannot_be_typed_in_the_picker() -> None:
    with pytest.raises(NotFoundError, match=r"no site of A is known$"):
        Deeds().open_site(Resource("a", "A", "service"))
    for columns in (36, 70, 134):
        assert "ht " not in Deeds().draw_map("5000 Namur", columns)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_a_sheet_is_that_of_the_command_in_the_language_of_the_client_and_the_readers_stays(tmp_path: Path, ht: Run, language: str) -> None:
    ours, theirs = tmp_path / "ours.html", tmp_path / "theirs.html"
    said = Deeds().make_sheet(["tele-accueil-107", "realism"], language, ours)
    assert said[-1] == f"Written: {ours}"
    assert languages()[0] == "en"
    ht("sheet", "tele-accueil-107", "realism", "--locale", language, "-o", str(theirs))
    assert ours.read_bytes() == theirs.read_bytes()
    assert f'<html lang="{language}"' in ours.read_text("utf-8")


def test_what_is_there_already_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "there.html"
    path.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        Deeds().make_sheet(["realism"], "fr", path)
    with pytest.raises(UsageError, match="is there already"):
        Deeds().export("burnout", Wishes(), path)
    assert path.read_text() == "mine"


def test_an_export_is_that_of_the_command(tmp_path: Path, ht: Run) -> None:
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    said = Deeds().export("burnout namur", Wishes(free=True), ours)
    ht("export", "burnout", "namur", "--free", "-o", str(theirs))
    assert ours.read_bytes() == theirs.read_bytes()
    assert said == [f"{len(json.loads(ours.read_text('utf-8')))} resources.", f"Written: {ours}"]


def test_an_export_goes_by_the_ending_and_refuses_one_that_means_nothing(tmp_path: Path) -> None:
    Deeds().export("burnout namur", Wishes(), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file))[0] == "id"
    with pytest.raises(UsageError, match="cannot be written; give a name that ends with one of"):
        Deeds().export("burnout namur", Wishes(), tmp_path / "a.docx")
    assert os.listdir(tmp_path) == ["a.csv"]


def test_a_map_is_drawn_of_a_town_known_or_named_as_wide_as_it_is_asked_for() -> None:
    with open_catalogue() as connection:
        (namur,) = ask("namur", Wishes(), Lexicon(connection)).places[:1]
    drawn = Deeds().draw_map(namur, 70)
    assert "You are here: Namur" in drawn
    assert max(map(len, drawn.splitlines())) <= 70
    assert Deeds().draw_map("5000 Namur", 70) == drawn


def test_a_map_of_a_province_is_drawn_too() -> None:
    with open_catalogue() as connection:
        place = ask("province de namur", Wishes(), Lexicon(connection)).places[0]
    assert "The networks for adults" in Deeds().draw_map(place, 100)


def test_a_check_is_recorded_in_ones_own_catalogue_with_ones_initials(own: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HT_BY", "AB")
    said = Deeds().record_check("realism", "phone")
    assert said
    assert "initials" not in "".join(said)
    (resource,) = json.loads(ht("show", "realism", "--json").out)
    assert (resource["checked_how"], resource["checked_by"]) == ("phone", "AB")
    Deeds().record_check("realism", "")
    assert "\tfail\trealism\t" in ht("history", "realism").out


def test_whoever_has_no_initials_is_told_of_the_variable_and_of_no_option(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HT_BY", raising=False)
    said = "\n".join(Deeds().record_check("realism", "phone"))
    assert "HT_BY" in said
    assert "--" not in said
