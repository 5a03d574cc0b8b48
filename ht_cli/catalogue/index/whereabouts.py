"""What somebody else's name of a place or of a term means: only what is written exactly so, and is one alone."""

import re
from collections.abc import Sequence

from ht_cli.model import Place
from ht_cli.search.lookups import Lookups
from ht_cli.search.text import key
from ht_cli.search.towns import likeliness

_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")  # which JSON may hold alone, and no database takes
_POSTCODE_FIRST = re.compile(r"\s*(?:BE?\s*[-–]?\s*)?([1-9]\d{3})\b[\s,–-]*(.*?)\s*", re.IGNORECASE | re.DOTALL | re.ASCII)
# What no register of places holds: the country and its Communities as laws, newspapers and our own files call them.
_WIDE = {
    "country:be": "Belgium, België, Belgique, Belgien, all of Belgium, whole of Belgium, toute la Belgique, heel België, ganz Belgien",
    "community:fr": "Fédération Wallonie-Bruxelles, FWB, Communauté française, Communauté française de Belgique, Belgique francophone,"
    " Federatie Wallonië-Brussel, Franse Gemeenschap, Franstalig België, Föderation Wallonie-Brüssel, Französische Gemeinschaft,"
    " Französische Gemeinschaft Belgiens, französischsprachiges Belgien, das französischsprachige Belgien, Wallonia-Brussels Federation,"
    " Federation Wallonia-Brussels, French Community, French-speaking Belgium, French-speaking Community",
    "community:nl": "Vlaamse Gemeenschap, Nederlandstalig België, Communauté flamande, Communauté néerlandophone, Belgique néerlandophone,"
    " Flämische Gemeinschaft, niederländischsprachiges Belgien, das niederländischsprachige Belgien, Flemish Community,"
    " Dutch-speaking Belgium, Dutch-speaking Community",
    "community:de": "Deutschsprachige Gemeinschaft Belgiens, Deutschsprachiges Belgien, das deutschsprachige Belgien,"
    " Duitstalig België, Belgique germanophone, German-speaking Community, German-speaking Community of Belgium, German-speaking Belgium",
}  # fmt: skip
_WIDE_BY_KEY = {key(name): code for code, names in _WIDE.items() for name in names.split(", ")}


def area_named(lookups: Lookups, text: str) -> str:
    """Give the code of the area that a name or a postcode or both mean: nis:62063, province:liege; nothing when it is none, or several.

    Of several places of one name it is the one that `find` takes: the province of Limburg before the small town of Limbourg, the city of
    Antwerp before its province, a municipality before a village. Of two municipalities of one name it is none.
    """
    parted = _POSTCODE_FIRST.fullmatch(text)
    if parted:
        postcode, name = parted.groups()
        towns = towns_named(lookups, postcode)
        return next((code for code in towns if not name or _may_lie_in(lookups, code, name)), "")
    places = [place for place in _places(lookups, text) if not place.holds]  # a region that no law names is no area of its own
    return wide_area_named(text) or _likeliest(places, text)


def wide_area_named(text: str) -> str:
    """Give the code of the country or of the Community that a text names as people do; nothing when it names none."""
    return _WIDE_BY_KEY.get(_spelt(text), "")


def towns_named(lookups: Lookups, text: str) -> Sequence[str]:
    """Give the codes of all the municipalities that a name or a postcode may mean, also by what lies in them, the likeliest first.

    Of a postcode that the City of Brussels shares with a neighbour, the neighbour comes first: 1050 is Ixelles.
    """
    parted = _POSTCODE_FIRST.fullmatch(text)
    name = parted[1] if parted and not parted[2] else text
    towns = [place for place in _places(lookups, name) if place.nis]
    towns.sort(key=lambda place: likeliness(place, name, ()), reverse=True)
    return tuple(dict.fromkeys(f"nis:{place.nis}" for place in towns))


def term_named(lookups: Lookups, kind: str, text: str) -> str:
    """Give the term of a kind that a text means (languages, Frans → fr); nothing when it is none, or several."""
    spelt = _spelt(text)
    terms = {form.ref for form in lookups.forms([spelt]) if form.kind == kind} if spelt else set()
    return terms.pop() if len(terms) == 1 else ""


def _places(lookups: Lookups, text: str) -> list[Place]:
    spelt = _spelt(text)
    return [lookups.place(int(form.ref)) for form in lookups.forms([spelt]) if form.kind == "place"] if spelt else []


def _likeliest(places: Sequence[Place], name: str) -> str:
    """Give the code of the place of a name that is likelier than the others; nothing where another municipality is called so as well."""
    orders = [likeliness(place, name, ())[0] for place in places]
    meant = {_code(place) for place, order in zip(places, orders, strict=True) if order == max(orders)}
    rivals = {place.nis for place in places if place.kind == "municipality"}
    code = meant.pop() if len(meant) == 1 else ""
    return "" if code.startswith("nis:") and len(rivals) > 1 else code


def _code(place: Place) -> str:
    return f"nis:{place.nis}" if place.nis else place.code


def _may_lie_in(lookups: Lookups, code: str, name: str) -> bool:
    """Say whether a name is one of a municipality, of what lies in it, or of what it lies in: 1050 Bruxelles."""
    town = lookups.place_of(code)
    around = (f"province:{town.province}", f"region:{town.region}")
    return any(_code(place) in (code, *around) for place in _places(lookups, name))


def _spelt(text: str) -> str:
    return "" if _HALF_OF_A_PAIR.search(text) else key(text)
