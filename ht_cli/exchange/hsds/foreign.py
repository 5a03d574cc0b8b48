"""Services of HSDS that others wrote, as records, as far as they go; what is not taken over is named.

HSDS has no kind of a service and no language of a text: each is taken as a service, and the language is guessed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from ht_cli.exchange.hsds.hours import hours_of
from ht_cli.exchange.hsds.languages import guess_language, in_its_language, languages_of
from ht_cli.exchange.hsds.numbers import can_be_dialled, phones_of
from ht_cli.exchange.hsds.taking import Taken
from ht_cli.exchange.hsds.terms import identity
from ht_cli.exchange.hsds.values import is_email, is_uuid
from ht_cli.exchange.hsds.whereabouts import addresses_of, areas_of
from ht_cli.exchange.meanings import FileMeanings, Left, cost_named
from ht_cli.locale import translate as _
from ht_cli.model import NOT_SENT_TO

STATUSES = {"active": "active", "defunct": "closed"}  # any other says that it cannot be used now: nobody is sent there
TO_NOTES = (
    "eligibility_description", "application_process", "fees_description", "alert", "interpretation_services", "accreditations", "wait_time",
    "fees",
)  # fmt: skip
NOT_NEEDED = (  # words about how one applies that say alone that nobody has to refer; the vocabulary knows those that name the paper
    "not needed", "not required", "none needed", "none required", "no referral", "no referral needed", "no referral required", "no referral necessary",
    "pas nécessaire", "non nécessaire", "pas d orientation nécessaire", "pas besoin de prescription", "prescription non nécessaire",
    "niet nodig", "niet vereist", "geen verwijzing", "geen verwijzing nodig", "geen verwijsbrief nodig", "verwijzing niet nodig",
    "nicht nötig", "nicht erforderlich", "keine überweisung", "keine überweisung nötig", "keine überweisung erforderlich", "überweisung nicht nötig",
)  # fmt: skip
_DESKS = frozenset((
    "accueil", "réception", "secrétariat", "permanence", "standard", "onthaal", "receptie", "secretariaat", "balie", "empfang", "sekretariat",
    "anmeldung", "reception", "front desk", "secretariat", "switchboard", "helpdesk",
))  # fmt: skip
_HOLDING_DESKS = ("organization", "service_at_locations", "location", "locations")
OLDEST = 120
LONGEST_NOTES = 9_000  # characters
SIMPLE_KINDS = (("kind", "service"), ("confidence", "low"))
UNSEARCHABLE = ("areas", "languages")  # without one of these nobody finds it, so nobody is sent there before somebody looked


def foreign_values(found: Taken, meanings: FileMeanings) -> tuple[dict[str, Any], list[Left]]:
    """Give what a service says in our fields, and what is not taken over."""
    owner, spots = found.row("organization"), found.rows("service_at_locations")
    locations = [spot.row("location") for spot in spots] or _only_location(owner)
    text = found.text("description") or owner.text("description")
    languages = languages_of(found.rows("languages"), meanings)
    schedules = schedules_of(found, spots, locations)
    hours = hours_of(schedules)
    addresses = [address for location in locations for address in addresses_of(location, meanings)]
    areas = areas_of([*found.rows("service_areas"), *chain.from_iterable(spot.rows("service_areas") for spot in spots)], meanings)
    values = {
        **dict(SIMPLE_KINDS), "name": found.text("name"), "status": _status(found),
        "alternate_names": [found.text("alternate_name")] if "alternate_name" in found else [],
        "descriptions": in_its_language(text, languages), "min_age": age_of(found, "minimum_age"), "max_age": age_of(found, "maximum_age"),
        "languages": languages, "areas": areas or list(dict.fromkeys(f"nis:{address['nis']}" for address in addresses)), "addresses": addresses,
        "phones": phones_of(_phones(found, spots, locations, owner, meanings), languages, meanings),
        "email": _first((found, "email"), (owner, "email"), holding=_mail), "url": _first((found, "url"), (owner, "website"), holding=_site),
        "hours": in_its_language(hours.text, languages), "hours_osm": hours.osm, "cost": cost_of(found, meanings), "referral_needed": referral_of(found, meanings),
        "notes": _notes(found, owner, schedules),
    }  # fmt: skip
    missing = missing_of(values)
    leave_persons([found, owner, *spots, *locations])
    for attribute in chain.from_iterable(row.rows("attributes") for row in (found, owner, *spots, *locations)):
        leave_term(attribute)
    guessed = [Left("kind → service", "", _("guessed"))]
    guessed += [Left(f"description → {guess_language(text, languages)}", "", _("guessed"))] if text else []
    guessed += [Left("addresses → organization.locations", "", _("guessed"))] if addresses and not spots else []
    return values, [*dict.fromkeys(found.left()), *missing, *guessed]


def missing_of(values: dict[str, Any]) -> list[Left]:
    """Name what a service needs before anybody is sent there; one in use becomes unverified without it."""
    if values["status"] not in NOT_SENT_TO and not all(values[field] for field in UNSEARCHABLE):
        values["status"] = "unverified"
    why = _("missing: taken as unverified") if values["status"] == "unverified" else _("missing")
    return [Left(field, "", why) for field in UNSEARCHABLE if not values[field]]


def leave_persons(rows: Sequence[Taken]) -> None:
    """Leave the persons that rows name, and with them their numbers, which may be of their own."""
    for row in rows:
        persons = [contact for contact in row.rows("contacts") if "name" in contact or not ("phones" in contact or "email" in contact)]
        for field, found in (("contacts", persons), ("contacts.phones", [person for person in persons if "phones" in person])):
            if found:
                row.leave(field, _("people are not kept"), "")
        for person in persons:
            person.ignore(*person.plain())


def with_desks(found: Any, meanings: FileMeanings) -> Any:
    """Give a row with the numbers and the mail of its contacts that are nobody's by name, such as a reception: they are its own."""
    if isinstance(found, list):
        return [with_desks(row, meanings) for row in found]
    if not isinstance(found, Mapping):
        return found
    row = {field: with_desks(value, meanings) if field in _HOLDING_DESKS else value for field, value in found.items()}
    contacts = row.get("contacts")
    if not isinstance(contacts, list) or not (desks := [contact for contact in contacts if _is_desk(contact)]):
        return row
    known = {number for phone in row.get("phones", ()) for number in _numbers_of(phone, meanings)}
    own_mail = "email" in row or not ("organization" in row or "status" in row)  # a place has none
    phones, others = [*row.get("phones", ())], [contact for contact in contacts if contact not in desks]
    for desk in desks:
        called = ", ".join(text for text in (desk.get("name"), desk.get("department"), desk.get("title")) if isinstance(text, str) and text)
        for phone in desk.get("phones") or ():
            if isinstance(phone, Mapping) and not known.intersection(_numbers_of(phone, meanings)):
                phones.append({**phone, "description": ", ".join(filter(None, (called, str(phone.get("description") or ""))))})
        if desk.get("email") and own_mail:
            others.append({"id": desk.get("id"), "email": desk["email"]})
        elif desk.get("email"):
            row["email"], own_mail = desk["email"], True
    return {**row, **({"phones": phones} if phones else {}), "contacts": others}


