import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio

from ht_cli.catalogue.facts.municipalities import read_municipalities, read_municipality
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.exchange import geojson
from ht_cli.exchange.reference import Reference
from ht_cli.model import Address
from ht_cli.places.distance import distance_km
from tests.conftest import Outcome
from tests.exchange.conftest import HOSTILE, TRICKY, Catalogue

Run = Callable[..., Outcome]


def exported(ht: Run, *asked: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ht("export", "--format", "geojson", *asked).out)
    return found


def every_feature(collection: dict[str, Any]) -> list[dict[str, Any]]:
    return [*collection["features"], *collection["unlocated"]["features"]]


def test_every_resource_is_there_and_every_point_lies_in_belgium(ht: Run) -> None:
    collection = exported(ht)
    assert collection["type"] == collection["unlocated"]["type"] == "FeatureCollection"
    assert "GeoNames" in collection["attribution"]
    assert collection["license"] == "https://creativecommons.org/licenses/by/4.0/"
    features = every_feature(collection)
    with open_catalogue() as connection:
        resources = read_resources(connection, read_ids(connection))
    assert {feature["properties"]["resource"] for feature in features} == {resource.id for resource in resources}
    assert len(features) == sum(max(len(resource.addresses), 1) for resource in resources)
    assert len({feature["id"] for feature in features}) == len(features)
    assert all(feature["type"] == "Feature" and feature["properties"]["id"] == feature["id"] for feature in features)
    for feature in collection["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 2.5 < longitude < 6.5
        assert 49.4 < latitude < 51.6


def test_what_has_no_place_stands_apart(ht: Run) -> None:
    collection = exported(ht)
    assert collection["features"]
    assert collection["unlocated"]["features"]
    assert not [feature for feature in collection["unlocated"]["features"] if feature["geometry"]]
    assert not [feature for feature in collection["features"] if not feature["geometry"]]


def test_no_point_hides_another_and_none_is_far_from_its_centre(ht: Run) -> None:
    features = exported(ht)["features"]
    assert len({tuple(feature["geometry"]["coordinates"]) for feature in features}) == len(features)
    with open_catalogue() as connection:
        homes = read_municipalities(connection)
    for feature in features:
        longitude, latitude = feature["geometry"]["coordinates"]
        home = homes[feature["properties"]["nis"]]
        assert distance_km(latitude, longitude, home.latitude, home.longitude) < 1.5


def test_gdal_reads_every_feature_with_all_that_it_says(ht: Run, tmp_path: Path) -> None:
    path = tmp_path / "resources.geojson"
    ht("export", "--format", "geojson", "-o", str(path))
    features = json.loads(path.read_text("utf-8"))["features"]
    about, _fids, points, columns = pyogrio.raw.read(path)
    told = dict(zip(about["fields"], columns, strict=True))
    assert [*told] == [*features[0]["properties"]]
    assert told["id"].tolist() == [feature["id"] for feature in features]
    assert told["resource"].tolist() == [feature["properties"]["resource"] for feature in features]
    assert [one.tolist() for one in told["needs"]] == [feature["properties"]["needs"] for feature in features]
    assert [json.loads(one) for one in told["phones"]] == [feature["properties"]["phones"] for feature in features]
    assert told["postcode"].tolist() == [feature["properties"]["postcode"] for feature in features]
    assert len(points) == len(features)
    layer = pyogrio.read_info(path)
    assert (layer["layer_name"], layer["crs"], layer["geometry_type"]) == ("ht", "EPSG:4326", "Point")
    assert "GeoNames" in layer["layer_metadata"]["DESCRIPTION"]


def test_gdal_reads_what_has_no_place_where_it_is_taken_out(ht: Run, tmp_path: Path) -> None:
    apart = exported(ht)["unlocated"]
    path = tmp_path / "unlocated.geojson"
    path.write_text(json.dumps(apart), "utf-8")
    assert pyogrio.read_info(path)["features"] == len(apart["features"])


def test_the_first_point_is_the_centre_of_the_municipality_and_says_so(make_reference: Callable[[str], Reference]) -> None:
    first, second = json.loads("".join(geojson.pieces([TRICKY], make_reference("nl"))))["features"]
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
    (feature,) = (one for one in every_feature(exported(ht, "--catalogue", own)) if one["properties"]["id"] == "tricky-text")
    assert feature["geometry"] is None
    assert feature["properties"]["street"] is feature["properties"]["precision"] is None
    assert "Secret" not in json.dumps(feature)


def test_hostile_texts_stay_texts(ht: Run, catalogue: Catalogue) -> None:
    out = ht("export", "--format", "geojson", "--catalogue", str(catalogue(HOSTILE))).out
    assert "\\u001b" not in out
    assert not set("\x1b\u202e\u2066\x00") & set(out)
    named = [feature["properties"]["name"] for feature in json.loads(out)["features"] if feature["properties"]["id"] == "hostile-text"]
    assert named[0].startswith("<script>alert(1)</script>[31mred gnp.exe BEGIN:VCARD")
