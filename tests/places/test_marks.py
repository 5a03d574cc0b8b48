from itertools import combinations, pairwise

import pytest

from ht_cli.catalogue.facts.mapping import read_atlas
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.output.colours import indexed
from ht_cli.places.atlas import LAYERS, Atlas, network_of
from ht_cli.places.marks import PALETTE, SHADES, Mark, ink_on, luminance, mark_networks
from ht_cli.places.outlines import neighbours
from tests.colour_vision import apart, ciede2000


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    with open_catalogue() as connection:
        return read_atlas(connection)


def touching(atlas: Atlas, layer: str) -> set[tuple[Mark, Mark]]:
    networks = {home.nis: atlas.marks[network_of(home, layer)] for home in atlas.municipalities}
    pairs = {(networks[one], networks[other]) for one, other in neighbours(atlas.outlines)}
    return {pair for pair in pairs if pair[0] != pair[1]}


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_distance_is_that_of_the_published_examples() -> None:
    """Sharma, Wu and Dalal (2005), table 1."""
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, -1.3802, -84.2814), (50, 0, -82.7485)) == pytest.approx(1.0, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)
    assert ciede2000((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514)) == pytest.approx(0.9082, abs=1e-4)


@pytest.mark.parametrize("layer", LAYERS)
def test_neighbouring_networks_never_share_a_colour(atlas: Atlas, layer: str) -> None:
    pairs = touching(atlas, layer)
    assert len(pairs) > 10
    assert [pair for pair in pairs if pair[0].colour == pair[1].colour] == []


@pytest.mark.parametrize("layer", LAYERS)
def test_neighbouring_networks_are_told_apart_by_the_colour_blind(atlas: Atlas, layer: str) -> None:
    assert min(apart(PALETTE[one.colour], PALETTE[other.colour]) for one, other in touching(atlas, layer)) > 16


def test_any_two_colours_are_told_apart_by_the_colour_blind() -> None:
    assert min(apart(one, other) for one, other in combinations(PALETTE, 2)) > 16


def test_the_colours_stay_apart_on_a_terminal_of_256() -> None:
    levels = (0, 95, 135, 175, 215, 255)
    numbers = [indexed(colour) - 16 for colour in PALETTE]
    shown = ["#" + "".join(f"{levels[number // part % 6]:02x}" for part in (36, 6, 1)) for number in numbers]
    assert min(apart(one, other) for one, other in combinations(shown, 2)) > 16


def test_every_shade_is_darker_than_the_one_of_fewer_services() -> None:
    assert all(apart(one, other) > 10 and luminance(one) > luminance(other) for one, other in pairwise(SHADES))


def test_colours_stand_out_from_a_light_and_a_dark_page() -> None:
    assert min(contrast(colour, ground) for colour in PALETTE for ground in ("#ffffff", "#111111")) >= 3


def test_letters_can_be_read_on_every_colour() -> None:
    assert min(contrast(colour, ink_on(colour)) for colour in (*PALETTE, *SHADES)) >= 4.5


def test_every_network_of_a_layer_has_a_letter_of_its_own(atlas: Atlas) -> None:
    for layer in LAYERS:
        networks = {network_of(home, layer) for home in atlas.municipalities}
        assert len({atlas.marks[network].letter for network in networks}) == len(networks)


def test_a_palette_that_is_too_small_is_a_fault() -> None:
    crowd = {str(number): f"network-{number}" for number in range(len(PALETTE) + 1)}
    with pytest.raises(ValueError, match="empty"):
        mark_networks(crowd, combinations(sorted(crowd), 2))
