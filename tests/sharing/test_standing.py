"""What stands follows from the set of entries: whoever confirmed, then whoever spoke last, and never the order of arrival."""

import random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ht_cli.catalogue.keeping.journal import WORDS
from ht_cli.catalogue.keeping.standing import outcome
from tests.sharing.keepers import RELEASED, Keeper


@pytest.fixture
def anna() -> Keeper:
    return Keeper("a")


@pytest.fixture
def bram() -> Keeper:
    return Keeper("b", behind=-5)  # his clock is five minutes late


def both(anna: Keeper, bram: Keeper) -> None:
    anna.hear(bram)
    bram.hear(anna)
    assert anna.facts == bram.facts


def test_whoever_knew_of_the_other_writes_over_it_without_a_conflict(anna: Keeper, bram: Keeper) -> None:
    anna.say(email="a@example.org")
    bram.hear(anna)
    bram.say(email="b@example.org")
    both(anna, bram)
    assert anna.record["email"] == "b@example.org"
    assert anna.facts.aside == ()


def test_the_later_word_stands_and_the_earlier_is_set_aside(anna: Keeper, bram: Keeper) -> None:
    bram.say(email="b@example.org")
    anna.say(email="a@example.org")
    both(anna, bram)
    assert anna.record["email"] == "a@example.org"
    assert [(one.cell, one.aside.value) for one in anna.facts.aside] == [(("email", ""), "b@example.org")]


def test_what_was_confirmed_stands_before_what_was_only_said_later(anna: Keeper, bram: Keeper) -> None:
    bram.check("email")
    anna.say(email="a@example.org")
    both(anna, bram)
    assert anna.record["email"] == "info@example.org"
    assert anna.record["fact_checks"] == [{"field": "email", "on": "2026-11-28", "how": "phone", "by": "B"}]
    assert [one.aside.value for one in anna.facts.aside] == ["a@example.org"]


def test_of_two_confirmations_of_different_values_the_later_stands(anna: Keeper, bram: Keeper) -> None:
    anna.say(email="a@example.org")
    anna.check("email")
    bram.check("email")
    both(anna, bram)
    assert anna.record["email"] == "a@example.org"
    assert [one.aside.value for one in anna.facts.aside] == ["info@example.org"]


def test_two_who_confirm_the_same_are_no_conflict(anna: Keeper, bram: Keeper) -> None:
    anna.check()
    bram.check()
    both(anna, bram)
    assert anna.facts.aside == ()
    assert anna.record["checked_on"] == "2026-11-28"


def test_a_changed_fact_is_no_longer_checked_and_the_others_still_are(anna: Keeper) -> None:
    anna.check(on="2026-11-20")
    anna.say(email="new@example.org")
    record = anna.record
    assert "checked_on" not in record
    checked = {check["field"]: check["on"] for check in record["fact_checks"]}
    assert "email" not in checked
    assert checked["phones"] == checked["url"] == "2026-11-20"


def test_what_keepers_note_for_one_another_unchecks_nothing(anna: Keeper) -> None:
    anna.check(on="2026-11-20")
    anna.say(notes="ask for the coordinator", confidence="high")
    assert anna.record["checked_on"] == "2026-11-20"


def test_lists_join_by_what_was_added_and_taken_away(anna: Keeper, bram: Keeper) -> None:
    anna.say(needs=["grief", "stress", "trauma"])
    bram.say(needs=["grief", "loneliness"])
    both(anna, bram)
    assert sorted(anna.record["needs"]) == ["grief", "loneliness", "trauma"]
    assert anna.facts.aside == ()


def test_a_number_changed_by_one_and_a_number_added_by_another_are_both_there(anna: Keeper, bram: Keeper) -> None:
    anna.say(phones=[{"number": "081777151"}, {"number": "0800 32 123"}])
    bram.say(phones=[{"number": "081777150"}, {"number": "0800 32 123"}, {"number": "107"}])
    both(anna, bram)
    assert {phone["number"] for phone in anna.record["phones"]} == {"081777151", "0800 32 123", "107"}


def numbers(keeper: Keeper) -> list[str]:
    return [phone["number"] for phone in keeper.record["phones"]]


