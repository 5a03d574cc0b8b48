"""Whether somebody answers: nights of the clock change, holidays, past midnight, and what must never be called open."""

from datetime import datetime, timedelta

import pytest

from ht_cli.catalogue.release.sources import read_sources
from ht_cli.clock import BRUSSELS
from ht_cli.hours import opening_of, openings_of, readable_hours
from ht_cli.hours_wording import hours_said, opening_text
from ht_cli.model import Address, Moment, Opening, Phone, Resource
from tests.conftest import ROOT

OFFICE = "Mo-Fr 09:00-17:00"
EVERY_DAY = "Mo-Su,PH 10:00-24:00"


def moment(text: str, *, fold: int = 0) -> Moment:
    return Moment(datetime.fromisoformat(text).replace(tzinfo=BRUSSELS, fold=fold))


def at(expression: str, text: str, *, fold: int = 0) -> Opening:
    return opening_of(expression, moment(text, fold=fold))


def wall(found: datetime | None) -> str:
    assert found is not None
    assert found.utcoffset() == found.astimezone(BRUSSELS).utcoffset()
    return found.strftime("%Y-%m-%d %H:%M")


def test_an_open_service_says_until_when_and_a_closed_one_when_it_opens() -> None:
    assert wall(at(OFFICE, "2026-11-25 09:00").until) == "2026-11-25 17:00"
    evening = at(OFFICE, "2026-11-25 17:00")
    assert evening.state == "closed"
    assert wall(evening.opens) == "2026-11-26 09:00"


def test_on_sunday_night_the_next_opening_is_monday() -> None:
    assert wall(at(OFFICE, "2026-11-29 23:30").opens) == "2026-11-30 09:00"


def test_day_and_night_has_no_end() -> None:
    for text in ("2026-11-25 12:00", "2026-12-25 03:00", "2026-03-29 02:59", "2026-10-25 02:30"):
        assert at("24/7", text) == Opening("open")
    assert at("Mo-Su,PH 00:00-24:00", "2026-12-25 03:00").until is None


def test_a_line_until_midnight_is_open_at_2359_and_closed_at_0030() -> None:
    assert wall(at(EVERY_DAY, "2026-12-24 23:59").until) == "2026-12-25 00:00"
    night = at(EVERY_DAY, "2026-12-25 00:30")
    assert night.state == "closed"
    assert wall(night.opens) == "2026-12-25 10:00"


def test_hours_past_midnight_belong_to_the_evening_before() -> None:
    bar = "Fr-Sa 20:00-02:00"
    assert wall(at(bar, "2026-11-28 23:59").until) == "2026-11-29 02:00"
    assert wall(at(bar, "2026-11-29 00:30").until) == "2026-11-29 02:00"
    assert wall(at(bar, "2026-11-29 02:00").opens) == "2026-12-04 20:00"


def test_the_night_on_which_summer_time_begins_is_an_hour_shorter() -> None:
    night = at("Mo-Su,PH 22:00-06:00", "2026-03-28 23:30")
    assert wall(night.until) == "2026-03-29 06:00"
    assert night.until is not None
    assert night.until - moment("2026-03-28 23:30").at.astimezone(night.until.tzinfo) >= timedelta(hours=5)
    assert night.until.timestamp() - moment("2026-03-28 23:30").at.timestamp() == 5.5 * 3600


def test_an_opening_in_the_hour_that_is_left_out_is_at_its_end() -> None:
    assert wall(at("Mo-Su,PH 02:30-05:00", "2026-03-29 01:30").opens) == "2026-03-29 03:00"


def test_the_night_on_which_summer_time_ends_is_an_hour_longer() -> None:
    night = at("Mo-Su,PH 22:00-06:00", "2026-10-24 23:30")
    assert wall(night.until) == "2026-10-25 06:00"
    assert night.until is not None
    assert night.until.timestamp() - moment("2026-10-24 23:30").at.timestamp() == 7.5 * 3600


def test_an_hour_that_the_clock_shows_twice_ends_in_the_showing_at_hand() -> None:
    for fold in (0, 1):
        until = at("Mo-Su,PH 00:00-02:30", "2026-10-25 02:15", fold=fold).until
        assert until is not None
        assert (wall(until), until.fold) == ("2026-10-25 02:30", fold)


def test_a_public_holiday_that_is_not_spoken_of_is_never_called_open() -> None:
    christmas = at(OFFICE, "2026-12-25 10:00")
    assert (christmas.state, christmas.doubt) == ("unknown", "public-holiday")
    assert at(OFFICE, "2026-12-25 20:00").state == "closed"
    assert wall(at(OFFICE, "2026-12-24 20:00").opens) == "2026-12-28 09:00"


