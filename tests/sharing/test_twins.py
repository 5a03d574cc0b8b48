"""Two keepers add the same house: whoever takes the other's in is told so, and how the two are joined; nothing is joined unasked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.keeping import duplicates
from tests.catalogue.facts import fact, id_of
from tests.conftest import BUNDLED, Outcome
from tests.sharing.test_syncing import devices, say

Run = Callable[..., Outcome]
HOUSE = ("--name", "Cercle des Tilleuls", "--kind", "group", "--city", "namur", "--need", "grief", "--language", "fr", "--phone", "081 22 33 44")  # fmt: skip


def lines_of(said: str) -> list[str]:
    return [line for line in said.splitlines() if "likely the same" in line]


@pytest.mark.parametrize("other", ["Cercle des Tilleuls", "Cercle de Tilleul", "Deuil et partage"])
def test_both_are_told_the_same_command_which_joins_them(tmp_path: Path, ht: Run, other: str) -> None:
    anna, bram = devices(BUNDLED, tmp_path, 2)
    place = tmp_path / "cloud"
    place.mkdir()
    assert ht("add", *HOUSE, "--yes", "--catalogue", str(anna)).exit_code == 0
    assert ht("add", *HOUSE[2:], "--name", other, "--yes", "--catalogue", str(bram)).exit_code == 0
    first, second = id_of(anna, "Cercle des Tilleuls"), id_of(bram, other)
    said = [ht("sync", str(place), "--catalogue", str(path)).err for path in (anna, bram, anna, bram)]
    (line,) = lines_of(said[1])
    assert lines_of(said[2]) == [line]
    assert not lines_of(said[0] + said[3])
    assert f"{first} and {second}" in line
    command = line.partition("ht ")[2].split()
    assert command == ["remove", second, "--duplicate-of", first]
    assert fact(anna, second).get("status") != "closed"
    assert ht(*command, "--yes", "--catalogue", str(anna)).exit_code == 0
    assert fact(anna, second)["successor"] == first


def test_a_packet_says_it_too_and_what_changes_what_is_there_says_nothing(tmp_path: Path, ht: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, bram = devices(BUNDLED, tmp_path, 2)
    for path in (anna, bram):
        assert ht("add", *HOUSE, "--yes", "--catalogue", str(path)).exit_code == 0
    packets = [str(tmp_path / f"{day}.jsonl") for day in ("monday", "tuesday")]
    assert ht("send", packets[0], "--catalogue", str(anna)).exit_code == 0
    assert len(lines_of(ht("take", packets[0], "--yes", "--catalogue", str(bram)).err)) == 1
    say(anna, "realism", email="anna@example.org")
    assert ht("send", packets[1], "--catalogue", str(anna)).exit_code == 0
    monkeypatch.setattr(duplicates, "likely_pairs", lambda *_: pytest.fail("nothing new came"))
    assert ht("take", packets[1], "--yes", "--catalogue", str(bram)).exit_code == 0


def test_of_many_pairs_five_are_said_and_a_switchboard_makes_none(tmp_path: Path, ht: Run) -> None:
    anna, bram = devices(BUNDLED, tmp_path, 2)
    words = ("Tilleul", "Peuplier", "Bouleau", "Marronnier", "Noisetier", "Platane", "Cornouiller")
    rows = [f"Cercle du {word},group,fr,nis:92094,grief,081 22 33 {10 + number}" for number, word in enumerate(words)]
    rows += [f"{name},group,fr,nis:92094,grief,081 22 33 99" for name in ("Atelier bleu", "Jardin ouvert", "Passerelle")]
    sheet = tmp_path / "new.csv"
    sheet.write_text("name,kind,languages,areas,needs,phones\n" + "\n".join(rows) + "\n", "utf-8")
    assert ht("import", str(sheet), "--yes", "--force", "--catalogue", str(anna)).exit_code == 0
    sheet.write_text("name,kind,languages,areas,needs,phones\n" + "\n".join(rows[: len(words)]) + "\n", "utf-8")
    assert ht("import", str(sheet), "--yes", "--force", "--catalogue", str(bram)).exit_code == 0
    packet = str(tmp_path / "monday.jsonl")
    assert ht("send", packet, "--catalogue", str(anna)).exit_code == 0
    said = ht("take", packet, "--yes", "--catalogue", str(bram)).err
    assert len(lines_of(said)) == 5
    assert "and 2 pairs more: ht doctor" in said
    assert "passerelle" not in "".join(lines_of(said))


@pytest.mark.parametrize(
    ("name", "town", "known"),
    [
        ("La Charabiole", "namur", "la-charabiole"),  # "La Charabiole – club psychosocial (Namur)"
        ("La Charabiole asbl", "namur", "la-charabiole"),
        ("Charabiole Namur", "namur", "la-charabiole"),
        ("La Charabiole des enfants", "namur", ""),  # another name
        ("Espace 28", "verviers", "espace-28-verviers"),
        ("Espace 28 VoG", "verviers", "espace-28-verviers"),
        ("CGG Largo vzw", "roeselare", "cgg-largo"),
        ("La Charabiole", "gent", ""),  # the same name in another town is another house
    ],
)
def test_what_a_house_is_its_form_and_its_town_are_not_its_name(name: str, town: str, known: str) -> None:
    with open_catalogue(BUNDLED) as connection:
        nis = connection.execute("SELECT nis FROM municipality WHERE lower(name) = ?", (town,)).fetchone()[0]
        record = {"name": name, "kind": "service", "areas": [f"nis:{nis}"]}
        found = {likeness.id for likeness in duplicates.Likenesses(connection).of("", record)}
    assert found >= {known} if known else "la-charabiole" not in found


def test_a_house_of_the_same_name_in_its_town_is_asked_about(ht: Run, tmp_path: Path) -> None:
    (anna,) = devices(BUNDLED, tmp_path, 1)
    said = ht("add", *HOUSE[2:], "--name", "La Charabiole", "--dry-run", "--catalogue", str(anna))
    assert "la-charabiole (" in said.err
