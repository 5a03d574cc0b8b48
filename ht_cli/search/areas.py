"""Which areas' resources serve a place, the nearest first."""

from collections.abc import Iterator, Sequence

from ht_cli.model import Place, Query
from ht_cli.search.lookups import ANYWHERE

EVERYWHERE = ("country:be", "region:brussels", "region:wallonia", "region:flanders", "community:fr", "community:nl", "community:de")


def areas_of(query: Query) -> Iterator[str]:
    """Give the code of each area whose resources may answer, the nearest first; those inside a province begin with `in:`."""
    if not query.places:
        yield from EVERYWHERE[:1] if query.abroad else (*EVERYWHERE, ANYWHERE)
    for place in query.places:
        yield from areas_serving(place)


def areas_serving(place: Place) -> Iterator[str]:
    """Give the codes of the areas whose resources serve a place, the nearest first: those inside it begin with `in:`, groups of the towns around with `next:`."""
    yield from (f"nis:{nis}" for nis in place.towns) if place.towns else (place.code, f"in:{place.code}")
    if place.towns and place.province:
        yield f"province:{place.province}"
    if place.nis:
        yield f"next:{place.nis}"
    if place.region and not place.code.startswith("region:"):
        yield f"region:{place.region}"
    for language in communities(place.region, place.languages):
        yield f"community:{language}"
    yield ANYWHERE if place.code == "country:be" else "country:be"


def communities(region: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Give the communities that help in a place: both in Brussels, else those of its language and of the language of its facilities."""
    return ("fr", "nl") if region == "brussels" else tuple(languages)
