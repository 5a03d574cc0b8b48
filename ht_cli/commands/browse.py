"""`ht browse`, and `ht` alone on a terminal: the picker. Textual is loaded here, and by nothing else."""

from __future__ import annotations

import os
import signal

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.errors import UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.output.terminal import takes_keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ht_cli.options import CatalogueOption, LocaleOption, WordsArgument


EXAMPLES = (_help("Examples: ht browse · ht browse burnout namur"),)


def browse(
    words: WordsArgument = None,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Find help while you type."""
    refusal = why_not()
    if refusal:
        raise UsageError(refusal)
    # Half a second of imports follows, in which Python now and then swallows a Ctrl-C; the screen is not taken yet, so the process may just end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with open_catalogue(catalogue):
        pass  # what cannot be read is said on the terminal itself, before its screen is taken
    from ht_cli.browse.app import run
    from ht_cli.commands._deeds import Deeds

    raise SystemExit(run(Deeds(catalogue), " ".join(words or ()), catalogue))


def why_not() -> str:
    """Say why the picker is not opened here; empty where it is."""
    if os.environ.get("HT_BROWSE") == "0":
        return _("the picker is turned off (HT_BROWSE=0); search with: ht find")
    return "" if takes_keys() else _("the picker needs a terminal to draw on; search with: ht find")
