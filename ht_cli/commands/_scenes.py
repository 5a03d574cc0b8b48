"""The scenes of `ht map` with their words: what is filled how, what the legend says, what a reader must know."""

from collections.abc import Callable, Mapping, Sequence
from math import dist
from typing import NamedTuple

from ht_cli.catalogue.lexicon import Lexicon
from ht_cli.errors import UsageError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Municipality, Place, Resource
from ht_cli.places.atlas import LAYERS, Atlas, Reach, Site, members, network_of, uncertain
from ht_cli.places.distance import distance_km
from ht_cli.places.outlines import Box, box_of, project
from ht_cli.places.scene import Entry, Scene, Spot, count_fills, network_fill, network_fills, shade_fill, step_of, step_text
from ht_cli.search.reading import read_option
from ht_cli.search.text import key
from ht_cli.wording import Words, contacts

NEAREST = 8  # services shown around a place
AROUND_KM = 12.0  # what is shown around a place on each side, at least
FARTHEST_KM = 60.0  # services further away do not stretch the map
WIDER = 1.6  # width of the land around a place, as so many times its height
PLACE_KINDS = ("service", "group")  # what one goes to


class Topic(NamedTuple):
    """What a map is about: a layer, or how many resources of some needs serve each municipality."""

    layer: str
    needs: tuple[str, ...] = ()
    reaches: Sequence[Reach] = ()


class Stretch(NamedTuple):
    """What is looked at: the municipalities chosen, the box to draw, and whether that is less than the country."""

    wanted: Callable[[Municipality], bool]
    box: Box
    zoomed: bool


def stretch_of(atlas: Atlas, zoom: str, lexicon: Lexicon) -> Stretch:
    """Read a network, a town, a province or a region; an empty text is the country. Raises UsageError when it is none of them."""
    if not zoom:
        return Stretch(lambda home: True, box_of(atlas.outlines).grown(0.005), zoomed=False)
    network = _network_called(zoom, atlas, lexicon)
    if network:
        return _stretch(atlas, lambda home: network in (home.network_adult, home.network_youth))
    try:
        query = read_option("city", zoom, lexicon)
    except UsageError as error:
        raise UsageError(
            _("--zoom: nothing known by “{value}”; give a town, a postcode, a province, a region or a network (ht networks)").format(
                value=zoom
            )
        ) from error
    return area_stretch(atlas, query.places[0]) if query.places else stretch_of(atlas, "", lexicon)


def _network_called(text: str, atlas: Atlas, lexicon: Lexicon) -> str:
    if text.strip().lower() in atlas.marks:
        return text.strip().lower()
    named = lexicon.ids([number for number, _key, _shape in lexicon.named([key(text)])])
    return next((identifier for identifier in named.values() if identifier in atlas.marks), "")


def area_stretch(atlas: Atlas, place: Place) -> Stretch:
    """Give the stretch of a town, a province, a region, a community or the country."""
    if place.code.startswith("country:"):
        return Stretch(lambda home: True, box_of(atlas.outlines).grown(0.005), zoomed=False)
    if place.nis:
        return _stretch(atlas, lambda home: home.nis == place.nis, margin=0.5)
    if place.province:
        return _stretch(atlas, lambda home: home.province == place.province)
    if place.region:
        return _stretch(atlas, lambda home: home.region == place.region)
    return _stretch(atlas, lambda home: bool(set(home.languages) & set(place.languages)))


def _stretch(atlas: Atlas, wanted: Callable[[Municipality], bool], margin: float = 0.03) -> Stretch:
    return Stretch(wanted, box_of(atlas.chosen(wanted)).grown(margin), zoomed=True)


def scene_of(atlas: Atlas, topic: Topic, stretch: Stretch, words: Words, networks: Mapping[str, Resource]) -> Scene:
    """Give the scene of a topic; `networks` by id."""
    fills = count_fills(topic.reaches) if topic.needs else network_fills(atlas, topic.layer)
    entries = _count_entries(atlas, topic, stretch) if topic.needs else _network_entries(atlas, topic.layer, stretch.box, networks)
    scene = Scene(title_of(topic, words), atlas, fills, stretch.box, entries, notes_of(atlas, topic, stretch))
    if stretch.zoomed:
        return scene._replace(names=_town_names(atlas, stretch.box))
    brussels = atlas.chosen(lambda home: home.region == "brussels")
    return scene._replace(inset=box_of(brussels).grown(0.1), inset_title=_("Brussels"))


def title_of(topic: Topic, words: Words) -> str:
    """Say what a map shows."""
    if topic.needs:
        return _("{needs}: how many services name the municipality or its province").format(needs=words.terms("needs", topic.needs))
    return {
        "adult": _("The networks for adults, and how many municipalities each serves"),
        "youth": _("The networks for children and adolescents, and how many municipalities each serves"),
    }[topic.layer]


