import csv

from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.catalogue.municipalities import read_municipality
from ht_cli.catalogue.opening import open_catalogue
from ht_cli.model import Place
from ht_cli.search.option_values import read_option
from ht_cli.search.text import key
from tests.conftest import ROOT

PLACES = ROOT / "data" / "sources" / "places"


def rows(name: str) -> list[dict[str, str]]:
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def candidates(text: str, lexicon: Lexicon) -> list[Place]:
    """Every place that a name may mean: names are shared, and one of them must be the right one."""
    return [lexicon.place(int(form.ref)) for form in lexicon.forms([key(text)]) if form.kind == "place"]


def test_every_municipality_is_found_by_each_of_its_names_and_postcodes(lexicon: Lexicon) -> None:
    lost = []
    for row in rows("municipalities.csv"):
        names = {row[f"name_{language}"] for language in ("fr", "nl", "de", "en")} | set(row["postcodes"].split(";"))
        for name in names:
            found = candidates(name, lexicon)
            homes = {place.nis for place in found}
            brussels = row["nis"] == "21004" and any(place.code == "region:brussels" for place in found)
            if row["nis"] not in homes and not brussels:
                lost.append((row["nis"], name))
    assert lost == []


def test_every_former_municipality_is_found_in_the_one_it_became(lexicon: Lexicon) -> None:
    lost = [
        (row["old_name_fr"], row["nis"])
        for row in rows("former_municipalities.csv")
        if row["nis"] not in {place.nis for place in candidates(row["old_name_fr"], lexicon)}
    ]
    assert lost == []


def test_every_postal_locality_is_found_in_its_municipality(lexicon: Lexicon) -> None:
    lost = []
    for row in rows("localities.csv"):
        found = candidates(row["display"], lexicon)
        if row["nis"] not in {place.nis for place in found} and not any(place.code == "region:brussels" for place in found):
            lost.append((row["display"], row["nis"]))
    assert lost == []


def test_every_municipality_has_its_two_networks_and_says_how_sure_that_is() -> None:
    with open_catalogue() as connection:
        for row in rows("municipalities.csv"):
            municipality = read_municipality(connection, row["nis"])
            assert municipality is not None
            assert municipality.network_adult == row["network_adult"]
            assert municipality.network_youth == row["network_youth"]
            assert municipality.network_adult_confidence in ("high", "medium", "low")


def test_names_of_other_languages_former_names_and_villages_lead_home(lexicon: Lexicon) -> None:
    for typed, nis in [
        ("lüttich", "62063"),
        ("luttich", "62063"),
        ("jemelle", "91114"),
        ("galmaarden", "23106"),
        ("5580", "91114"),
        ("bruge", "31005"),
    ]:
        assert read_option("city", typed, lexicon).places[0].nis == nis, typed