def replace(keeper: Keeper, old: str, new: str) -> None:
    keeper.say(phones=[phone | {"number": new} if phone["number"] == old else phone for phone in keeper.record["phones"]])


def set_aside(keeper: Keeper) -> list[tuple[str, str]]:
    return [(one.stands.value or one.rival[1], one.aside.value["number"]) for one in keeper.facts.aside if one.rival]


def test_of_two_numbers_in_the_place_of_one_the_confirmed_one_stands_and_keeps_its_check(anna: Keeper, bram: Keeper) -> None:
    bram.say(phones=[{"number": "081777150"}])
    anna.hear(bram)
    replace(anna, "081777150", "081777152")
    anna.check("phones")
    replace(bram, "081777150", "081777151")  # later, and not confirmed
    both(anna, bram)
    assert numbers(anna) == ["081777152"]
    assert [check["by"] for check in anna.record["fact_checks"]] == ["A"]
    assert set_aside(bram) == [("081777152", "081777151")]


def test_of_two_unconfirmed_numbers_in_the_place_of_one_the_later_stands_and_the_other_is_seen(anna: Keeper, bram: Keeper) -> None:
    replace(bram, "081777150", "081777151")
    replace(anna, "081777150", "081777152")
    replace(anna, "081777152", "081777153")
    both(anna, bram)
    assert sorted(numbers(anna)) == ["0800 32 123", "081777153"]
    assert set_aside(bram) == [("081777153", "081777151")]


def test_a_confirmed_number_stands_before_the_one_that_was_to_take_its_place(anna: Keeper, bram: Keeper) -> None:
    bram.check("phones")
    replace(anna, "081777150", "081777152")
    both(anna, bram)
    assert sorted(numbers(anna)) == ["0800 32 123", "081777150"]
    assert [check["field"] for check in anna.record["fact_checks"]] == ["phones"]
    assert set_aside(anna) == [("081777150", "081777152")]


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        (["081777152", "081777151"], {"081777152", "081777151"}),  # both are right after all
        (["107"], {"107"}),
        (["081777151"], {"081777151"}),
        ([], set()),
    ],
)
def test_whoever_knows_of_both_numbers_settles_them_by_what_they_write(
    anna: Keeper, bram: Keeper, said: list[str], standing: set[str]
) -> None:
    replace(bram, "081777150", "081777151")
    replace(anna, "081777150", "081777152")
    both(anna, bram)
    anna.say(phones=[{"number": number} for number in said])
    both(anna, bram)
    assert {phone["number"] for phone in bram.record.get("phones", [])} == standing
    assert bram.facts.aside == ()


def test_a_check_of_the_list_by_who_knows_of_both_settles_them(anna: Keeper, bram: Keeper) -> None:
    replace(bram, "081777150", "081777151")
    replace(anna, "081777150", "081777152")
    both(anna, bram)
    bram.check("phones")
    both(anna, bram)
    assert "081777151" not in numbers(anna)
    assert anna.facts.aside == ()
    assert [check["by"] for check in anna.record["fact_checks"]] == ["B"]


def test_a_check_goes_with_the_number_that_it_confirmed(anna: Keeper, bram: Keeper) -> None:
    """What somebody takes back leaves no check behind of a list that says nothing."""
    released = {field: value for field, value in RELEASED.items() if field != "phones"}
    first, second = [{"number": "081777151"}], [{"number": "081777152"}]
    anna.write("update", {"phones": (None, first)})
    anna.write("update", {"phones": (first, second)})
    anna.write("verify", {"fact_checks": (None, [{"field": "phones", "on": "2026-11-28", "how": "phone", "by": "A"}])})
    bram.hear(anna)
    bram.write("undo", {"phones": (second, None)}, undoes="00000000-0000-4000-8000-000000000000")
    record = outcome(released, bram.entries.values()).record
    assert "phones" not in record
    assert "fact_checks" not in record


def test_the_order_of_numbers_is_that_of_who_spoke_last(anna: Keeper) -> None:
    anna.say(phones=[{"number": "0800 32 123"}, {"number": "081777150"}])
    assert [phone["number"] for phone in anna.record["phones"]] == ["0800 32 123", "081777150"]


