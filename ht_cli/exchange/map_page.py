"""A map as one HTML file that loads nothing: every layer, what each municipality is, a search box, and tables behind it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ht_cli.exchange.credits import attribution
from ht_cli.exchange.typography import held
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Municipality, Resource
from ht_cli.places.atlas import Reach, network_of
from ht_cli.places.marks import ink_on
from ht_cli.places.outlines import project
from ht_cli.places.paths import Canvas, borders, letter_places, path_of
from ht_cli.places.scene import LegendEntry, Scene, Spot
from ht_cli.shapes import NamedTuple
from ht_cli.wording import border, phone_text, site, way_to_network

TEMPLATES = Path(__file__).parent / "templates"
WIDTH = 1000.0  # units of the picture


class Book(NamedTuple):
    """What the page tells: the scenes one can switch between with their short names, and which stands first.

    `spellings` are the folded names and postcodes of each municipality, `reaches` the counts of the third scene,
    `start` the NIS code of the municipality that is shown at once, and `texts` what is said of it.
    """

    scenes: Sequence[tuple[str, Scene]]
    selected: int
    networks: Mapping[str, Resource]
    spellings: Mapping[str, str]
    reaches: Sequence[Reach] = ()
    start: str = ""
    texts: Sequence[str] = ()


def page_text(book: Book) -> str:
    """Give the text of the page."""
    import jinja2  # 45 ms, wanted only for a page

    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, finalize=held, trim_blocks=True, lstrip_blocks=True
    )
    scene = book.scenes[book.selected][1]
    frame = Canvas(book.scenes[0][1].box, WIDTH)
    texts = _texts(book, scene)
    homes = list(_homes(book, frame))
    networks = {network.id: _network(network, scene) for network in sorted(book.networks.values(), key=lambda one: (one.kind, one.id))}
    return environment.get_template("map.html.j2").render(
        language=languages()[0], texts=texts, width=round(WIDTH), height=round(frame.height), selected=book.selected, homes=homes,
        scenes=[_scene(number, name, one, frame) for number, (name, one) in enumerate(book.scenes)], networks=list(networks.values()),
        spots=[_spot(spot, frame) for spot in scene.spots], listed=book.texts,
        data=_data(book, homes, networks, texts, frame),
    )  # fmt: skip


def _labelled(label: str, value: str) -> str:
    return str(held(_("{label}: {value}").format(label=label, value=value)))


def _homes(book: Book, frame: Canvas) -> Iterator[dict[str, Any]]:
    atlas = book.scenes[0][1].atlas
    positions = [_positions(scene) for _name, scene in book.scenes]
    for number, (home, outline) in enumerate(zip(atlas.municipalities, atlas.outlines, strict=True)):
        name = home.names[languages()[0]]
        adult, youth = (book.networks[network_of(home, layer)].name for layer in ("adult", "youth"))
        classes = "".join(f" s{scene}-{places[number]}" for scene, places in enumerate(positions))
        yield {
            "nis": home.nis, "name": name, "postcodes": ", ".join(home.postcodes), "adult": adult, "youth": youth,
            "unsure": home.network_adult_confidence == "low", "counts": list(book.reaches[number]) if book.reaches else [],
            "classes": classes, "path": path_of(outline, frame), "label": f"{name}. {_labelled(_('Network for adults'), adult)}. {_labelled(_('Network for the young'), youth)}.",
            "home": home,
        }  # fmt: skip


def _positions(scene: Scene) -> list[int]:
    """Number the colours of a scene, and give the number of each municipality's."""
    colours = _colours(scene)
    return [colours.index(fill.colour) for fill in scene.fills]


def _colours(scene: Scene) -> list[str]:
    return sorted({fill.colour for fill in scene.fills})


def _scene(number: int, name: str, scene: Scene, frame: Canvas) -> dict[str, Any]:
    outlines, fills = scene.atlas.outlines, scene.fills
    letters = [
        {"x": round(x), "y": round(y), "text": fill.letter, "ink": ink_on(fill.colour)}
        for (x, y), fill in letter_places(outlines, fills, frame)
    ]
    return {
        "number": number, "name": name, "title": scene.title, "notes": scene.notes, "colours": _colours(scene), "letters": letters,
        "borders": borders(outlines, [fill._replace(hatched=False) for fill in fills], frame),
        "unsure": [path_of(outline, frame) for outline, fill in zip(outlines, fills, strict=True) if fill.hatched],
        "shaded": not scene.entries[0].fill.letter.isalpha(), "entries": [_entry(entry) for entry in scene.entries],
    }  # fmt: skip


