"""The parts of the picker's screen: filters, danger, results, facts, and the keys at the foot."""

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.style import Style as RichStyle
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.renderables.digits import Digits as DigitsRenderable
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Digits, Input, OptionList, Static
from textual.widgets.option_list import Option

from ht_cli.browse.question import Filters
from ht_cli.browse.rows import row_height, row_lines
from ht_cli.cleaning import clean
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import Hit
from ht_cli.output.answers import that_fits
from ht_cli.output.records import card
from ht_cli.output.terminal import gathering, wrapped
from ht_cli.wording import Words

COLUMNS_BESIDE = 4  # of the lines to call: their border, and what the window needs to scroll them
LEAST = 20  # columns for which a card is laid out at least
REVERSED = RichStyle(reverse=True)
GAP = 2  # columns between two short texts
ROWS_OF_DIGITS = 3
IN_ONE_LINE = ("explain", "leave")  # the keys that stand at the foot of a window without room: the first tells the others


class Wrapped:
    """Texts that are broken into lines where they are shown, as ht breaks every text: no line begins with the mark that ends a sentence.

    Each may be led in by something, a key, beside which it stands in a column of its own.
    """

    def __init__(self, *texts: str, leads: Sequence[str] = (), style: str = "") -> None:
        """Show these texts, one under the other."""
        self._texts = [(lead, clean(text)) for lead, text in zip_longest(leads, texts, fillvalue="")]
        self._indent = max(map(len, leads), default=0)
        self._style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Give the lines."""
        for lead, text in self._texts:
            first, *others = wrapped(text, max(options.max_width - self._indent, 1)) or [""]
            yield Text.assemble((lead.ljust(self._indent), "bold"), (first, self._style))
            yield from (Text(" " * self._indent + line, self._style) for line in others)


class QuestionLine(Input):
    """The line to type in; the arrows choose among the results meanwhile."""

    BINDINGS: ClassVar = [
        Binding("down", "screen.move(1)", _help("choose"), key_display="↑↓"),
        Binding("up", "screen.move(-1)", show=False),
        Binding("pagedown", "screen.move(5)", show=False),
        Binding("pageup", "screen.move(-5)", show=False),
        Binding("enter", "submit", _help("results"), key_display="↵"),
        Binding("ctrl+j", "submit", show=False),  # an Enter that was typed before the terminal was ours
    ]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say that a slash is a character like others, which Textual does not know of the key called so."""
        return key == "slash" or super().check_consume_key(key, character)


class Items(Widget):
    """A few short texts beside one another, each of which does what a key does when it is clicked; none is broken."""

    _items: Sequence[Content] = ()

    def show_items(self, items: Sequence[Content]) -> None:
        """Show these, on as many lines as they need; what stands there already is not drawn again."""
        if items != self._items:
            self._items = items
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give how many lines they need in so many columns, which are not known before the screen is laid out."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw them."""
        return Content("\n").join(Content(" " * GAP).join(line) for line in self._lines(self.content_size.width))

    def _lines(self, columns: int) -> list[list[Content]]:
        lines: list[list[Content]] = [[]]
        room = columns
        for item in self._items:
            if lines[-1] and item.cell_length + GAP > room:
                lines.append([])
                room = columns
            lines[-1].append(item)
            room -= item.cell_length + GAP * (len(lines[-1]) > 1)
        return lines


def _item(key: str, shown: str, said: str, *, bold: bool = False) -> Content:
    """Give a key and what it does."""
    item = Content.assemble((shown, "reverse"), " ", (clean(said), "bold" if bold else ""))
    return item.stylize(Style.from_meta({"@click": f"app.simulate_key('{key}')"}))


class FilterLine(Items):
    """The filters as they are set, each with its key."""

    def show(self, filters: Filters, words: Words, to_be_asked: int = 0) -> None:
        """Show how the filters are set, and of how many results that are not closed the hours are unknown."""
        language = words.term("languages", filters.language) if filters.language else _("any language")
        age = _("any age") if filters.age is None else _("age {age}").format(age=filters.age)
        shown = [
            ("f2", filters.open_now, f"{_('open now')} ({to_be_asked} ?)" if filters.open_now and to_be_asked else _("open now")), ("f3", filters.online, _("online")), ("f4", filters.free, _("free")),
            ("f5", bool(filters.language), language), ("f6", filters.age is not None, age),
        ]  # fmt: skip
        self.show_items([_item(key, key.upper(), f"{'[x]' if on else '[ ]'} {said}", bold=on) for key, on, said in shown])


