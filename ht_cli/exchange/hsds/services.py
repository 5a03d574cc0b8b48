"""A resource as a service of HSDS, with its organization, contacts, areas and hours inside it.

Nothing is null: what is not known is left out. Every fact comes back out of it (`reading`): where HSDS has no field,
or would cut something off, an attribute holds it whole.
"""

import re
from collections.abc import Iterator
from typing import Any

from ht_cli.exchange.columns import REVISION
from ht_cli.exchange.hsds.history import metadata
from ht_cli.exchange.hsds.locations import places
from ht_cli.exchange.hsds.schedules import openings
from ht_cli.exchange.hsds.terms import Row, Terms, identity, other_languages, present, service_id
from ht_cli.exchange.hsds.values import is_date, is_email, is_uri
from ht_cli.exchange.hsds.witness import WRITTEN, witness
from ht_cli.exchange.reference import Reference
from ht_cli.locale import translate as _
from ht_cli.model import Phone, Resource, Spoken
from ht_cli.wording import status

STATUSES = {"active": "active", "closed": "defunct"}  # any other is "inactive", and an attribute says which
OFFSET, TIME_ZONE = "+01:00", 1  # of Belgium in winter, as the suffix of a time and as hours
TEXT_WORDS = {"sms"}  # in the label of a number
NO_EDITS = ("verify", "fail")  # entries of the journal that say that a fact was looked at
KEPT_WHOLE = (
    "hours_osm", "successor", "closed_on", "closed_reason", "checked_how", "checked_by", "notes",
)  # fmt: skip
Said = tuple[str, str, str, str]  # taxonomy, term, value, label


def service_object(resource: Resource, reference: Reference, terms: Terms) -> Row:
    """Give a resource as a service, its texts in the language of the reference."""
    path, words = f"service/{resource.id}", reference.words
    name = resource.name or resource.id
    language, description = _version(resource.descriptions, reference.language)
    changes = reference.changes(resource.id)
    moment = next((change.at for change in changes if change.at[:10] == resource.changed_on and change.action not in NO_EDITS), "")
    service = present({
        "id": service_id(resource.id), "name": name, "alternate_name": "; ".join(resource.alternate_names), "description": description,
        "url": resource.url if is_uri(resource.url) else "", "email": resource.email if is_email(resource.email) else "",
        "status": STATUSES.get(resource.status, "inactive"), "alert": _alert(resource),
        "application_process": "" if resource.referral_needed is None else words.term("referral", _referral(resource.referral_needed)),
        "fees_description": "" if resource.cost == "unknown" else words.term("costs", resource.cost),
        "eligibility_description": _eligibility(resource, reference),
        "minimum_age": resource.min_age, "maximum_age": resource.max_age,
        "assured_date": resource.checked_on if is_date(resource.checked_on) else "",
        "last_modified": _moment(moment or resource.changed_on),
        "organization": _organization(resource, name, description, reference),
        "phones": [_phone(resource.id, number, phone, reference.language, terms) for number, phone in enumerate(resource.phones) if phone.number],
        "schedules": _schedules(resource, reference.language), "service_areas": _areas(resource, reference, terms),
        "service_at_locations": places(resource, reference, terms),
        "languages": [
            {"id": identity(f"language/{resource.id}/{number}"), "name": words.term("languages", code), "code": code}
            for number, code in enumerate(resource.languages)
        ],
        "attributes": terms.attributes(path, list(_said(resource, language))), "metadata": metadata(resource, changes),
    })  # fmt: skip
    marks = [("ht-field", REVISION, mark, "")] if (mark := reference.revision(resource)) else []
    service["attributes"] += terms.attributes(path, [*marks, ("ht-field", WRITTEN, witness(service), "")])
    return service


def _version(versions: Spoken, language: str) -> tuple[str, str]:
    """Give the text in the language of the file, else in the next that has one, with that language."""
    return next(((code, versions[code]) for code in other_languages(language) if versions.get(code)), ("", ""))


def _each(name: str, versions: Spoken) -> Iterator[Said]:
    """Say each version of a text, its language as the label."""
    yield from (("ht-field", name, text, language) for language, text in versions.items() if text)


def _organization(resource: Resource, name: str, description: str, reference: Reference) -> Row:
    """Name who runs it, where the names of several services say so; else a resource stands for itself. HSDS wants a description."""
    owner = reference.organizations().get(resource.id)
    if owner:
        site = owner.website if is_uri(owner.website) else ""
        return present({"id": identity(owner.path), "name": owner.name, "description": owner.name, "website": site})
    path = f"organization/{resource.id}"
    return present({
        "id": identity(path), "name": name, "description": description or name, "website": resource.url if is_uri(resource.url) else "",
    })  # fmt: skip


def _referral(needed: bool) -> str:
    return "needed" if needed else "not-needed"


def _alert(resource: Resource) -> str:
    return " · ".join(filter(None, (status(resource), resource.closed_on, resource.closed_reason)))


