import json
from collections.abc import Callable
from typing import Any

from ht_cli.catalogue.facts.municipalities import read_municipality
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.model import Address
from tests.conftest import Outcome
from tests.exchange.conftest import HOSTILE, TRICKY, Catalogue

Run = Callable[..., Outcome]


def exported(ht: Run, *asked: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ht("export", "--format", "geojson", *asked).out)
    return found


def test_every_resource_is_there_and_every_point_lies_in_belgium(ht: Run) -> None:
    collection = exported(ht)
    assert collection["type"] == "FeatureCollection"
    assert "GeoNames" in collection["attribution"]
    with open_catalogue() as connection:
        resources = read_resources(connection, read_ids(connection))
    assert {feature["properties"]["id"] for feature in collection["features"]} == {resource.id for resource in resources}
    assert len(collection["features"]) == sum(max(len(resource.addresses), 1) for resource in resources)
    assert len({feature["id"] for feature in collection["features"]}) == len(collection["features"])
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        if feature["geometry"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert 2.5 < longitude < 6.5
            assert 49.4 < latitude < 51.6


def test_a_point_is_the_centre_of_the_municipality_and_says_so(ht: Run, catalogue: Catalogue) -> None:
    features = exported(ht, "--catalogue", str(catalogue(TRICKY)), "--locale", "nl")["features"]
    first, second = (feature for feature in features if feature["properties"]["id"] == "tricky-text")
    with open_catalogue() as connection:
        home = read_municipality(connection, "62063")
    assert home
    assert first["geometry"] == {"type": "Point", "coordinates": [round(home.longitude, 5), round(home.latitude, 5)]}
    assert first["properties"]["precision"] == second["properties"]["precision"] == "municipality"
    assert first["properties"]["municipality"] == "Luik"
    assert first["properties"]["areas"] == ["nis:62063", "province:liege"]
    assert (first["id"], second["id"]) == ("tricky-text", "tricky-text/2")


def test_without_a_public_address_there_is_no_point(ht: Run, catalogue: Catalogue) -> None:
    hidden = TRICKY._replace(addresses=(Address("Secret street 1", "4000", "Liège", "62063", confidential=True),))
    own = str(catalogue(hidden))
    (feature,) = (one for one in exported(ht, "--catalogue", own)["features"] if one["properties"]["id"] == "tricky-text")
    assert feature["geometry"] is None
    assert feature["properties"]["street"] is feature["properties"]["precision"] is None
    assert "Secret" not in json.dumps(feature)


def test_hostile_texts_stay_texts(ht: Run, catalogue: Catalogue) -> None:
    out = ht("export", "--format", "geojson", "--catalogue", str(catalogue(HOSTILE))).out
    assert "\\u001b" not in out
    assert not set("\x1b\u202e\u2066\x00") & set(out)
    named = [feature["properties"]["name"] for feature in json.loads(out)["features"] if feature["properties"]["id"] == "hostile-text"]
    assert named[0].startswith("<script>alert(1)</script>[31mred gnp.exe BEGIN:VCARD")