class KeyLine(Items):
    """The keys that do something where the focus is."""

    def on_mount(self) -> None:
        """Follow what has the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._show)
        self._show(self.screen)

    def _show(self, screen: Screen[object]) -> None:
        bindings = {active.binding.action: active.binding for active in screen.active_bindings.values() if active.binding.show}
        kept = [binding for action, binding in bindings.items() if action in IN_ONE_LINE or not screen.has_class("-tiny")]
        goes_back = screen.maximized is not None  # Esc takes the facts off the screen, before it leaves
        said = {"leave": _("back")} if goes_back else {}
        self.show_items([_item(b.key, self.app.get_key_display(b), said.get(b.action) or _(b.description)) for b in kept])

    def show_anew(self) -> None:
        """Show the keys for which the screen has room now."""
        self._show(self.screen)


class Sentences(Static):
    """A few sentences on as many lines as they need; no room is taken without any."""

    _said: Sequence[str] = ()

    def show(self, sentences: Sequence[str]) -> None:
        """Show these."""
        if sentences != self._said:
            self._said = sentences
            self.set_class(bool(sentences), "-said")
            self.update(Wrapped(" · ".join(sentences)))


class DangerBlock(VerticalScroll):
    """The lines to call, each with its number first, as long as the words speak of danger."""

    _said = ""
    _to_call: Sequence[Sequence[str]] = ()

    def compose(self) -> ComposeResult:
        """Make room for the heading, which a window without room leaves out above numbers, and for the lines."""
        yield Static(id="heading")
        yield Static(id="numbers")

    def show(self, said: str, to_call: Sequence[Sequence[str]]) -> None:
        """Show what is said of danger, nothing at all without any; `to_call` are the lines to call, each in fewer and fewer words."""
        if (said, to_call) == (self._said, self._to_call):
            return
        self._said, self._to_call = said, to_call
        self.display = bool(said)
        self.query_one("#heading", Static).update(Wrapped(clean(said), style="bold"))
        self._show_numbers()
        self.set_class(bool(to_call), "-numbered")

    def on_resize(self) -> None:
        """Say as much of each line as the window has room for by now."""
        self._show_numbers()

    def _show_numbers(self) -> None:
        columns = self.app.size.width - COLUMNS_BESIDE
        fitting = [_with_bold_number(clean(that_fits(said, columns))) for said in self._to_call]
        self.query_one("#numbers", Static).update(Content("\n").join(fitting))


def _with_bold_number(line: str) -> Content:
    number, gap, rest = line.strip().partition("  ")
    return Content.assemble((number, "bold"), gap, rest)


class Choices(OptionList):
    """A list to choose from; what is chosen is reversed, in whatever colours the terminal has, none among them."""

    def __init__(self, *options: str | Option, id: str | None = None) -> None:
        """Begin with these."""
        super().__init__(*options, id=id, markup=False, compact=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        strip = super().render_line(y)
        style = next((segment.style for segment in strip if segment.style), None)
        chosen = style is not None and self.highlighted is not None and style.meta.get("option") == self.highlighted
        return strip.apply_style(REVERSED) if chosen else strip


class Readings(Choices):
    """What may be meant by words of which nothing is sure: the one that is chosen is searched for."""

    BINDINGS: ClassVar = [
        Binding("down", "cursor_down", _help("choose"), key_display="↑↓"),
        Binding("enter", "select", _help("search"), key_display="↵"),
    ]

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(id="readings")
        self.readings: Sequence[str] = ()

    def show(self, readings: Sequence[str]) -> None:
        """Show these, the first one chosen."""
        self.display = bool(readings)
        if readings != self.readings:
            self.readings = readings
            self.set_options([Option(clean(reading)) for reading in readings])
            self.highlighted = 0 if readings else None


class LargeNumber(Digits):
    """A number in large digits, on as many lines as its groups need: a part of it would be another number. In a window without room, in plain ones."""

    HIGHEST = 2 / 5  # of the window

    def update(self, value: str) -> None:
        """Show another number."""
        super().update(value)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give how many lines it takes in so many columns."""
        return ROWS_OF_DIGITS * len(self._groups(width)) or 1

    def render(self) -> RenderableType:
        """Draw it."""
        groups = self._groups(self.content_size.width)
        return Group(*(DigitsRenderable(group, self.rich_style) for group in groups)) if groups else Text(self.value, self.rich_style)

    def _groups(self, columns: int) -> list[str]:
        """Break the number between its groups into lines of large digits; nothing where they have no room."""
        lines: list[str] = []
        for group in self.value.split():
            if lines and DigitsRenderable.get_width(longer := f"{lines[-1]} {group}") <= columns:
                lines[-1] = longer
            else:
                lines.append(group)
        high = ROWS_OF_DIGITS * len(lines) > self.app.size.height * self.HIGHEST
        return [] if high or any(DigitsRenderable.get_width(line) > columns for line in lines) else lines