@pytest.mark.parametrize(
    "day", ["2026-01-01", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25", "2026-07-21", "2026-11-11", "2029-05-10"]
)
def test_the_belgian_holidays_are_known(day: str) -> None:
    assert at(OFFICE, f"{day} 10:00").doubt == "public-holiday"
    assert at("Mo-Fr 09:00-17:00; PH off", f"{day} 10:00").state == "closed"
    assert at("Mo-Su,PH 09:00-17:00", f"{day} 10:00").state == "open"


def test_the_second_day_of_christmas_is_no_holiday_in_belgium() -> None:
    assert at("Mo-Su 09:00-17:00; PH off", "2026-12-26 10:00").state == "open"


@pytest.mark.parametrize("hours", ["PH off; Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00; PH off", "Mo-Fr 09:00-17:00, PH off"])
def test_holidays_hold_wherever_they_are_written(hours: str) -> None:
    assert at(hours, "2026-12-25 10:00").state == "closed"


def test_school_holidays_are_unknown_while_no_community_is_known() -> None:
    hours = "Mo-Fr 09:00-17:00; SH off"
    assert (at(hours, "2026-07-15 10:00").state, at(hours, "2026-07-15 10:00").doubt) == ("unknown", "school-holiday")
    assert at(hours, "2026-11-25 10:00").state == "unknown"
    assert at(hours, "2026-11-28 10:00").state == "closed"
    assert at("SH,PH off", "2026-11-25 10:00").state == "closed"


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "every day",
        '"sur rendez-vous"',
        'Mo-Fr 09:00-17:00 "sur rendez-vous"',
        "Mo-Fr 09:00+",
        "Mo-Fr sunrise-sunset",
        "SH Mo-Fr 09:00-17:00",
        "Mo-Fr 09:00-17:00 unknown",
        "Mo-Fr 18:00-19:00 || unknown",
    ],
)
def test_what_the_syntax_leaves_open_is_unknown(hours: str) -> None:
    assert at(hours, "2026-11-25 10:00").state == "unknown"


@pytest.mark.parametrize(
    ("hours", "state_at"),
    [
        ("Mo-We, Fr 09:00-17:00", {"2026-11-26 10:00": "closed", "2026-11-27 10:00": "open", "2026-11-25 03:00": "closed"}),
        ("Mo-Fr 09:00-17:00; Sa, Su, PH off", {"2026-11-28 10:00": "closed", "2026-12-25 10:00": "closed", "2026-11-27 10:00": "open"}),
        ("Mo[1], Mo[3] 18:00-20:00", {"2026-11-02 19:00": "open", "2026-11-16 19:00": "open", "2026-11-09 19:00": "closed", "2026-11-02 03:00": "closed"}),
        ("Mo-Fr 09:00-17:00; Jul, Aug off", {"2026-07-15 10:00": "closed", "2026-08-14 10:00": "closed", "2026-09-15 10:00": "open"}),
        ("Dec 24, Dec 31 09:00-12:00", {"2026-12-24 10:00": "open", "2026-12-31 10:00": "open", "2026-12-28 10:00": "closed", "2026-12-24 03:00": "closed"}),
        ("Jan,Mar,Sep-Nov Tu[2] 19:30-21:30", {"2026-11-10 20:00": "open", "2026-12-08 20:00": "closed", "2026-11-17 20:00": "closed"}),
        ("Dec 24-26,31 10:00-12:00", {"2026-12-25 11:00": "open", "2026-12-31 11:00": "open", "2026-12-27 11:00": "closed"}),
        ("Mo-Su,PH 10:00-18:00; Dec 25,Jan 01 off", {"2026-12-25 11:00": "closed", "2027-01-01 11:00": "closed", "2026-11-11 11:00": "open"}),
        ("PH off; Dec 25 10:00-12:00", {"2026-12-25 11:00": "open", "2026-12-25 13:00": "closed", "2026-11-11 11:00": "closed"}),
        ("PH -1 day 09:00-12:00", {"2026-12-24 10:00": "open", "2026-12-25 10:00": "closed", "2026-12-23 10:00": "closed"}),
        ("Mo-Fr 09:00-17:00; PH -1 day off", {"2026-12-24 10:00": "closed", "2026-12-23 10:00": "open"}),
        ("PH Mo-Fr 09:00-17:00", {"2026-12-25 10:00": "open", "2026-12-22 10:00": "closed", "2026-08-15 10:00": "closed", "2026-11-01 10:00": "closed"}),
        ("Mo-Fr PH 09:00-17:00", {"2026-12-25 10:00": "open", "2026-12-22 10:00": "closed", "2026-08-15 10:00": "closed", "2026-11-01 10:00": "closed"}),
        ("Mo-Fr 09:00-17:00+", {"2026-11-25 16:59": "open", "2026-11-25 17:00": "unknown", "2026-11-26 01:00": "unknown", "2026-11-26 08:59": "closed"}),
        ("Mo-Fr 09:00-12:00 || Mo-Fr 13:00-17:00", {"2026-11-25 10:00": "open", "2026-11-25 12:30": "closed", "2026-11-25 14:00": "open"}),
        ("Mo-Sa 20:00-02:00; Su off", {"2026-11-29 01:00": "closed", "2026-11-28 23:00": "open", "2026-11-28 01:00": "open"}),
        ("Mo-Su 22:00-06:00; PH off", {"2026-12-25 03:00": "closed", "2026-12-25 23:00": "closed", "2026-12-26 01:30": "closed", "2026-12-24 23:00": "open"}),
        ("Fr-Sa 20:00-02:00; Su 10:00-12:00", {"2026-11-29 01:00": "unknown", "2026-11-28 01:00": "open"}),
        ("Mo-Su", {"2026-11-25 10:00": "unknown", "2026-11-25 03:00": "unknown"}),
        ("Mo-Fr open", {"2026-11-25 10:00": "unknown", "2026-11-28 10:00": "closed"}),
        ("Mo-Sa 10:00-17:00; PH 10:00-17:00", {"2026-04-05 11:00": "closed", "2026-04-06 11:00": "open", "2026-05-24 11:00": "closed"}),
        ("PH 10:00-12:00; Mo-Fr 09:00-17:00", {"2026-12-25 11:00": "open", "2026-12-25 15:00": "unknown", "2026-11-25 15:00": "open"}),
        ("Mo-Fr 09:00-17:00, PH 10:00-12:00", {"2026-12-25 11:00": "open", "2026-12-25 15:00": "unknown"}),
        ("Mo-Su,PH 10:00-18:00; Jul 15-Aug 15 off", {"2026-07-21 11:00": "closed"}),
        ("week 48-52/2 We 10:00-12:00", {"2026-11-25 11:00": "open", "2026-12-02 11:00": "closed", "2026-12-09 11:00": "open"}),
        ("24/7; PH off", {"2026-11-25 03:00": "open", "2026-12-25 03:00": "closed"}),
    ],
)  # fmt: skip
def test_what_people_write_is_read_as_they_mean_it(hours: str, state_at: dict[str, str]) -> None:
    assert {text: at(hours, text).state for text in state_at} == state_at


