"""Which areas' resources serve a place, the nearest first, and what nearness is worth."""

from collections.abc import Iterator, Sequence

from ht_cli.model import Place, Query
from ht_cli.search.lookups import ANYWHERE

OWN_TOWN, PROVINCE, REGION, COUNTRY, INSIDE, ELSEWHERE = 30, 20, 14, 8, 16, 0


def areas_of(query: Query) -> Iterator[tuple[str, int, str]]:
    """Give each area whose resources may answer, with its points and its reason."""
    if not query.places:
        yield "country:be", COUNTRY + 12, "area:country:be"
        if not query.abroad:
            for code in ("region:brussels", "region:wallonia", "region:flanders", "community:fr", "community:nl", "community:de"):
                yield code, COUNTRY, f"area:{code}"
            yield ANYWHERE, ELSEWHERE, ""
    for place in query.places:
        yield from areas_serving(place)


def areas_serving(place: Place) -> Iterator[tuple[str, int, str]]:
    """Give the areas whose resources serve a place, the nearest first, and those inside it."""
    codes = [(place.code, OWN_TOWN)] if not place.nis else [(f"nis:{place.nis}", OWN_TOWN)]
    if place.nis and place.province:
        codes.append((f"province:{place.province}", PROVINCE))
    if not place.nis:
        codes.append((f"in:{place.code}", INSIDE))
    if place.region and not place.code.startswith("region:"):
        codes.append((f"region:{place.region}", REGION))
    codes += [(f"community:{language}", REGION) for language in communities(place.region, place.languages)]
    if place.code != "country:be":
        codes.append(("country:be", COUNTRY))
    else:
        codes.append((ANYWHERE, ELSEWHERE))
    for code, points in codes:
        yield code, points, f"area:{code.removeprefix('in:')}"


def communities(region: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Give the communities that organise help in a place: both in Brussels, else that of its first language."""
    return ("fr", "nl") if region == "brussels" else tuple(languages[:1])
