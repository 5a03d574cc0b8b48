"""Each key of the picker, and what must hold however fast one types, resizes or leaves."""

import asyncio
import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Digits, Input, Static

from ht_cli import locale
from ht_cli.browse.answering import Answering, Reply, reply_to
from ht_cli.browse.app import Answered
from ht_cli.browse.dialogs import AgeDialog, CheckDialog, FileDialog, NumberDialog, OrderDialog, PageDialog, SheetDialog
from ht_cli.browse.question import Filters, Question
from ht_cli.browse.rows import hours_unknown
from ht_cli.browse.widgets import DangerBlock, Facts, FilterLine, LargeNumber, QuestionLine, Readings
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.commands._deeds import Deeds
from ht_cli.errors import NotFoundError
from ht_cli.model import Resource
from ht_cli.search.wishes import Wishes
from ht_cli.wording import Words
from tests.browse.driving import Hand, Noted, picking, run

WORDS = "il me frappe depuis des mois"


# typing


def test_results_come_while_one_types_and_the_best_is_chosen() -> None:
    async def story() -> None:
        async with picking() as hand:
            assert "Type what it is about and where" in hand.seen()
            assert "112" in hand.seen()
            await hand.type("burnout ")
            first = hand.ids
            assert hand.chosen == first[0]
            await hand.type("namur")
            assert hand.ids != first
            assert "Namur · burn-out" in hand.seen()

    run(story())


def test_the_words_of_the_command_line_are_in_the_line() -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            assert hand.finder.query_one(QuestionLine).value == "burnout namur"
            assert hand.ids

    run(story())


def test_letters_that_are_keys_elsewhere_are_typed_in_the_line() -> None:
    async def story() -> None:
        async with picking() as hand:
            await hand.press(*"cosemvx", "slash", "question_mark", "space", *"107")
            assert hand.finder.query_one(QuestionLine).value == "cosemvx/? 107"

    run(story())


def test_an_older_answer_never_overwrites_a_newer_one() -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            shown = hand.reply
            hand.finder.post_message(Answered(Reply(Question("older"), shown.number - 1, problem=["older"])))
            await hand.pilot.pause(0.1)
            assert hand.reply == shown
            assert "older" not in hand.seen()

    run(story())


def test_whoever_types_faster_than_answers_come_sees_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        async with picking() as hand:
            for letter in "violence conjugale liege":
                hand.app.post_message(events.Key("space" if letter == " " else letter, letter))
            await hand.until(lambda: hand.reply.question.text == "violence conjugale liege")
            numbers = hand.reply.number
            await hand.pilot.pause(0.5)
            assert hand.reply.number == numbers
            fast = hand.ids
        async with picking("violence conjugale liege") as hand:
            assert hand.ids == fast

    run(story())


def test_the_end_of_a_list_that_is_not_all_brings_what_follows() -> None:
    async def story() -> None:
        async with picking("burnout") as hand:
            first = hand.ids
            assert hand.reply.more
            await hand.press("enter", "end")
            await hand.until(lambda: len(hand.ids) > len(first))
            assert hand.ids[: len(first)] == first
            assert hand.chosen == first[-1]

    run(story())


# choosing and reading


def test_the_arrows_choose_while_the_words_stay() -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            await hand.press("down", "down", "up")
            assert hand.chosen == hand.ids[1]
            assert hand.results.hits[1].resource.name in str(hand.finder.query_one(Facts).query_one("Static").render())
            await hand.press("pagedown")
            assert hand.chosen == hand.ids[6]
            await hand.press("x")
            assert hand.finder.query_one(QuestionLine).value == "burnout namurx"

    run(story())


def test_enter_goes_to_the_list_then_to_all_the_facts_and_escape_back() -> None:
    async def story() -> None:
        async with picking("burnout namur", size=(80, 24)) as hand:
            await hand.press("enter")
            assert hand.app.focused is hand.results
            await hand.press("down", "enter")
            assert isinstance(hand.finder.maximized, Facts)
            lines = hand.seen().splitlines()
            assert lines[1] == hand.results.hits[1].resource.name
            assert hand.finder.query_one(Facts).region.height > 15
            await hand.press("escape")
            assert hand.finder.maximized is None
            assert hand.app.focused is hand.results
            assert hand.chosen == hand.ids[1]

    run(story())


@pytest.mark.parametrize("size", [(40, 16), (40, 20), (60, 18), (80, 24)])
def test_all_the_facts_are_shown_in_a_window_of_any_size(size: tuple[int, int]) -> None:
    async def story() -> None:
        async with picking("burnout namur", size=size) as hand:
            await hand.press("enter", "enter")
            await hand.until(lambda: "Phone: 081 39 72 00" in hand.seen())

    run(story())


@pytest.mark.parametrize("way", [["tab"], ["tab", "tab"], ["enter"], ["enter", "enter"]])
def test_a_slash_goes_back_to_the_words_from_anywhere(way: list[str]) -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            await hand.press(*way, "slash", "x")
            assert hand.finder.maximized is None
            assert hand.finder.query_one(QuestionLine).value == "burnout namurx"

    run(story())


def test_the_keys_at_the_foot_are_those_that_do_something_there() -> None:
    async def story() -> None:
        async with picking("burnout namur", size=(120, 30)) as hand:
            foot = hand.seen().splitlines()[-1]
            assert foot == "↑↓ choose  ↵ results  F1 help  Esc leave"
            await hand.press("enter")
            foot = hand.seen().splitlines()[-1]
            assert foot == (
                "↑↓ choose  ↵ all facts  c number  o site  s sheet  e export  m map  v check  x tray  / words  ? help  Esc leave"
            )

    run(story())


# filters


