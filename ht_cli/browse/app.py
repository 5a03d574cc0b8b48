"""The picker itself: one screen on which help appears while one types, and what its keys do.

Nothing is kept: no history, no file, no setting; the screen it is drawn on is cleared when it is left.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual import on
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding
from textual.command import CommandPalette
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Event, Key, MouseDown, Resize
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input, OptionList, Static

from ht_cli.browse.answering import Answering, Reply
from ht_cli.browse.deeds import Deeds
from ht_cli.browse.dialogs import AgeDialog, CheckDialog, FileDialog, NumberDialog, OrderDialog, PageDialog, SheetDialog, SheetOrder
from ht_cli.browse.echo import turn_on
from ht_cli.browse.palette import Commands, Themes
from ht_cli.browse.question import MORE, Filters, Question
from ht_cli.browse.rows import hours_unknown, number_of
from ht_cli.browse.widgets import DangerBlock, Facts, FilterLine, KeyLine, QuestionLine, Readings, Results, Sentences, Wrapped
from ht_cli.errors import HtError
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import Hit
from ht_cli.search.hours_asked import NOW
from ht_cli.wording import checked_when

TRAY = 5  # resources that one sheet holds
WIDE, HIGH = 90, 24  # columns from which the facts stand beside the list, rows from which they stand under it
# By columns: with fewer rows, what stands around the list would leave none for it, and with fewer than the second not even without sentences.
LEAST_ROWS = ((60, 14, 11), (40, 20, 12), (0, 28, 22))
ROWS_OF_LINES, ROWS_OF_QUIET_WORD = (10, 4), (4, 4)  # by which each of both is more while lines to call are listed, or said in a sentence
AT_ONCE = ("escape", "ctrl+c", "ctrl+q", "ctrl+z")  # keys that wait for nothing
LEAST_FOR_KEYS = 8  # rows: with fewer, the lines to call and a result come before the keys
COLOURLESS = NoColor()
OWN_COLOURS = "ansi-dark"  # those of the reader's terminal, light or dark, and its own high contrast
HIGH_CONTRAST = Theme(
    "high-contrast", primary="#ffff00", secondary="#00ffff", accent="#ffff00", foreground="#ffffff", background="#000000",
    surface="#000000", panel="#000000", warning="#ffff00", error="#ffff00", success="#00ff00", text_alpha=1.0,
)  # fmt: skip


class Answered(Message):
    """A reply has come from the thread that answers."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