def test_whoever_heard_a_word_knows_what_its_author_knew(anna: Keeper, bram: Keeper) -> None:
    anna.say(email="a@example.org")
    bram.hear(anna)
    silent = {bram.write("merge", {"url": ("https://www.example.org", None)}).uuid}
    bram.say(email="b@example.org")
    follows = outcome(RELEASED, bram.entries.values(), silent)
    assert (follows.record["email"], follows.record["url"]) == ("b@example.org", "https://www.example.org")
    assert follows.aside == ()


def test_a_conflict_is_settled_once_for_everybody_and_keeps_its_check(anna: Keeper, bram: Keeper) -> None:
    bram.check("email")
    anna.say(email="a@example.org")
    both(anna, bram)
    anna.write("settle", {"email": ("a@example.org", "info@example.org")})
    both(anna, bram)
    assert anna.facts.aside == ()
    assert bram.record["fact_checks"][0]["by"] == "B"


def test_closing_is_one_word_with_its_day_and_reason(anna: Keeper, bram: Keeper) -> None:
    anna.say(status="closed", closed_on="2026-11-01", closed_reason="moved away")
    bram.check()
    both(anna, bram)
    assert anna.record.get("status", "active") == "active"
    assert "closed_on" not in anna.record
    assert [one.aside.value["status"] for one in anna.facts.aside] == ["closed"]


def test_what_was_taken_away_and_put_back_stands(anna: Keeper, bram: Keeper) -> None:
    anna.say(needs=["grief"])
    anna.say(needs=["grief", "stress"])
    bram.hear(anna)
    bram.say(needs=["stress"])
    both(anna, bram)
    assert anna.record["needs"] == ["stress"]


def test_what_is_taken_back_is_as_if_it_had_never_been_said_whoever_knew_of_it(anna: Keeper, bram: Keeper) -> None:
    """Each takes back what the other did not: the fact is that of before both, and no word of either is set aside."""
    anna.say(email="first@example.org")
    first = max(anna.entries.values(), key=lambda entry: entry.at)
    anna.say(email="second@example.org")
    second = max(anna.entries.values(), key=lambda entry: entry.at)
    bram.hear(anna)
    anna.take_back(second)
    assert anna.record["email"] == "first@example.org"
    bram.take_back(first)
    assert bram.record["email"] == "second@example.org"
    both(anna, bram)
    assert anna.record == bram.record == RELEASED
    assert anna.facts.aside == ()


def test_what_one_confirmed_while_another_took_it_back_unknowingly_stands(anna: Keeper, bram: Keeper) -> None:
    anna.say(email="new@example.org")
    (change,) = anna.entries.values()
    bram.hear(anna)
    anna.take_back(change)
    bram.check("email")
    both(anna, bram)
    assert anna.record["email"] == bram.record["email"] == "new@example.org"
    assert [check["field"] for check in anna.record["fact_checks"]] == ["email"]


def test_what_two_confirmed_while_another_took_it_back_unknowingly_is_one_conflict_until_somebody_who_knows_says_which(
    anna: Keeper, bram: Keeper
) -> None:
    anna.say(email="new@example.org")
    (change,) = anna.entries.values()
    carla = Keeper("c", behind=40)
    for keeper in (bram, carla):
        keeper.hear(anna)
        keeper.check("email")
    anna.take_back(change)
    undo = max(anna.entries.values(), key=lambda entry: entry.at)
    anna.hear(carla)
    both(anna, bram)
    (waiting,) = anna.facts.aside
    assert (waiting.cell, waiting.stands.value, waiting.aside.value) == (("email", ""), "new@example.org", RELEASED.get("email"))
    assert waiting.aside.entry == undo
    bram.take_back(undo)
    assert bram.facts.aside == ()
    assert bram.record["email"] == "new@example.org"
    anna.say(email="other@example.org")
    assert anna.facts.aside == ()


def test_what_was_confirmed_before_it_is_taken_back_goes_with_its_check(anna: Keeper, bram: Keeper) -> None:
    anna.say(email="new@example.org")
    (change,) = anna.entries.values()
    bram.hear(anna)
    bram.check("email")
    anna.hear(bram)
    anna.take_back(change)
    both(anna, bram)
    assert anna.record == bram.record == RELEASED


