"""What is around a place: its two networks, the nearest services that serve it, and the stretch that holds them."""

from collections.abc import Mapping, Sequence
from math import inf

from ht_cli.catalogue.facts.mapping import Served, read_few_serving, read_serving, read_sites, sites_around
from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.commands._scenes import Look, MapStretch, layer_heading
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Municipality, Place, Resource
from ht_cli.places.atlas import LAYERS, Site, network_of
from ht_cli.places.distance import distance_km
from ht_cli.places.outlines import Box, project
from ht_cli.places.scene import Spot
from ht_cli.search.areas import areas_serving
from ht_cli.search.case import TEAMS, needs_mask
from ht_cli.search.danger import CRISIS
from ht_cli.search.lookups import ANY_NEED, PHONE
from ht_cli.shapes import NamedTuple
from ht_cli.wording import border, contacts, handiest_contact, how_far

NEAREST = 8  # services shown
FEW = 1_000  # services of which each is looked at; where more serve a place, those around it are
AROUND_KM = 12.0  # shown to the north and the south, at least
FARTHEST_KM = 60.0  # services further away do not stretch the map
WIDER = 1.6  # width of the land, as so many times its height
FRONT_DOORS = (*TEAMS, "first-contact")
KINDS = ("service", "group")  # what one goes to


class Surroundings(NamedTuple):
    """A place, its municipality, its networks with their headings, the nearest services, and where each stands.

    `meant` says that surely this place is meant, and no other of its name.
    """

    here: Place
    home: Municipality
    networks: Sequence[tuple[str, Resource]]
    hits: Sequence[Hit]
    spots: Sequence[Spot]
    meant: bool = True

    @property
    def border(self) -> str:
        """Say how sure the network for adults is."""
        return border(self.home, meant=self.meant)

    @property
    def name(self) -> str:
        """Say where one is: Liège, or Jemelle (Rochefort)."""
        home = self.home.names[languages()[0]]
        return home if self.here.kind == "municipality" else f"{self.here.name} ({home})"


def surroundings_of(look: Look, here: Place, needs: Sequence[str]) -> Surroundings:
    """Give what is around a place, for these needs where given."""
    home = next(home for home in look.atlas.municipalities if home.nis == here.nis)
    networks = [(layer_heading(layer), look.networks[network_of(home, layer)]) for layer in LAYERS]
    nearest = _nearest(look, here, needs)
    hits = [Hit(resource, 0.0, (), nearest[resource.id].km) for resource in read_resources(look.connection, list(nearest))]
    around = Surroundings(here, home, networks, hits, ())
    return around._replace(spots=_spots(around, nearest))


class _Near(NamedTuple):
    """How near a resource is, in km, 0 in the same municipality; what orders it among others, the way to its locality first; and where that is."""

    km: float
    order: tuple[float, int, int, str]
    site: Site


class _FirstToTurnTo(NamedTuple):
    """What tells to whom a helper turns first of those that are equally near, as the cells hold it."""

    front_doors: int
    open_needs: int

    def turn(self, served: Served) -> int:
        """Count what it lacks of three things: it is a front door or comes in a crisis, it has a number, it is for all; the last decides between equals."""
        reserved = bool(served.reserved & ~self.open_needs or served.group)
        return 2 * sum((not served.offers & self.front_doors, served.reach != PHONE, reserved)) + reserved


def _nearest(look: Look, here: Place, needs: Sequence[str]) -> dict[str, _Near]:
    """Give the nearest resources that serve a place; of those equally near whom a helper turns to first. Looks no further than it has to."""
    first = _FirstToTurnTo(look.lexicon.mask("offers", FRONT_DOORS), needs_mask((*needs, CRISIS), look.lexicon))
    numbers = [look.lexicon.need_number(need) for need in needs]
    areas = [*areas_serving(here)]
    found: dict[str, _Near] = {}
    few = read_few_serving(look.connection, areas, numbers or [ANY_NEED], FEW)
    all_of_them = [] if few is None else [(read_sites(look.connection, among=few), inf)]
    for sites, further in all_of_them or sites_around(look.connection, here.latitude, here.longitude):
        serving = read_serving(look.connection, sorted({site.resource for site in sites}), areas, numbers, KINDS)
        for site in sites:
            if site.resource in serving:
                away = distance_km(here.latitude, here.longitude, site.latitude, site.longitude)
                km = 0.0 if site.nis == here.nis else round(away, 1)
                served = serving[site.resource]
                near = _Near(km, (away, first.turn(served), served.rank, site.resource), site)
                found[site.resource] = min(found.get(site.resource, near), near, key=lambda near: near.order)
        found = dict(sorted(found.items(), key=lambda item: item[1].order)[:NEAREST])
        if len(found) == NEAREST and max(near.order[0] for near in found.values()) < further:
            break
    return found


def _spots(around: Surroundings, nearest: Mapping[str, _Near]) -> list[Spot]:
    """Put “@” where the place is, and the number of each service at the nearest of its addresses."""
    here = project(around.here.latitude, around.here.longitude)
    spots = [Spot(here, "@", _("You are here: {place}").format(place=around.name))]
    for number, hit in enumerate(around.hits, 1):
        site = nearest[hit.resource.id].site
        text = " · ".join([hit.resource.name, how_far(hit.distance_km or 0.0), _contact(hit.resource)])
        spots.append(Spot(project(site.latitude, site.longitude), str(number), text))
    return spots


def stretch_around(spots: Sequence[Spot]) -> MapStretch:
    """Give a square around the first spot that holds the others, but those too far away."""
    (x, y), *_others = (spot.point for spot in spots)
    off = [max(abs(spot.point[0] - x), abs(spot.point[1] - y)) for spot in spots]
    half = max(AROUND_KM, *(1.1 * km for km in off if km <= FARTHEST_KM))
    box = Box(x - half * WIDER, y - half, x + half * WIDER, y + half)
    return MapStretch(lambda home: box.holds(project(home.latitude, home.longitude)), box, zoomed=True)


def _contact(resource: Resource) -> str:
    """Give the first way to a resource: its number, else its mail or the host of its site, else its address."""
    if resource.dialled or not (resource.email or resource.url):
        return "".join(contacts(resource)[:1])
    return handiest_contact(resource)