class Finder(Screen[None]):
    """The line, the filters, what was understood, the danger, the results and the facts of the chosen one."""

    AUTO_FOCUS = "#line"
    ALLOW_IN_MAXIMIZED_VIEW = "DangerBlock, KeyLine, #notice"
    BINDINGS: ClassVar = [
        Binding("c", "copy", _help("number")),
        Binding("o", "open_site", _help("site")),
        Binding("s", "sheet", _help("sheet")),
        Binding("e", "export", _help("export")),
        Binding("m", "map", _help("map")),
        Binding("v", "check", _help("check")),
        Binding("x", "tray", _help("tray")),
        Binding("slash", "type", _help("words"), key_display="/"),
        Binding("f1", "explain", _help("help"), key_display="F1"),
        Binding("question_mark", "explain", _help("help"), key_display="?"),
        Binding("f2", "switch('open_now')", show=False),
        Binding("f3", "switch('online')", show=False),
        Binding("f4", "switch('free')", show=False),
        Binding("f5", "next_language", show=False),
        Binding("f6", "age", show=False),
        Binding("escape", "leave", _help("leave"), key_display="Esc"),
    ]
    OF_ONE = ("copy", "open_site", "sheet", "check", "tray")  # what needs a chosen result

    def __init__(self, deeds: Deeds, words: str, catalogue: str | None) -> None:
        """Begin with these words in the line."""
        super().__init__()
        self._deeds = deeds
        self._first_words = words
        self._answering = Answering(self._tell, catalogue)
        self._filters = Filters()
        self._reply = Reply(Question(), 0)
        self._tray: dict[str, str] = {}
        self._told_of_tray = False
        self._asked = 0  # the number of the newest question
        self._goes_on = False  # to the results, as soon as there are those of the newest question

    def compose(self) -> ComposeResult:
        """Lay out the screen, from the line down."""
        with Horizontal(id="ask"):
            yield Static("› ", id="prompt")
            yield QuestionLine(
                self._first_words, placeholder=_("What is it about, and where?"), id="line", compact=True, select_on_focus=False
            )
        yield FilterLine(id="filters")
        yield Sentences(id="understood")
        yield DangerBlock()
        with Container(id="body"):
            with VerticalScroll(id="instead"):
                yield Static(markup=False)
                yield Readings()
            yield Results()
            yield Facts()
        yield Sentences(id="status")
        yield Sentences(id="notice")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to answer."""
        self._answering.start()
        self._show(self._reply)
        self._ask()

    def on_unmount(self) -> None:
        """Stop answering."""
        self._answering.close()

    @property
    def picker(self) -> "Picker":
        """The application whose screen it is."""
        assert isinstance(self.app, Picker)
        return self.app

    @property
    def _results(self) -> Results:
        return self.query_one(Results)

    @property
    def _chosen(self) -> Hit | None:
        return self._results.chosen

    # asking and answering

    def _tell(self, reply: Reply) -> None:
        """Take a reply over from the thread that answers."""
        self.post_message(Answered(reply))

    @on(Input.Changed, "#line")
    def _ask(self) -> None:
        self._asked = self._answering.ask(Question(self.query_one(QuestionLine).value, self._filters))

    def _ask_for_more(self) -> None:
        """Ask for what follows, at the end of a list that is not all."""
        if self._reply.more and self._reply.question.most < MORE and self._results.highlighted == len(self._results.hits) - 1:
            self._answering.ask(self._reply.question._replace(most=MORE))

    @on(Answered)
    def _take(self, event: Answered) -> None:
        """Show a reply, unless a newer one is shown already."""
        if event.reply.number >= self._reply.number:
            self._show(event.reply)
        if self._goes_on:
            self._go_to_results()

    def _show(self, reply: Reply) -> None:
        keep = reply.question._replace(most=0) == self._reply.question._replace(most=0)
        self._reply = reply
        self._show_filters()
        self.query_one("#understood", Sentences).show(reply.understood)
        self.query_one(DangerBlock).show(reply.danger, reply.to_call)
        self.query_one("#body").set_class(not reply.hits, "-empty")
        self.query_one("#instead Static", Static).update(Wrapped(*(reply.problem or _welcome(reply.talk))))
        self.query_one(Readings).show(reply.readings)
        self._make_room(self.size)
        self._show_results(keep=keep)
        self._show_chosen()
        self._show_status()
        self.refresh_bindings()

    def _show_filters(self) -> None:
        to_be_asked = sum(map(hours_unknown, self._reply.hits)) if self._reply.wishes.open_at else 0
        as_asked = self._filters._replace(open_now=self._filters.open_now or self._reply.query.open_at == NOW)
        self.query_one(FilterLine).show(as_asked, self._reply.words, to_be_asked)

    def _show_results(self, *, keep: bool) -> None:
        reply = self._reply
        self._results.show(reply.hits, reply.words, self._tray, keep=keep, by_the_hour=reply.wishes.open_at is not None)

    def _show_status(self) -> None:
        reply = self._reply
        count = _n("{count} result", "{count} results", len(reply.hits)).format(count=len(reply.hits)) if reply.hits else ""
        more = _("the best {count}").format(count=len(reply.hits)) if reply.more else count
        tray = _("tray {count}/{most}: s makes one sheet").format(count=len(self._tray), most=TRAY) if self._tray else ""
        silent = not reply.wishes.open_at and any(hours_unknown(hit) for hit in reply.hits)
        hours = _("No hours shown: not known, ask.") if silent else ""
        self.query_one("#status", Sentences).show([said for said in (tray, more, _unchecked(reply.hits), hours, *reply.remarks) if said])

    @on(OptionList.OptionHighlighted, "#results")
    def _show_chosen(self) -> None:
        self.query_one(Facts).show(self._chosen, self._reply.words)
        self._ask_for_more()

    @on(OptionList.OptionSelected, "#results")
    def _enlarge(self) -> None:
        facts = self.query_one(Facts)
        facts.focus()
        self.maximize(facts, container=False)

    @on(OptionList.OptionSelected, "#readings")
    def _search_for_reading(self, event: OptionList.OptionSelected) -> None:
        """Search for what is meant, in place of the words that did not say it."""
        line = self.query_one(QuestionLine)
        line.value = self._reply.readings[event.option_index]
        line.cursor_position = len(line.value)
        self.set_focus(line)

    @on(Input.Submitted, "#line")
    def _go_to_results(self) -> None:
        """Go to the results, once these words are answered."""
        if self._reply.number < self._asked and self._answering.works:
            self._goes_on = True
            return
        self._goes_on = False
        if self._reply.hits:
            self.set_focus(self._results)
        elif self._reply.readings:
            self.set_focus(self.query_one(Readings))
        self.picker.type_what_waits()

    # what the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show what needs a result only where there is one."""
        if action in self.OF_ONE:
            return self._chosen is not None
        return bool(self._reply.hits) if action == "export" else True

    def action_move(self, rows: int) -> None:
        """Choose another result while the words stay where they are."""
        if self._results.hits:
            last = len(self._results.hits) - 1
            self._results.highlighted = min(max((self._results.highlighted or 0) + rows, 0), last)
        elif self._reply.readings:
            self.set_focus(self.query_one(Readings))

    def action_type(self) -> None:
        """Go back to the words."""
        if self.maximized:
            self.minimize()
        self.query_one(QuestionLine).focus()

    def minimize(self) -> None:
        """Go back from the facts that fill the screen to the list."""
        super().minimize()
        self._results.focus()

    async def action_leave(self) -> None:
        """Leave the picker; what is on the tray is named before it is lost."""
        if self._tray and not self._told_of_tray:
            self._told_of_tray = True
            self._say([_("On the tray still: {count}. s makes one sheet of it, Esc once more leaves.").format(count=len(self._tray))])
        else:
            await self.app.action_quit()

    def action_switch(self, name: str) -> None:
        """Set a filter, or take it off."""
        self._set(self._filters.switched(name))

    def action_next_language(self) -> None:
        """Ask for help in the next of the languages, or in any."""
        self._set(self._filters.with_next_language())

    def action_age(self) -> None:
        """Ask for the age."""

        def take(age: str | None) -> None:
            if age is not None:
                self._set(self._filters._replace(age=int(age) if age else None))

        self.app.push_screen(AgeDialog(self._filters.age), take)

    def _set(self, filters: Filters) -> None:
        self._filters = filters
        self._show_filters()
        self._ask()

    def action_copy(self) -> None:
        """Show the number large, and send it to the clipboard."""
        if hit := self._chosen:
            if number_of(hit.resource):
                self.app.push_screen(NumberDialog(hit.resource))
            else:  # a street alone is nothing to copy
                self._say([_("no number known")])

    def action_open_site(self) -> None:
        """Open the site."""
        if hit := self._chosen:
            self._do(partial(self._deeds.open_site, hit.resource))

    def action_tray(self) -> None:
        """Put the chosen result on the tray, or take it off."""
        hit = self._chosen
        if hit is None:
            return
        if self._tray.pop(hit.resource.id, None) is None:
            if len(self._tray) == TRAY:
                self._say([_("The tray is full: one sheet holds {most}.").format(most=TRAY)])
                return
            self._tray[hit.resource.id] = hit.resource.name
        self._told_of_tray = False
        self._show_results(keep=True)
        self._show_status()

    def action_sheet(self) -> None:
        """Make one sheet of what is on the tray, else of the chosen result."""
        hit = self._chosen
        wanted = dict(self._tray) or ({hit.resource.id: hit.resource.name} if hit else {})

        def make(order: SheetOrder) -> None:
            def making() -> list[str]:
                said = self._deeds.make_sheet(list(wanted), order.language, order.path)
                self._told_of_tray = True  # what is on a sheet is not lost with the tray
                return said

            self._do(making, asked_in=dialog)

        if wanted:
            dialog = SheetDialog(list(wanted.values()), languages()[0], self._reply.words, make)
            self.app.push_screen(dialog)

    def action_export(self) -> None:
        """Export what the search finds."""
        reply = self._reply

        def export(path: Path) -> None:
            self._do(partial(self._deeds.export, reply.query.text, reply.wishes, path), asked_in=dialog)

        dialog = FileDialog(export)
        self.app.push_screen(dialog)

    def action_check(self) -> None:
        """Record that a person checked the chosen result."""
        hit = self._chosen
        if hit is None:
            return

        def take(how: str | None) -> None:
            if how is not None:
                self._do(partial(self._deeds.record_check, hit.resource.id, how), changing=True)

        self.app.push_screen(CheckDialog(hit.resource.name), take)

    def action_map(self) -> None:
        """Show the map of the place asked about, else of the town of the chosen result."""
        towns = self._chosen.resource.public_addresses if self._chosen else ()
        place = self._reply.place or next((f"{town.postcode} {town.locality}".strip() for town in towns), "")
        if not place:
            self._say([_("No place yet: type a town to see its map.")])
            return

        def draw() -> list[str]:
            drawn = self._deeds.draw_map(place, self.app.size.width - 6)
            page = PageDialog(Content.from_rich_text(Text.from_ansi(drawn)))
            self.app.call_from_thread(self.app.push_screen, page)
            return []

        self._do(draw)

    def action_explain(self) -> None:
        """Show the keys and what they do."""
        self.app.push_screen(PageDialog(_explanation()))

    def _do(self, deed: Callable[[], list[str]], *, changing: bool = False, asked_in: OrderDialog[Any] | None = None) -> None:
        """Do something beside the screen, and say what came of it.

        `changing` says that the catalogue is another one then. The dialog it was `asked_in` is closed once it is done, and
        says itself why it cannot be.
        """

        async def doing() -> None:
            try:
                said = await asyncio.to_thread(deed)
            except HtError as error:
                if asked_in and asked_in.is_current:
                    asked_in.refuse(str(error))
                else:
                    self._say([str(error)])
                return
            if asked_in and asked_in.is_current:
                asked_in.dismiss()
            self._say(said)
            if changing:
                self._answering.reopen()
                self._ask()

        self.run_worker(doing())

    def _say(self, lines: list[str]) -> None:
        """Say something in passing, above the keys: it covers nothing, and is gone at the next key. Without room it takes their place."""
        self.query_one("#notice", Sentences).show(lines)
        self.set_class(bool(lines), "-saying")

    def say_no_more(self) -> None:
        """Take away what was said in passing, for who goes on; what a dialog hides has not been read yet."""
        if self.is_current:
            self._say([])

    def on_resize(self, event: Resize) -> None:
        """Make do with the new size."""
        self._make_room(event.size)

    def _make_room(self, window: Size) -> None:
        """In a window that has no room for more, show the words, the danger, a line for each result and how to leave; in a larger one filters and keys too."""
        usual, least = next(bounds for columns, *bounds in LEAST_ROWS if window.width >= columns)
        if self._reply.danger:
            more, at_least_more = ROWS_OF_LINES if self._reply.to_call else ROWS_OF_QUIET_WORD
            usual, least = usual + more, least + at_least_more
        self.set_class(window.height < least, "-tiny")
        self.set_class(window.height < LEAST_FOR_KEYS, "-bare")
        self.set_class(least <= window.height < usual, "-small")
        self.query_one(KeyLine).show_anew()