@pytest.mark.parametrize(
    ("key", "filters"),
    [("f2", Filters(open_now=True)), ("f3", Filters(online=True)), ("f4", Filters(free=True)), ("f5", Filters(language="fr"))],
)
def test_a_filter_is_set_and_seen_and_taken_off(key: str, filters: Filters) -> None:
    async def story() -> None:
        async with picking("burnout") as hand:
            assert "[x]" not in hand.seen()
            await hand.press(key)
            await hand.answered()
            assert hand.reply.question.filters == filters
            assert hand.seen().splitlines()[1].count("[x]") == 1
            await hand.press(*[key] * (4 if key == "f5" else 1))
            await hand.answered()
            assert hand.reply.question.filters == Filters()
            assert "[x]" not in hand.seen()

    run(story())


def test_an_age_is_asked_for_and_an_empty_one_is_any() -> None:
    async def story() -> None:
        async with picking("burnout") as hand:
            await hand.press("f6")
            assert isinstance(hand.app.screen, AgeDialog)
            await hand.press("x", "1", "5", "enter")
            await hand.answered()
            assert hand.reply.question.filters.age == 15
            assert "[x] age 15" in hand.seen()
            await hand.press("f6", "backspace", "backspace", "enter")
            await hand.answered()
            assert hand.reply.question.filters.age is None

    run(story())


@pytest.mark.parametrize("size", [(40, 10), (100, 30)])
def test_an_age_that_nobody_has_is_not_taken_and_it_is_said_which_are(size: tuple[int, int]) -> None:
    async def story() -> None:
        async with picking("burnout", size=size) as hand:
            await hand.press("f6", *"999", "enter")
            assert isinstance(hand.app.screen, AgeDialog)
            assert "from 0 to 120" in hand.seen()
            await hand.press("escape")
            assert hand.finder._filters == Filters()

    run(story())


def test_a_filter_and_a_key_can_be_clicked() -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            await hand.pilot.click(offset=(22, 1))  # F3 [ ] online
            await hand.answered()
            assert hand.reply.question.filters == Filters(online=True)
            foot = hand.seen().splitlines()
            await hand.pilot.click(offset=(foot[-1].index("help"), len(foot) - 1))
            await hand.pilot.pause()
            assert isinstance(hand.app.screen, PageDialog)

    run(story())


def test_a_result_can_be_clicked() -> None:
    async def story() -> None:
        async with picking("burnout namur", size=(80, 24)) as hand:
            row = next(
                number for number, line in enumerate(hand.seen().splitlines()) if line.startswith(hand.results.hits[1].resource.name)
            )
            await hand.pilot.click(offset=(3, row))
            await hand.pilot.pause()
            assert hand.chosen == hand.ids[1]

    run(story())


# danger


def test_danger_lines_stay_on_top_as_long_as_the_words_speak_of_danger() -> None:
    async def story() -> None:
        async with picking() as hand:
            await hand.type("burnout ")
            assert not hand.finder.query_one(DangerBlock).display
            await hand.press(*["backspace"] * 8)
            await hand.type("il me frappe ")
            for letter in "liege":
                await hand.type(letter)
                lines = hand.seen().splitlines()
                assert "Are you in danger" in lines[3]
                assert lines[4].startswith("▌ 112  ")
            await hand.press("enter", "enter")
            assert "112  " in hand.seen()
            await hand.press("slash", *["backspace"] * 18)
            await hand.answered()
            assert not hand.finder.query_one(DangerBlock).display

    run(story())


# what the keys do


def test_c_shows_the_number_large_and_never_says_that_it_was_copied() -> None:
    async def story() -> None:
        async with picking("tele-accueil 107") as hand:
            await hand.press("enter", "c")
            assert isinstance(hand.app.screen, NumberDialog)
            assert hand.app.screen.query_one(Digits).value == "107"
            assert hand.app.clipboard == "107"
            await hand.until(lambda: "does not say whether it" in hand.seen())
            assert "copied" not in hand.seen().lower()
            await hand.press("escape")
            assert hand.app.screen is hand.finder

    run(story())


def test_c_sends_nothing_where_a_street_alone_is_known() -> None:
    async def story() -> None:
        async with picking("klinik st josef") as hand:
            await hand.press("enter", "c")
            assert hand.app.screen is hand.finder
            assert hand.app.clipboard == ""
            await hand.until(lambda: "no number known" in hand.seen())

    run(story())


def test_in_tmux_it_is_said_what_tmux_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")

    async def story() -> None:
        async with picking("tele-accueil 107") as hand:
            await hand.press("enter", "c")
            await hand.until(lambda: "set -g set-clipboard on" in hand.seen())

    run(story())


def test_another_of_several_numbers_is_chosen_with_the_arrows() -> None:
    async def story() -> None:
        async with picking("modus vivendi") as hand:
            await hand.press("enter", "c")
            numbers = [phone.national or phone.number for phone in hand.results.hits[0].resource.phones]
            assert len(numbers) > 1
            assert all(f"{number} (" in hand.seen() for number in numbers), "each stands there, with whose it is"
            await hand.press("down")
            assert hand.app.screen.query_one(Digits).value == numbers[1]
            await hand.press("enter")
            assert hand.app.clipboard == numbers[1]

    run(story())


DIGITS = {
    "╭─╮│ │╰─╯": "0", "╶╮  │ ╶┴╴": "1", "╶─╮┌─┘╰─╴": "2", "╶─╮ ─┤╶─╯": "3", "╷ ╷╰─┤  ╵": "4",
    "╭─╴╰─╮╶─╯": "5", "╭─╴├─╮╰─╯": "6", "╶─┐  │  ╵": "7", "╭─╮├─┤╰─╯": "8", "╭─╮╰─┤╶─╯": "9",
}  # fmt: skip


def large_digits(hand: Hand) -> str:
    """The digits that stand large in a box, read as a person reads them: three columns and three lines each."""
    area = hand.app.screen.query_one(LargeNumber).region
    rows = [line[area.x : area.right].ljust(area.width) for line in hand.seen().splitlines()[area.y : area.bottom]]
    cells = [
        "".join(row[column : column + 3] for row in rows[line : line + 3])
        for line in range(0, area.height, 3)
        for column in range(0, area.width, 3)
    ]
    return "".join(DIGITS.get(cell, "") for cell in cells)


