import pytest

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.whereabouts import area_named

MEANT = {
    "Liège": "nis:62063", "LUIK": "nis:62063", "4000": "nis:62063", "Antwerpen": "nis:11002", "province de Liège": "province:liege",
    "Flandre": "region:flanders", "België": "country:be", "Springfield": "", "Liege Airport": "", "": "", "Lieeege": "", "Aachen": "",
}  # fmt: skip


@pytest.mark.parametrize(("name", "code"), MEANT.items())
def test_a_name_means_one_place_or_none(name: str, code: str, lexicon: Lexicon) -> None:
    assert area_named(lexicon, name) == code
