"""Examines resources: what is missing, impossible, contradictory or unsafe, by what fits each kind.

A check that does not apply (a helpline needs no address) is left out of the score. Resources are read one after another and
what is found is put away in files, so that the memory does not grow with the catalogue.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from heapq import merge
from tempfile import TemporaryFile

from ht_cli.catalogue.facts.municipalities import areas_around, read_municipalities
from ht_cli.catalogue.facts.reading import read_ids, stream_resources
from ht_cli.catalogue.facts.records import Record, record_of, tidy
from ht_cli.catalogue.keeping.changing import read_allowed
from ht_cli.catalogue.keeping.checking import Allowed, days_said, faults, hours_faults
from ht_cli.catalogue.keeping.duplicates import twins
from ht_cli.dates import day_text
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import ADULT_AGE, LANGUAGES, MINORS, Municipality, Resource
from ht_cli.shapes import NamedTuple

ERROR, WARNING, INFO = "error", "warning", "info"
WEIGHTS = {ERROR: 1.0, WARNING: 0.5, INFO: 0.0}  # gravest first
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


class Report:
    """The findings, to be read once; how many there are by severity, and the share of passed checks among those that apply, 0 to 100."""

    def __init__(self, files: ExitStack) -> None:
        self.score = 100
        self._put_away = {severity: files.enter_context(TemporaryFile("w+", encoding="utf-8")) for severity in WEIGHTS}  # noqa: SIM115
        self._repeated: list[Finding] = []
        self.counts = dict.fromkeys(WEIGHTS, 0)

    def add(self, found: Finding) -> None:
        """Put a finding away, those of a resource after those of the one before it."""
        self.counts[found.severity] += 1
        self._put_away[found.severity].write(json.dumps(found, ensure_ascii=False) + "\n")

    def add_repeated(self, found: Iterable[Finding]) -> None:
        """Add what came to light at the end, of any resource; it is kept in memory, for it is not much."""
        self._repeated = sorted(found)
        self.counts[WARNING] += len(self._repeated)

    def findings(self) -> Iterator[Finding]:
        """Give the findings, the gravest first, then by resource and check."""
        for severity, file in self._put_away.items():
            file.seek(0)
            kept = (Finding(*json.loads(line)) for line in file)
            repeated = [found for found in self._repeated if found.severity == severity]
            yield from merge(kept, repeated, key=lambda found: (found.resource, found.check))


class Standards(NamedTuple):
    """What a resource is held against: what it may name, where municipalities are, the day, the unsure borders."""

    allowed: Allowed
    homes: Mapping[str, Municipality]
    today: str
    tomorrow: str
    unsure: Mapping[str, int]


def examine(connection: sqlite3.Connection, named: Sequence[str], today: date, files: ExitStack) -> Report:
    """Examine the resources named, or all, that are not closed, each by the checks that fit it; what is found waits in `files`."""
    report = Report(files)
    ids = sorted(set(named)) or read_ids(connection, all_statuses=True)
    homes = read_municipalities(connection)
    unsure = Counter(home.network_adult for home in homes.values() if home.network_adult_confidence == "low")
    around = Standards(read_allowed(connection), homes, today.isoformat(), (today + timedelta(days=1)).isoformat(), unsure)
    applied = 0
    for resource in stream_resources(connection, ids):
        if resource.status != "closed":
            outcomes = {check: list(check(resource, around)) for check in CHECKS}
            applied += sum(outcome != [NOT_APPLICABLE] for outcome in outcomes.values())
            found = [one for outcome in outcomes.values() for one in outcome if one != NOT_APPLICABLE]
            for one in sorted(found, key=lambda one: one.check):
                report.add(one)
    said = _("likely the same as {id}")
    report.add_repeated(Finding(one, WARNING, "duplicate", said.format(id=other)) for one, other in twins(connection, named))
    weight = sum(WEIGHTS[severity] * count for severity, count in report.counts.items())
    report.score = round(100 * max(0.0, 1 - weight / max(applied, 1)))
    return report


def to_be_mended(connection: sqlite3.Connection, named: Sequence[str]) -> list[str]:
    """Give the ids of the resources, of those named or of all, that can be mended without knowing anything."""
    ids = named or read_ids(connection, all_statuses=True)
    return [resource.id for resource in stream_resources(connection, ids) if mended(record_of(resource)) != record_of(resource)]


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


def _facts_hold(resource: Resource, around: Standards) -> Findings:
    record = record_of(resource)
    of_hours = set(hours_faults(record))  # a check of their own
    for fault in faults(resource.id, record, around.allowed, days_said(record)):  # days to come are a check of their own too
        if fault not in of_hours:
            yield Finding(resource.id, ERROR, "invalid", fault)


def _can_be_reached(resource: Resource, around: Standards) -> Findings:
    if resource.status == "unverified":
        yield NOT_APPLICABLE
    elif not resource.reachable:
        yield Finding(resource.id, ERROR, "contact", _("no phone, e-mail, site or address"))


def _has_a_number(resource: Resource, around: Standards) -> Findings:
    if resource.kind != "helpline":
        yield NOT_APPLICABLE
    elif not resource.dialled and not {"chat", "online", "email"} & set(resource.channels):
        yield Finding(resource.id, ERROR, "phone", _("a helpline without a number"))


def _has_an_address(resource: Resource, around: Standards) -> Findings:
    met = not resource.channels or "in-person" in resource.channels
    if resource.kind not in ("service", "group") or not met:
        yield NOT_APPLICABLE
    elif not resource.addresses:
        yield Finding(resource.id, WARNING, "address", _("people meet there, and no address is known"))


def _is_described(resource: Resource, around: Standards) -> Findings:
    if not resource.descriptions:
        yield Finding(resource.id, WARNING, "description", _("no description in any language"))
    elif set(resource.languages) & set(LANGUAGES) - set(resource.descriptions):
        missing = sorted(set(resource.languages) & set(LANGUAGES) - set(resource.descriptions))
        yield Finding(resource.id, INFO, "description", _("no description in: {languages}").format(languages=", ".join(missing)))


def _has_a_source(resource: Resource, around: Standards) -> Findings:
    if not resource.sources and not resource.checked_on:
        yield Finding(resource.id, WARNING, "source", _("neither a source nor a check"))


def _dates_are_past(resource: Resource, around: Standards) -> Findings:
    dates = [("sources", source.date, around.today) for source in resource.sources]
    said = [
        ("checked_on", resource.checked_on),
        ("closed_on", resource.closed_on),
        *(("fact_checks", check.on) for check in resource.fact_checks),
    ]
    dates += [(field, day, around.tomorrow) for field, day in said]  # by a day the clock of whoever said it may be ahead
    for field, day, until in dates:
        if day > until:
            yield Finding(resource.id, ERROR, "future", _("{field}: {day} is still to come").format(field=field, day=day_text(day)))


def _hours_can_be_read(resource: Resource, around: Standards) -> Findings:
    if not any((resource.hours_osm, *(phone.hours_osm for phone in resource.phones))):
        yield NOT_APPLICABLE
        return
    for fault in hours_faults(record_of(resource)):
        yield Finding(resource.id, ERROR, "hours", fault)


def _ages_suit_audiences(resource: Resource, around: Standards) -> Findings:
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


def _serves_its_address(resource: Resource, around: Standards) -> Findings:
    if not resource.addresses:
        yield NOT_APPLICABLE
    for address in resource.addresses:
        if address.confidential:  # what is found must not say where it is
            continue
        home = around.homes.get(address.nis)
        codes = areas_around(home) if home else {"country:be"}
        if not codes & set(resource.areas):
            yield Finding(resource.id, WARNING, "area", _("its address is in {place}, which it does not serve").format(place=address.locality or address.nis))  # fmt: skip


def _words_are_safe(resource: Resource, around: Standards) -> Findings:
    texts = (resource.descriptions, resource.area_note, resource.hours, *(phone.label for phone in resource.phones))
    for field, text in (("name", resource.name), *(item for versions in texts for item in versions.items())):
        unsafe = UNSAFE.search(text)
        if unsafe:
            yield Finding(resource.id, ERROR, "wording", _("{field}: “{text}” hurts; say it kindly").format(field=field, text=unsafe[0]))


def _borders_are_sure(resource: Resource, around: Standards) -> Findings:
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