def _is_desk(contact: Any) -> bool:
    return isinstance(contact, Mapping) and _names_nobody(contact.get("name")) and bool(contact.get("phones") or contact.get("email"))


def _names_nobody(name: Any) -> bool:
    """Say whether what stands as the name of a contact is none, or that of a desk, whoever sits there."""
    return not name or (isinstance(name, str) and name.strip().casefold() in _DESKS)


def _numbers_of(phone: Any, meanings: FileMeanings) -> Sequence[str]:
    return meanings.numbers(str(phone.get("number") or "")) if isinstance(phone, Mapping) else ()


def leave_term(attribute: Taken) -> None:
    """Leave a term of another taxonomy, by its name."""
    term = attribute.row("taxonomy_term")
    name = attribute.text("label") or term.text("name") or term.text("term") or attribute.text("value")
    attribute.leave_whole(_("a term of another taxonomy"), name)


def foreign_id(found: Taken) -> str:
    """Give the id under which a service is kept, the same each time that its file is imported; nothing when it bears none."""
    if is_uuid(found.id):
        return found.id.lower()
    owner = found.row("organization")
    return identity(f"foreign/{owner.id or owner.text('name')}/{found.id}") if found.id else ""


def age_of(row: Taken, field: str) -> int | None:
    """Give an age in whole years; nothing, and it is left, when a number is none."""
    age = row.number(field)
    if age is not None and 0 <= age <= OLDEST and age == int(age):
        return int(age)
    if field in row:
        row.leave(field, _("no age in whole years"))
    return None


def cost_of(found: Taken, meanings: FileMeanings) -> str:
    """Give what it costs: free where every amount is 0, else what the words of the fees mean alone; unknown when they mean more."""
    if "cost_options" in found:
        return "free" if every_price_is_nothing(found) else "unknown"
    return cost_named(found.text("fees_description"), meanings)


def every_price_is_nothing(found: Taken) -> bool:
    """Say whether a service names prices, each of them 0."""
    amounts = [option.number("amount") for option in found.rows("cost_options")]
    return bool(amounts) and not any(amount != 0 for amount in amounts)