ACT = st.one_of(
    st.tuples(st.just("email"), st.sampled_from(["a@example.org", "b@example.org", "c@example.org"])),
    st.tuples(st.just("url"), st.sampled_from(["https://one.example", "https://two.example"])),
    st.tuples(st.just("needs"), st.lists(st.sampled_from(["grief", "stress", "trauma", "sleep"]), unique=True, max_size=3)),
    st.tuples(st.just("phones"), st.lists(st.sampled_from(["081777150", "107", "0800 32 123"]), unique=True, max_size=3)),
    st.tuples(st.just("ages"), st.tuples(st.integers(0, 12), st.integers(13, 60))),
    st.tuples(st.just("status"), st.sampled_from(["active", "closed", "unreachable"])),
    st.tuples(st.just("check"), st.sampled_from(["", "email", "phones", "needs"])),
    st.tuples(st.just("settle"), st.booleans()),
    st.tuples(st.just("word"), st.sampled_from(WORDS)),
    st.tuples(st.just("undo"), st.integers(0, 9)),
    st.tuples(st.just("hear"), st.integers(0, 4)),
)


def act(keeper: Keeper, others: list[Keeper], kind: str, value: object) -> None:
    if kind == "hear":
        keeper.hear(others[value])  # type: ignore[call-overload]
    elif kind == "check":
        keeper.check(str(value))
    elif kind == "word":
        proposed = {"email": (keeper.record.get("email"), "proposed@example.org")} if value == "propose" else {}
        keeper.write(str(value), {}, superseded=proposed)
    elif kind == "undo":
        for entry in sorted(keeper.entries.values(), key=lambda entry: entry.at)[::-1][value:][:1]:  # type: ignore[misc]
            if entry.action not in WORDS:
                keeper.take_back(entry)
    elif kind == "settle":
        for one in keeper.facts.aside[:1]:
            if one.cell[1] == "" and one.cell[0] in ("email", "url"):
                pair = (one.aside.value, one.stands.value) if value else (one.stands.value, one.aside.value)
                keeper.write("settle", {one.cell[0]: pair})
    elif kind == "phones":
        keeper.say(phones=[{"number": number} for number in value])  # type: ignore[attr-defined]
    elif kind == "ages":
        low, high = value  # type: ignore[misc]
        keeper.say(min_age=low, max_age=high)
    else:
        keeper.say(**{kind: value})


@settings(max_examples=300, deadline=None)
@given(acts=st.lists(st.tuples(st.integers(0, 4), ACT), max_size=40), seed=st.integers(0, 1000))
def test_any_acts_of_five_keepers_end_in_the_same_facts_whatever_the_order(acts: list[tuple[int, tuple[str, object]]], seed: int) -> None:
    keepers = [Keeper(letter, behind) for letter, behind in zip("abcde", (0, 60, 3, -20, 1), strict=True)]
    for who, (kind, value) in acts:
        keeper = keepers[who]
        before = keeper.record
        act(keeper, keepers, kind, value)
        if kind in ("email", "url"):
            assert keeper.record[kind] == value  # what somebody writes stands at once where they write it
        assert kind != "word" or keeper.record == before
        assert kind in ("hear", "settle", "undo") or all(
            keeper.record.get(field) == before.get(field) for field in ("name", "kind", "areas")
        )
    order = random.Random(seed)
    everything = [entry for keeper in keepers for entry in keeper.entries.values()]
    ends = []
    for _ in range(3):
        order.shuffle(everything)
        ends.append(outcome(RELEASED, {entry.uuid: entry for entry in everything + everything[:5]}.values()))
    for keeper in keepers:
        keeper.hear(*keepers)
        ends.append(keeper.facts)
    assert all(end == ends[0] for end in ends)


@settings(max_examples=200, deadline=None)
@example(acts=[("ages", (5, 14)), ("check", ""), ("ages", (5, 13))])  # the ages are one word, and unchecked together
@given(acts=st.lists(ACT.filter(lambda act: act[0] != "hear"), max_size=25))
def test_alone_nothing_is_ever_set_aside_and_the_last_word_stands(acts: list[tuple[str, object]]) -> None:
    keeper = Keeper("a")
    for kind, value in acts:
        act(keeper, [keeper], kind, value)
        if kind in ("email", "url", "needs"):
            assert keeper.record.get(kind, []) == (value or [])
        assert keeper.facts.aside == ()