@pytest.mark.parametrize("size", [(20, 10), (30, 12), (30, 24), (40, 10), (40, 16), (40, 24), (44, 20), (60, 24), (80, 24)])
def test_the_large_number_is_whole_in_any_window(size: tuple[int, int]) -> None:
    async def story() -> None:
        async with picking("narcotics anonymous belgium", size=size) as hand:
            assert hand.results.hits[0].resource.dialled[0].national == "0476 64 30 54"
            await hand.press("enter", "c")
            await hand.pilot.pause(0.2)
            box = hand.app.screen.query_one(LargeNumber)
            assert box.region in hand.app.screen.query_one("#box").region
            seen = hand.seen()
            assert "0476 64 30 54" in seen or large_digits(hand) == "0476643054", seen
            await hand.pilot.resize_terminal(100, 30)
            await hand.pilot.pause(0.2)
            assert hand.app.screen.query_one(LargeNumber).region.height == 3

    run(story())


@pytest.mark.parametrize("size", [(40, 10), (40, 16), (80, 10)])
def test_of_several_numbers_the_one_that_is_sent_is_seen_in_a_window_without_room(size: tuple[int, int]) -> None:
    async def story() -> None:
        async with picking("modus vivendi", size=size) as hand:
            await hand.press("enter", "c")
            await hand.pilot.pause(0.2)
            sent = hand.app.clipboard
            above = "\n".join(hand.seen().splitlines()[: hand.app.screen.query_one("#numbers").region.y])
            assert sent in above or large_digits(hand) == sent.replace(" ", ""), hand.seen()

    run(story())


def test_o_opens_the_site_of_the_chosen_result() -> None:
    async def story() -> None:
        deeds = Noted()
        async with picking("burnout namur", deeds=deeds) as hand:
            await hand.press("down", "enter", "o")
            await hand.until(lambda: deeds.done)
            assert deeds.done == [("open_site", hand.ids[1])]
            await hand.until(lambda: "opened" in hand.said())

    run(story())


def test_s_makes_a_sheet_in_the_language_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sheet.html").write_text("there already")

    async def story() -> None:
        deeds = Noted()
        async with picking("burnout namur", deeds=deeds) as hand:
            await hand.press("enter", "s")
            assert isinstance(hand.app.screen, SheetDialog)
            assert hand.app.screen.query_one(Input).value == "sheet-2.html"
            await hand.press("down", "down", "enter")
            await hand.until(lambda: deeds.done)
            assert deeds.done == [("make_sheet", (hand.ids[0],), "nl", Path("sheet-2.html"))]

    run(story())


@pytest.mark.parametrize("size", [(40, 10), (80, 10), (40, 16), (80, 24)])
@pytest.mark.parametrize(("keys", "chosen"), [("s", "English"), ("xs", "English"), ("xjxxs", "English"), ("v", "by phone")])
def test_what_a_dialog_begins_with_is_seen_in_a_window_without_room(size: tuple[int, int], keys: str, chosen: str) -> None:
    async def story() -> None:
        async with picking("burnout namur", size=size) as hand:
            await hand.press("enter", *("down" if key == "j" else key for key in keys))
            await hand.pilot.pause(0.2)
            assert chosen in hand.seen(), hand.seen()

    run(story())


def test_x_puts_up_to_five_on_the_tray_for_one_sheet() -> None:
    async def story() -> None:
        deeds = Noted()
        async with picking("burnout", deeds=deeds) as hand:
            await hand.press("enter", *["x", "down"] * 5)
            five = hand.ids[:5]
            assert "tray 5/5" in hand.seen()
            assert sum("│" in line and line.startswith("+ ") for line in hand.seen().splitlines()) == 5
            await hand.press("x")
            assert "The tray is full" in hand.said()
            await hand.press("up", "x")
            assert "tray 4/5" in hand.seen()
            await hand.press("slash", *["backspace"] * 7)
            await hand.type("grief")
            assert "tray 4/5" in hand.seen()
            await hand.press("enter", "s", "enter")
            await hand.until(lambda: deeds.done)
            assert deeds.done[0][:3] == ("make_sheet", tuple(five[:4]), "en")

    run(story())


def test_e_exports_what_the_search_finds_with_its_filters() -> None:
    async def story() -> None:
        deeds = Noted()
        async with picking("burnout namur", deeds=deeds) as hand:
            await hand.press("f4")
            await hand.answered()
            await hand.press("enter", "e")
            assert isinstance(hand.app.screen, FileDialog)
            await hand.press(*["backspace"] * 20, *"all.json", "enter")
            await hand.until(lambda: deeds.done)
            assert deeds.done == [("export", "burnout namur", Wishes(free=True), Path("all.json"))]

    run(story())


def test_m_shows_the_map_of_the_place_asked_about() -> None:
    async def story() -> None:
        deeds = Noted()
        async with picking("burnout namur", deeds=deeds) as hand:
            await hand.press("enter", "m")
            await hand.until(lambda: isinstance(hand.app.screen, PageDialog))
            assert deeds.done == [("draw_map", "Namur", 94)]
            assert "the map" in hand.seen()

    run(story())


def test_m_without_a_place_asks_for_one_or_takes_that_of_the_result() -> None:
    async def story() -> None:
        deeds = Noted()
        async with picking("tele-accueil 107", deeds=deeds) as hand:
            assert hand.reply.place is None
            assert not hand.results.hits[0].resource.public_addresses
            await hand.press("enter", "m")
            assert "type a town" in hand.said()
            assert deeds.done == []

    run(story())


