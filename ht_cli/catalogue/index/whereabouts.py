"""What somebody else's name of a place or of a term means: only what is written exactly so, and is one alone."""

import re

from ht_cli.search.lookups import Lookups
from ht_cli.search.text import key

_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")  # which JSON may hold alone, and no database takes
_COUNTRY = ("belgium", "belgie", "belgique", "belgien")


def area_named(lookups: Lookups, text: str) -> str:
    """Give the code of the area that a name or postcode means: nis:62063, province:liege; nothing when it is none, or several.

    Of a town and a province of one name it is the town: nobody is said to serve more than is sure.
    """
    spelt = _spelt(text)
    if not spelt or spelt in _COUNTRY:
        return "country:be" if spelt else ""
    places = [lookups.place(int(form.ref)) for form in lookups.forms([spelt]) if form.kind == "place"]
    towns = {f"nis:{place.nis}" for place in places if place.nis}
    codes = towns or {place.code for place in places}
    return codes.pop() if len(codes) == 1 else ""


def term_named(lookups: Lookups, kind: str, text: str) -> str:
    """Give the term of a kind that a text means (languages, Frans → fr); nothing when it is none, or several."""
    spelt = _spelt(text)
    terms = {form.ref for form in lookups.forms([spelt]) if form.kind == kind} if spelt else set()
    return terms.pop() if len(terms) == 1 else ""


def _spelt(text: str) -> str:
    return "" if _HALF_OF_A_PAIR.search(text) else key(text)
