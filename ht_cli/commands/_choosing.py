"""Chooses one of several places of one name: asks on a terminal, refuses where nobody can be asked."""

from collections.abc import Sequence

from ht_cli.catalogue.entering import Choose
from ht_cli.errors import AmbiguousError
from ht_cli.locale import translate as _
from ht_cli.model import Place
from ht_cli.output.changes import answer, interactive
from ht_cli.output.terminal import note
from ht_cli.wording import Words


def chooser(words: Words) -> Choose:
    """Give what chooses for a command that writes; it raises AmbiguousError with the candidates where none is chosen."""

    def choose(text: str, places: Sequence[Place]) -> Place:
        candidates = [words.place(place) for place in places]
        which = _("“{text}” is the name of several places; which one?").format(text=text)
        if interactive():
            note("\n".join([which, *(f"  {number}  {candidate}" for number, candidate in enumerate(candidates, 1))]))
            said = answer(_("Its number? (empty: none of them)"))
            if said in map(str, range(1, len(places) + 1)):
                return places[int(said) - 1]
        raise AmbiguousError(which, candidates)

    return choose