def test_a_date_that_is_named_holds_on_a_holiday_and_a_season_does_not_speak_of_it() -> None:
    assert at("Jul 21 10:00-12:00", "2026-07-21 11:00").state == "open"
    assert at("Jul 20-24 10:00-12:00", "2026-07-21 11:00").state == "open"
    assert at("Jul 10:00-12:00", "2026-07-21 11:00").doubt == "public-holiday"
    assert at("Jul 20-24 Mo-Fr 10:00-12:00", "2026-07-21 11:00").doubt == "public-holiday"
    assert at("Mo-Fr 09:00-17:00", "2077-04-12 10:00").doubt == "public-holiday"


def test_the_night_before_a_holiday_that_is_not_spoken_of_is_unknown_after_midnight() -> None:
    assert at("Mo-Fr 20:00-02:00", "2026-12-24 23:00").state == "open"
    assert wall(at("Mo-Fr 20:00-02:00", "2026-12-24 23:00").until) == "2026-12-25 00:00"
    assert at("Mo-Fr 20:00-02:00", "2026-12-25 01:00").doubt == "public-holiday"


def test_a_remark_beside_what_is_closed_is_kept() -> None:
    assert at('Mo-Fr 09:00-17:00; Jul 15-Aug 15 off "congé annuel"', "2026-08-03 10:00").note == "congé annuel"


def test_outside_its_hours_a_fallback_is_asked() -> None:
    hours = 'Mo-Fr 09:00-19:00 || unknown "relais du 107"'
    assert at(hours, "2026-11-25 10:00").state == "open"
    night = at(hours, "2026-11-25 23:00")
    assert (night.state, night.note) == ("unknown", "relais du 107")


def test_hours_that_never_open_come_to_an_end() -> None:
    assert at("off", "2026-11-25 10:00") == Opening("closed")
    assert at("2020 Mo 10:00-12:00", "2026-11-25 10:00").opens is None


