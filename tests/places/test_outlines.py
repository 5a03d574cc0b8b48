import csv
import statistics

import pytest

from ht_cli.places.outlines import Outline, neighbours, project, read_rings, rings_text, unproject
from ht_cli.places.raster import NOBODY, pixel_of, rasterise
from tests.conftest import ROOT

PLACES = ROOT / "data" / "sources" / "places"


def rows(name: str) -> list[dict[str, str]]:
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HOMES = {row["nis"]: row for row in rows("municipalities.csv")}
OUTLINES = [Outline(row["nis"], read_rings(row["outline"])) for row in rows("outlines.csv")]


def test_every_municipality_has_an_outline_and_the_file_is_small() -> None:
    assert [outline.nis for outline in OUTLINES] == sorted(HOMES)
    assert (PLACES / "outlines.csv").stat().st_size <= 300_000


def test_the_centre_of_every_municipality_is_in_its_outline() -> None:
    for number, outline in enumerate(OUTLINES):
        here = project(float(HOMES[outline.nis]["lat"]), float(HOMES[outline.nis]["lon"]))
        assert owner(here) == number, outline.nis


def owner(point: tuple[float, float]) -> int:
    """Whose outline holds a point: that with an odd number of edges to its east."""
    x, y = point
    for number, outline in enumerate(OUTLINES):
        edges = [edge for ring in outline.rings for edge in zip(ring, [*ring[1:], ring[0]], strict=True)]
        crossed = [a + (y - b) * (c - a) / (d - b) for (a, b), (c, d) in edges if (b > y) != (d > y)]
        if sum(east > x for east in crossed) % 2:
            return number
    return NOBODY


def test_every_locality_is_in_the_outline_of_its_municipality_but_where_a_corner_was_left_out() -> None:
    localities = rows("localities.csv")[::20]
    wrong = [row["display"] for row in localities if OUTLINES[owner(project(float(row["lat"]), float(row["lon"])))].nis != row["nis"]]
    assert len(wrong) <= len(localities) * 0.01, wrong


def area_km2(outline: Outline) -> float:
    """Give the area of an outline in km² (shoelace; holes run the other way round)."""
    doubled = 0.0
    for ring in outline.rings:
        doubled += sum(x * v - u * y for (x, y), (u, v) in zip(ring, [*ring[1:], ring[0]], strict=True))
    return abs(doubled) / 2


def test_the_country_has_its_known_area_and_half_of_the_municipalities_about_theirs() -> None:
    known = sum(float(row["area_km2"]) for row in HOMES.values())
    assert sum(area_km2(outline) for outline in OUTLINES) == pytest.approx(known, rel=0.001)
    ratios = [area_km2(outline) / float(HOMES[outline.nis]["area_km2"]) for outline in OUTLINES]
    low, middle, high = statistics.quantiles(ratios, n=4)
    assert 0.85 < low < middle < high < 1.2


def test_borders_are_shared_point_by_point() -> None:
    """An edge belongs to two municipalities, or to one and to the edge of the country, of which there is one ring."""
    count: dict[frozenset[tuple[float, float]], int] = {}
    for outline in OUTLINES:
        for ring in outline.rings:
            for edge in map(frozenset, zip(ring, [*ring[1:], ring[0]], strict=True)):
                count[edge] = count.get(edge, 0) + 1
    assert set(count.values()) == {1, 2}
    outer: dict[tuple[float, float], int] = {}
    for edge, times in count.items():
        for corner in edge if times == 1 else ():
            outer[corner] = outer.get(corner, 0) + 1
    assert set(outer.values()) == {2}


@pytest.mark.parametrize(("one", "other"), [("62063", "62093"), ("21004", "21015"), ("57097", "33029"), ("73109", "63088")])
def test_municipalities_that_touch_are_neighbours(one: str, other: str) -> None:
    """Liège and Saint-Nicolas, Brussels and Schaerbeek, Comines and Wervik, Voeren and Plombières."""
    assert (min(one, other), max(one, other)) in neighbours(OUTLINES)


def test_a_grid_has_no_hole_inside_the_country_and_nothing_outside() -> None:
    from ht_cli.places.outlines import box_of

    box = box_of(OUTLINES)
    grid = rasterise(OUTLINES, box, 160, 130)
    for line in grid:
        land = [column for column, number in enumerate(line) if number != NOBODY]
        assert land
    for place, (latitude, longitude) in {"Givet": (50.135, 4.825), "Lille": (50.63, 3.06), "Maastricht": (50.85, 5.69)}.items():
        column, row = pixel_of(project(latitude, longitude), box, 160, 130) or (0, 0)
        assert grid[row][column] == NOBODY, place


def test_a_small_municipality_keeps_its_pixels_when_the_map_is_drawn_larger() -> None:
    from ht_cli.places.outlines import box_of

    saint_josse = next(number for number, outline in enumerate(OUTLINES) if outline.nis == "21014")
    box = box_of([OUTLINES[saint_josse]]).grown(0.5)
    assert sum(line.count(saint_josse) for line in rasterise(OUTLINES, box, 40, 40)) > 100


def test_rings_are_read_as_they_are_written() -> None:
    text = "4361 51137 4370 51153 4413 51148;4000 50000 4001 50000 4001 50001"
    rings = [[(round(x * 1000), round(y * 1000)) for y, x in map(unproject, ring)] for ring in read_rings(text)]
    assert rings_text(rings) == text


def test_the_outlines_are_those_that_the_localities_give() -> None:
    pytest.importorskip("shapely", reason="the extra `sources` is not installed")
    from ht_cli.places.outlining import outlines, rings_of

    sites = {project(float(row["lat"]), float(row["lon"])): row["nis"] for row in rows("localities.csv")}
    computed = outlines(sites, sum(float(row["area_km2"]) for row in HOMES.values()))
    assert {nis: rings_text(rings_of(shape)) for nis, shape in computed.items()} == {
        row["nis"]: row["outline"] for row in rows("outlines.csv")
    }
