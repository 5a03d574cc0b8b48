"""One result in the list: the number to dial is whole, and every line is as wide as the list."""

from datetime import datetime

import pytest
from rich.cells import cell_len

from ht_cli.browse.rows import number_of, row_lines
from ht_cli.model import Hit, Moment, Opening, Openings, Phone, Resource
from ht_cli.wording import Words

LINE = Resource(
    id="line", name="Une ligne d'écoute au nom qui n'en finit pas, pour tout le monde", kind="helpline",
    phones=(Phone("+3280030030", "0800 30 030"), Phone("107")), url="https://www.example.be/", email="a@example.be",
)  # fmt: skip
HIT = Hit(LINE, 1.0, ("area:country:be",))


def test_the_number_to_dial_is_as_people_write_it_and_short_ones_as_they_are_dialled() -> None:
    assert number_of(LINE) == "0800 30 030"
    assert number_of(Resource("a", "A", "helpline", phones=(Phone("107"),))) == "107"


def test_where_there_is_no_number_it_is_the_mail_then_the_site() -> None:
    assert number_of(Resource("a", "A", "service", email="a@example.be", url="https://example.be")) == "a@example.be"
    assert number_of(Resource("a", "A", "service", url="https://www.example.be/")) == "example.be"
    assert number_of(Resource("a", "A", "service")) == ""


def test_a_row_has_of_a_site_what_one_types() -> None:
    first, _why = row_lines(Hit(Resource("a", "A", "service", url="https://www.example.be/blog/article?page=1"), 1.0, ()), Words(), 60)
    assert first.split() == ["A", "example.be"]


def test_hours_that_are_unknown_are_not_said_in_each_row() -> None:
    silent = HIT._replace(openings=Openings(Moment(datetime(2026, 11, 25, 12)), best=Opening("unknown")))
    assert "unknown" not in "".join(row_lines(silent, Words(), 60))


@pytest.mark.parametrize("columns", [20, 38, 40, 55, 56, 78, 200])
@pytest.mark.parametrize("one_line", [False, True])
@pytest.mark.parametrize(
    "resource", [LINE, Resource("a", "A name of some length", "service"), Resource("b", "B", "service", email="b@example.be")]
)
def test_where_a_moment_is_asked_about_each_row_tells_who_is_to_be_asked(resource: Resource, columns: int, one_line: bool) -> None:
    moment = Moment(datetime(2026, 11, 25, 12))
    silent = Hit(resource, 1.0, (), openings=Openings(moment, best=Opening("unknown")))
    lines = row_lines(silent, Words(), columns, one_line=one_line, by_the_hour=True)
    assert {cell_len(line) for line in lines} == {columns}
    assert ("?" in lines[0]) if one_line else ("hours unknown" in "".join(lines) or columns < 38), lines
    open_now = silent._replace(openings=Openings(moment, best=Opening("open")))
    said = "".join(row_lines(open_now, Words(), columns, one_line=one_line, by_the_hour=True))
    assert "?" not in said
    assert "unknown" not in said


@pytest.mark.parametrize("columns", [38, 40, 55, 56, 78, 200])
def test_every_line_is_as_wide_as_the_list_and_the_number_is_whole(columns: int) -> None:
    lines = row_lines(HIT, Words(), columns)
    assert {cell_len(line) for line in lines} == {columns}
    assert "0800 30 030" in "\n".join(lines)


def test_a_wide_list_has_the_number_at_the_end_of_the_first_line() -> None:
    first, second = row_lines(HIT, Words(), 60)
    assert first.endswith("…  0800 30 030")
    assert second.startswith("helpline · serves all of Belgium")


def test_a_narrow_list_has_it_under_the_name() -> None:
    name, number, _why = row_lines(HIT, Words(), 40)
    assert name.startswith("Une ligne d'écoute")
    assert number.strip() == "0800 30 030"


@pytest.mark.parametrize("columns", [11, 14, 20, 25, 38, 55, 56, 78])
def test_in_a_window_without_room_the_one_line_has_the_whole_number(columns: int) -> None:
    (line,) = row_lines(HIT, Words(), columns, one_line=True)
    assert line.endswith("0800 30 030")
    assert cell_len(line) == columns


@pytest.mark.parametrize("columns", range(30, 121))
def test_what_a_row_says_is_whole_terms(columns: int) -> None:
    hit = HIT._replace(
        why=("any", "area:nis:92094"),
        distance_km=0.0,
        openings=Openings(Moment(datetime(2026, 11, 25, 12)), best=Opening("open", text={"en": "9-17"})),
    )
    *_others, last = row_lines(hit, Words({("kinds", "helpline"): "a helpline"}, {"nis:92094": "Namur"}), columns)
    known = {"answers day and night", "a helpline", "takes any need", "serves Namur"}
    assert {*last.strip().split(" · ")} <= known, last


def test_what_is_on_the_tray_says_so_without_colour() -> None:
    assert row_lines(HIT, Words(), 60, on_tray=True)[0].startswith("+ Une ligne")


def test_what_cannot_be_reached_says_so_and_characters_of_two_columns_are_counted() -> None:
    lines = row_lines(Hit(Resource("a", "助けて " * 20 + "\x1b[31m", "service"), 1.0, ()), Words(), 60)
    assert lines[0].endswith("no contact known")
    assert "\x1b" not in lines[0]
    assert {cell_len(line) for line in lines} == {60}
