"""Shows networks: the two lists with what they are, or the ones of a place with how sure the border is."""

from collections.abc import Iterator, Sequence

from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Municipality, Place, Resource
from ht_cli.output.records import labelled
from ht_cli.output.results import Layout
from ht_cli.output.terminal import note, width, wrapped, write
from ht_cli.output.told import told
from ht_cli.shapes import NamedTuple
from ht_cli.wording import Words, border, description, freshness, ways_to_reach


class Serving(NamedTuple):
    """The networks of one place, with its municipality where it is in one; `meant` says that surely this place is meant."""

    networks: Sequence[Resource]
    place: Place | None = None
    home: Municipality | None = None
    meant: bool = True

    def remarks(self, words: Words) -> list[str]:
        """Say how sure the network for adults is, and where help in the language of the facilities is; nothing of what is larger than a municipality."""
        return [border(self.home, meant=self.meant), *_facilities(self.home, words)] if self.home else []


def write_lists(serving: Sequence[Serving], words: Words, layout: Layout) -> None:
    """Write the networks for adults, then those for the young; of several places each under its name, and what a network is at the first alone."""
    pieces: list[str] = []
    for one in serving:
        if len(serving) > 1 and one.place:
            pieces.append(f"{'' if one is serving[0] else chr(10)}{words.place(one.place)}\n\n")
        for kind, heading, text in _layers():
            pieces += [*_lines(heading), *(labelled(_("What it is"), text) if one is serving[0] else ()), "\n"]
            for network in one.networks:
                if network.kind == kind:
                    pieces += [*_network(network, words, full=one.place is not None), "\n"]
        for remark in one.remarks(words):
            pieces += _lines(remark)
    write(pieces, layout.output)


def _facilities(home: Municipality, words: Words) -> Iterator[str]:
    """Say of a municipality with facilities that its networks work in its own language, and where help in the other is."""
    place = home.names[languages()[0]]
    for language in home.facilities:
        said = _("{place} has facilities ({language}), and its networks work in another language ({own}). Help in the other: {command}")
        own, other = words.terms("languages", home.languages), words.term("languages", language)
        yield said.format(place=place, language=other, own=own, command=f'ht find --city "{place}" --language {language}')


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
    yield from _lines(f"* {network.name}", then="  ")
    yield from labelled(_("Serves"), words.service_area(network))
    yield from labelled(_("Contact"), ", ".join(ways_to_reach(network)))
    if full:
        yield from labelled(_("Description"), description(network)[0])
        yield from labelled(_("Offers"), words.terms("offers", network.offers))
        yield from labelled(_("Freshness"), freshness(told(network)))
    yield from labelled(_("More"), f"ht show {network.id}")


def _lines(text: str, *, then: str = "") -> Iterator[str]:
    """Give a text in lines of the window, none of whose words is broken."""
    yield from (f"{line}\n" for line in wrapped(text, max(width(), 20), then=then))


def say_several(text: str, serving: Sequence[Serving], words: Words) -> None:
    """Ask on stderr which of several places is meant, before the networks of each of them."""
    places = [words.place(one.place) for one in serving if one.place]
    if len(places) > 1:
        said = _("“{name}” may be several places: {places}. Which one? Its networks alone: {command}")
        note(said.format(name=text, places=" · ".join(places), command=f'ht networks "{places[0]}"'))


def say_remarks(serving: Sequence[Serving], words: Words) -> None:
    """Say on stderr, where stdout is for a machine, what else stands below the networks of a place."""
    for one in serving:
        for remark in one.remarks(words):
            note(f"{words.place(one.place)}: {remark}" if len(serving) > 1 and one.place else remark)
