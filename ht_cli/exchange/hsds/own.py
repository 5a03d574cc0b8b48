"""Our own services of HSDS back as records, without loss: the attributes of our profile say what HSDS has no field for.

Where a field of HSDS was edited beside which an attribute stands (`witness`), the field counts, and the attribute is named as left.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ht_cli.exchange.columns import REVISION
from ht_cli.exchange.hsds.foreign import (
    STATUSES,
    TO_NOTES,
    age_of,
    every_price_is_nothing,
    leave_persons,
    leave_term,
    missing_of,
    note,
    prices_of,
    referral_of,
    schedules_of,
    ways_of_attending,
)
from ht_cli.exchange.hsds.hours import Hours, hours_of
from ht_cli.exchange.hsds.languages import guess_language, languages_of
from ht_cli.exchange.hsds.locations import NIS, PARTS
from ht_cli.exchange.hsds.numbers import is_fax, joined, phones_of, said_beside
from ht_cli.exchange.hsds.services import KEPT_WHOLE
from ht_cli.exchange.hsds.taking import Taken
from ht_cli.exchange.hsds.terms import TAXONOMIES
from ht_cli.exchange.hsds.whereabouts import NO_PLACE_TO_GO, address_of, area_of, home_beside
from ht_cli.exchange.hsds.witness import HOURS, JOURNAL, OF_SERVICE, OWNER, WRITTEN, Witness
from ht_cli.exchange.meanings import NOTHING_KNOWN, FileMeanings, Left, cost_named
from ht_cli.hours.grammar import readable_hours
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES, NOT_SENT_TO

Row = Mapping[str, Any]
_COUNTS = tuple(map(str, range(100)))
SPOKEN = ("hours", "area_note")
LISTS = {"audiences": "ht-audience", "needs": "ht-need", "offers": "ht-offer", "channels": "ht-channel"}
SAID_ELSEWHERE = ("metadata", "attributes", "assured_date", "last_modified")
MIRRORS = (  # what an organization and a location repeat of the service
    "name", "alternate_name", "description", "email", "website", "url", "location_type", "latitude", "longitude", "external_identifier",
    "external_identifier_type", "attributes",
)  # fmt: skip
OF_ADDRESS = ("address_1", "city", "region", "state_province", "postal_code", "country", "address_type")
BECOMES = {  # the facts that an edited field may change, beside the notes
    "status": ("status", "closed_on", "closed_reason", "successor"), "alert": ("closed_reason",), "alternate_name": ("alternate_names",),
    "application_process": ("referral_needed",), "fees_description": ("cost",), "eligibility_description": (),
}  # fmt: skip
ADDED_TO_NOTES = tuple(field for field in TO_NOTES if field not in OF_SERVICE)  # what others add, since none of ours leaves with it
BETWEEN = " · "  # label and hours of a phone, in its description; the parts of an alert


def is_ours(attribute: Row) -> bool:
    """Say whether an attribute bears a term of our taxonomies."""
    term = attribute.get("taxonomy_term")
    return isinstance(term, Mapping) and str(term.get("code", "")).partition(":")[0] in TAXONOMIES


class Said:
    """What the attributes of one object say, by taxonomy and term; those of other taxonomies are left."""

    def __init__(self, found: Row) -> None:
        self._rows: list[tuple[str, str, str, str]] = []
        for row in found.get("attributes", ()):
            code = str(row.get("taxonomy_term", {}).get("code", ""))
            taxonomy, _colon, term = code.partition(":")
            if taxonomy in TAXONOMIES and term:
                self._rows.append((taxonomy, term, row.get("value", ""), row.get("label", "")))

    def terms(self, taxonomy: str) -> list[str]:
        """Give the terms of a taxonomy, in their order."""
        return [term for found, term, _value, _label in self._rows if found == taxonomy]

    def term(self, taxonomy: str, otherwise: str) -> str:
        """Give the one term of a taxonomy."""
        return next(iter(self.terms(taxonomy)), otherwise)

    def values(self, name: str, taxonomy: str = "ht-field") -> list[tuple[str, str]]:
        """Give the values of a term, each with its label."""
        return [(value, label) for found, term, value, label in self._rows if found == taxonomy and term == name]

    def value(self, name: str) -> str:
        """Give the one value of a field."""
        return next((value for value, _label in self.values(name)), "")


def own_id(found: Row) -> str:
    """Give the id that a service has with us; nothing when it is not ours."""
    return Said(found).value("id")


def own_mark(found: Row) -> str | None:
    """Give the mark of what one of our services was when it left, empty where somebody emptied it; None when it bears none."""
    return next((value for value, _label in Said(found).values(REVISION)), None)


def own_values(found: Taken, meanings: FileMeanings) -> tuple[dict[str, Any], list[Left]]:
    """Give all that one of our services says, what it does not say as not known; and what of it is not taken over."""
    plain, dialled, meanings = found.plain(), meanings.numbers, meanings._replace(numbers=NOTHING_KNOWN.numbers)
    said, seen = Said(plain), Witness(Said(plain).value(WRITTEN))
    spots, owner = found.rows("service_at_locations"), found.row("organization")
    locations = [spot.row("location") for spot in spots]
    schedules = schedules_of(found, spots, locations)
    phones = [phone for row in found.rows("phones") for phone in _phones(row, seen, meanings)]
    phones += _phones_of_places(spots, phones, meanings._replace(numbers=dialled))
    phones = phones or phones_of(owner.rows("phones"), (), meanings)
    values = {
        "name": found.verbatim("name") or None, "kind": said.term("ht-kind", "service"), "confidence": said.term("ht-confidence", "low"),
        "descriptions": _descriptions(found, said), **{field: said.terms(taxonomy) for field, taxonomy in LISTS.items()},
        "professionals_only": said.value("professionals_only") == "true", "min_age": age_of(found, "minimum_age"),
        "max_age": age_of(found, "maximum_age"), "languages": languages_of(found.rows("languages"), meanings),
        "areas": [code for row in found.rows("service_areas") for code in _areas(row, seen, meanings)],
        "addresses": [address for location in locations for address in _addresses(location, seen, meanings)],
        "phones": phones, "email": found.verbatim("email") or said.value("email"), "url": found.verbatim("url") or said.value("url"),
        **{field: said.value(field) for field in KEPT_WHOLE},
        **{field: dict.fromkeys(LANGUAGES) | _versions(said, field) for field in SPOKEN},
        "checked_on": plain.get("assured_date") or said.value("checked_on"), "fact_checks": list(_checks(said)),
        "failed_tries": int(said.value("failed_tries")) if said.value("failed_tries") in _COUNTS else 0,
        "changed_on": plain.get("last_modified", "")[:10] or said.value("changed_on"),
        "sources": [_filled({"url": url, "date": date}) for url, date in said.values("source")],
        **_hours(found, schedules, said, seen), **_beside_attributes(found, said, seen, meanings, ways_of_attending(schedules)),
    }  # fmt: skip
    leave_persons([found, owner, *spots, *locations])
    _leave_owner(found, owner, seen)
    for row in (owner, *locations):
        _leave_mirror(row, seen)
    for row in (found, owner, *spots, *locations):
        _leave_terms_of_others(row)
    if len(plain.get("metadata", ())) > seen.count(JOURNAL):
        found.leave("metadata", _("edited, and not kept here"))
    found.ignore(*SAID_ELSEWHERE)
    missing = [] if values["status"] in NOT_SENT_TO else missing_of(values)  # such a one may have lacked it here too
    return values, [*dict.fromkeys(found.left()), *missing]


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in row.items() if text}


def _beside_attributes(found: Taken, said: Said, seen: Witness, meanings: FileMeanings, attending: Sequence[str]) -> dict[str, Any]:
    """Give the facts that both an attribute and a field of the service say: the attribute's, and the field's where that was edited."""
    edited = {field: found.verbatim(field) for field in OF_SERVICE if seen.edited(found.plain(), field)}
    found.ignore(*OF_SERVICE)
    names, single = [name for name, _label in said.values("alternate_name")], _one(found.verbatim("alternate_name"))
    values: dict[str, Any] = {
        "status": said.term("ht-status", "active"), "cost": said.term("ht-cost", "unknown"),
        "alternate_names": names or single,
        "referral_needed": {"needed": True, "not-needed": False}.get(said.term("ht-referral", "")),
    }  # fmt: skip
    added = [*(note(field, found.verbatim(field)) for field in ADDED_TO_NOTES if field in found), *prices_of(found), *attending]
    if not edited and not added and "cost_options" not in found:
        return values
    unedited = values | {"alternate_names": names or _one(seen.said("alternate_name"))}
    notes = {field: text for field, text in edited.items() if text and field not in ("status", "alternate_name")}
    if "alternate_name" in edited:
        values["alternate_names"] = [name.strip() for name in edited["alternate_name"].split("; ") if name.strip()]
    if "fees_description" in edited:
        values["cost"] = cost_named(edited["fees_description"], meanings)
        if values["cost"] != "unknown":
            del notes["fees_description"]
    if every_price_is_nothing(found):
        values["cost"] = "free"
    if "application_process" in edited:
        values["referral_needed"] = referral_of(found, meanings)
        if values["referral_needed"] is not None:
            del notes["application_process"]
    if "status" in edited or "alert" in edited:
        values |= _standing(edited, said, notes, str(seen.said("alert") or ""))
    lines = [*(note(field, text) for field, text in notes.items()), *added]
    was = {field: said.value(field) for field in KEPT_WHOLE} | unedited
    for field, text in edited.items():
        counts = field in notes or any(name in values and values[name] != was[name] for name in BECOMES[field])
        found.leave(field, _("edited: it counts, and not our attribute") if counts else _("edited, and nothing changes by it"), text or "–")
    return {**values, "notes": _with_lines(said.value("notes"), lines)}


def _with_lines(notes: str, lines: Sequence[str]) -> str:
    """Give notes with lines at their end; one that stands there already, from a file that comes again, stands once."""
    for line in lines:
        if f"\n{line.strip()}\n" not in f"\n{notes}\n":
            notes = "\n".join(filter(None, (notes, line.strip())))
    return notes


def _one(text: object) -> list[str]:
    return [text] if isinstance(text, str) and text else []


def _standing(edited: Mapping[str, str], said: Said, notes: dict[str, str], alert: str) -> dict[str, str]:
    """Give the status of a service whose status or alert was edited, and why it closed; what else an alert says goes to the notes."""
    status = STATUSES.get(edited["status"], "unverified") if "status" in edited else said.term("ht-status", "active")
    if edited.get("status") == "temporarily closed":
        notes["status"] = edited["status"]
    if status != "closed" and "status" in edited:
        return {"status": status, "closed_on": "", "closed_reason": "", "successor": ""}
    if status != "closed" or "alert" not in edited:
        return {"status": status}
    new = notes.pop("alert", "").split(BETWEEN)
    beside = alert.removesuffix(said.value("closed_reason")).split(BETWEEN)  # the status, and the day where it is known
    return {"status": status, "closed_reason": BETWEEN.join(part for part in new if part not in beside)}


def _descriptions(found: Taken, said: Said) -> dict[str, str | None]:
    texts: dict[str, str | None] = dict.fromkeys(LANGUAGES)
    for code in said.terms("ht-description"):
        texts[code] = next((value for value, _label in said.values(code, "ht-description")), None)
    written = found.value("description")
    language = said.value("description_language") or (guess_language(written) if written else "")
    return {**texts, **({language: written} if language else {})}


def _hours(found: Taken, rows: Sequence[Taken], said: Said, seen: Witness) -> dict[str, Any]:
    """Give the hours that rows say: words and times apart, since either may have been edited; words beside edited times would say the old ones."""
    versions = _versions(said, "hours")
    known = {"hours": dict.fromkeys(LANGUAGES) | versions, "hours_osm": said.value("hours_osm")}
    of_places = rows and rows is not found.rows(HOURS)  # which others added: none of ours leaves there
    if not of_places and not seen.edited(found.plain(), HOURS):
        for row in rows:
            row.ignore(*row.plain())
        return known
    was = _apart(hours_of(Taken(row, "schedule") for row in seen.said(HOURS) or () if isinstance(row, Mapping)))
    now = _apart(hours_of(rows))
    if now == was:
        found.leave(HOURS, _("edited, and nothing changes by it"), now.osm or now.text or "–")
        return known
    found.leave(HOURS, _("edited: it counts, and not our attribute"), now.osm or now.text or "–")
    language = next((code for code, text in versions.items() if text == was.text), "") or guess_language(now.text)
    words: dict[str, str | None] = {**dict.fromkeys(LANGUAGES), **({language: now.text} if now.text != was.text else {})}
    return {"hours": words, "hours_osm": known["hours_osm"] if now.osm == was.osm else now.osm}


def _apart(hours: Hours) -> Hours:
    """Give hours whose words are no times: where only such words are there, they are the times."""
    return Hours("", hours.osm or hours.text) if readable_hours(hours.text) else hours


def _areas(row: Taken, seen: Witness, meanings: FileMeanings) -> Iterator[str]:
    """Give the code of an area: that of our attribute, unless another name is written there that is known."""
    said = Said(row.plain())
    codes = [value for kind in said.terms("ht-area")[:1] for value, _label in said.values(kind, "ht-area")]
    if codes and not seen.row_edited(row.plain(), "service_areas"):
        if row.text("extent") not in ("", row.text("name")):
            row.leave("extent", _("edited, and not kept here"))
        row.ignore("attributes", "name", "extent", "extent_type")
        yield from codes
        return
    row.ignore("attributes")
    code = area_of(Taken({**row.plain(), "extent": ""}, "service_area") if codes else row, meanings)
    if codes and not code:
        row.leave_whole(_("no area that is known by this name"), row.text("name"))
    elif codes:
        row.ignore("extent", "extent_type")
        why = _("edited, and nothing changes by it") if code in codes else _("edited: it counts, and not our attribute")
        row.leave("name", why, f"{row.text('name')} → {code}")
    yield from [code] if code else codes


def _addresses(location: Taken, seen: Witness, meanings: FileMeanings) -> Iterator[dict[str, str]]:
    """Give the address of a location; that of a location whose parts were edited, or that somebody added, is read as anybody's."""
    plain, said = location.plain(), Said(location.plain())
    nis = location.text("external_identifier") if location.text("external_identifier_type") == NIS else ""
    rows = location.rows("addresses")
    if plain.get("location_type") != "physical":
        return
    for row in rows:
        if not nis or row.text("address_type") in NO_PLACE_TO_GO or _moved(row, nis, seen, meanings):
            yield from address_of(row, meanings)
            continue
        for field in seen.row_edits(row.plain()):
            if field in ("region", "state_province"):
                row.leave(field, _("edited, and not kept here"), row.text(field) or "–")
            elif field == "city" and meanings.area(row.text(field)) not in ("", f"nis:{nis}"):
                row.leave(field, _("a town elsewhere than its postcode, which counts"), f"{row.text('postal_code')} {row.text(field)}")
        row.ignore(*OF_ADDRESS)
        street = ", ".join(filter(None, (row.verbatim("address_1"), row.verbatim("address_2"))))
        yield _filled({"street": street, "postcode": row.verbatim("postal_code"), "locality": row.verbatim("city"), "nis": nis})
    if not rows:
        yield _filled({**{part: said.value(part) for part in PARTS}, "nis": nis})


