"""What is accepted as opening hours, in which one form it is written, and where the rest is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ht_cli.hours import readable_hours
from ht_cli.hours.grammar import MONTHS, WEEKDAYS, UnreadableHoursError, read_hours
from ht_cli.hours.writing import written

EXPRESSIONS = [
    line for line in Path(__file__).with_name("expressions.txt").read_text("utf-8").splitlines() if line and not line.startswith("# ")
]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Mo-We, Fr 09:00-17:00", "Mo-We,Fr 09:00-17:00"),
        ("Mo-Fr 09:00-17:00; Sa, Su, PH off", "Mo-Fr 09:00-17:00; Sa,Su,PH off"),
        ("Mo[1], Mo[3] 18:00-20:00", "Mo[1],Mo[3] 18:00-20:00"),
        ("Jul, Aug off", "Jul,Aug off"),
        ("Dec 24, Dec 31 09:00-12:00", "Dec 24,Dec 31 09:00-12:00"),
        ("Dec 24-26,31 off", "Dec 24-Dec 26,Dec 31 off"),
        ("Jan,Mar,Sep-Nov: Tu[2] 19:30-21:30", "Jan,Mar,Sep-Nov Tu[2] 19:30-21:30"),
        ("Mo-Fr 9:00-12:00, 13:00-17:00, PH closed", "Mo-Fr 09:00-12:00,13:00-17:00; PH off"),
        ("Mo-Fr 09:00-12:00, Sa 10:00-12:00", "Mo-Fr 09:00-12:00, Sa 10:00-12:00"),
        ("PH,Mo-Fr 20:00-26:00", "Mo-Fr,PH 20:00-02:00"),
        ("Mo 02:00-26:00", "Mo 02:00-26:00"),
        ("Mo-Fr PH 09:00-17:00", "PH Mo-Fr 09:00-17:00"),
        ("PH -1 day 09:00-12:00", "PH -1 day 09:00-12:00"),
        ("easter-2days off", "easter -2 days off"),
        ("Mo[1-3,-1] 10:00-12:00", "Mo[1,2,3,-1] 10:00-12:00"),
        ("week 1-53/2 Fr 10:00+", "week 01-53/2 Fr 10:00+"),
        ('Mo-Fr 09:00-17:00 "sur rendez-vous"||unknown', 'Mo-Fr 09:00-17:00 "sur rendez-vous" || unknown'),
        ('Mo-Su 09:00-17:00 open "urgences; la nuit aussi"', 'Mo-Su 09:00-17:00 open "urgences; la nuit aussi"'),
        ("Mo-Su", "Mo-Su unknown"),
        ("24/7;", "24/7"),
    ],
)
def test_hours_are_written_in_one_form(text: str, form: str) -> None:
    assert written(read_hours(text)) == form
    assert written(read_hours(form)) == form


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 9h-17h",
        "24/07/26",
        "every day",
        "lu-ve 09:00-17:00",
        "mo-fr 09:00-17:00",
        "Mo-Fr 09:00-17:00; Sa on request",
        "Mo-Fr 09:00",
        "Mo-Fr 09:00-17:75",
        "Mo-Fr 09:00-09:00",
        "Mo-Fr 25:00-26:00",
        "0700-2100",
        "0726 unknown",
        "Mo 24/7",
        "Mo, 10:00-12:00",
        "Mo-Fr sunrise-sunset",
        "Feb 30 off",
        "Dec 26-24 off",
        "2027-2026 Mo 10:00-12:00",
        "Mo[6] 10:00-12:00",
        "week 54 Mo 10:00-12:00",
        "Mo-Fr 09:00-17:00 (sur rendez-vous)",
        "",
        " ",
    ],
)
def test_what_is_not_accepted_is_refused(text: str) -> None:
    with pytest.raises(UnreadableHoursError):
        read_hours(text)
    assert not readable_hours(text)


def test_every_expression_that_is_accepted_is_read_again_as_the_same_rules() -> None:
    accepted = [text for text in EXPRESSIONS if readable_hours(text)]
    assert len(accepted) >= 260
    for text in accepted:
        again = read_hours(written(read_hours(text)))
        assert [rule._replace(state="") for rule in again] == [rule._replace(state="") for rule in read_hours(text)], text
        assert [rule.state for rule in again] == [rule.state for rule in read_hours(text)], text


DAYS = st.sampled_from([*WEEKDAYS, "Mo-Fr", "Sa-Su", "PH", "SH", "Tu[2]", "Fr[-1]", "PH -1 day"])
SEASONS = st.sampled_from(["", *MONTHS, "Jul-Aug", "Dec 24-26,31", "2026", "2026 Jul 01-15", "week 02-52/2", "easter +1 day"])
TIMES = st.sampled_from(["", "09:00-12:00", "09:00-12:00,13:00-17:00", "22:00-06:00", "18:00+", "00:00-24:00"])
STATES = st.sampled_from(["", "off", "unknown", '"by appointment"', 'open "help"'])
RULES = st.tuples(SEASONS, st.lists(DAYS, max_size=3, unique=True).map(",".join), TIMES, STATES).map(
    lambda parts: " ".join(filter(None, parts))
)


@given(st.lists(RULES.filter(bool), min_size=1, max_size=4), st.sampled_from(["; ", " || "]))
def test_whatever_is_put_together_is_read_and_read_again(rules: list[str], mark: str) -> None:
    read = read_hours(mark.join(rules))
    assert read_hours(written(read)) == read


@given(st.text(alphabet="MoTuWePHSH0123456789:-,;[]+/| \"'aé", max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    assert not readable_hours(text) or read_hours(text)


@pytest.mark.parametrize("remark", ["by appointment: 081 22 33 44", ":", "9:00"])
def test_a_remark_may_hold_a_colon(remark: str) -> None:
    (rule,) = read_hours(f'Mo-Fr "{remark}"')
    assert rule == read_hours('Mo-Fr "x"')[0]._replace(remark=remark)
    assert not readable_hours(f'Mo-Fr 09:00-"{remark}"')
