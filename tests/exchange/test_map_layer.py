import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from shapely import from_wkb
from shapely.geometry import shape

from ht_cli.exchange.map_layer import Area, MapPoint, pieces
from ht_cli.places.outlines import Outline, project
from tests.conftest import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def layer(ht: Run, tmp_path: Path) -> Callable[..., tuple[Path, list[dict[str, Any]]]]:
    """Draw a map as a layer; give the file and its features."""

    def make(*asked: str) -> tuple[Path, list[dict[str, Any]]]:
        path = tmp_path / "map.geojson"
        outcome = ht("map", *asked, "-o", str(path), "--force")
        assert outcome.exit_code == 0, outcome.err
        return path, json.loads(path.read_text("utf-8"))["features"]

    return make


def of_kind(features: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [feature for feature in features if feature["geometry"]["type"] == kind]


def test_a_layer_of_the_country_has_each_municipality_with_the_facts_behind_the_map(ht: Run, layer: Callable[..., Any]) -> None:
    path, features = layer("--resources")
    told = [{**feature["properties"]} for feature in of_kind(features, "MultiPolygon")]
    for facts in told:
        assert facts.pop("fill").startswith("#")
        assert {facts.pop(name) for name in ("network_adult_name", "network_youth_name")}
        del facts["fill-opacity"]
    assert told == json.loads(ht("map", "--resources", "--json").out)
    points = of_kind(features, "Point")
    assert {point["properties"]["nis"] for point in points} == {facts["nis"] for facts in told if facts["resources_here"]}
    assert len({tuple(point["geometry"]["coordinates"]) for point in points}) == len(points)
    about, _fids, shapes, _columns = pyogrio.raw.read(path)
    assert len(shapes) == len(features)
    assert about["crs"] == "EPSG:4326"
    assert all(one.is_valid and not one.is_empty for one in from_wkb(shapes))
    assert "Approximate" in pyogrio.read_info(path)["layer_metadata"]["DESCRIPTION"]


def test_a_layer_around_a_place_has_the_nearest_services(ht: Run, layer: Callable[..., Any]) -> None:
    _path, features = layer("liege")
    here, *services = of_kind(features, "Point")
    assert here["properties"]["nis"] == "62063"
    assert len(services) == 8
    assert all(service["properties"]["distance_km"] is not None for service in services)


def test_a_stretch_has_its_municipalities_alone(layer: Callable[..., Any]) -> None:
    _path, features = layer("--zoom", "namur", "--need", "grief")
    assert [feature["properties"]["municipality"] for feature in features] == ["Namur"]
    assert features[0]["properties"]["services_country"] > 0


def test_holes_and_parts_are_written_as_the_standard_wants_them() -> None:
    def ring(*corners: tuple[float, float]) -> list[tuple[float, float]]:
        return [project(latitude, longitude) for longitude, latitude in corners]

    square = ring((4, 50), (4, 51), (5, 51), (5, 50))  # with the clock
    hole = ring((4.4, 50.4), (4.6, 50.4), (4.6, 50.6), (4.4, 50.6))  # against it
    island = ring((6, 50), (6.1, 50), (6.1, 50.1))
    text = "".join(
        pieces(
            "x",
            ["Approximate."],
            [Area(Outline("1", (square, hole, island)), {"nis": "1"})],
            [MapPoint(50.0, 4.0, {"name": "a"}), MapPoint(50.0, 4.0, {"name": "b"})],
        )
    )
    area, first, second = json.loads(text)["features"]
    assert area["geometry"]["coordinates"] == [
        [[[5, 50], [5, 51], [4, 51], [4, 50], [5, 50]], [[4.4, 50.6], [4.6, 50.6], [4.6, 50.4], [4.4, 50.4], [4.4, 50.6]]],
        [[[6, 50], [6.1, 50], [6.1, 50.1], [6, 50]]],
    ]
    outer = shape(area["geometry"])
    assert outer.is_valid
    assert outer.area == pytest.approx(1 - 0.04 + 0.005)
    assert first["geometry"]["coordinates"] == [4, 50]
    assert second["geometry"]["coordinates"] != [4, 50]
