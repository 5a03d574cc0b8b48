"""What a Dutch, German or English reader sees of the release is in their language, and what is not is marked."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ht_cli.catalogue.facts import schema
from ht_cli.catalogue.release.sources import read_sources
from ht_cli.errors import InvalidDataError
from ht_cli.hours_wording import hours_said
from ht_cli.model import LANGUAGES, Resource, Spoken
from tests.catalogue.facts import fact, id_of
from tests.conftest import ROOT, Outcome

Run = Callable[..., Outcome]
RESOURCES = read_sources(ROOT / "data" / "sources").resources
# Words that stand in texts about hours, numbers and areas, and that no name of a service holds.
TELLING = {
    "fr": "lun mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche mois jours matin soir soirée après-midi sauf été hiver"
    " aussi sur avec sans rendez-vous congés fériés accueil permanence téléphone répondeur urgences gratuit secrétariat bureau surtout ouvert"
    " groupes lieux plusieurs étudiants numéro pour adultes jeunes",
    "nl": "ma wo vr za elke maand week dag nacht behalve zonder afspraak ook niet voor onthaal telefonisch spoed gratis vooral plaatsen groepen"
    " studenten volwassenen jongeren kantooruren werkdagen namiddag",
    "de": "Mi jeden Monat Woche Tag Nacht außer ohne Termin auch nicht für Empfang telefonisch kostenlos vor allem Orte Gruppen Studierende"
    " Erwachsene Bürozeiten werktags Nachmittag",
    "en": "Mon Tue Wed Thu Fri Sat Sun every month week day night except without appointment also not for reception phone free mostly places"
    " groups students adults office working afternoon",
}
TIMES = {"fr": r"\d+h\d*\b", "nl": r"\d+u\d*\b", "de": r"\d+:\d\d", "en": r"\d+:\d\d"}
WORDS = {language: set(words.split()) for language, words in TELLING.items()}


def spoken_texts(resource: Resource) -> Iterator[Spoken]:
    yield from (resource.hours, resource.area_note)
    for phone in resource.phones:
        yield from (phone.label, phone.hours)


def is_of_another(text: str, language: str) -> bool:
    words = set(re.findall(r"[\w-]+", text))
    others = set().union(*(WORDS[other] - WORDS[language] for other in LANGUAGES if other != language))
    times = {TIMES[other] for other in LANGUAGES} - {TIMES[language]}
    return bool(words & others) or any(re.search(pattern, text) for pattern in times)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_release_is_said_to_a_reader_in_another_language(language: str) -> None:
    said = [versions for resource in RESOURCES for versions in spoken_texts(resource) if versions]
    assert len(said) > 350
    assert [versions for versions in said if language not in versions] == []
    assert [versions[language] for versions in said if is_of_another(versions[language], language)] == []


def test_a_text_that_is_the_same_in_all_languages_is_a_name_or_a_number() -> None:
    same = {
        versions["fr"] for resource in RESOURCES for versions in spoken_texts(resource) if versions and len(set(versions.values())) == 1
    }
    assert {"Le Pilier", "CDCS-CMDC", "Kind en Gezin-Lijn"} <= same
    assert [text for text in same if any(is_of_another(text, language) for language in LANGUAGES)] == []


def test_what_the_syntax_says_whole_is_made_and_never_written_twice(reading: None) -> None:
    for resource in RESOURCES:
        for part in (resource, *resource.phones):
            if part.hours_osm and not part.hours:
                text, other = hours_said(part.hours, part.hours_osm)
                assert text, resource.id
                assert not other
            assert '"' not in part.hours_osm, resource.id  # a remark in it would be of one language


@pytest.fixture(params=LANGUAGES)
def reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ht_cli.locale._preferred", (request.param, *(code for code in LANGUAGES if code != request.param)))


def test_notes_are_for_keepers_alone(ht: Run) -> None:
    assert "Notes:" not in ht("show", "emergo", "--format", "records").out
    assert "Notes:" in ht("show", "emergo", "--notes", "--format", "records").out


def test_a_text_without_a_language_is_in_the_one_spoken_and_takes_the_place_of_all(own: Path, ht: Run) -> None:
    assert ht("update", "modus-vivendi", "--set", "hours=na afspraak", "--yes", HT_LANG="nl").exit_code == 0
    assert fact(own, "modus-vivendi")["hours"] == {"nl": "na afspraak"}
    assert "na afspraak (nl)" in ht("show", "modus-vivendi", "--format", "records", HT_LANG="de").out
    assert ht("update", "modus-vivendi", "--set", "hours.fr=sur rendez-vous", "--yes", HT_LANG="nl").exit_code == 0
    assert fact(own, "modus-vivendi")["hours"] == {"fr": "sur rendez-vous", "nl": "na afspraak"}
    assert "Uren: na afspraak\n" in ht("show", "modus-vivendi", "--format", "records", HT_LANG="nl").out
    assert ht("update", "modus-vivendi", "--set", "hours.it=sera", "--yes").exit_code == 2


def test_a_further_language_keeps_the_hours_that_a_program_reads(own: Path, ht: Run) -> None:
    ht("update", "emergo", "--set", "hours=sur rendez-vous", "--set", "hours_osm=Mo-Fr 09:00-17:00", "--yes", HT_LANG="fr")
    ht("update", "emergo", "--set", "hours.nl=na afspraak", "--yes")
    assert fact(own, "emergo")["hours_osm"] == "Mo-Fr 09:00-17:00"
    ht("update", "emergo", "--set", "hours.fr=fermé", "--yes")
    assert "hours_osm" not in fact(own, "emergo")


def test_the_record_in_a_file_may_say_either(own: Path, ht: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    file.write_text(
        'name = "Praathuis Test"\nkind = "group"\nlanguages = ["nl"]\nareas = ["nis:44021"]\nhours = "elke dinsdag"\n'
        '[[phones]]\nnumber = "09 210 99 00"\nlabel = "onthaal"\n[phones.hours]\nfr = "le matin"\nnl = "\'s morgens"\n',
        "utf-8",
    )
    assert ht("add", "--from", str(file), "--yes", HT_LANG="nl").exit_code == 0
    record = fact(own, id_of(own, "Praathuis Test"))
    assert record["hours"] == {"nl": "elke dinsdag"}
    assert record["phones"][0]["label"] == {"nl": "onthaal"}
    assert record["phones"][0]["hours"] == {"fr": "le matin", "nl": "'s morgens"}


def test_a_release_with_a_text_that_some_would_read_in_another_language_is_not_built(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "data" / "sources", tmp_path / "sources")
    record = tmp_path / "sources" / "resources" / "emergo.toml"
    record.write_text(record.read_text("utf-8") + '\n[hours]\nfr = "sur rendez-vous"\nnl = "op afspraak"\n', "utf-8")
    with pytest.raises(InvalidDataError, match=r"emergo\.toml: hours: not said in de, en"):
        read_sources(tmp_path / "sources")


def test_words_of_an_older_catalogue_were_french_and_its_journal_says_so() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in (schema.FACTS + schema.SEARCH, schema.JOURNAL, schema.MAP, schema.SPELLING_AND_HEARING):
            connection.executescript(step)
        connection.execute(
            "INSERT INTO resource (number, id, name, kind, status, confidence, professionals_only, area_note, email, url, hours, hours_osm, notes)"
            " VALUES (1, 'x', 'X', 'service', 'active', 'low', 0, 'Campine', '', '', 'lundi', '', '')"
        )
        connection.execute("INSERT INTO phone VALUES ('x', 0, '107', '107', 'accueil', 'le soir', '')")
        phones = [{"number": "107", "label": "accueil", "hours": "le soir", "hours_osm": "24/7"}, {"number": "106"}]
        connection.execute("INSERT INTO change_field VALUES ('u', 'hours', NULL, ?, 0)", (json.dumps("lundi"),))
        connection.execute("INSERT INTO change_field VALUES ('u', 'phones', ?, NULL, 0)", (json.dumps(phones),))
        connection.execute("INSERT INTO change_field VALUES ('u', 'email', NULL, ?, 0)", (json.dumps("a@b.be"),))
        connection.execute("INSERT INTO released VALUES ('x', 'area_note', ?)", (json.dumps("Campine"),))
        connection.executescript(schema.SPOKEN)
        assert connection.execute("SELECT field, position, language, text FROM resource_text ORDER BY field").fetchall() == [
            ("area_note", 0, "fr", "Campine"),
            ("hours", 0, "fr", "lundi"),
            ("phone_hours", 0, "fr", "le soir"),
            ("phone_label", 0, "fr", "accueil"),
        ]
        values = {field: (before, after) for field, before, after in connection.execute("SELECT field, before, after FROM change_field")}
        assert values["hours"][0] is None
        assert json.loads(values["hours"][1]) == {"fr": "lundi"}
        assert json.loads(values["email"][1]) == "a@b.be"
        assert json.loads(values["phones"][0]) == [phones[0] | {"label": {"fr": "accueil"}, "hours": {"fr": "le soir"}}, {"number": "106"}]
        assert json.loads(connection.execute("SELECT value FROM released").fetchone()[0]) == {"fr": "Campine"}
