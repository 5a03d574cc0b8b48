"""Any record that `ht add` accepts leaves in every format, and comes back equal in those that lose nothing."""

import os
import tempfile
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ht_cli import locale
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.records import make_resource, record_of, tidy
from ht_cli.catalogue.keeping.changing import read_allowed
from ht_cli.catalogue.keeping.checking import HOW_CHECKED, faults
from ht_cli.catalogue.keeping.entering import in_one_form
from ht_cli.commands._meanings import meanings_of
from ht_cli.commands._reference import reference_of
from ht_cli.errors import InvalidDataError
from ht_cli.exchange.files import Incoming, read_rows
from ht_cli.exchange.forms import FORMS
from ht_cli.exchange.hsds.arriving import rows_of_package
from ht_cli.exchange.meanings import FileMeanings
from ht_cli.exchange.reference import Reference
from ht_cli.fields import SPOKEN
from ht_cli.model import LANGUAGES, Resource

LOSSLESS = ("csv", "tsv", "json", "jsonl", "xlsx", "hsds", "hsds-csv")
HOURS = ("Mo-Fr 09:00-17:00; PH off", "Mo 22:00-06:00", "Th[1] 10:00-12:00", "24/7", "Sep-Jun We 14:00-16:00 || unknown")
NUMBERS = ("107", "+3243421212", "0800 11 111", "+32 475 12 34 56", "1813", "+33 1 23 45 67 89")

OPEN = ExitStack()
with open_catalogue() as _opened:
    ALLOWED = read_allowed(_opened)

texts = st.text(st.characters(exclude_characters="".join(map(chr, [*range(0x20), 0x7F, *range(0x80, 0xA0)])), exclude_categories=["Cs"]), min_size=1, max_size=40) | st.sampled_from(
    ["'=1+1", "[fr] a [nl] b", "a; b|c\\", "\\", "0800", " x ", "- ", "#", "true", "1.0", "a\nb", "a\tb", '"', "ht_rev", "Lundi · mardi", "24/7", "#N/A", " #ÜBERLAUF!", "Err:502", "'#N/A"]
)  # fmt: skip
lines = texts.filter(lambda text: "\n" not in text)
spoken = st.dictionaries(st.sampled_from(LANGUAGES), texts, max_size=3)
days = st.sampled_from(["2026-10-02", "2026-10", "2025", ""])


def chosen(kind: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(ALLOWED.terms[kind])), unique=True, max_size=4)


@st.composite
def addresses(draw: st.DrawFn) -> dict[str, Any]:
    nis = draw(st.sampled_from(sorted(ALLOWED.postcodes)))
    postcode = draw(st.sampled_from(["", *sorted(ALLOWED.postcodes[nis])]))
    return {"street": draw(st.just("") | lines), "postcode": postcode, "locality": draw(st.just("") | lines), "nis": nis}


phones = st.fixed_dictionaries(
    {"number": st.sampled_from(NUMBERS)}, optional={"label": spoken, "hours": spoken, "hours_osm": st.sampled_from(HOURS)}
)
sites = st.sampled_from(["https://example.org/", "http://é.be/a?b=c;d|e", "https://example.org/'#x"])
records = st.fixed_dictionaries(
    {"name": lines, "kind": st.sampled_from(sorted(ALLOWED.terms["kinds"])), "languages": chosen("languages"), "areas": st.lists(st.sampled_from(sorted(ALLOWED.areas)), unique=True, max_size=3)},
    optional={
        "status": st.sampled_from(["active", "unverified", "unreachable", "closed"]), "confidence": st.sampled_from(["high", "medium", "low"]), "successor": st.just("realism"),
        "alternate_names": st.lists(lines, max_size=3, unique=True), "descriptions": spoken, "audiences": chosen("audiences"), "professionals_only": st.booleans(),
        "min_age": st.integers(0, 60), "max_age": st.integers(60, 120), "needs": chosen("needs"), "offers": chosen("offers"), "channels": chosen("channels"),
        "cost": st.sampled_from(["unknown", *sorted(ALLOWED.terms["costs"])]), "referral_needed": st.sampled_from([True, False, None]), "area_note": spoken,
        "addresses": st.lists(addresses(), max_size=2), "phones": st.lists(phones, max_size=3, unique_by=lambda phone: phone["number"]),
        "email": st.sampled_from(["a@b.be", "é'x@b.be", "-a@b.be"]), "url": sites, "hours": spoken, "hours_osm": st.sampled_from(HOURS),
        "closed_on": days, "closed_reason": texts, "checked_on": st.just("2026-10-02"), "checked_how": st.sampled_from(HOW_CHECKED), "checked_by": st.just("AB"),
        "failed_tries": st.integers(0, 3), "changed_on": days, "sources": st.lists(st.fixed_dictionaries({"url": sites}, optional={"date": days}), max_size=2),
        "notes": texts,
    },
)  # fmt: skip


@st.composite
def resources(draw: st.DrawFn) -> Resource:
    """One that `ht add` accepts, as it would be kept."""
    try:
        record = tidy(in_one_form({}, draw(records)))
    except InvalidDataError:
        record = {}
    assume(not faults("a-record", record, ALLOWED))
    phones = [{"label": {}, "hours": {}, **phone} for phone in record.get("phones", ())]
    return make_resource(
        "a-record", {**{name: {} for name in SPOKEN}, **record, "phones": phones}
    )  # a catalogue gives a dict for each text


@cache
def looked_up() -> tuple[Reference, FileMeanings]:
    """What the formats and their reader look up in the bundled catalogue, which stays open as long as the tests run."""
    locale.activate(["--locale", "fr"], os.environ)
    connection = OPEN.enter_context(open_catalogue())
    return reference_of(connection), meanings_of(connection)


def written(resource: Resource, form: str, reference: Reference, folder: Path) -> Path:
    path = folder / f"all{(FORMS[form].endings or ('.json',))[0]}"
    with path.open("wb") as file:
        file.writelines(piece.encode() if isinstance(piece, str) else piece for piece in FORMS[form].pieces()([resource], reference))
    return path


def said(resource: Resource, form: str, reference: Reference, meanings: FileMeanings) -> dict[str, Any]:
    """What `ht import` reads in the file of one resource, as it would be kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(resource, form, reference, Path(folder))
        (row,) = rows_of_package(path, meanings) if path.suffix == ".zip" else read_rows(path, meanings)
    assert isinstance(row, Incoming), row
    assert row.id == resource.id
    return tidy(in_one_form({}, row.values))


@pytest.mark.parametrize("form", LOSSLESS)
@given(resource=resources())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_any_record_comes_back_equal(form: str, resource: Resource) -> None:
    assert said(resource, form, *looked_up()) == record_of(resource)


@pytest.mark.parametrize("form", [form for form in FORMS if form not in LOSSLESS])
@given(resource=resources())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_any_record_leaves_in_the_formats_that_do_not_come_back_too(form: str, resource: Resource) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert written(resource, form, looked_up()[0], Path(folder)).stat().st_size > 100