def test_a_number_is_asked_by_its_own_hours_first_then_by_those_of_the_resource() -> None:
    resource = Resource(
        "x", "X", "service", hours_osm=OFFICE, hours="lu–ve 9h–17h",
        phones=(Phone("107", hours_osm="24/7"), Phone("106"), Phone("105", hours="le soir")),
    )  # fmt: skip
    found = openings_of(resource, moment("2026-11-25 10:00"))
    assert [opening.state for opening in found.phones] == ["open", "open", "unknown"]
    assert [opening.until is None for opening in found.phones] == [True, False, True]


def test_a_resource_answers_when_one_of_its_ways_does_and_unknown_comes_before_closed() -> None:
    night = moment("2026-11-25 23:00")
    closed, always, unknown = Phone("1", hours_osm=OFFICE), Phone("2", hours_osm="24/7"), Phone("3", hours="le soir")
    assert openings_of(Resource("x", "X", "helpline", phones=(closed, always)), night).best.state == "open"
    assert openings_of(Resource("x", "X", "helpline", phones=(closed, unknown)), night).best.state == "unknown"
    assert openings_of(Resource("x", "X", "helpline", phones=(closed,)), night).best.state == "closed"
    assert openings_of(Resource("x", "X", "helpline"), night).best.state == "unknown"


def test_the_place_counts_where_one_can_go_and_a_confidential_one_does_not() -> None:
    night = moment("2026-11-25 23:00")
    closed = (Phone("1", hours_osm=OFFICE),)
    street = Address("Rue Haute 1", "1000", "Bruxelles", "21004")
    hidden = Address("Rue Haute 1", "1000", "Bruxelles", "21004", confidential=True)
    assert openings_of(Resource("x", "X", "service", phones=closed, hours_osm="24/7", addresses=(street,)), night).best.state == "open"
    assert openings_of(Resource("x", "X", "service", phones=closed, hours_osm="24/7", addresses=(hidden,)), night).best.state == "closed"


def test_the_sentences_name_today_tomorrow_the_day_and_the_date() -> None:
    def said(expression: str, text: str) -> str:
        return opening_text(at(expression, text), moment(text))

    assert said("24/7", "2026-11-25 12:00") == "answers day and night"
    assert said(OFFICE, "2026-11-25 12:00") == "answers now until 17:00"
    assert said(EVERY_DAY, "2026-11-25 12:00") == "answers now until midnight"
    assert said("Mo-Su,PH 22:00-06:30", "2026-11-25 23:00") == "answers now until tomorrow 6:30"
    assert said(OFFICE, "2026-11-25 07:00") == "opens today 9:00"
    assert said(OFFICE, "2026-11-25 20:00") == "opens tomorrow 9:00"
    assert said(OFFICE, "2026-11-27 20:00") == "opens Monday 9:00"
    assert said("Th[1] 18:30-22:30", "2026-11-25 20:00") == "opens Thursday 3 December 2026, 18:30"
    assert said(OFFICE, "2026-12-25 12:00") == "public holiday: ask whether it answers"
    assert said("", "2026-12-25 12:00") == "hours unknown, ask"
    assert said("off", "2026-12-25 12:00") == "closed now"
    assert said('Mo-Fr 09:00-17:00 open "urgences"', "2026-11-25 12:00") == "answers now until 17:00 (urgences)"


def test_a_sentence_about_another_time_says_neither_now_nor_tomorrow() -> None:
    asked = Moment(moment("2026-11-25 20:00").at, now=False)
    assert opening_text(at(OFFICE, "2026-11-25 20:00"), asked) == "opens Thursday 9:00"
    assert opening_text(at("24/7", "2026-11-25 20:00"), asked) == "answers day and night"
    assert opening_text(at(EVERY_DAY, "2026-11-25 20:00"), asked) == "answers then until midnight"


def test_every_hour_in_the_catalogue_can_be_read_and_stands_beside_its_words() -> None:
    written = 0
    for resource in read_sources(ROOT / "data" / "sources").resources:
        for part in (resource, *resource.phones):
            if part.hours_osm:
                written += 1
                assert readable_hours(part.hours_osm), (resource.id, part.hours_osm)
                assert hours_said(part.hours, part.hours_osm)[0], resource.id
    assert written >= 147


def test_hours_that_the_catalogue_states_for_every_day_hold_on_christmas_day() -> None:
    christmas = moment("2026-12-25 11:00")
    found = {resource.id: openings_of(resource, christmas).best for resource in read_sources(ROOT / "data" / "sources").resources}
    assert found["ecoute-enfants-103"].state == "open"
    assert found["tele-accueil-107"].state == "open"
    assert found["lea-ligne-ecoute-autisme"].state == "closed"
    assert found["hulplijn-1712"].doubt == "public-holiday"
    assert found["awel-102"].state == "closed"