def _eligibility(resource: Resource, reference: Reference) -> str:
    meaning = {"only": _("only for"), "preferred": _("open to all, first of all for"), "open": _("for"), "unknown": ""}[
        resource.eligibility
    ]
    shown = [a for a in resource.audiences if a != "everyone"] if resource.eligibility == "preferred" else resource.audiences
    who = f"{meaning} {reference.words.terms('audiences', shown)}" if meaning else ""
    return _("; ").join(filter(None, (who, _("for professionals only") if resource.professionals_only else "")))


def _moment(text: str) -> str:
    """Write a day or a moment of the journal (UTC) as a date and time; nothing when the day is not known."""
    return f"{text[:10]}T{text[11:19] or '00:00:00'}Z" if is_date(text[:10]) else ""


def _phone(identifier: str, number: int, phone: Phone, language: str, terms: Terms) -> Row:
    path = f"phone/{identifier}/{number}"
    said = [*_each("label", phone.label), *_each("hours", phone.hours)]
    said += [("ht-field", "hours_osm", phone.hours_osm, "")] if phone.hours_osm else []
    label, hours = (_version(versions, language)[1] for versions in (phone.label, phone.hours))
    description = " · ".join(filter(None, (label, hours or phone.hours_osm)))
    return present({
        "id": identity(path), "number": phone.number, "type": _phone_type(phone), "description": description,
        "attributes": terms.attributes(path, said),
    })  # fmt: skip


def _phone_type(phone: Phone) -> str:
    """Give what a number takes, as HSDS and RFC 6350 call it: a voice, where its label does not say otherwise."""
    if phone.is_fax:
        return "fax"
    said = {word for label in phone.label.values() for word in re.findall(r"\w+", label.casefold())}
    return "text" if said & TEXT_WORDS else "voice"


def _schedules(resource: Resource, language: str) -> list[Row]:
    text = _version(resource.hours, language)[1] or resource.hours_osm
    rows: list[Row] = [
        {
            "timezone": TIME_ZONE, "freq": row.frequency, "byday": row.days, "opens_at": row.opens + OFFSET, "closes_at": row.closes + OFFSET,
            "notes": row.notes, "description": text,
        }
        for row in openings(resource.hours_osm)
    ]  # fmt: skip
    if not rows and text:
        rows = [{"description": text}]
    return [present({"id": identity(f"schedule/{resource.id}/{number}"), **row}) for number, row in enumerate(rows)]


def _areas(resource: Resource, reference: Reference, terms: Terms) -> list[Row]:
    rows = []
    for number, code in enumerate(resource.areas):
        kind = code.partition(":")[0]
        path = f"service_area/{resource.id}/{number}"
        name = reference.words.area(code)
        attribute = terms.attributes(path, [("ht-area", "municipality" if kind == "nis" else kind, code, "")])
        rows.append(present({"id": identity(path), "name": name, "extent": name, "extent_type": "text", "attributes": attribute}))
    return rows


def _said(resource: Resource, language: str) -> Iterator[Said]:
    """Give what HSDS has no field for, the terms first."""
    yield "ht-field", "id", resource.id, ""
    yield "ht-kind", resource.kind, "", ""
    for taxonomy, chosen in (
        ("ht-audience", resource.audiences), ("ht-need", resource.needs), ("ht-offer", resource.offers), ("ht-channel", resource.channels),
    ):  # fmt: skip
        yield from ((taxonomy, identifier, "", "") for identifier in chosen)
    if resource.cost != "unknown":
        yield "ht-cost", resource.cost, "", ""
    if resource.referral_needed is not None:
        yield "ht-referral", _referral(resource.referral_needed), "", ""
    if resource.status != "active":
        yield "ht-status", resource.status, "", ""
    yield "ht-confidence", resource.confidence, "", ""
    for code, text in resource.descriptions.items():
        if code != language and text:
            yield "ht-description", code, text, ""
    yield from _each("area_note", resource.area_note)
    yield from _each("hours", resource.hours)
    yield from _kept(resource, language)


def _kept(resource: Resource, language: str) -> Iterator[Said]:
    if language:
        yield "ht-field", "description_language", language, ""
    if len(resource.alternate_names) > 1:
        yield from (("ht-field", "alternate_name", name, "") for name in resource.alternate_names)
    if resource.professionals_only:
        yield "ht-field", "professionals_only", "true", ""
    if resource.failed_tries:
        yield "ht-field", "failed_tries", str(resource.failed_tries), ""
    values: dict[str, Any] = {name: getattr(resource, name) for name in KEPT_WHOLE}
    values |= {"url": "" if is_uri(resource.url) else resource.url, "email": "" if is_email(resource.email) else resource.email}
    values |= {name: "" if is_date(getattr(resource, name)) else getattr(resource, name) for name in ("checked_on", "changed_on")}
    yield from (("ht-field", name, value, "") for name, value in values.items() if value)
    yield from (("ht-field", "source", source.url, source.date) for source in resource.sources)
    for check in resource.fact_checks:
        yield "ht-field", "fact_check", "|".join((check.on, check.how, check.by)), check.field
