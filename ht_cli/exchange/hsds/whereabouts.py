"""Areas and addresses as others write them; only what is known for sure is taken."""

import re
from collections.abc import Iterator, Sequence

from ht_cli.exchange.addresses import bare_postcode
from ht_cli.exchange.hsds.taking import Taken
from ht_cli.exchange.meanings import FileMeanings, Home, home_of
from ht_cli.locale import translate as _
from ht_cli.model import address_line

BELGIUM = ("", "BE", "BEL", "BELGIUM", "BELGIË", "BELGIE", "BELGIQUE", "BELGIEN")
NO_PLACE_TO_GO = ("postal", "virtual")
_NIS = re.compile(r"(?:refnis\d*/|nis:)(\d{5})\b")


def area_of(row: Taken, meanings: FileMeanings) -> str:
    """Give the code of the area of a row: by its URI, else by its name, and which one that was taken for is named.

    Where neither is known, the row is left and the code is empty.
    """
    known = _NIS.search(row.text("uri"))
    names = [row.text(field) for field in ("name", "extent")]
    code = f"nis:{known[1]}" if known else next(filter(None, map(meanings.area, names)), "")
    if code:
        row.ignore("extent_type", "description")
        if not known:
            name = next(name for name in names if meanings.area(name))
            row.leave("name", _("guessed"), f"{name} → {code}")
    else:
        row.leave_whole(_("no area that is known by this name"), next(filter(None, names), row.text("uri")))
    return code


def addresses_of(location: Taken, meanings: FileMeanings) -> Iterator[dict[str, str]]:
    """Give the addresses of a location in Belgium where people may come; the others are left."""
    for row in location.rows("addresses"):
        if location.text("location_type") in NO_PLACE_TO_GO:
            row.leave_whole(_("no place to go to"), _line(row))
        else:
            yield from address_of(row, meanings)


def address_of(row: Taken, meanings: FileMeanings) -> Iterator[dict[str, str]]:
    """Give an address in Belgium where people may come; none, and it is left, where it is another."""
    written, town = row.text("postal_code"), row.text("city")
    postcode, home = bare_postcode(written), home_beside(row, meanings)
    if row.text("address_type") in NO_PLACE_TO_GO:
        row.leave_whole(_("no place to go to"), _line(row))
    elif row.text("country").upper() not in BELGIUM or (written and not postcode):
        row.leave_whole(_("not in Belgium"), _line(row))
    elif not home.nis:
        row.leave_whole(_("no municipality that is known"), _line(row))
    else:
        for said, why in home.doubts(f"{written} {town}"):
            row.leave("city", why, said)
        row.ignore("state_province", "region")
        street = ", ".join(filter(None, (row.text("address_1"), row.text("address_2"))))
        parts = {"street": street, "postcode": postcode, "locality": "" if home.elsewhere else town, "nis": home.nis}
        yield {part: text for part, text in parts.items() if text}


def home_beside(row: Taken, meanings: FileMeanings) -> Home:
    """Give the municipality of the address of a row: of its postcode, else of its town."""
    return home_of(bare_postcode(row.text("postal_code")), row.text("city"), meanings)


def areas_of(rows: Sequence[Taken], meanings: FileMeanings) -> list[str]:
    """Give the codes of the areas that rows name, each once."""
    return list(dict.fromkeys(filter(None, (area_of(row, meanings) for row in rows))))


def _line(row: Taken) -> str:
    return address_line(*map(row.text, ("address_1", "postal_code", "city")))
