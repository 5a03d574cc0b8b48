"""Shows networks: the two lists with what they are, or the ones of a place with how sure the border is."""

from collections.abc import Iterator, Sequence

from ht_cli.locale import translate as _
from ht_cli.model import Municipality, Place, Resource
from ht_cli.output.records import labelled
from ht_cli.output.results import Sheet
from ht_cli.output.terminal import note, write
from ht_cli.wording import Words, border, description, freshness, ways_to_reach


def write_lists(networks: Sequence[Resource], words: Words, place: Place | None, home: Municipality | None, sheet: Sheet) -> None:
    """Write the networks for adults, then those for the young."""
    pieces: list[str] = []
    for kind, heading, text in _layers():
        pieces += [f"{heading}\n", *labelled(_("What it is"), text), "\n"]
        for network in networks:
            if network.kind == kind:
                pieces += [*_network(network, words, full=place is not None), "\n"]
    if home:
        pieces.append(border(home) + "\n")
    write(pieces, sheet.output)


def _layers() -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "network-adult",
            _("For adults (the “107” networks)"),
            _(
                "named after article 107 of the hospital act: hospitals, community services, mobile teams and psychologists of a territory work together, so that a person finds care close to home. The network directs people and professionals; the phone line 107 is something else."
            ),
        ),
        (
            "network-youth",
            _("For children and adolescents"),
            _(
                "one network in each province and in Brussels, for young people up to 18 or 23 and those around them: first contact, crisis care, mobile teams."
            ),
        ),
    )


def _network(network: Resource, words: Words, *, full: bool) -> Iterator[str]:
    yield f"* {network.name}\n"
    yield from labelled(_("Serves"), words.service_area(network))
    yield from labelled(_("Contact"), ", ".join(ways_to_reach(network)))
    if full:
        yield from labelled(_("Description"), description(network)[0])
        yield from labelled(_("Offers"), words.terms("offers", network.offers))
        yield from labelled(_("Freshness"), freshness(network))
    yield from labelled(_("More"), f"ht show {network.id}")


def say_border(home: Municipality) -> None:
    """Say the same on stderr, where stdout is for a machine."""
    note(border(home))