def notes_of(atlas: Atlas, topic: Topic, stretch: Stretch) -> list[str]:
    """Say what a reader must know: what was counted, what is not sure, what is approximate."""
    notes = []
    if topic.needs:
        wider = [reach.region for home, reach in zip(atlas.municipalities, topic.reaches, strict=True) if stretch.wanted(home)]
        country = topic.reaches[0].country
        notes.append(
            _("Beside these, {wider} serve its whole region or community, and {country} all of Belgium.").format(
                wider="–".join(dict.fromkeys((str(min(wider)), str(max(wider))))), country=country
            )
        )
    elif any(uncertain(home, topic.layer) for home in atlas.municipalities):
        notes.append(
            _(
                "Hatched, a small letter or “?”: it is not certain which network for adults serves these municipalities; ask before referring."
            )
        )
    return [*notes, _("Approximate: municipalities are drawn around their postal localities, not along their borders.")]


def _network_entries(atlas: Atlas, layer: str, box: Box, networks: Mapping[str, Resource]) -> list[Entry]:
    """Give the networks in sight, with all the municipalities of each."""
    entries = []
    seen = {
        network_of(home, layer)
        for home, outline in zip(atlas.municipalities, atlas.outlines, strict=True)
        if any(box.holds(point) for ring in outline.rings for point in ring)
    }
    for network, homes in members(atlas, layer).items():
        if network in seen:
            unsure = sum(uncertain(home, layer) for home in homes)
            entries.append(Entry(network_fill(atlas.marks[network]), networks[network].name, len(homes), unsure))
    return entries


def _count_entries(atlas: Atlas, topic: Topic, stretch: Stretch) -> list[Entry]:
    steps = [step_of(reach.near) for home, reach in zip(atlas.municipalities, topic.reaches, strict=True) if stretch.wanted(home)]
    text = {0: _("none"), 1: _("one service")}
    return [
        Entry(shade_fill(step), text.get(step, _("{count} services").format(count=step_text(step))), steps.count(step))
        for step in sorted(set(steps))
    ]


def _town_names(atlas: Atlas, box: Box) -> list[Spot]:
    inside = [home for home in atlas.municipalities if box.holds(project(home.latitude, home.longitude))]
    inside.sort(key=lambda home: -home.population)
    return [Spot(project(home.latitude, home.longitude), text=home.names[languages()[0]]) for home in inside]


def with_sites(scene: Scene, sites: Sequence[Site]) -> Scene:
    """Add where resources are: how many have an address in each locality."""
    counts: dict[tuple[float, float], set[str]] = {}
    for site in sites:
        counts.setdefault((site.latitude, site.longitude), set()).add(site.resource)
    spots = [Spot(project(*point), count=len(found)) for point, found in sorted(counts.items())]
    note = _("A digit: so many services, groups and lines have an address there, + is ten or more; confidential addresses are left out.")
    return scene._replace(spots=spots, names=(), notes=[note, *scene.notes])


def nearest_sites(place: Place, atlas: Atlas, sites: Sequence[Site], serving: Mapping[str, int]) -> dict[str, float]:
    """Give the nearest resources that serve a place, with the km between the centres of the municipalities; equally near ones by rank."""
    homes = {home.nis: home for home in atlas.municipalities}
    found: dict[str, float] = {}
    for site in sites:
        if site.resource in serving:
            home = homes[site.nis]
            km = 0.0 if site.nis == place.nis else distance_km(place.latitude, place.longitude, home.latitude, home.longitude)
            found[site.resource] = min(km, found.get(site.resource, km))
    nearest = sorted(found, key=lambda resource: (found[resource], serving[resource], resource))[:NEAREST]
    return {resource: round(found[resource], 1) for resource in nearest}


def place_spots(place: Place, hits: Sequence[Hit], sites: Sequence[Site]) -> list[Spot]:
    """Put “@” where the place is, and the number of each service at the nearest of its addresses."""
    here = project(place.latitude, place.longitude)
    spots = [Spot(here, "@", _("You are here: {place}").format(place=place.name))]
    for number, hit in enumerate(hits, 1):
        points = [project(site.latitude, site.longitude) for site in sites if site.resource == hit.resource.id]
        nearest = min(points, key=lambda point: dist(point, here))
        text = " · ".join([hit.resource.name, _distance(hit), *contacts(hit.resource)[:1]])
        spots.append(Spot(nearest, str(number), text))
    return spots


def stretch_around(spots: Sequence[Spot]) -> Stretch:
    """Give a square around the first spot that holds the others, but those too far away."""
    (x, y), *_others = (spot.point for spot in spots)
    off = [max(abs(spot.point[0] - x), abs(spot.point[1] - y)) for spot in spots]
    half = max(AROUND_KM, *(1.1 * km for km in off if km <= FARTHEST_KM))
    box = Box(x - half * WIDER, y - half, x + half * WIDER, y + half)
    return Stretch(lambda home: box.holds(project(home.latitude, home.longitude)), box, zoomed=True)


def _distance(hit: Hit) -> str:
    return _("{km} km").format(km=round(hit.distance_km)) if hit.distance_km and hit.distance_km >= 1 else _("in town")


def layer_heading(layer: str) -> str:
    """Name a layer for a switch or a column."""
    return dict(zip(LAYERS, (_("Network for adults"), _("Network for the young")), strict=True))[layer]
