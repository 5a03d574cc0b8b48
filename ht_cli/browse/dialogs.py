"""What the picker asks and shows on top of its screen: a number, a language, a file, a check, an age, a page to read."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ht_cli.browse.rows import number_of
from ht_cli.browse.widgets import Choices, KeyLine, LargeNumber, Wrapped
from ht_cli.cleaning import clean
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES, Resource
from ht_cli.shapes import NamedTuple
from ht_cli.wording import Words, phone_text

OLDEST = 120  # years
Given = TypeVar("Given")


def free_name(stem: str, ending: str) -> str:
    """Give a name of a file that is not in this folder yet: sheet.html, sheet-2.html …"""
    names = (f"{stem}{number}{ending}" for number in ("", *(f"-{count}" for count in range(2, 1000))))
    return next((name for name in names if not os.path.exists(name)), f"{stem}{ending}")


class Dialog(ModalScreen[Given | None], Generic[Given]):
    """A box on top of the screen; Esc gives nothing back."""

    BINDINGS: ClassVar = [Binding("escape", "dismiss", _help("back"), key_display="Esc")]

    def on_mount(self) -> None:
        """Begin in a window without room with what is chosen, and not with the end of the list."""
        self.call_after_refresh(self._show_chosen)

    def _show_chosen(self) -> None:
        if isinstance(self.focused, Choices):
            self.query_one("#box").scroll_to(y=self.focused.virtual_region.y - 1, animate=False)

    def parts(self) -> ComposeResult:
        """Give what stands in the box."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Put the parts in a box, and the keys under them."""
        with Vertical(id="box"):
            yield from self.parts()
            yield KeyLine(id="keys")


class NumberDialog(Dialog[None]):
    """The number of a resource, large; each of several, one after another."""

    BINDINGS: ClassVar = [Binding("c,enter", "copy", _help("copy"), key_display="c")]

    def __init__(self, resource: Resource) -> None:
        """Show the numbers of a resource, else its mail address or site."""
        super().__init__()
        self._title = resource.name
        self._numbers = [phone.national or phone.number for phone in resource.dialled] or [number_of(resource)]
        self._labels = [phone_text(phone) for phone in resource.dialled]
        self._large = bool(resource.dialled)

    def parts(self) -> ComposeResult:
        """Give the number, the others to choose from, and what is known of the clipboard."""
        yield Static(Wrapped(self._title, style="bold"))
        yield (
            LargeNumber(self._numbers[0], id="number")
            if self._large
            else Static(Content.styled(clean(self._numbers[0]), "bold"), id="number")
        )
        if len(self._labels) > 1:
            yield Choices(*(Option(clean(label)) for label in self._labels), id="numbers")
        yield Static(Wrapped(clipboard_text(of_number=self._large)))

    def on_mount(self) -> None:
        """Send the first number to the clipboard at once."""
        self.action_copy()

    def _show_chosen(self) -> None:
        self.query_one("#box").scroll_home(animate=False)  # the number itself stands above the list

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the number that is chosen."""
        self.query_one(LargeNumber).update(self._numbers[event.option_index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Send the number that is chosen."""
        self.action_copy()

    def action_copy(self) -> None:
        """Send the number that is shown to the clipboard of the terminal."""
        choice = self.query(OptionList)
        self.app.copy_to_clipboard(self._numbers[(choice.first().highlighted or 0) if choice else 0])


def clipboard_text(*, of_number: bool = True) -> str:
    """Say what is known of a copy sent through the terminal: never that it arrived, for no terminal says so. A number can be dialled instead."""
    if os.environ.get("TMUX"):
        return (
            _("Sent to tmux, which passes it on only after: set -g set-clipboard on. Paste to see, or dial from here.")
            if of_number
            else _("Sent to tmux, which passes it on only after: set -g set-clipboard on. Paste to see.")
        )
    return (
        _("Sent to the clipboard of your terminal, which does not say whether it took it. Paste to see, or dial from here.")
        if of_number
        else _("Sent to the clipboard of your terminal, which does not say whether it took it. Paste to see.")
    )


def _say_refused(dialog: Dialog[Given], why: str) -> None:
    """Say in a dialog, which has a place for it, why what is typed in it is not taken."""
    refused = dialog.query_one("#refused", Static)
    refused.update(Wrapped(why, style="bold"))
    refused.display = True