def referral_of(found: Taken, meanings: FileMeanings) -> bool | None:
    """Say whether a referral is needed, where the words about how one applies mean that alone; None when they mean more."""
    written = found.text("application_process")
    if " ".join(re.findall(r"[^\W_]+", written.casefold())) in NOT_NEEDED:
        return False
    return {"needed": True, "not-needed": False}.get(meanings.term("referral", written))


def note(field: str, text: str) -> str:
    """Write what HSDS says and the catalogue has no field for as a line of the notes."""
    return f"{field}: {text}"


def _only_location(owner: Taken) -> list[Taken]:
    """Give the location of an organization that has one alone: where a service names none, it is there."""
    locations = owner.plain().get("locations")
    return owner.rows("locations") if isinstance(locations, list) and len(locations) == 1 else []


def _status(found: Taken) -> str:
    status = found.text("status")
    if status not in STATUSES:
        found.leave("status", _("taken as unverified"))
    return STATUSES.get(status, "unverified")


def schedules_of(found: Taken, spots: Sequence[Taken], locations: Sequence[Taken]) -> list[Taken]:
    """Give the rows of the hours of a service, else those of the places where it is, which must be the same for all; others are left."""
    kept: list[Taken] = []
    for holders in ([found], spots, locations):
        held = [rows for holder in holders if (rows := holder.rows("schedules"))]
        kept = kept or (held[0] if held and all(_said(rows) == _said(held[0]) for rows in held) else [])
        for row in chain.from_iterable(rows for rows in held if rows is not kept):
            if _said([row])[0] in _said(kept):
                row.ignore(*row.plain())
            else:
                row.leave_whole(_("hours of one place among several"), row.text("description") or row.text("byday"))
    return kept


def _said(rows: Sequence[Taken]) -> list[dict[str, Any]]:
    return [{field: value for field, value in row.plain().items() if field != "id" and not field.endswith("_id")} for row in rows]


def _phones(found: Taken, spots: Sequence[Taken], locations: Sequence[Taken], owner: Taken, meanings: FileMeanings) -> list[Taken]:
    """Give the phones of a service and of its places, and those of its organization where none of them can be dialled."""
    own = [row for holder in (found, *spots, *locations) for row in holder.rows("phones")]
    return own if any(can_be_dialled(row, meanings) for row in own) else [*own, *owner.rows("phones")]


def _first(*fields: tuple[Taken, str], holding: Callable[[str], str]) -> str:
    """Give the first of several fields that holds what is wanted; those before it that hold something else are left."""
    for row, field in fields:
        if field in row:
            kept = holding(row.text(field))
            if kept:
                return kept
            row.leave(field, _("not written as one"))
    return ""


def _mail(text: str) -> str:
    return text if is_email(text) else ""


def _site(text: str) -> str:
    """Give a web address, also where its scheme was left out; nothing when it is none."""
    address = text if re.match(r"[a-z]+:", text, re.IGNORECASE) else f"https://{text}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    good = parts.scheme in ("http", "https") and "." in parts.netloc and "@" not in parts.netloc
    return address if good and not re.search(r"[\s<>\"'`]", address) else ""


def _notes(found: Taken, owner: Taken, schedules: Sequence[Taken]) -> str:
    """Give what the catalogue has no field for and people need, a line each: conditions, fees, who runs it, how one attends."""
    lines = [note(field, found.text(field)) for field in TO_NOTES if field in found]
    lines += prices_of(found)
    lines += ways_of_attending(schedules)
    lines += [note("organization", owner.text("name"))] if "name" in owner and owner.text("name") != found.text("name") else []
    whole = "\n".join(dict.fromkeys(lines))
    if len(whole) > LONGEST_NOTES:
        found.leave("notes", _("longer than the notes may be"), whole[LONGEST_NOTES:])
    return whole[:LONGEST_NOTES]


def ways_of_attending(schedules: Sequence[Taken]) -> list[str]:
    """Give how one attends at the times of rows, each as a line of the notes."""
    return list(dict.fromkeys(note("attending_type", row.text("attending_type")) for row in schedules if "attending_type" in row))


def prices_of(found: Taken) -> list[str]:
    """Give the prices of a service, each as a line of the notes."""
    return [note("cost_options", text) for text in map(_price, found.rows("cost_options")) if text]


def _price(option: Taken) -> str:
    """Give a price in one line; nothing when it only says that it is free."""
    said = [*map(option.text, ("option", "amount", "currency", "amount_description", "valid_from", "valid_to"))]
    return "" if option.number("amount") == 0 and not (said[0] or said[3]) else " ".join(filter(None, said))