def _leave_owner(found: Taken, owner: Taken, seen: Witness) -> None:
    """Name another organization than the one that left, and one that was taken out."""
    was = seen.said(OWNER)
    if was and not owner.plain():
        found.leave("organization", _("edited, and not kept here"), "–")
    elif was and owner.id != was:
        for field in ("name", "alternate_name", "description", "email", "website"):
            if field in owner:
                owner.leave(field, _("edited, and not kept here"))


def _leave_terms_of_others(row: Taken) -> None:
    """Name the terms of other taxonomies; those of ours are read."""
    for attribute in row.plain().get("attributes", ()):
        if isinstance(attribute, Mapping) and not is_ours(attribute):
            other = Taken(attribute, "attribute", "attributes")
            leave_term(other)
            row.pass_on(other)


def _leave_mirror(row: Taken, seen: Witness) -> None:
    """Take what an organization or a location repeats; each field that was edited is named: the catalogue has no place for it of its own."""
    for field in seen.row_edits(row.plain()):
        row.leave(field, _("edited, and not kept here"), row.text(field) or "–")
    row.ignore(*MIRRORS)


def _moved(row: Taken, nis: str, seen: Witness, meanings: FileMeanings) -> bool:
    """Say whether an address was edited to one of another municipality than the one that stands beside it, or of another country.

    Where it is not known whether it was edited, its postcode and its town must both be elsewhere.
    """
    if seen.knows(row.plain()):
        edits = seen.row_edits(row.plain())
        elsewhere = home_beside(row, meanings).nis
        return "country" in edits or (("postal_code" in edits or "city" in edits) and elsewhere not in ("", nis))
    codes = [code for field in ("postal_code", "city") for code in meanings.towns(row.text(field))]
    return bool(codes) and f"nis:{nis}" not in codes


