"""Which of a resource's numbers is for who asks: that of the town nearest to theirs, and in their language, as the labels say it.

"Namur" beside one number and "Arlon" beside another, "en allemand" beside a third. A number without such a label is for all,
and a fax for nobody.
"""

from collections.abc import Iterable, Iterator, Sequence

from ht_cli.model import LANGUAGES, Hit, Phone, Place, Query
from ht_cli.places.distance import distance_km
from ht_cli.search.lookups import Lookups
from ht_cli.search.ranking import ONE_NETWORK
from ht_cli.search.text import fold

LONGEST_LABEL = 4  # words of a place or a language that a label may name
OTHER_LANGUAGE = 1000.0  # km: a number nearby in another language is farther than any in one's own


def with_their_numbers(hits: Sequence[Hit], query: Query, languages: Sequence[str], lookups: Lookups) -> list[Hit]:
    """Put the numbers that are for who asks first, and say how many they are; `languages` are the reader's, the first first."""
    to_choose = [hit for hit in hits if len(hit.resource.phones) > 1 and any(_texts(phone) for phone in hit.resource.phones)]
    if not to_choose:
        return list(hits)
    labels = _Labels((phone for hit in to_choose for phone in hit.resource.dialled), lookups)
    town = _town(query.places[0], lookups) if query.places else None
    spoken = (query.languages or query.spoken or tuple(languages))[:1]
    return [_ordered(hit, labels, town, spoken) if hit in to_choose else hit for hit in hits]


def _ordered(hit: Hit, labels: "_Labels", town: Place | None, spoken: Sequence[str]) -> Hit:
    dialled = hit.resource.dialled
    if not dialled:
        return hit
    away = [labels.farness(phone, town, spoken) for phone in dialled]
    phones = tuple(phone for _farness, _place, phone in sorted(zip(away, range(len(away)), dialled, strict=True)))
    return hit._replace(resource=hit.resource._replace(phones=phones + hit.resource.faxes), their_numbers=away.count(min(away)))


class _Labels:
    """The places and the languages that the labels of numbers name."""

    def __init__(self, phones: Iterable[Phone], lookups: Lookups) -> None:
        self._lookups = lookups
        windows = {window for phone in phones for text in _texts(phone) for window in _windows(text)}
        self._named: dict[str, list[tuple[str, str]]] = {}
        for form in lookups.forms(sorted(windows)):
            if form.kind in ("place", "languages"):
                self._named.setdefault(form.key, []).append((form.kind, form.ref))

    def farness(self, phone: Phone, town: Place | None, spoken: Sequence[str]) -> float:
        """Give the km from a town to the nearest place that the label names, and more where it names another language alone; 0 where neither."""
        named = {meaning for text in _texts(phone) for window in _windows(text) for meaning in self._named.get(window, ())}
        languages = {ref for kind, ref in named if kind == "languages"}
        places = [self._lookups.place(int(ref)) for kind, ref in sorted(named) if kind == "place"] if town else []
        towns = [found for place in places if place.kind != "locality" and (found := _town(place, self._lookups))]  # not CHU Saint-Pierre
        away = [distance_km(town.latitude, town.longitude, place.latitude, place.longitude) for place in towns] if town else []
        strange = languages and languages.isdisjoint(spoken)
        return round(min(away, default=0.0)) + OTHER_LANGUAGE * bool(strange)


def _town(place: Place, lookups: Lookups) -> Place | None:
    """Give the town that a place is; that of Brussels for its region, and none for another region or a province."""
    if place.nis:
        return place
    return lookups.place_of(f"nis:{ONE_NETWORK[place.code]}") if place.code in ONE_NETWORK else None


def _texts(phone: Phone) -> set[str]:
    """Give what the label says, in each language in which it says something."""
    return {text for language in LANGUAGES if (text := phone.label.get(language, ""))}


def _windows(text: str) -> Iterator[str]:
    """Give the keys of the stretches of a label that may be a name: they begin with a capital, or stand behind a small word ("en allemand")."""
    words = text.replace("(", " ").replace(")", " ").replace(",", " ").split()
    for start, word in enumerate(words):
        for end in range(start + 1, min(start + LONGEST_LABEL, len(words)) + 1):
            if word[:1].isupper() or (end == start + 2 and words[start].islower()):
                yield "".join(fold(" ".join(words[start:end])).split())
