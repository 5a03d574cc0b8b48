"""The text form of a map: what each network, or each count, covers; for screen readers, without a picture."""

from collections.abc import Iterator, Sequence

from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Municipality, Resource
from ht_cli.output.records import hit_records, labelled
from ht_cli.places.scene import Scene
from ht_cli.wording import Words, ways_to_reach


def scene_records(scene: Scene, chosen: Sequence[Municipality]) -> Iterator[str]:
    """Give each line of the legend with the municipalities it stands for, those that are not sure marked “?”."""
    wanted = {home.nis for home in chosen}
    yield f"{scene.title}\n\n"
    for number, entry in enumerate(scene.entries, 1):
        names = sorted(
            home.names[languages()[0]] + (" ?" if fill.hatched else "")
            for home, fill in zip(scene.atlas.municipalities, scene.fills, strict=True)
            if fill._replace(hatched=False) == entry.fill and home.nis in wanted
        )
        yield _("Entry {number} of {count}").format(number=number, count=len(scene.entries)) + "\n"
        yield from labelled(_("Name"), entry.text)
        yield from labelled(_("Municipalities"), str(len(names)))
        yield from labelled(_("Which"), ", ".join(names))
        yield "\n"
    for note in scene.notes:
        yield from labelled(_("Note"), note)


def place_records(here: str, networks: Sequence[tuple[str, Resource]], border: str, hits: Sequence[Hit], words: Words) -> Iterator[str]:
    """Give where you are, your networks with how to reach them, and the nearest services."""
    yield from place_lines(here, networks, border)
    yield "\n" + _("The nearest services that serve this place") + "\n\n"
    yield from hit_records(hits, words)


def place_lines(here: str, networks: Sequence[tuple[str, Resource]], border: str, *, commands: bool = True) -> Iterator[str]:
    """Give where you are, your networks with how to reach them, and how sure that is; no `commands` where none can be typed."""
    yield from labelled(_("You are here"), here)
    for heading, network in networks:
        reach = ", ".join(ways_to_reach(network))
        more = [f"ht show {network.id}"] if commands else []
        yield from labelled(heading, " · ".join([network.name, reach, *more]))
    yield from labelled(_("How sure"), border)
