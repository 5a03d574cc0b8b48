"""What every map is drawn from: the municipalities, their outlines, and how each network is marked."""

from collections.abc import Callable, Mapping, Sequence

from ht_cli.model import Municipality
from ht_cli.places.marks import Mark
from ht_cli.places.outlines import Outline
from ht_cli.shapes import NamedTuple

LAYERS = ("adult", "youth")


class Atlas(NamedTuple):
    """Municipalities with their outlines, one for one, in the order of the NIS codes; marks by network id."""

    municipalities: Sequence[Municipality]
    outlines: Sequence[Outline]
    marks: Mapping[str, Mark]

    def chosen(self, wanted: Callable[[Municipality], bool]) -> list[Outline]:
        """Give the outlines of the municipalities that are wanted."""
        return [outline for home, outline in zip(self.municipalities, self.outlines, strict=True) if wanted(home)]


class Reach(NamedTuple):
    """How many resources serve a municipality: it or its province by name, its region or community, all of Belgium."""

    near: int
    region: int
    country: int


class Site(NamedTuple):
    """Where a resource is, as far as it may be shown: its municipality, and the point in degrees of its locality."""

    resource: str
    nis: str
    latitude: float
    longitude: float


def network_of(home: Municipality, layer: str) -> str:
    """Give the id of the network that serves a municipality in a layer, `adult` or `youth`."""
    return home.network_adult if layer == "adult" else home.network_youth


def uncertain(home: Municipality, layer: str) -> bool:
    """Say whether it is not sure that this network serves the municipality."""
    return layer == "adult" and home.network_adult_confidence == "low"


def members(atlas: Atlas, layer: str) -> dict[str, list[Municipality]]:
    """Give the municipalities of each network of a layer, networks in the order of their letters."""
    found: dict[str, list[Municipality]] = {network: [] for network in sorted({network_of(home, layer) for home in atlas.municipalities})}
    for home in atlas.municipalities:
        found[network_of(home, layer)].append(home)
    return found