def test_v_records_a_check_and_asks_anew() -> None:
    async def story() -> None:
        deeds = Noted()
        async with picking("realism", deeds=deeds) as hand:
            before = hand.reply.number
            await hand.press("enter", "v")
            assert isinstance(hand.app.screen, CheckDialog)
            await hand.press("down", "enter")
            await hand.until(lambda: hand.reply.number > before)
            assert deeds.done == [("record_check", "realism", "mail")]
            assert "recorded" in hand.said()
            await hand.press("v", "end", "enter")
            await hand.until(lambda: len(deeds.done) == 2)
            assert deeds.done[1] == ("record_check", "realism", "")

    run(story())


@pytest.mark.parametrize("key", ["v", "s", "e", "c", "f6"])
def test_escape_in_a_dialog_does_nothing_but_go_back(key: str) -> None:
    async def story() -> None:
        deeds = Noted()
        async with picking("burnout namur", deeds=deeds) as hand:
            await hand.press("enter", key, "escape")
            assert hand.app.screen is hand.finder
            assert deeds.done == []
            assert hand.app.is_running

    run(story())


def test_what_cannot_be_done_is_said() -> None:
    class Refusing(Noted):
        def open_site(self, resource: Resource) -> list[str]:
            raise NotFoundError("no browser [here]")

    async def story() -> None:
        async with picking("burnout namur", deeds=Refusing()) as hand:
            await hand.press("enter", "o")
            await hand.until(lambda: "no browser [here]" in hand.said())

    run(story())


@pytest.mark.parametrize("key", ["e", "s"])
def test_a_file_that_is_refused_can_be_named_otherwise_where_it_was_typed(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def story() -> None:
        async with picking("burnout namur", deeds=Deeds()) as hand:  # type: ignore[arg-type]
            await hand.press("enter", key, *(["tab"] if key == "s" else []), *["backspace"] * 20, *"a.foo", "enter")
            await hand.until(lambda: ".foo cannot be written; give a name that ends with one of" in hand.seen())
            assert isinstance(hand.app.screen, OrderDialog)
            assert hand.app.screen.query_one(Input).value == "a.foo"
            assert "--" not in hand.said() + str(hand.app.screen.query_one("#refused", Static).render())
            await hand.press(*["backspace"] * 3, *"html", "enter")
            await hand.until(lambda: hand.app.screen is hand.finder)
            await hand.until(lambda: "Written:" in hand.said())

    run(story())
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.parametrize("key", ["e", "s"])
def test_a_name_that_is_typed_takes_the_place_of_the_one_offered_and_its_end_can_be_gone_to(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def story() -> None:
        deeds = Noted()
        async with picking("burnout namur", deeds=deeds) as hand:
            to_the_file = ["tab"] if key == "s" else []
            for typed in ([*"my.html"], ["end", *["backspace"] * (5 if key == "s" else 4), *".txt"]):
                await hand.press("enter", key, *to_the_file, *typed, "enter")
                await hand.until(lambda: hand.app.screen is hand.finder)
            assert [done[-1] for done in deeds.done] == [Path("my.html"), Path("sheet.txt" if key == "s" else "ht.txt")]

    run(story())


def test_what_is_ordered_twice_is_done_once() -> None:
    class Slow(Noted):
        def export(self, text: str, wishes: Wishes, path: Path) -> list[str]:
            time.sleep(0.3)
            return super().export(text, wishes, path)

    async def story() -> None:
        deeds = Slow()
        async with picking("burnout namur", deeds=deeds) as hand:
            await hand.press("enter", "e", "enter", "enter")
            await hand.until(lambda: hand.app.screen is hand.finder)
            assert len(deeds.done) == 1

    run(story())


@pytest.mark.parametrize(("key", "before"), [("question_mark", ["enter"]), ("f1", [])])
def test_help_says_what_each_key_does(key: str, before: Sequence[str]) -> None:
    async def story() -> None:
        async with picking("burnout namur", size=(100, 40)) as hand:
            await hand.press(*before, key)
            assert isinstance(hand.app.screen, PageDialog)
            seen = hand.seen()
            for one in ("F2 F3 F4", "F5", "F6", "Ctrl+P", "Esc", "HT_ACCESSIBLE=1", "Nothing that you type is kept"):
                assert one in seen
            await hand.press("escape")
            assert hand.app.screen is hand.finder

    run(story())


def test_without_a_result_nothing_is_done_to_one() -> None:
    async def story() -> None:
        deeds = Noted()
        async with picking("qsdfqsdf", deeds=deeds) as hand:
            assert "nothing understood" in hand.seen()
            hand.results.display = True
            await hand.press("tab", *"cosevx")
            assert deeds.done == []
            assert hand.app.screen is hand.finder

    run(story())


# leaving, resizing, looks


@pytest.mark.parametrize("key", ["escape", "ctrl+c", "ctrl+q"])
@pytest.mark.parametrize("before", [[], ["enter"], ["enter", "c"], ["f6"], ["ctrl+p"]])
def test_the_picker_is_left_at_any_moment(key: str, before: list[str]) -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            await hand.press(*before, key)
            if key == "escape" and before and before != ["enter"]:
                assert hand.app.screen is hand.finder
                await hand.press("escape")
            assert hand.app._exit
        assert hand.app.return_code == 0

    run(story())


def test_leaving_while_an_answer_is_made_ends_the_thread() -> None:
    async def story() -> None:
        async with picking() as hand:
            answering: Answering = hand.finder._answering
            for letter in "violence":
                hand.app.post_message(events.Key(letter, letter))
            hand.app.post_message(events.Key("ctrl+c", None))
        for _turn in range(500):
            if not answering._thread.is_alive():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("the thread is still there")

    run(story())


@pytest.mark.parametrize("size", [(40, 12), (40, 20), (60, 24), (80, 24), (100, 30), (200, 60)])
def test_nothing_that_matters_is_cut_in_any_window(size: tuple[int, int]) -> None:
    async def story() -> None:
        async with picking("tele-accueil 107", size=size) as hand:
            seen = hand.seen()
            assert "107" in seen
            assert "open now" in seen
            assert "Esc leave" in seen
            assert max(map(len, seen.splitlines())) <= size[0]

    run(story())


def test_resizing_while_typing_keeps_words_choice_and_order() -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            await hand.press("down")
            for size in ((40, 20), (200, 60), (20, 8), (80, 24), (100, 30)):
                await hand.pilot.resize_terminal(*size)
                await hand.pilot.pause()
                assert hand.chosen == hand.ids[1]
            assert hand.finder.query_one(QuestionLine).value == "burnout namur"
            assert hand.finder.query_one(Facts).display

    run(story())


def test_the_facts_stand_beside_the_list_under_it_or_nowhere() -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            results, facts = hand.results, hand.finder.query_one(Facts)
            assert facts.region.x > results.region.x
            await hand.pilot.resize_terminal(80, 24)
            await hand.pilot.pause()
            assert facts.region.y > results.region.y
            await hand.pilot.resize_terminal(40, 16)
            await hand.pilot.pause()
            assert facts.region.height == 0

    run(story())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Rien de ce que vous écrivez n'est gardé."), ("nl", "Niets van wat u typt wordt bewaard."),
        ("de", "Nichts von dem, was Sie schreiben, wird aufbewahrt."), ("en", "Nothing that you type is kept."),
    ],
)  # fmt: skip
def test_the_picker_speaks_the_readers_language(language: str, sentence: str) -> None:
    locale.activate([], {"HT_LANG": language})

    async def story() -> None:
        async with picking() as hand:
            assert sentence in hand.seen()
            assert language == "en" or "leave" not in hand.seen()

    run(story())


