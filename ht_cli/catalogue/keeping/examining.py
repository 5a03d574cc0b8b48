"""Examines resources: what is missing, impossible, contradictory or unsafe, by what fits each kind.

A check that does not apply (a helpline needs no address) is left out of the score.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ht_cli.catalogue.facts.municipalities import read_municipalities
from ht_cli.catalogue.facts.records import Record, record_of, tidy
from ht_cli.catalogue.keeping.changing import read_allowed
from ht_cli.catalogue.keeping.checking import Allowed, faults, hours_faults
from ht_cli.catalogue.keeping.duplicates import page
from ht_cli.dates import day_text
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import ADULT_AGE, MINORS, Municipality, Resource
from ht_cli.search.text import fold

ERROR, WARNING, INFO = "error", "warning", "info"
ALIKE = 85  # of 100: names this near, with the same number or page, are likely the same resource
# Wording that guidelines for writing about suicide and mental health advise against (WHO 2023, in the project's four languages).
UNSAFE = re.compile(
    r"\b(?:commit(?:s|ted|ting)? suicide|(?:un)?successful suicide|failed suicide|suicide epidemic"
    r"|commet(?:tre|tent|s)? (?:un |le )?suicide|suicides? (?:réussi|raté|manqué)e?s?|tentatives? ratées?|malade mental|aliénée?s?"
    r"|zelfmoord (?:plegen|pleegt|pleegde|gepleegd)|(?:pleegt|pleegde|pleegden) zelfmoord|(?:geslaagde|mislukte) zelf(?:moord|doding)\w*|geestesziek\w*"
    r"|selbstmord (?:begehen|begeht|beging|begangen)|(?:erfolgreiche|missglückte)\w* (?:selbstmord|suizid)\w*|freitod|geisteskrank\w*"
    r"|lunatics?|mentally ill person)\b",
    re.IGNORECASE,
)


class Finding(NamedTuple):
    """One thing found: of which resource, how grave (error, warning, info), which check, and what about it."""

    resource: str
    severity: str
    check: str
    detail: str


class Report(NamedTuple):
    """The findings, gravest first, and the share of passed checks among those that apply, 0 to 100."""

    findings: list[Finding]
    score: int


class Surroundings(NamedTuple):
    """What a resource is held against: what it may name, where municipalities are, the day, the unsure borders."""

    allowed: Allowed
    homes: Mapping[str, Municipality]
    today: str
    unsure: Mapping[str, int]


def examine(connection: sqlite3.Connection, resources: Iterable[Resource], today: date) -> Report:
    """Examine resources that are not closed, each by the checks that fit it."""
    homes = read_municipalities(connection)
    unsure = Counter(home.network_adult for home in homes.values() if home.network_adult_confidence == "low")
    around = Surroundings(read_allowed(connection), homes, today.isoformat(), unsure)
    looked_at = [resource for resource in resources if resource.status != "closed"]
    findings: list[Finding] = []
    applied = 0
    for resource in looked_at:
        for check in CHECKS:
            outcome = list(check(resource, around))
            applied += outcome != [NOT_APPLICABLE]
            findings += [found for found in outcome if found != NOT_APPLICABLE]
    findings += _likely_duplicates(looked_at)
    weight = sum({ERROR: 1.0, WARNING: 0.5, INFO: 0.0}[found.severity] for found in findings)
    order = (ERROR, WARNING, INFO)
    findings.sort(key=lambda found: (order.index(found.severity), found.resource, found.check))
    return Report(findings, round(100 * max(0.0, 1 - weight / max(applied, 1))))


def mended(record: Record) -> Record:
    """Mend what needs no knowledge: spaces around texts, values that stand twice."""

    def clean(value: object) -> object:
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, dict):
            return {key: clean(part) for key, part in value.items()}
        if isinstance(value, list):
            items = [clean(item) for item in value]
            return [item for position, item in enumerate(items) if item not in items[:position]]
        return value

    return tidy({field: clean(value) for field, value in record.items()})


Findings = Iterator[Finding]
NOT_APPLICABLE = Finding("", INFO, "", "")


def _facts_hold(resource: Resource, around: Surroundings) -> Findings:
    record = record_of(resource)
    of_hours = set(hours_faults(record))  # a check of their own
    for fault in faults(resource.id, record, around.allowed):
        if fault not in of_hours:
            yield Finding(resource.id, ERROR, "invalid", fault)


def _can_be_reached(resource: Resource, around: Surroundings) -> Findings:
    if resource.status == "unverified":
        yield NOT_APPLICABLE
    elif not resource.reachable:
        yield Finding(resource.id, ERROR, "contact", _("no phone, e-mail, site or address"))


def _has_a_number(resource: Resource, around: Surroundings) -> Findings:
    if resource.kind != "helpline":
        yield NOT_APPLICABLE
    elif not resource.phones and not {"chat", "online", "email"} & set(resource.channels):
        yield Finding(resource.id, ERROR, "phone", _("a helpline without a number"))


def _has_an_address(resource: Resource, around: Surroundings) -> Findings:
    met = not resource.channels or "in-person" in resource.channels
    if resource.kind not in ("service", "group") or not met:
        yield NOT_APPLICABLE
    elif not resource.addresses:
        yield Finding(resource.id, WARNING, "address", _("people meet there, and no address is known"))


def _is_described(resource: Resource, around: Surroundings) -> Findings:
    if not resource.descriptions:
        yield Finding(resource.id, WARNING, "description", _("no description in any language"))
    elif set(resource.languages) & {"fr", "nl", "de", "en"} - set(resource.descriptions):
        missing = sorted(set(resource.languages) & {"fr", "nl", "de", "en"} - set(resource.descriptions))
        yield Finding(resource.id, INFO, "description", _("no description in: {languages}").format(languages=", ".join(missing)))


def _has_a_source(resource: Resource, around: Surroundings) -> Findings:
    if not resource.sources and not resource.checked_on:
        yield Finding(resource.id, WARNING, "source", _("neither a source nor a check"))


def _dates_are_past(resource: Resource, around: Surroundings) -> Findings:
    dates = [("checked_on", resource.checked_on), ("changed_on", resource.changed_on), ("closed_on", resource.closed_on)]
    dates += [("sources", source.date) for source in resource.sources] + [("fact_checks", check.on) for check in resource.fact_checks]
    for field, day in dates:
        if day > around.today:
            yield Finding(resource.id, ERROR, "future", _("{field}: {day} is still to come").format(field=field, day=day_text(day)))


def _hours_can_be_read(resource: Resource, around: Surroundings) -> Findings:
    if not any((resource.hours_osm, *(phone.hours_osm for phone in resource.phones))):
        yield NOT_APPLICABLE
    for fault in hours_faults(record_of(resource)):
        yield Finding(resource.id, ERROR, "hours", fault)


def _ages_suit_audiences(resource: Resource, around: Surroundings) -> Findings:
    low, high = resource.min_age, resource.max_age
    if (low is None and high is None) or not resource.audiences:
        yield NOT_APPLICABLE
    elif low is not None and low >= ADULT_AGE and set(resource.audiences) <= set(MINORS):
        yield Finding(
            resource.id, ERROR, "ages", _n("for minors, and from {age} year", "for minors, and from {age} years", low).format(age=low)
        )
    elif high is not None and high < ADULT_AGE and {"adults", "older-people"} & set(resource.audiences) and not set(MINORS) & set(resource.audiences):  # fmt: skip
        yield Finding(
            resource.id, ERROR, "ages", _n("for adults, and up to {age} year", "for adults, and up to {age} years", high).format(age=high)
        )


def _serves_its_address(resource: Resource, around: Surroundings) -> Findings:
    if not resource.addresses:
        yield NOT_APPLICABLE
    for address in resource.addresses:
        if address.confidential:  # what is found must not say where it is
            continue
        home = around.homes.get(address.nis)
        codes = {"country:be"}
        if home:
            codes |= {f"nis:{home.nis}", f"province:{home.province}", f"region:{home.region}"}
            codes |= {f"community:{language}" for language in home.helped_in}
        if not codes & set(resource.areas):
            yield Finding(resource.id, WARNING, "area", _("its address is in {place}, which it does not serve").format(place=address.locality or address.nis))  # fmt: skip


def _words_are_safe(resource: Resource, around: Surroundings) -> Findings:
    texts = (resource.descriptions, resource.area_note, resource.hours, *(phone.label for phone in resource.phones))
    for field, text in (("name", resource.name), *(item for versions in texts for item in versions.items())):
        unsafe = UNSAFE.search(text)
        if unsafe:
            yield Finding(resource.id, ERROR, "wording", _("{field}: “{text}” hurts; say it kindly").format(field=field, text=unsafe[0]))


def _borders_are_sure(resource: Resource, around: Surroundings) -> Findings:
    if resource.kind != "network-adult":
        yield NOT_APPLICABLE
    elif resource.id in around.unsure:
        count = around.unsure[resource.id]
        said = _n("it is not sure that it serves {count} municipality", "it is not sure that it serves {count} municipalities", count)
        yield Finding(resource.id, INFO, "border", said.format(count=count))


CHECKS = (
    _facts_hold, _can_be_reached, _has_a_number, _has_an_address, _is_described, _has_a_source, _dates_are_past, _hours_can_be_read,
    _ages_suit_audiences, _serves_its_address, _words_are_safe, _borders_are_sure,
)  # fmt: skip


def _likely_duplicates(resources: Iterable[Resource]) -> Findings:
    """Name pairs with the same name, or a near one and the same number or page."""
    from rapidfuzz import fuzz

    groups: dict[str, list[Resource]] = {}
    for resource in resources:
        keys = {fold(resource.name), *(phone.number for phone in resource.phones), *([page(resource.url)] if resource.url else [])}
        for key in keys:
            groups.setdefault(key, []).append(resource)
    told = set()
    for group in groups.values():
        for position, one in enumerate(group):
            for other in group[position + 1 :]:
                near = fuzz.token_sort_ratio(fold(one.name), fold(other.name)) >= ALIKE
                if near and one.kind == other.kind and (one.id, other.id) not in told:
                    told.add((one.id, other.id))
                    yield Finding(one.id, WARNING, "duplicate", _("likely the same as {id}").format(id=other.id))
