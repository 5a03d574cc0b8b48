import pytest

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.catalogue.index.whereabouts import area_named, towns_named
from ht_cli.locale import speaking
from ht_cli.model import LANGUAGES
from ht_cli.search.option_values import read_option

MEANT = {
    "Liège": "nis:62063", "LUIK": "nis:62063", "4000": "nis:62063", "Antwerpen": "nis:11002", "province de Liège": "province:liege",
    "Flandre": "region:flanders", "België": "country:be", "Springfield": "", "Liege Airport": "", "": "", "Lieeege": "", "Aachen": "",
    "Limburg": "province:limburg", "Limbourg": "nis:63046", "Luxembourg": "province:luxembourg", "Forest": "nis:21007", "Vorst": "nis:21007",
    "Celles": "nis:57018", "Halle": "nis:23027", "Saint-Nicolas": "", "9000 Gent": "nis:44021", "B-9000": "nis:44021", "BE 9000": "nis:44021",
    "B - 9000 Gent": "nis:44021", "1050": "nis:21009", "1050 Bruxelles": "nis:21009", "1040 Bruxelles-Ville": "nis:21004",
    "5100 Jambes": "nis:92094", "9000 Liège": "", "9000 Nowhere": "", "9999": "", "Kempen": "",
    "Fédération Wallonie-Bruxelles": "community:fr", "Communauté française": "community:fr", "Franse Gemeenschap": "community:fr",
    "Vlaamse Gemeenschap": "community:nl", "Communauté flamande": "community:nl", "Deutschsprachige Gemeinschaft": "community:de",
}  # fmt: skip


@pytest.mark.parametrize(("name", "code"), MEANT.items())
def test_a_name_means_one_place_or_none(name: str, code: str, lexicon: Lexicon) -> None:
    assert area_named(lexicon, name) == code


@pytest.mark.parametrize("name", ["Limburg", "Limbourg", "Antwerpen", "Liège", "Namur", "Forest", "Vorst", "Halle", "1050", "1060"])
def test_of_several_places_of_one_name_it_is_the_one_that_find_takes(name: str, lexicon: Lexicon) -> None:
    assert area_named(lexicon, name) == read_option("city", name, lexicon).places[0].code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wide_area_is_known_by_the_name_that_we_print(language: str, lexicon: Lexicon) -> None:
    with open_catalogue() as connection, speaking(language):
        words = read_words(connection, language)
        codes = ["country:be", *(f"region:{slug}" for slug in ("brussels", "flanders", "wallonia"))]
        codes += [f"community:{code}" for code in ("de", "fr", "nl")]
        codes += [code for code in words.areas if code.startswith("province:") and code != "province:brussels"]
        assert {code: area_named(lexicon, words.area(code)) for code in codes} == {code: code for code in codes}


def test_the_towns_of_a_name_are_all_those_that_it_may_mean_the_likeliest_first(lexicon: Lexicon) -> None:
    assert towns_named(lexicon, "Celles") == ("nis:57018", "nis:64076", "nis:91072")
    assert towns_named(lexicon, "B-1050") == ("nis:21009", "nis:21004")
    assert towns_named(lexicon, "Bruxelles") == ()