def _entry(entry: LegendEntry) -> dict[str, str]:
    count = f"{entry.count} ({entry.unsure}?)" if entry.unsure else str(entry.count)
    letter = entry.fill.letter if entry.fill.letter.isalpha() else ""
    return {"colour": entry.fill.colour, "ink": ink_on(entry.fill.colour), "letter": letter, "text": entry.text, "count": count}


def _spot(spot: Spot, frame: Canvas) -> dict[str, Any]:
    x, y = frame.at(spot.point)
    text = spot.sign or (str(spot.count) if spot.count > 1 else "")
    return {"x": round(x, 1), "y": round(y, 1), "radius": round(3 + spot.count**0.5, 1) if spot.count else 7, "text": text}


def _network(network: Resource, scene: Scene) -> dict[str, Any]:
    adult = network.kind == "network-adult"
    contacts = [{"text": phone_text(phone), "href": f"tel:{phone.number}"} for phone in network.dialled]
    contacts += [{"text": network.email, "href": f"mailto:{network.email}"}] if network.email else []
    if network.url.startswith(("https://", "http://")):
        contacts.append({"text": site(network.url), "href": network.url})
    layer = _("Network for adults") if adult else _("Network for the young")
    return {"name": network.name, "letter": scene.atlas.marks[network.id].letter, "layer": layer, "contacts": contacts}


def _data(
    book: Book, homes: Sequence[Mapping[str, Any]], networks: Mapping[str, Any], texts: Mapping[str, Any], frame: Canvas
) -> dict[str, Any]:
    """Give what the script of the page reads."""
    told = {}
    for row in homes:
        home: Municipality = row["home"]
        x, y = frame.at(project(home.latitude, home.longitude))
        told[home.nis] = {
            "name": row["name"], "postcodes": row["postcodes"], "adult": home.network_adult, "youth": home.network_youth, "sure": border(home),
            "counts": row["counts"], "at": [round(x, 1), round(y, 1)],
        }  # fmt: skip
    spoken = {name: held(texts[name]) for name in ("adult", "youth", "no_contact", "not_found", "counts")}
    inset = book.scenes[0][1].inset
    brussels = [*map(round, frame.at(((inset.west + inset.east) / 2, (inset.south + inset.north) / 2))), 100] if inset else []
    return {
        "homes": told, "networks": networks, "spellings": book.spellings, "texts": spoken, "start": book.start, "brussels": brussels,
    }  # fmt: skip


def _texts(book: Book, scene: Scene) -> dict[str, Any]:
    return {
        "title": _("Who serves where in Belgium: networks for mental health"),
        "skip": _("Skip the map: the networks as a table"),
        "search": _("A town or a postcode, in any language"),
        "layers": _("Shown on the map"),
        "land": _("Municipalities; the arrow keys go from one to the next, Enter reads how to reach its networks"),
        "hint": _("Point at a municipality, or reach it with Tab and the arrow keys; Enter reads on, Escape comes back."),
        "panel": _("The municipality and its networks"),
        "nothing": _("Choose a municipality: its two networks and how to reach them stand here."),
        "networks": _("The networks and how to reach them"),
        "network": _("Network"),
        "for_whom": _("For whom"),
        "contact": _("Contact"),
        "no_contact": way_to_network(),
        "table": _("All municipalities"),
        "open_table": _("Show the table"),
        "municipality": _("Municipality"),
        "postcodes": _("Postcodes"),
        "adult": _("Network for adults"),
        "youth": _("Network for the young"),
        "not_certain": _("not certain"),
        "not_found": _("No such place in Belgium."),
        "brussels": _("Brussels"),
        "whole": _("All of Belgium"),
        "enlarge": _("Enlarge"),
        "reduce": _("Reduce"),
        "here": scene.spots[0].text if book.start else "",
        "credits": attribution(linked=False),
        "counts": [_("Services that name it or its province"), _("Serving its region or community"), _("Serving all of Belgium")]
        if book.reaches
        else [],
    }