def test_a_check_of_which_nobody_knows_how_it_was_made_is_not_kept_apart() -> None:
    keeper = Keeper("a")
    keeper.write("verify", {"checked_on": (None, "2026-11-01")})
    keeper.say(email="new@example.org")
    assert keeper.record.get("fact_checks", []) == []


def test_that_a_field_says_nothing_can_be_confirmed_until_it_says_something() -> None:
    anna, bram = Keeper("a"), Keeper("b")
    anna.check("cost")
    bram.hear(anna)
    assert bram.record["fact_checks"] == anna.record["fact_checks"] == [{"field": "cost", "on": "2026-11-28", "how": "phone", "by": "A"}]
    bram.say(cost="free")
    assert "fact_checks" not in bram.record


def by_whom(keeper: Keeper, field: str) -> list[str]:
    return [check["by"] for check in keeper.record.get("fact_checks", ()) if check["field"] == field]


def slip(keeper: Keeper, **values: Any) -> None:
    """Say something, and take it back at once."""
    before = set(keeper.entries)
    keeper.say(**values)
    (written,) = keeper.entries.keys() - before
    keeper.take_back(keeper.entries[written])


def test_what_another_keeper_took_back_at_once_keeps_nobody_from_confirming_what_stands(anna: Keeper) -> None:
    dora = Keeper("d")
    anna.say(email="right@example.org", phones=[{"number": "081777150"}])
    late = Keeper("c", behind=30)
    slip(late, email="typo@example.org")
    slip(late, phones=[{"number": "0800 32 124"}])
    dora.hear(anna, late)
    assert dora.record["email"] == "right@example.org"
    dora.check("email")
    dora.check("phones")
    both(anna, dora)
    assert anna.record["email"] == "right@example.org"
    assert by_whom(anna, "email") == by_whom(anna, "phones") == ["D"]
    assert anna.facts.aside == ()


def test_what_two_had_said_and_one_took_back_is_still_confirmed_when_the_other_takes_it_back_unknowing(anna: Keeper, bram: Keeper) -> None:
    late = Keeper("c", behind=30)
    anna.say(email="new@example.org")
    word = next(iter(anna.entries.values()))
    slip(late, email="new@example.org")
    bram.hear(anna, late)
    assert bram.record["email"] == "new@example.org"
    bram.check("email")
    anna.take_back(word)
    both(anna, bram)
    assert anna.record["email"] == "new@example.org"
    assert by_whom(anna, "email") == ["B"]
    assert len(anna.facts.aside) == 1


def test_ones_own_word_is_confirmed_though_others_took_the_same_back(anna: Keeper, bram: Keeper) -> None:
    carl = Keeper("c")
    carl.say(email="new@example.org")
    bram.say(email="new@example.org")
    word = next(iter(bram.entries.values()))
    anna.hear(bram)
    anna.take_back(word)
    bram.take_back(word)
    carl.hear(anna, bram)
    assert carl.record["email"] == "new@example.org"
    carl.check("email")
    both(anna, carl)
    assert anna.record["email"] == "new@example.org"
    assert by_whom(anna, "email") == ["C"]


def test_who_settles_for_an_earlier_confirmation_lifts_it_over_no_later_one(anna: Keeper) -> None:
    carl, dora = Keeper("c"), Keeper("d")
    carl.check("email")
    dora.say(email="dora@example.org")
    emma = Keeper("e", behind=20)
    emma.say(email="emma@example.org")
    emma.check("email")
    late = Keeper("f", behind=60)
    late.hear(carl, dora)
    late.write("settle", {"email": ("dora@example.org", "info@example.org")})
    anna.hear(carl, dora, late)
    assert anna.record["email"] == "info@example.org"
    assert by_whom(anna, "email") == ["C"]
    assert anna.facts.aside == ()
    anna.hear(emma)
    assert anna.record["email"] == "emma@example.org"
    assert by_whom(anna, "email") == ["E"]
    assert [one.aside.value for one in anna.facts.aside] == ["info@example.org"]