def _unchecked(hits: Sequence[Hit]) -> str:
    """Say that no person has checked any of the results, or none of those whose row says nothing of it."""
    unchecked = [hit for hit in hits if not checked_when(hit.resource)]
    if not unchecked:
        return ""
    return _("none checked by a person") if len(unchecked) == len(hits) else _("the others never checked by a person")


def _welcome(talk: str) -> list[str]:
    return [
        _("Type what it is about and where, in your own words: burnout namur."),
        _("Nothing that you type is kept."),
        talk or _("In danger: 112."),
    ]


def _explanation() -> RenderableType:
    """Give the page of help: what a key does stands in a column of its own, however narrow the window."""
    keys = [
        ("↑ ↓", _("choose a result; Enter shows all its facts")),
        ("/", _("go back to the words, from anywhere")),
        ("Tab", _("go from the words to the results, and to the facts")),
        ("F2 F3 F4", _("only who answers now, help online, free help; once more: all")),
        ("F5", _("only help in French, Dutch, German, English; then any")),
        ("F6", _("only help for somebody of this age")),
        ("c", _("show the number large, and send it to the clipboard")),
        ("o", _("open the site in the browser")),
        ("x", _("put it on the tray, or take it off; five go on one sheet")),
        ("s", _("make the sheet for a client, in the language of the client")),
        ("e", _("export all that this search finds")),
        ("m", _("draw the map of the place")),
        ("v", _("record that you checked the facts today")),
        ("Ctrl+P", _("other colours, high contrast among them")),
        ("Esc", _("leave")),
    ]
    notes = [
        _("A “?” before a number: its hours are not known, ask."),
        _("Every key can be clicked at the foot of the window."),
        _("Nothing that you type is kept: no history, no file, and the screen is cleared when you leave."),
        _("A screen reader is better served by lines: ht find, with HT_ACCESSIBLE=1."),
    ]
    return Group(Wrapped(*(said for _key, said in keys), leads=[f"{key}  " for key, _said in keys]), "", Wrapped(*notes))


