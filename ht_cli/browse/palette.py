"""What the palette of Ctrl+P offers: found by a part of any word of its text, and said in the reader's language."""

from collections.abc import Callable, Iterable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from ht_cli.locale import translate as _
from ht_cli.search.text import fold

Entry = tuple[str, str, Callable[[], object]]  # what it is called, what it does in words, and what is called for it


class PaletteEntries(Provider):
    """Offers entries: all of them at first, then those in whose name or words each typed word stands."""

    def entries(self) -> Iterable[Entry]:
        """Give what is offered."""
        return ()

    async def discover(self) -> Hits:
        """Give all of them."""
        for name, words, deed in self.entries():
            yield DiscoveryHit(name, deed, help=words or None)

    async def search(self, query: str) -> Hits:
        """Give those that are meant, the ones found by their name first; where there is none, a line that says so."""
        typed = fold(query).split()
        found = [entry for entry in self.entries() if all(word in fold(f"{entry[0]} {entry[1]}") for word in typed)]
        for name, words, deed in found:
            yield Hit(1.0 if all(word in fold(name) for word in typed) else 0.5, name, deed, help=words or None)
        if not found:
            yield Hit(0.5, _("nothing of this name"), _do_nothing)


class Commands(PaletteEntries):
    """What the application can do beside what has a key."""

    def entries(self) -> Iterable[Entry]:
        """Give what the application names."""
        return [(command.title, command.help, command.callback) for command in self.app.get_system_commands(self.screen)]


class Themes(PaletteEntries):
    """The colours to choose from."""

    def entries(self) -> Iterable[Entry]:
        """Give each theme by its name."""
        return [(name, "", partial(setattr, self.app, "theme", name)) for name in sorted(self.app.available_themes)]


def _do_nothing() -> None:
    pass
