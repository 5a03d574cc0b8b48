"""What the keys of the picker do: each does what a command does, or runs it, and gives what is said."""

import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.commands._drawing import asked_place, show_map
from ht_cli.commands._scenes import Look, Topic
from ht_cli.commands._selection import select_ids
from ht_cli.commands._site import not_opened, site_of
from ht_cli.commands._writing import require_writable, write_resources
from ht_cli.errors import UsageError
from ht_cli.exchange.endings import SHEET
from ht_cli.exchange.forms import FORMS, chosen_form
from ht_cli.locale import speaking
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import Place, Resource
from ht_cli.output.results import Layout
from ht_cli.output.terminal import gathering
from ht_cli.running import function_of
from ht_cli.search.wishes import Wishes

LINE = 10_000  # columns: a sentence is broken into lines where it is shown
BROWSER_SECONDS = 10
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


class Deeds:
    """What can be done with results, of one catalogue; each deed gives the sentences to show, or raises an HtError."""

    def __init__(self, catalogue: str | None = None) -> None:
        """Do it with this catalogue, the chosen one where none is named."""
        self._catalogue = catalogue

    def open_site(self, resource: Resource) -> list[str]:
        """Open the site of a resource in a browser that has no hold of this terminal."""
        url = site_of(resource, commands=False)
        opening = [sys.executable, "-c", _OPEN, url]
        silent = subprocess.DEVNULL
        try:
            run = subprocess.run(
                opening, stdin=silent, stdout=silent, stderr=silent, start_new_session=True, timeout=BROWSER_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return [_("The browser takes its time; the site is {url}").format(url=url)]
        if run.returncode:
            raise not_opened(url)
        return [_("Opened in the browser: {url}").format(url=url)]

    def make_sheet(self, ids: Sequence[str], language: str, path: Path) -> list[str]:
        """Make one page for a client, in a language, as a file that is not there yet."""
        _require_free(path)
        _require_known_ending(path, SHEET)
        with speaking(language), gathering(LINE) as said:
            function_of("sheet")(list(ids), output=path, catalogue=self._catalogue)
        return [*_lines(said), _written(path)]

    def export(self, text: str, wishes: Wishes, path: Path) -> list[str]:
        """Write all that a search finds to a file that is not there yet, in the format that its ending means."""
        _require_free(path)
        _require_known_ending(path, ["", *(ending for form in FORMS.values() for ending in form.endings)])
        name, form = chosen_form([], path)
        require_writable(name, form, path, self._catalogue)
        with open_catalogue(self._catalogue) as connection, gathering(LINE):
            ids = select_ids(connection, text, wishes)
            write_resources(connection, ids, form, path)
        return [_n("{count} resource.", "{count} resources.", len(ids)).format(count=len(ids)), _written(path)]

    def draw_map(self, place: Place | str, columns: int) -> str:
        """Draw what is around a place, known or named, so many columns wide, with the escapes of its colours."""
        with open_catalogue(self._catalogue) as connection, gathering(columns) as drawn:
            look = Look.at(connection)
            here = place if isinstance(place, Place) else asked_place(place, look)[0]
            show_map(look, Topic("adult"), here, Layout("table"), commands=False)
        return "".join(drawn)

    def record_check(self, identifier: str, how: str) -> list[str]:
        """Record that a person confirmed a resource today: by phone, mail, site or visit; or, where `how` is empty, could not reach it."""
        with gathering(LINE) as said:
            by = os.environ.get("HT_BY", "")
            function_of("verify")(identifier, how=how or None, fail=not how, by=by, catalogue=self._catalogue)
        return _lines(said)


def _require_free(path: Path) -> None:
    """Require a path at which nothing is: there is no --force in the picker. Raises UsageError."""
    if os.path.exists(path):
        raise UsageError(_("{path} is there already: give another name").format(path=path))


def _require_known_ending(path: Path, endings: Collection[str]) -> None:
    """Require that the ending of a file means something, for there is no option here that could say it. Raises UsageError."""
    ending = path.suffix.lower()
    if ending not in endings:
        known = " ".join(filter(None, endings))
        raise UsageError(_("{ending} cannot be written; give a name that ends with one of: {endings}").format(ending=ending, endings=known))


def _written(path: Path) -> str:
    return _("Written: {path}").format(path=path.absolute())


def _lines(said: Sequence[str]) -> list[str]:
    return "".join(said).splitlines()