class OrderDialog(Dialog[Given]):
    """A dialog that stays until what is ordered in it is done: what is refused can be mended where it was typed."""

    def __init__(self, carry_out: Callable[[Given], None]) -> None:
        """Hand each order to `carry_out`, which closes the dialog, or calls `refuse`."""
        super().__init__()
        self._carry_out = carry_out
        self._under_way = False

    def compose(self) -> ComposeResult:
        """Put the parts in a box, under them why an order is refused, and the keys."""
        with Vertical(id="box"):
            yield from self.parts()
            yield Static(id="refused", markup=False)
            yield KeyLine(id="keys")

    def order(self, given: Given) -> None:
        """Order it, unless it is being done already."""
        if not self._under_way:
            self._under_way = True
            self._carry_out(given)

    def refuse(self, why: str) -> None:
        """Say why it cannot be done, and wait for another order."""
        self._under_way = False
        _say_refused(self, why)


class SheetOrder(NamedTuple):
    """The language of a sheet, and the file it goes to."""

    language: str
    path: Path


class SheetDialog(OrderDialog[SheetOrder]):
    """In which language a sheet is made, and where it goes."""

    def __init__(self, names: Sequence[str], language: str, words: Words, carry_out: Callable[[SheetOrder], None]) -> None:
        """Ask about a sheet of these resources; `language` is offered first."""
        super().__init__(carry_out)
        self._names = names
        self._languages = [language, *(other for other in LANGUAGES if other != language)]
        self._words = words

    def parts(self) -> ComposeResult:
        """Give the resources, the languages and the file."""
        yield Static(Wrapped(_("One sheet of:"), style="bold"))
        yield Static(Content("\n".join(map(clean, self._names))))
        yield Static(Wrapped(_("Language of the client:")))
        languages = (Option(self._words.term("languages", code)) for code in self._languages)
        yield Choices(*languages, id="languages")
        yield Static(Wrapped(_("File (.html, .pdf, .txt, .md, .vcf):")))
        yield Input(free_name(_("sheet").lower(), ".html"), compact=True, id="file")
        yield Static(Wrapped(_("Enter makes it; Tab goes from the language to the file.")))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Make it."""
        self._order()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Make it."""
        self._order()

    def _order(self) -> None:
        name = self.query_one(Input).value.strip()
        language = self._languages[self.query_one(OptionList).highlighted or 0]
        if name:
            self.order(SheetOrder(language, Path(name).expanduser()))
        else:
            self.dismiss()


class FileDialog(OrderDialog[Path]):
    """The file that the list is exported to."""

    def parts(self) -> ComposeResult:
        """Give the file."""
        yield Static(Wrapped(_("Export what this search finds, all of it."), style="bold"))
        yield Static(Wrapped(_("File (.csv, .xlsx, .json, .html, .vcf, .geojson …):")))
        yield Input(free_name("ht", ".csv"), compact=True, id="file")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Export it."""
        name = event.value.strip()
        if name:
            self.order(Path(name).expanduser())
        else:
            self.dismiss()


class CheckDialog(Dialog[str]):
    """How a person confirmed a resource; an empty answer is that nobody could be reached."""

    WAYS = ("phone", "mail", "site", "visit", "")

    def __init__(self, name: str) -> None:
        """Ask about the resource of this name."""
        super().__init__()
        self._title = name

    def parts(self) -> ComposeResult:
        """Give the ways."""
        yield Static(Wrapped(self._title, style="bold"))
        yield Static(Wrapped(_("How did you check its facts today? Your answer is written into your own catalogue; Esc writes nothing.")))
        ways = (_("by phone"), _("by mail"), _("on its site"), _("by a visit"), _("I could not reach it"))
        yield Choices(*map(Option, ways))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the way chosen."""
        self.dismiss(self.WAYS[event.option_index])


class AgeDialog(Dialog[str]):
    """The age of the person, as typed; an empty answer is any age."""

    def __init__(self, age: int | None) -> None:
        """Begin with the age that is set."""
        super().__init__()
        self._age = "" if age is None else str(age)

    def parts(self) -> ComposeResult:
        """Give the age."""
        yield Static(Wrapped(_("Age of the person, in years; empty for any age:"), style="bold"))
        yield Input(self._age, compact=True, type="integer", max_length=3, id="age")
        yield Static(id="refused", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the age, where it is one; else say which ages are."""
        if not event.value or (event.value.isdecimal() and int(event.value) <= OLDEST):
            self.dismiss(event.value)
        else:
            _say_refused(self, _("an age is a number from 0 to {oldest}").format(oldest=OLDEST))


class PageDialog(Dialog[None]):
    """A page to read: help, or a map."""

    def __init__(self, content: Content | RenderableType) -> None:
        """Show this page."""
        super().__init__(classes="page")
        self._content = content

    def parts(self) -> ComposeResult:
        """Give the page."""
        with VerticalScroll():
            yield Static(self._content)