class Picker(App[None]):
    """The application: one screen, and how it begins and ends."""

    CSS_PATH = "picker.tcss"
    TITLE = "ht"
    COMMANDS: ClassVar = {Commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 — as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar = [
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False),
    ]

    def __init__(self, deeds: Deeds, words: str = "", catalogue: str | None = None) -> None:
        """Begin with these words, reading this catalogue, else the chosen one."""
        super().__init__()
        self._finder = Finder(deeds, words, catalogue)
        self._stands = self._leaving = False
        self._waiting: list[Key] | None = None  # keys after an Enter that is not done yet; None where nothing waits
        self.register_theme(HIGH_CONTRAST)
        asked = os.environ.get("TEXTUAL_THEME", "")
        self.theme = asked if asked in self.available_themes else OWN_COLOURS

    async def on_event(self, event: Event) -> None:
        """Take away what was said in passing at each key and click, before anything is done by it."""
        if isinstance(event, (Key, MouseDown)) and self._stands:
            self._finder.say_no_more()
        if isinstance(event, Key) and not event.is_forwarded and self._waits(event):
            return
        await super().on_event(event)

    def _waits(self, key: Key) -> bool:
        """Keep a key that was typed right after an Enter until the results are there: it is meant for them, and no letter of the words."""
        if self._waiting is not None and key.key not in AT_ONCE:
            self._waiting.append(key)
            return True
        if key.key in ("enter", "ctrl+j") and isinstance(self.focused, QuestionLine):
            self._waiting = []
        return False

    def type_what_waits(self) -> None:
        """Press the keys that were kept, in their order."""
        waiting, self._waiting = self._waiting or [], None
        for key in waiting:
            self.post_message(key)

    def on_load(self) -> None:
        """A process that is told to end, from before it takes the screen, leaves the terminal as it was."""
        if sys.platform != "win32":
            for told in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(told, self.leave)
        turn_on()  # the next moment the screen is taken, and with it the echo, as Textual gives it back when it is left

    async def on_mount(self) -> None:
        """Open the screen."""
        await self.push_screen(self._finder)
        self._stands = True
        if self._leaving:
            self.exit()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Give what is done to each line before it is drawn; where no colours are wanted, whatever the theme, all of them are taken out.

        Textual would turn them into greys, and a terminal's own foreground and background into black both.
        """
        filters = super().get_line_filters()
        return [*(one for one in filters if not isinstance(one, Monochrome)), COLOURLESS] if self.no_color else filters

    def leave(self) -> None:
        """Leave, and not before the screen stands: Textual cannot take it away while it is put up."""
        self._leaving = True
        if self._stands:
            self.exit()

    async def action_quit(self) -> None:
        """Leave by Ctrl-C, which may be pressed at any moment."""
        self.leave()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Give what the command palette offers: nothing that would leave a file."""
        yield SystemCommand(_("colours"), _("other colours, high contrast among them"), self.action_change_theme)
        yield SystemCommand(_("leave"), "", self.exit)

    def action_command_palette(self) -> None:
        """Open the command palette, in the reader's language."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            self.push_screen(CommandPalette(placeholder=_("Search …"), id="--command-palette"))

    def action_change_theme(self) -> None:
        """Offer the themes, in the reader's language."""
        self.push_screen(CommandPalette(providers=[Themes], placeholder=_("Search …")))

    def _fatal_error(self) -> None:
        """End after a fault of ours; Textual would print the variables too, and what was typed among them."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        self._exit_renderables.append(Segments(self.console.render(Traceback(show_locals=False), self.console.options)))
        self._close_messages_no_wait()


def run(deeds: Deeds, words: str, catalogue: str | None) -> int:
    """Run the picker until it is left, and give the exit code of the process."""
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # an empty one asks for nothing, and Textual takes it for a wish
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # ignored, a closed terminal would leave a process that reads for ever
    picker = Picker(deeds, words, catalogue)
    picker.run()
    return picker.return_code or 0