def _versions(said: Said, name: str) -> dict[str, str | None]:
    return {language: text for text, language in said.values(name)}


def _phones(row: Taken, seen: Witness, meanings: FileMeanings) -> Iterator[dict[str, Any]]:
    said = Said(row.plain())
    parts = {part: _versions(said, part) for part in ("label", "hours")}
    if not row.text("number"):  # somebody emptied the cell, to take the number out
        row.leave_whole(_("no number that can be dialled"), row.text("description"))
        return
    _leave_terms_of_others(row)
    if is_fax(row) or not (any(parts.values()) or said.value("hours_osm")):
        row.ignore("attributes")
        yield from phones_of([row], (), meanings)
        return
    row.ignore("attributes", "description")
    edited = "type" in seen.row_edits(row.plain())
    phone: dict[str, Any] = {"number": row.verbatim("number"), **parts, "hours_osm": said.value("hours_osm")}
    if seen.row_edited(row.plain(), "phones"):
        phone |= _described(row.verbatim("description"), parts)
        row.leave("description", _("edited: it counts, and not our attribute"))
    if beside := said_beside(row, kind=edited):
        phone["label"] = joined({code: text or "" for code, text in phone["label"].items()}, beside)
    if edited:
        counts = said_beside(row, kind=True) != said_beside(row, kind=False)
        row.leave("type", _("edited: it counts, and not our attribute") if counts else _("edited, and nothing changes by it"))
    row.ignore("type")
    yield {name: value for name, value in phone.items() if value}