@pytest.mark.parametrize("no_color", ["", "1"])
@pytest.mark.parametrize("theme", ["", "high-contrast", "textual-dark", "textual-light"])
@pytest.mark.parametrize("keys", [[], ["enter"], ["enter", "s"]], ids=["typing", "in the list", "in a dialog"])
def test_what_is_chosen_is_reversed_and_nothing_is_told_by_hue_alone(
    monkeypatch: pytest.MonkeyPatch, theme: str, no_color: str, keys: list[str]
) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", theme)
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)

    async def story() -> None:
        async with picking("burnout namur") as hand:
            await hand.press(*keys)
            await hand.pilot.pause(0.2)
            chosen = "English" if "s" in keys else hand.results.hits[0].resource.name[:20]
            segments = [segment for strip in hand.app.screen._compositor.render_strips(hand.app.size) for segment in strip]
            assert any(segment.style and segment.style.reverse and segment.text.startswith(chosen) for segment in segments)

    run(story())


def test_escape_names_what_is_on_the_tray_before_it_is_lost() -> None:
    async def story() -> None:
        async with picking("burnout") as hand:
            await hand.press("enter", "x", "escape")
            assert "On the tray still: 1." in hand.said()
            assert hand.app.is_running
            await hand.press("escape")
            await hand.until(lambda: not hand.app.is_running)

    run(story())


def test_a_tray_of_which_the_sheet_is_made_keeps_nobody_from_leaving() -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            await hand.press("enter", "x", "s", "enter")
            await hand.until(lambda: "made" in hand.said())
            await hand.press("escape")
            await hand.until(lambda: not hand.app.is_running)
            assert "On the tray still" not in hand.said()

    run(story())


def test_filters_and_tray_are_told_by_signs() -> None:
    async def story() -> None:
        async with picking("burnout namur") as hand:
            await hand.press("enter", "x", "f2")
            await hand.answered()
            assert "[x] open now" in hand.seen()
            assert "\n+ " in hand.seen()

    run(story())


def test_words_that_ask_for_now_set_the_box_as_its_key_does() -> None:
    async def story() -> None:
        async with picking("burnout namur open now") as hand:
            await hand.answered()
            assert "[x] open now" in hand.seen()
        async with picking("burnout namur") as hand:
            await hand.answered()
            assert "[ ] open now" in hand.seen()

    run(story())


def test_high_contrast_can_be_chosen_and_is_remembered_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", "high-contrast")

    async def story() -> None:
        async with picking("burnout namur") as hand:
            assert hand.app.theme == "high-contrast"
            assert "burn-out" in hand.seen()
            await hand.press("ctrl+p")
            await hand.pilot.pause(0.2)
            assert "colours" in hand.seen()
            assert "creenshot" not in hand.seen()

    run(story())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_part_of_a_word_finds_what_the_palette_offers_and_what_is_not_there_is_said(language: str) -> None:
    locale.activate([], {"HT_LANG": language})

    async def story() -> None:
        async with picking() as hand:
            await hand.press("ctrl+p", *"contra")
            await hand.until(lambda: locale.translate("other colours, high contrast among them") in hand.seen())
            await hand.press(*"xyz")
            await hand.until(lambda: locale.translate("nothing of this name") in hand.seen())
            assert "No matches" not in hand.seen()
            await hand.press(*["backspace"] * 3)
            await hand.until(lambda: locale.translate("other colours, high contrast among them") in hand.seen())
            await hand.press("down", "enter", *"contrast")
            await hand.until(lambda: "high-contrast" in hand.seen())
            await hand.press("down", "enter")
            await hand.until(lambda: hand.app.theme == "high-contrast")

    run(story())


