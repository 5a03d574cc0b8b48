"""The scenes of `ht map` with their words: what is filled how, what the legend says, what a reader must know."""

from collections.abc import Callable, Mapping, Sequence
from sqlite3 import Connection

from ht_cli.catalogue.facts.mapping import read_atlas
from ht_cli.catalogue.facts.reading import read_resources
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.errors import UsageError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import Municipality, Place, Resource
from ht_cli.output.answers import say_homonyms, say_place_taken
from ht_cli.places.atlas import LAYERS, Atlas, Reach, Site, members, network_of, uncertain
from ht_cli.places.outlines import Box, box_of, project
from ht_cli.places.scene import STEPS, LegendEntry, Scene, Spot, count_fills, network_fill, network_fills, shade_fill, step_of, step_text
from ht_cli.search.option_values import read_place
from ht_cli.search.text import key
from ht_cli.shapes import NamedTuple
from ht_cli.wording import Words


class Look(NamedTuple):
    """An open catalogue, and what every map needs of it; networks by id."""

    connection: Connection
    lexicon: Lexicon
    words: Words
    atlas: Atlas
    networks: Mapping[str, Resource]

    @classmethod
    def at(cls, connection: Connection) -> "Look":
        """Read what every map needs."""
        atlas = read_atlas(connection)
        networks = {network.id: network for network in read_resources(connection, list(atlas.marks))}
        return cls(connection, Lexicon(connection), read_words(connection, languages()[0]), atlas, networks)


class Topic(NamedTuple):
    """What a map is about: a layer, or how many resources of some needs serve each municipality."""

    layer: str
    needs: tuple[str, ...] = ()
    reaches: Sequence[Reach] = ()


class MapStretch(NamedTuple):
    """What is looked at: the municipalities chosen, the box to draw, and whether that is less than the country."""

    wanted: Callable[[Municipality], bool]
    box: Box
    zoomed: bool


def whole_country(atlas: Atlas) -> MapStretch:
    """Give all of Belgium."""
    return MapStretch(lambda home: True, box_of(atlas.outlines).grown(0.005), zoomed=False)


def stretch_of(look: Look, zoom: str) -> MapStretch:
    """Read a network, a town, a province or a region; an empty text is the country. Raises UsageError when it is none of them."""
    if not zoom:
        return whole_country(look.atlas)
    network = _network_called(zoom, look)
    if network:
        return _stretch(look.atlas, lambda home: network in (home.network_adult, home.network_youth))
    try:
        query = read_place(zoom, look.lexicon)
    except UsageError as error:
        raise UsageError(
            _("--zoom: nothing known by “{value}”; give a town, a postcode, a province, a region or a network (ht networks)").format(
                value=zoom
            )
        ) from error
    say_place_taken(query, look.words)
    say_homonyms(query.homonyms, look.words, "--zoom")
    return area_stretch(look.atlas, query.places[0])


def _network_called(text: str, look: Look) -> str:
    if text.strip().lower() in look.networks:
        return text.strip().lower()
    named = look.lexicon.ids([number for number, _key, _shape in look.lexicon.named([key(text)])])
    return next((identifier for identifier in named.values() if identifier in look.networks), "")


def area_stretch(atlas: Atlas, place: Place) -> MapStretch:
    """Give the stretch of a town, a district, a province, a region, a community or the country."""
    if place.code.startswith("country:"):
        return whole_country(atlas)
    if place.nis:
        return _stretch(atlas, lambda home: home.nis == place.nis, margin=0.5)
    if place.holds:
        return _stretch(atlas, lambda home: home.nis in place.holds)
    if place.province:
        return _stretch(atlas, lambda home: home.province == place.province)
    if place.region:
        return _stretch(atlas, lambda home: home.region == place.region)
    return _stretch(atlas, lambda home: bool(set(home.languages) & set(place.languages)))


def _stretch(atlas: Atlas, wanted: Callable[[Municipality], bool], margin: float = 0.03) -> MapStretch:
    return MapStretch(wanted, box_of(atlas.chosen(wanted)).grown(margin), zoomed=True)


def scene_of(look: Look, topic: Topic, stretch: MapStretch) -> Scene:
    """Give the scene of a topic."""
    atlas = look.atlas
    fills = count_fills(topic.reaches) if topic.needs else network_fills(atlas, topic.layer)
    entries = _count_entries(atlas, topic, stretch) if topic.needs else _network_entries(look, topic.layer, stretch.box)
    scene = Scene(title_of(topic, look.words), atlas, fills, stretch.box, entries, notes_of(atlas, topic, stretch, entries))
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


def notes_of(atlas: Atlas, topic: Topic, stretch: MapStretch, entries: Sequence[LegendEntry]) -> list[str]:
    """Say what a reader must know: what was counted, what is not sure, what is approximate."""
    notes = []
    if topic.needs:
        wider = [reach.region for home, reach in zip(atlas.municipalities, topic.reaches, strict=True) if stretch.wanted(home)]
        country = topic.reaches[0].country
        beside = _n(
            "Beside these, {wider} serves its whole region or community, and {country} all of Belgium.",
            "Beside these, {wider} serve its whole region or community, and {country} all of Belgium.",
            max(wider),
        )
        notes.append(beside.format(wider="–".join(dict.fromkeys((str(min(wider)), str(max(wider))))), country=country))
    elif any(entry.unsure for entry in entries):
        notes.append(
            _(
                "Hatched, a small letter or “?”: it is not certain which network for adults serves these municipalities; ask before referring."
            )
        )
    return [*notes, _("Approximate: municipalities are drawn around their postal localities, not along their borders.")]


def _network_entries(look: Look, layer: str, box: Box) -> list[LegendEntry]:
    """Give the networks in sight, with all the municipalities of each."""
    atlas = look.atlas
    entries = []
    seen = {
        network_of(home, layer)
        for home, outline in zip(atlas.municipalities, atlas.outlines, strict=True)
        if any(box.holds(point) for ring in outline.rings for point in ring)
    }
    for network, homes in members(atlas, layer).items():
        if network in seen:
            unsure = sum(uncertain(home, layer) for home in homes)
            entries.append(LegendEntry(network_fill(atlas.marks[network]), look.networks[network].name, len(homes), unsure))
    return entries


def _count_entries(atlas: Atlas, topic: Topic, stretch: MapStretch) -> list[LegendEntry]:
    steps = [step_of(reach.near) for home, reach in zip(atlas.municipalities, topic.reaches, strict=True) if stretch.wanted(home)]
    return [LegendEntry(shade_fill(step), _services_text(step), steps.count(step)) for step in sorted(set(steps))]


def _services_text(step: int) -> str:
    return _n("{count} service", "{count} services", STEPS[step]).format(count=step_text(step)) if step else _("none")


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


def layer_heading(layer: str) -> str:
    """Name a layer for a switch or a column."""
    return dict(zip(LAYERS, (_("Network for adults"), _("Network for the young")), strict=True))[layer]
