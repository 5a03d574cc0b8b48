"""Chooses one of several: asks on a terminal, refuses where nobody can be asked."""

from collections.abc import Callable, Sequence

from ht_cli.catalogue.keeping.duplicates import Likeness
from ht_cli.catalogue.keeping.entering import Choice
from ht_cli.errors import AmbiguousError, HtError
from ht_cli.locale import translate as _
from ht_cli.model import Place
from ht_cli.output.changes import answer, interactive
from ht_cli.output.terminal import note
from ht_cli.wording import Words


def choice(words: Words, *, asks: bool = True) -> Choice:
    """Give what chooses for a command that writes; it raises AmbiguousError with the candidates where none is chosen, or nobody is asked."""
    one = chosen if asks else _none_chosen

    def of_places(which: str, places: Sequence[Place]) -> Place:
        return places[one(which, [words.place(place) for place in places])]

    def place(text: str, places: Sequence[Place]) -> Place:
        return of_places(_("“{text}” is the name of several places; which one?").format(text=text), places)

    def near(text: str, places: Sequence[Place]) -> Place:
        return of_places(_("no place is called “{text}”; is one of these meant?").format(text=text), places)

    return Choice(place, near, one)


def chosen(which: str, candidates: Sequence[str]) -> int:
    """Give the position of the candidate that is chosen. Raises AmbiguousError where nobody can be asked, or none is."""
    if interactive():
        note("\n".join([which, *(f"  {number}  {candidate}" for number, candidate in enumerate(candidates, 1))]))
        position = ask_for_position(len(candidates), _("Which one? 1 to {count}; empty: none of them"))
        if position is not None:
            return position
    return _none_chosen(which, candidates)


def said_of(error: HtError) -> str:
    """Say in one line what went wrong, with the candidates where one of several was wanted."""
    return "; ".join([str(error), *(error.candidates if isinstance(error, AmbiguousError) else ())])


def _none_chosen(which: str, candidates: Sequence[str]) -> int:
    raise AmbiguousError(which, candidates)


def ask_for_position(count: int, question: str, ask: Callable[[str], str] = answer) -> int | None:
    """Ask which of so many lines is meant until one of their numbers is typed; None for an empty answer."""
    while said := ask(question.format(count=count)):
        if said in map(str, range(1, count + 1)):
            return int(said) - 1
        note(_("“{said}” is none of the answers").format(said=said))
    return None


def likeness_text(likeness: Likeness) -> str:
    """Name a resource that may be the same, and say why."""
    return f"{likeness.id} ({likeness_reason(likeness.by)})"


def likeness_reason(by: str) -> str:
    """Say what makes two resources look the same."""
    return {"phone": _("the same number"), "url": _("the same page"), "name": _("nearly the same name")}[by]
