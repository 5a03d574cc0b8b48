"""The table of results: what a row must say, and where each part of it has its place."""

import re
from itertools import pairwise

import pytest

from ht_cli.model import Address, FactCheck, Hit, Phone, Resource
from ht_cli.output.table import _without_half_a_bracket, hit_table
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


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_name_is_not_cut_where_its_row_has_room(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    stated = [service(f"line-{number}", "Line", phones=(Phone("107", hours={"en": "every day from 9 to 5"}),)) for number in range(3)]
    shown = drawn(monkeypatch, columns, *stated, service("named", "A name that takes forty-four cells in a row", url="https://a.be"))
    assert any("A name that takes forty-four cells in a row  a.be" in line for line in shown)
    assert max(map(len, shown)) <= columns


def test_a_long_name_leaves_for_whom_alone_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    hit = service("women", "A very long name " * 6, audiences=("women", "adults"), phones=(Phone("107"),))
    shown = drawn(monkeypatch, 140, hit, service("other"))
    assert "only for women" in shown[0]
    assert len(shown[0]) <= 140


@pytest.mark.parametrize("columns", range(60, 141, 5))
def test_a_list_is_cut_after_one_of_its_terms(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    audiences = ("adults", "young adults", "health professionals")
    hits = [service(f"a-service-of-some-town-{number}", LONG, audiences=audiences, min_age=18) for number in range(2)]
    shown = " ".join(drawn(monkeypatch, columns, *hits, service("other")))
    assert re.findall(r"only for ([^…·]*?)(?:…| ·|  )", shown)
    assert {*re.findall(r"only for ([^…·]*?)(?:…| ·|  )", shown)} <= {", ".join(audiences[:count]) for count in (1, 2, 3)}


@pytest.mark.parametrize("columns", range(40, 161, 3))
def test_a_term_is_whole_or_left_out_for_a_part_of_it_says_another_thing(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    label = {"en": "the listening point of the whole province, in the mornings"}
    resource = Resource("a-line-of-some-town", "A line", "helpline", phones=(Phone("+3281000000", "081 00 00 00", label=label),))
    hit = Hit(resource, 1.0, ("need:grief", "area:country:be"))
    others = [Hit(Resource(f"other-{number}", "Another", "service"), 1.0, ("any",)) for number in range(2)]
    terms = {
        ("needs", "grief"): "mourning and sorrow",
        ("kinds", "helpline"): "line that listens to anybody",
        ("kinds", "service"): "service",
    }
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = hit_table([hit, *others], Words(terms))[0].partition("Another")[0]
    for term in (*terms.values(), "serves all of Belgium"):
        assert not re.search(rf"\b{term[:6]}[^·…]*…", shown), shown
    assert not re.search(r"phone: \w+…", shown), shown


@pytest.mark.parametrize("columns", [40, *WIDTHS])
def test_where_an_age_was_asked_each_row_says_for_which_ages_it_is(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    crowded = {"audiences": ("adolescents", "young-adults", "students"), "phones": (Phone("+3281000000", "081 00 00 00"),)}
    hits = [service(f"the-service-of-a-town-{low}", LONG, min_age=low, max_age=30, **crowded) for low in (11, 12, 15)]
    shown = " ".join(hit_table(hits, Words(), ages=("adults",))[0].split())
    assert all(f"aged {low} to 30" in shown for low in (11, 12, 15))


@pytest.mark.parametrize("columns", [40, *WIDTHS])
def test_whose_number_it_is_stands_by_the_number_or_says_that_it_is_one(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    hits = [service(label, phones=(Phone("+3281000000", "081 00 00 00", label={"en": label}),)) for label in ("adults", "the whole town")]
    shown = " ".join(drawn(monkeypatch, columns, *hits))
    assert "081 00 00 00 (adults)" in shown
    assert "phone: the whole town" in shown


@pytest.mark.parametrize("columns", [20, 30, 40, 50, 59])
def test_in_a_narrow_window_a_result_takes_five_lines_at_most(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    phones = (Phone("+3281000000", "081 00 00 00", hours={"en": "9-5"}),)
    hits = [service(f"service-{number}", LONG, phones=phones, audiences=("women", "adults"), min_age=18) for number in range(9)]
    shown = drawn(monkeypatch, columns, *hits)
    starts = [number for number, line in enumerate(shown) if re.match(r"\d  ", line)]
    assert len(starts) == 9
    assert max(after - start for start, after in pairwise(starts)) <= 5
    assert [line.split()[-1] for line in shown if "service-" in line] == [hit.resource.id for hit in hits]
    assert max(map(len, shown)) <= columns


@pytest.mark.parametrize("columns", [40, *WIDTHS])
def test_no_exception_is_cut_off_the_hours(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    hours = "24 hours a day, but at weekends until 15:30"
    phones = (Phone("+3265347674", "065 34 76 74", hours={"en": hours}),)
    lines = drawn(
        monkeypatch, columns, service("shelter", phones=phones, audiences=("adults",), min_age=18), service("other", LONG, phones=phones)
    )
    said = " ".join(" ".join(lines).split())
    assert said.count(hours) == 2
    assert max(map(len, lines)) <= columns


def test_what_tells_two_names_apart_is_whole_where_there_is_room_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"Service de santé mentale Namur-{name} (Province de Namur)" for name in ("Astrid", "Balances")]
    phones = (Phone("+3281000000", "081 00 00 00 00 00", hours={"en": "Monday–Saturday 9:30–17:30h"}),)
    hits = [service(f"place-{number}", name, phones=phones) for number, name in enumerate(names)]
    lines = drawn(monkeypatch, 80, *hits)
    assert all(any(re.search(rf"Service .*Namur-{name}\b.* 081", line) for line in lines) for name in ("Astrid", "Balances")), lines


@pytest.mark.parametrize("columns", [40, 80, 140])
def test_what_is_in_town_does_not_say_that_it_serves_that_town(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    home = Address("Rue Haute 1", "1480", "Tubize", "25105")
    hit = service("planning", url="https://planning.be", addresses=(home,), areas=("nis:25105",))
    hit = hit._replace(why=("need:grief", "area:nis:25105"), distance_km=0.0)
    said = " ".join(drawn(monkeypatch, columns, hit, service("other", name="Another one")))
    assert "in town" in said
    assert "25105" not in said
    elsewhere = hit._replace(distance_km=3.0)
    assert "25105" in " ".join(drawn(monkeypatch, columns, elsewhere, service("other", name="Another one")))


@pytest.mark.parametrize("columns", range(60, 70, 2))
def test_the_reason_why_it_is_here_is_not_lost_to_its_ages_and_to_another(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    words = Words({("needs", "grief"): "grief and mourning", ("needs", "exile"): "exile"})
    phones = (Phone("+3281000000", "081 00 00 00"),)
    hit = Hit(
        Resource("id-of-it", "A service", "service", audiences=("adults", "women"), min_age=18, phones=phones),
        1.0, ("need:grief", "need:exile"), 18.0,
    )  # fmt: skip
    said = hit_table([hit, service("other", name="Another one")._replace(why=("any",))], words)[0]
    assert "grief and mourning" in said
    assert "only for adults" in said


def test_half_of_what_stands_in_brackets_is_left_out() -> None:
    assert _without_half_a_bracket("Telefon: Süden (Bütgenbach…") == "Telefon: Süden…"
    assert _without_half_a_bracket("telefoon: zuid (Sankt Vith) en…") == "telefoon: zuid (Sankt Vith) en…"
    assert _without_half_a_bracket("(Bütgenbach…") == "(Bütgenbach…"