class Results(Choices):
    """The results, two or three lines each, read with the arrow keys."""

    BINDINGS: ClassVar = [
        Binding("down", "cursor_down", _help("choose"), key_display="↑↓"),
        Binding("enter", "select", _help("all facts"), key_display="↵"),
    ]

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(id="results")
        self.hits: Sequence[Hit] = ()
        self._words = Words()
        self._tray: Collection[str] = ()
        self._by_the_hour = False

    @property
    def chosen(self) -> Hit | None:
        """The result that is chosen."""
        return self.hits[self.highlighted] if self.hits and self.highlighted is not None else None

    def show(self, hits: Sequence[Hit], words: Words, tray: Collection[str], *, keep: bool, by_the_hour: bool = False) -> None:
        """Show results, the first one chosen; where `keep`, the one that was, if it is still there.

        `by_the_hour` says that they are those of a moment: each tells whether it answers then, or is to be asked.
        """
        chosen = self.chosen if keep else None
        self.hits, self._words, self._tray, self._by_the_hour = hits, words, tray, by_the_hour
        self._lay_out(chosen)

    def on_resize(self, event: Resize) -> None:
        """Lay the lines out anew."""
        self._lay_out(self.chosen)

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Bring the chosen result into the list, which begins with the name of one, and not with the number of one whose name is above."""
        super().scroll_to_highlight(top)
        each = row_height(self._columns, one_line=self._in_little_room)
        if above := self.scroll_offset.y % each:
            self.scroll_to(y=self.scroll_offset.y + each - above, animate=False, force=True, immediate=True)

    @property
    def _in_little_room(self) -> bool:
        """Whether the window has room for one line of each result only."""
        return self.screen.has_class("-tiny") or self.screen.has_class("-small")

    @property
    def _columns(self) -> int:
        """How many columns a row has; the bar that scrolls takes one when it comes."""
        return max(self.scrollable_content_region.width - 1, LEAST)

    def _lay_out(self, chosen: Hit | None) -> None:
        columns = self._columns
        rows = [Option(self._row(hit, columns), hit.resource.id) for hit in self.hits]
        # Lines that are too few for a result stand blank under the last one: so the list can begin with a name there too.
        left_over = self.scrollable_content_region.height % row_height(columns, one_line=self._in_little_room)
        blank = [Option(Content("\n".join(" " * left_over)), disabled=True)] if rows and left_over else []
        self.set_options([*rows, *blank])
        ids = [hit.resource.id for hit in self.hits]
        kept = ids.index(chosen.resource.id) if chosen and chosen.resource.id in ids else 0
        self.highlighted = kept if ids else None

    def _row(self, hit: Hit, columns: int) -> Content:
        first, *others = row_lines(
            hit, self._words, columns,
            on_tray=hit.resource.id in self._tray, one_line=self._in_little_room, by_the_hour=self._by_the_hour,
        )  # fmt: skip
        return Content("\n").join([Content.styled(first, "bold"), *map(Content, others)])


class Facts(VerticalScroll):
    """All that is known of the chosen result; fills the screen where one wants to read on."""

    ALLOW_MAXIMIZE = True
    _shown: tuple[Hit | None, Words] = None, Words()

    def compose(self) -> ComposeResult:
        """Make room for the facts."""
        yield Static()

    def show(self, hit: Hit | None, words: Words) -> None:
        """Show the facts of one result, from the top."""
        if (hit, words) == self._shown:
            return
        self._shown = hit, words
        self.scroll_home(animate=False)
        self._lay_out()

    def on_resize(self, event: Resize) -> None:
        """Lay the lines out anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        hit, words = self._shown
        if hit is None:
            self.query_one(Static).update("")
            return
        with gathering(max(self.scrollable_content_region.width, LEAST)):
            name, *facts = card(hit.resource, words, hit.openings)
        said = Content.assemble((clean(name), "bold"), clean("".join(facts)))
        self.query_one(Static).update(said)