@pytest.mark.parametrize("theme", ["", "high-contrast", "textual-dark", "textual-light"])
def test_without_colours_nothing_is_drawn_in_the_colour_it_stands_on(monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", theme)
    monkeypatch.setenv("NO_COLOR", "1")

    async def story() -> None:
        async with picking("il me frappe liege") as hand:
            for keys in ([], ["enter"], ["c"], ["escape", "ctrl+p"]):
                await hand.press(*keys)
                await hand.pilot.pause(0.2)
                styles = [segment.style for strip in hand.app.screen._compositor.render_strips(hand.app.size) for segment in strip]
                assert {colour.name for style in styles if style for colour in (style.color, style.bgcolor) if colour} == {"default"}

    run(story())


@pytest.mark.parametrize("size", [(40, 20), (40, 17), (60, 18), (80, 25), (100, 30)])
@pytest.mark.parametrize("keys", [["down", "down", "down", "f2"], ["end"], ["f2", "pagedown"]])
def test_the_list_begins_with_a_name(size: tuple[int, int], keys: list[str]) -> None:
    async def story() -> None:
        async with picking("burnout namur", size=size) as hand:
            await hand.press("enter", *keys)
            await hand.answered()
            await hand.pilot.pause(0.2)
            top = hand.seen().splitlines()[hand.results.region.y]
            assert any(top.startswith(hit.resource.name[:20]) for hit in hand.results.hits), hand.seen()

    run(story())


@pytest.mark.parametrize("size", [(40, 12), (40, 20), (80, 24), (100, 30)])
def test_danger_lines_stand_on_top_of_all_the_facts(size: tuple[int, int]) -> None:
    async def story() -> None:
        async with picking("je veux mourir liege", size=size) as hand:
            await hand.press("enter", "enter")
            await hand.until(lambda: isinstance(hand.finder.maximized, Facts))
            lines = hand.seen().splitlines()
            number = next(place for place, line in enumerate(lines) if line.startswith("▌ 112  "))
            name = next(place for place, line in enumerate(lines) if hand.results.hits[0].resource.name[:20] in line)
            assert number <= 1
            assert number < name
            await hand.press("escape")
            assert hand.seen().splitlines()[0].startswith("› je veux mourir")

    run(story())


@pytest.mark.parametrize("size", [(40, 10), (40, 12), (40, 20), (60, 18), (80, 24), (100, 30)])
@pytest.mark.parametrize(("words", "keys"), [("je veux mourir liege", ["f2"]), ("rouw gent nu open", [])])
def test_where_a_moment_is_asked_about_who_is_to_be_asked_is_told_in_each_row(
    size: tuple[int, int], words: str, keys: Sequence[str]
) -> None:
    async def story() -> None:
        async with picking(words, size=size) as hand:
            await hand.press(*keys)
            await hand.answered()
            await hand.pilot.pause(0.2)
            unknown = [number for number, hit in enumerate(hand.results.hits) if hours_unknown(hit)]
            assert unknown
            assert ("(" + str(len(unknown)) + " ?)" in hand.seen()) == (
                hand.finder.query_one(FilterLine).display and (not keys or size[1] > 12)
            )
            await hand.press("enter", *["down"] * unknown[0])
            await hand.pilot.pause(0.2)
            top, rows = hand.results.region.y, hand.seen().splitlines()
            row = next(
                place
                for place, line in enumerate(rows[top : top + hand.results.region.height], top)
                if line.startswith(hand.results.hits[unknown[0]].resource.name[:12])
            )
            height = 1 if hand.results._in_little_room else 3
            told = "\n".join(rows[row : row + height])
            assert " ?" in told or "hours unknown" in told or "ask whether" in told, hand.seen()

    run(story())


def test_a_filter_shows_its_results_from_the_first() -> None:
    async def story() -> None:
        async with picking("je veux mourir liege", size=(80, 24)) as hand:
            await hand.press("enter", *["down"] * 9)
            await hand.press("f2")
            await hand.answered()
            await hand.pilot.pause(0.2)
            assert hand.chosen == hand.ids[0]
            assert hand.results.scroll_offset.y == 0
            await hand.press("down", "x")
            assert hand.chosen == hand.ids[1]

    run(story())


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_what_a_key_does_stands_in_a_column_of_its_own(columns: int, language: str) -> None:
    async def story() -> None:
        locale.activate(["--locale", language], {})
        async with picking("burnout namur", size=(columns, 60)) as hand:
            await hand.press("f1")
            told = [line[2:] for line in hand.seen().splitlines() if line.startswith("│ ")]
            keys = told[: told.index(next(line for line in told if not line.strip(" │")))]
            assert len(keys) >= 15
            assert not [
                line
                for line in keys
                if line[:9].strip() not in ("", "↑ ↓", "/", "Tab", "F2 F3 F4", "F5", "F6", *"coxsemv", "Ctrl+P", "Esc")
            ]
            assert not [line for line in told if line.strip()[:1] in (";", ":", "?", "!", "»")]

    run(story())


def test_of_a_site_it_is_not_said_that_it_can_be_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)

    async def story() -> None:
        async with picking("burnout namur") as hand:
            await hand.press("enter")
            dialled = [bool(hit.resource.dialled) for hit in hand.results.hits if hit.resource.reachable]
            assert True in dialled
            assert False in dialled
            for number in (dialled.index(True), dialled.index(False)):
                hand.results.highlighted = next(
                    place
                    for place, hit in enumerate(hand.results.hits)
                    if hit.resource.reachable and bool(hit.resource.dialled) == dialled[number]
                )
                await hand.press("c")
                assert isinstance(hand.app.screen, NumberDialog)
                assert "Paste to see" in hand.seen()
                assert ("dial from here" in " ".join(hand.seen().split())) == dialled[number]
                await hand.press("escape")

    run(story())


@pytest.mark.parametrize("size", [(40, 10), (40, 20), (80, 24)])
@pytest.mark.parametrize("language", ["fr", "de"])
def test_the_keys_of_a_dialog_are_seen_in_any_window(size: tuple[int, int], language: str) -> None:
    async def story() -> None:
        locale.activate(["--locale", language], {})
        async with picking("burnout namur", size=size) as hand:
            for key in ("c", "s", "e", "v", "f6", "f1"):
                await hand.press(*(["enter"] if key == "c" else []), key)
                await hand.pilot.pause(0.1)
                assert hand.app.screen is not hand.finder
                keys = hand.app.screen.query_one("#keys")
                assert hand.app.screen.find_widget(keys).visible_region.height == keys.region.height, hand.seen()
                await hand.press("escape")

    run(story())