def _phones_of_places(spots: Sequence[Taken], known: Sequence[Row], meanings: FileMeanings) -> list[dict[str, Any]]:
    """Give the numbers that others added to the places of a service, since none of ours leaves there; one that it has already is named."""
    numbers = {number for phone in known for number in meanings.numbers(phone["number"])}
    added = []
    for row in (row for spot in spots for holder in (spot, spot.row("location")) for row in holder.rows("phones")):
        found = meanings.numbers(row.text("number"))
        if found and numbers.issuperset(found):
            row.leave_whole(_("a number that stands there already"), ", ".join(filter(None, map(row.text, ("number", "description")))))
        else:
            added.append(row)
    return phones_of(added, (), meanings)


def _described(text: str, parts: Mapping[str, dict[str, str | None]]) -> dict[str, Any]:
    """Give label and hours of a phone whose description was edited: the part that stands as it stood keeps its other languages."""
    label, _mark, hours = text.partition(BETWEEN)
    if label in parts["label"].values():
        language = next(code for code, version in parts["label"].items() if version == label)
        return {"hours": {language: hours} if hours else {}, "hours_osm": hours if readable_hours(hours) else ""}
    if hours and hours in parts["hours"].values():
        return {"label": {guess_language(label, list(parts["label"])): label}}
    return {"label": {guess_language(text, list(parts["label"])): text} if text else {}, "hours": {}, "hours_osm": ""}


def _checks(said: Said) -> Iterator[dict[str, str]]:
    for value, field in said.values("fact_check"):
        on, how, by = [*value.split("|", 2), "", ""][:3]
        yield _filled({"field": field, "on": on, "how": how, "by": by})
