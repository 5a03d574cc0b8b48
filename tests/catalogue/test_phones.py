"""Phone numbers as people write them: every number is kept, or refused by name."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ht_cli.catalogue.facts.records import e164, national
from ht_cli.catalogue.keeping.phones import phones_of, read_phones, replaced
from ht_cli.errors import InvalidDataError


def numbers(text: str) -> list[str]:
    return [phone["number"] for phone in read_phones(text)]


def labels(text: str) -> list[str]:
    return [phone.get("label", {}).get("en", "") for phone in read_phones(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("04 342 12 12", ["+3243421212"]),
        ("04/342.12.12", ["+3243421212"]),
        ("04-342-12-12", ["+3243421212"]),
        ("(081) 22 33 44", ["+3281223344"]),
        ("+32 (0)4 342 12 12", ["+3243421212"]),
        ("0032 4 342 12 12", ["+3243421212"]),
        ("0032 (0) 81 22 33 44", ["+3281223344"]),
        ("+32(0)475/12.34.56", ["+32475123456"]),
        ("04 342 12 12; 081 22 33 44", ["+3243421212", "+3281223344"]),
        ("04 342 12 12, 081 22 33 44", ["+3243421212", "+3281223344"]),
        ("04 342 12 12 / 081 22 33 44", ["+3243421212", "+3281223344"]),
        ("04/342.12.12 - 0475/12.34.56", ["+3243421212", "+32475123456"]),
        ("04 342 12 12 – 0475 12 34 56", ["+3243421212", "+32475123456"]),
        ("04 342 12 12 ou 0475 12 34 56", ["+3243421212", "+32475123456"]),
        ("04 342 12 12\n0475 12 34 56", ["+3243421212", "+32475123456"]),
        ("04 342 12 12 0475 12 34 56", ["+3243421212", "+32475123456"]),
        ("081 22 33 44/45", ["+3281223344", "+3281223345"]),
        ("081/22.33.44 – 45", ["+3281223344", "+3281223345"]),
        ("081 22 33 44 / 45 / 46", ["+3281223344", "+3281223345", "+3281223346"]),
        ("04 342 12 12 / 99", ["+3243421212", "+3243421299"]),
        ("107", ["107"]),
        ("116 123", ["116123"]),
        ("1813 / 107", ["1813", "107"]),
        ("107 / 04 342 12 12 / 0475 12 34 56 / 116 123", ["107", "+3243421212", "+32475123456", "116123"]),
        ("0800 32 123", ["+3280032123"]),
        ("+49 30 123456-78", ["+493012345678"]),
        ("04 342 12 12; +32 4 342 12 12", ["+3243421212"]),
    ],
)  # fmt: skip
def test_each_number_is_read(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("04 342 12 12 (accueil)", "accueil"),
        ("(081) 22 33 44 (accueil)", "accueil"),
        ("04 342 12 12 int. 12", "int. 12"),
        ("04 342 12 12 x12", "x12"),
        ("04 342 12 12x12", "x12"),
        ("04 342 12 12 poste 12", "poste 12"),
        ("04 342 12 12 toestel 12", "toestel 12"),
        ("04 342 12 12 ext. 12 (desk)", "desk, ext. 12"),
        ("Tél. : 04 342 12 12", ""),
        ("GSM: 0475 12 34 56", "GSM"),
        ("accueil : 04 342 12 12", "accueil"),
        ("04 342 12 12 accueil", "accueil"),
        ("04 342 12 12 (accueil, de 9 à 12)", "accueil, de 9 à 12"),
    ],
)
def test_what_stands_beside_a_number_is_its_label(text: str, label: str) -> None:
    assert labels(text) == [label]
    assert len(numbers(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("081 22 33 44 (int. 3) / 081 22 33 45 x4", ["int. 3", "x4"]),
        ("081 22 33 44 (accueil) / 081 22 33 45", ["accueil", ""]),
        ("081 22 33 44 (accueil) – 081 22 33 45 (fax)", ["accueil", "fax"]),
        ("081 22 33 44 (accueil) 081 22 33 45 (garde) / 107", ["accueil", "garde", ""]),
        ("081 22 33 44 x4 / 081 22 33 45 x5 / 081 22 33 46", ["x4", "x5", ""]),
        ("081 22 33 44 accueil / 081 22 33 45 garde", ["accueil", "garde"]),
        ("081 22 33 44 / 45 (accueil)", ["accueil", "accueil"]),
        ("accueil : 081 22 33 44 / 081 22 33 45", ["accueil", "accueil"]),
    ],
)
def test_a_label_directly_behind_a_number_is_that_of_this_number_alone(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("4000 Liège", "4000 Liège"),
        ("B-1000", "B-1000"),
        ("1000 Bruxelles", "1000 Bruxelles"),
        ("1700 Dilbeek", "1700 Dilbeek"),
        ("04 342 12 12; 99 99", "99 99"),
        ("04 342 12", "04 342 12"),
        ("0800 FLOWERS", "0800 FLOWERS"),
        ("rue 12, 4000", "rue 12"),
        ("04 342 12 12 bte 3 06", "bte 3"),
        ("", ""),
    ],
)
def test_what_is_no_number_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(InvalidDataError, match=named or "no number"):
        read_phones(text)


@given(st.lists(st.sampled_from(["+3243421212", "+3281223344", "+32475123456", "107", "116123", "+3280032123"]), min_size=1, max_size=4, unique=True), st.sampled_from([" / ", "; ", ", ", " – ", " ou ", "\n"]))  # fmt: skip
def test_any_numbers_with_any_mark_between_them_are_all_read(written: list[str], mark: str) -> None:
    assert numbers(mark.join(map(national, written))) == written


@given(st.text("0123456789 /-.()+x;,accueil", max_size=30))
def test_no_digit_is_swallowed(text: str) -> None:
    try:
        found = read_phones(text)
    except InvalidDataError:
        return
    kept = "".join(phone["number"] + "".join(phone.get("label", {}).values()) for phone in found)
    assert all(e164(phone["number"]) == phone["number"] for phone in found)
    assert {c for c in text if c.isdigit()} - {"0"} <= set(kept)


def test_an_entry_with_two_numbers_becomes_two_entries_with_its_hours() -> None:
    rows = phones_of({"number": "081 22 33 44/45", "label": {"fr": "accueil"}, "hours_osm": "24/7"})
    assert rows == [
        {"number": "+3281223344", "label": {"fr": "accueil"}, "hours_osm": "24/7"},
        {"number": "+3281223345", "label": {"fr": "accueil"}, "hours_osm": "24/7"},
    ]


def test_one_number_takes_the_place_of_another_and_keeps_what_stood_beside_it() -> None:
    phones = [{"number": "107"}, {"number": "+3243421212", "label": {"fr": "accueil"}, "hours_osm": "24/7"}, {"number": "1813"}]
    after = replaced(phones, "04 342 12 12", "081 22 33 44")
    assert after == [phones[0], {"number": "+3281223344", "label": {"fr": "accueil"}, "hours_osm": "24/7"}, phones[2]]
    with pytest.raises(InvalidDataError, match="107, 04 342 12 12, 1813"):
        replaced(phones, "081 22 33 44", "107")


@pytest.mark.parametrize("text", ["081 22 33 44" + "/45" * 3_000, "( " * 1_000, "(04) " * 400, "04 342 12 12 " * 200, "0" * 3_000])
def test_a_run_that_no_person_writes_is_refused_at_once(text: str) -> None:
    start = time.process_time()
    with pytest.raises(InvalidDataError, match="there is no number"):
        read_phones(text)
    assert time.process_time() - start < 2


def test_a_number_typed_digit_by_digit_among_many_is_read() -> None:
    assert numbers(" ".join("0032043421212") + " / 081 22 33 44" * 20) == ["+3243421212", "+3281223344"]