def test_hours_that_are_unknown_are_said_once() -> None:
    async def story() -> None:
        async with picking("burnout namur", size=(80, 24)) as hand:
            await hand.press("enter", "end")
            assert "hours unknown" not in "\n".join(hand.seen().splitlines()[: hand.finder.query_one(Facts).region.y])
            assert "No hours shown: not known, ask." in hand.seen()

    run(story())


def test_that_nobody_checked_is_said_once_and_of_one_that_was_its_row_says_so() -> None:
    async def story() -> None:
        async with picking("burnout namur", size=(80, 24)) as hand:
            assert hand.seen().count("none checked by a person") == 1
            first, *others = hand.reply.hits
            checked = first._replace(resource=first.resource._replace(checked_on="2026-11-02"))
            hand.finder.post_message(Answered(hand.reply._replace(hits=[checked, *others])))
            await hand.until(lambda: hand.results.hits[0] == checked)
            assert "checked 11/2026" in hand.seen().splitlines()[hand.results.region.y + 1]
            assert "none checked" not in hand.seen()
            assert "the others never checked by a person" in hand.seen()

    run(story())


def test_escape_goes_back_from_the_facts_and_the_foot_says_so() -> None:
    async def story() -> None:
        async with picking("burnout namur", size=(80, 24)) as hand:
            await hand.press("enter", "enter")
            await hand.until(lambda: hand.seen().endswith("Esc back"))
            await hand.press("escape")
            await hand.until(lambda: hand.seen().endswith("Esc leave"))

    run(story())


# a window without room

QUIET = "If somebody may be in danger: 112."
ALARM = "Are you in danger, or somebody else? Call:"
LINES = (("112  ambulance and fire brigade (fr/nl/de/en)", "112  ambulance and fire brigade"), ("101  police",), ("107  Somebody (fr)",))


@pytest.mark.parametrize("keys", [[], ["enter"], ["enter", "x"]])
@pytest.mark.parametrize(("danger", "to_call"), [("", ()), (QUIET, ()), (ALARM, LINES)], ids=["no danger", "a quiet word", "lines to call"])
@pytest.mark.parametrize(
    "size", [(30, 12), (30, 30), (40, 12), (40, 16), (40, 20), (60, 9), (60, 12), (60, 14), (60, 20), (80, 14), (80, 20)]
)
def test_a_window_without_room_shows_whom_to_call_and_the_first_results(
    size: tuple[int, int], danger: str, to_call: Sequence[Sequence[str]], keys: list[str]
) -> None:
    async def story() -> None:
        async with picking("burnout namur", size=size) as hand:
            hand.finder.post_message(Answered(hand.reply._replace(danger=danger, to_call=to_call)))
            await hand.until(lambda: hand.reply.danger == danger)
            await hand.press(*keys)
            await hand.pilot.pause(0.1)
            seen = hand.seen()
            least = 2 if hand.finder.has_class("-tiny") or hand.finder.has_class("-small") else 1
            for hit in hand.results.hits[:least]:
                assert hit.resource.name[:12] in seen, seen
            assert all(number in seen for number in ("112", "101", "107")[: len(to_call)] or ["112"] * bool(danger)), seen

    run(story())


def test_a_line_to_call_is_said_in_as_many_words_as_one_row_holds() -> None:
    async def story() -> None:
        async with picking("il me frappe liege", size=(120, 30)) as hand:
            for columns in (120, 80):
                await hand.pilot.resize_terminal(columns, 30)
                await hand.pilot.pause(0.2)
                beside = [line for line in hand.seen().splitlines() if line.startswith("▌ ")]
                assert len(beside) == 1 + len(hand.reply.to_call)
                for said, row in zip(hand.reply.to_call, beside[1:], strict=True):
                    assert row.removeprefix("▌ ").rstrip() == next(text for text in said if len(text) <= columns - 4)

    run(story())


@pytest.mark.parametrize("to_call", [(), LINES], ids=["no danger", "lines to call"])
@pytest.mark.parametrize("size", [(30, 12), (40, 10), (60, 9), (80, 8), (80, 10)])
def test_a_window_of_ten_rows_shows_how_to_leave_and_where_help_is(size: tuple[int, int], to_call: Sequence[Sequence[str]]) -> None:
    async def story() -> None:
        async with picking("burnout namur", size=size) as hand:
            danger = ALARM if to_call else ""
            hand.finder.post_message(Answered(hand.reply._replace(danger=danger, to_call=to_call)))
            await hand.until(lambda: hand.reply.danger == danger)
            await hand.pilot.pause(0.2)
            assert hand.seen().splitlines()[-1] == "F1 help  Esc leave"
            await hand.press("enter")
            await hand.until(lambda: hand.seen().splitlines()[-1] == "? help  Esc leave")
            await hand.pilot.resize_terminal(80, 30)
            await hand.until(lambda: "c number" in hand.seen())

    run(story())


@pytest.mark.parametrize("size", [(40, 16), (60, 12), (60, 14), (80, 14), (80, 24)])
def test_the_keys_stand_at_the_foot_in_no_more_lines_than_they_need(size: tuple[int, int]) -> None:
    async def story() -> None:
        async with picking(size=size) as hand:
            assert hand.seen().splitlines()[-1].endswith("Esc leave")
            assert "" not in hand.seen().splitlines()[: hand.finder.query_one("#body").region.y]

    run(story())


def test_a_window_that_grows_and_shrinks_shows_more_and_less() -> None:
    async def story() -> None:
        async with picking("burnout namur", size=(80, 24)) as hand:
            await hand.pilot.resize_terminal(30, 12)
            await hand.pilot.pause(0.2)
            assert "open now" not in hand.seen()
            assert [line[:12] for line in hand.seen().splitlines()[1:4]] == [hit.resource.name[:12] for hit in hand.results.hits[:3]]
            await hand.pilot.resize_terminal(80, 24)
            await hand.pilot.pause(0.2)
            assert "open now" in hand.seen()
            assert "Esc leave" in hand.seen()

    run(story())


