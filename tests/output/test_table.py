"""The table of results: what a row must say, and where each part of it has its place."""

import pytest

from ht_cli.model import FactCheck, Hit, Phone, Resource
from ht_cli.output.table import hit_table
from ht_cli.wording import Words

WIDTHS = [60, 80, 100, 140]
LONG = "Service de santé mentale de la Province de Namur"


def service(identifier: str, name: str = "A service of a town", **facts: object) -> Hit:
    return Hit(Resource(identifier, name, "service", **facts), 1.0, ("need:grief", "area:country:be"))  # type: ignore[arg-type]


def drawn(monkeypatch: pytest.MonkeyPatch, columns: int, *hits: Hit) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    return hit_table(hits, Words({("needs", "grief"): "grief"}))[0].splitlines()


@pytest.mark.parametrize("columns", [40, *WIDTHS])
def test_a_checked_row_says_so_where_others_were_never_checked(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    crowded = {"audiences": ("adults", "women"), "min_age": 18, "phones": (Phone("+3281000000", "081 00 00 00"),)}
    checked = service("checked", LONG, checked_on="2026-11-02", checked_how="phone", **crowded)
    lines = drawn(monkeypatch, columns, checked, *(service(f"other-{number}", **crowded) for number in range(3)))
    assert "\n".join(lines).count("checked 11/2026") == 1
    assert "The others were never checked" in " ".join(lines)


def test_what_was_checked_in_part_is_none_of_those_that_were_never_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    part = service("part", fact_checks=(FactCheck("phones", "2026-10-02", "phone", ""),))
    said = " ".join(drawn(monkeypatch, 80, part, service("other", source_date="2024")))
    assert "checked in part 10/2026" in said
    assert "The others were never checked by a person; sources of 2024." in said


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize(("facts", "said"), [({"checked_on": "2026-11-02"}, "checked on 2 November 2026"), ({"source_date": "2024"}, "source of 2024, never checked")])  # fmt: skip
def test_a_result_that_stands_alone_says_all_of_it(monkeypatch: pytest.MonkeyPatch, columns: int, facts: dict[str, str], said: str) -> None:
    alone = service("the-only-service", LONG, audiences=("adults", "women"), min_age=18, email="a@example.be", **facts)
    shown = " ".join(" ".join(drawn(monkeypatch, columns, alone)).split())
    for fact in (said, "only for adults, women", "aged from 18", "grief", "serves all of Belgium", "the-only-service"):
        assert fact in shown


def test_a_name_takes_the_place_of_a_state_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    hits = [service(name, f"{LONG} – {name}", url="https://province.namur.be/sante") for name in ("astrid", "balances")]
    stated = service("line", phones=(Phone("107", "", hours={"en": "from 9 till 5"}),))
    first, _facts, second, *_others = drawn(monkeypatch, 80, *hits, stated)
    assert first.removeprefix("1") != second.removeprefix("2")
    assert first.split("  ")[1].endswith("– astrid")
    assert "province.namur.be" in first
    assert len(first) <= 80


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("hours", [{}, {"en": "from 9 till 5"}])
def test_names_that_begin_alike_are_told_apart_at_every_width(monkeypatch: pytest.MonkeyPatch, columns: int, hours: dict[str, str]) -> None:
    names = ("Astrid", "Balances", "Châtelet")
    hits = [service(name.lower(), f"{LONG} – {name}", phones=(Phone("+3281000000", "081 00 00 00", hours=hours),)) for name in names]
    lines = drawn(monkeypatch, columns, *hits)
    assert all(any(line[3:].startswith("Service de") and name in line.partition("081")[0] for line in lines) for name in names)
    assert max(map(len, lines)) <= columns


def test_two_rows_with_one_number_do_not_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    number = (Phone("+3281000000", "081 00 00 00"),)
    hits = [service(name, f"{LONG} – {name}", phones=number) for name in ("astrid", "balances")]
    stated = service("line", phones=(Phone("107", "", hours={"en": "from 9 till 5"}),))
    first, _facts, second, *_others = drawn(monkeypatch, 80, *hits, stated)
    assert first.removeprefix("1") != second.removeprefix("2")


def test_one_long_site_takes_the_place_of_no_state(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = "every day from 9 to 5"
    lines = [service(f"line-{number}", LONG, phones=(Phone("106", hours={"en": hours}),)) for number in range(2)]
    site = service("site", LONG, url="https://www.centrageestelijkegezondheidszorg.be/")
    shown = drawn(monkeypatch, 80, *lines, site)
    assert [line.endswith(hours) for line in shown[:4:2]] == [True, True]
    assert shown[4].endswith("centrageestelijkegezondheidszorg.be")
    assert max(map(len, shown)) <= 80


def test_a_result_that_was_found_by_its_name_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    named = Hit(Resource("named", "Named", "service"), 1.0, ("name",))
    assert "found by its name" in " ".join(drawn(monkeypatch, 80, named, service("other")))


@pytest.mark.parametrize("columns", WIDTHS)
def test_for_whom_alone_it_is_gives_way_to_nothing_that_may_be_left_out(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    phones = (Phone("+3281000000", "081 00 00 00", hours={"en": "from 9 till 5"}),)
    hit = service("a-service-for-women", LONG, checked_on="2026-11-02", audiences=("women",), phones=phones, min_age=18)
    lines = drawn(monkeypatch, columns, hit._replace(distance_km=12.0), service("other", phones=phones))
    assert "only for women" in " ".join(lines)