@pytest.mark.parametrize("size", [(30, 12), (40, 16), (60, 14), (80, 24), (120, 30)])
def test_what_is_said_in_passing_covers_nothing_and_is_gone_at_the_next_key(size: tuple[int, int]) -> None:
    async def story() -> None:
        async with picking("burnout namur", size=size) as hand:
            await hand.press("enter", "o")
            await hand.until(lambda: "opened" in hand.seen())
            shown = hand.seen().splitlines()
            below = shown[shown.index("opened") + 1 :]
            assert not below or set(below[0]) == {"─"}
            assert shown[hand.results.region.y].startswith(hand.results.hits[0].resource.name[:12])
            await hand.press("down")
            await hand.pilot.pause(0.2)
            assert "opened" not in hand.seen()
            assert hand.chosen == hand.ids[1]

    run(story())


@pytest.mark.parametrize("size", [(30, 12), (40, 16), (60, 20)])
def test_what_is_said_in_passing_is_said_to_its_end(size: tuple[int, int]) -> None:
    class Refusing(Noted):
        def open_site(self, resource: Resource) -> list[str]:
            raise NotFoundError("no browser could be started; the site is https://www.example.be/")

    async def story() -> None:
        async with picking("burnout namur", size=size, deeds=Refusing()) as hand:
            await hand.press("enter", "o")
            await hand.until(lambda: "https://www.example.be/" in hand.seen())

    run(story())


def test_what_is_said_while_all_the_facts_are_shown_is_seen() -> None:
    async def story() -> None:
        async with picking("burnout namur", size=(80, 24)) as hand:
            await hand.press("enter", "enter", "o")
            await hand.until(lambda: "opened" in hand.seen())

    run(story())


@pytest.mark.parametrize(("words", "keys"), [("", []), ("qsdfqsdf wxcvwxcv", []), ("autisme bastogne", ["f3", "f4", "f5", "f5", "f5"])])
def test_whom_to_talk_to_is_said_by_a_number_and_by_no_command(words: str, keys: list[str]) -> None:
    async def story() -> None:
        async with picking(words) as hand:
            await hand.press(*keys)
            await hand.answered()
            assert not hand.ids
            seen = " ".join(hand.seen().split())
            assert re.search(r"In danger: 112. Somebody to talk to, now: \d+", seen)
            assert "ht " not in seen

    run(story())


def test_words_of_which_nothing_is_understood_are_said_back() -> None:
    async def story() -> None:
        async with picking("qsdfqsdf wxcvwxcv") as hand:
            assert "nothing understood in “qsdfqsdf wxcvwxcv”" in hand.seen()

    run(story())


def test_what_may_be_meant_is_chosen_and_searched_for_and_nothing_denies_it() -> None:
    async def story() -> None:
        async with picking("perdu") as hand:
            assert "nothing understood" not in hand.seen()
            assert hand.seen().count("Is it about ") == 1
            likeliest, second = hand.reply.readings
            await hand.press("enter", "down")
            assert hand.finder.query_one(Readings).has_focus
            await hand.press("enter")
            await hand.answered()
            assert hand.finder.query_one(QuestionLine).value == second != likeliest
            assert hand.finder.query_one(QuestionLine).has_focus
            assert hand.ids
            assert hand.reply.readings == ()
            assert not hand.finder.query_one(Readings).display

    run(story())


def test_an_arrow_leads_from_the_words_to_what_may_be_meant() -> None:
    async def story() -> None:
        async with picking("perdu", size=(40, 12)) as hand:
            assert all(reading in hand.seen() for reading in hand.reply.readings)
            await hand.press("down", "enter")
            await hand.answered()
            assert hand.ids

    run(story())


@pytest.mark.parametrize("seconds", [0.0, 0.3])
def test_keys_that_are_typed_before_the_answer_are_for_the_results(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(question: Question, number: int, lexicon: Lexicon, words: Words) -> Reply:
        time.sleep(seconds)
        return reply_to(question, number, lexicon, words)

    async def story() -> None:
        async with picking() as hand:
            monkeypatch.setattr("ht_cli.browse.answering.reply_to", slowly)
            for key in (*"alcool", "space", *"mons", "enter", "down", "c"):
                hand.app.post_message(events.Key(key, " " if key == "space" else key if len(key) == 1 else None))
            await hand.until(lambda: isinstance(hand.app.screen, NumberDialog))
            assert hand.finder.query_one(QuestionLine).value == "alcool mons"
            assert hand.results.highlighted == 1

    run(story())


def test_keys_after_an_enter_that_finds_nothing_are_words_again() -> None:
    async def story() -> None:
        async with picking() as hand:
            for key in (*"qsdf", "enter", *"qsdf", "enter", "x"):
                hand.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await hand.until(lambda: hand.finder.query_one(QuestionLine).value == "qsdfqsdfx")
            await hand.answered()

    run(story())


def test_escape_leaves_though_an_answer_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        async with picking() as hand:
            monkeypatch.setattr(Answering, "ask", lambda *_question: 1_000)
            await hand.press(*"mons", "enter", "c", "escape")
            assert not hand.app.is_running

    run(story())


def test_a_fault_of_ours_prints_nothing_that_was_typed() -> None:
    async def story() -> None:
        async with picking(WORDS) as hand:
            typed = hand.finder.query_one(QuestionLine).value
            try:
                raise ZeroDivisionError
            except ZeroDivisionError:
                hand.app._fatal_error()
            (segments,) = hand.app._exit_renderables
            printed = "".join(segment.text for segment in segments.segments)  # type: ignore[union-attr]
            assert "ZeroDivisionError" in printed
            assert typed == WORDS
            assert WORDS not in printed
            hand.app._exit_renderables.clear()

    run(story())
