"""`ht browse`, and `ht` alone on a terminal: the picker. Textual is loaded here, and by nothing else."""

from __future__ import annotations

import os

from ht_cli.browse.echo import turn_off
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.cleaning import in_characters
from ht_cli.errors import UsageError
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.output.terminal import takes_keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ht_cli.options import CatalogueOption, LocaleOption, WordsArgument


EXAMPLES = (_help("Examples: ht browse · ht browse burnout namur"),)


def browse(
    words: WordsArgument = None,
    locale: LocaleOption = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Find help while you type."""
    refusal = why_not(words or ())
    if refusal:
        raise UsageError(refusal)
    turn_off()  # half a second of imports follows
    with open_catalogue(catalogue):
        pass  # what cannot be read is said on the terminal itself, before its screen is taken
    from ht_cli.browse.app import run
    from ht_cli.commands._deeds import Deeds

    raise SystemExit(run(Deeds(catalogue), " ".join(words or ()), catalogue))


def why_not(words: Sequence[str] = ()) -> str:
    """Say why the picker is not opened here, and how the same words are searched for; empty where it is."""
    turned_off = os.environ.get("HT_BROWSE") == "0"
    if not turned_off and takes_keys():
        return ""
    command = in_characters(" ".join(["ht find", *map(_quoted, words)]))
    if turned_off:
        return _("the picker is turned off (HT_BROWSE=0); search with: {command}").format(command=command)
    return _("the picker needs a terminal to draw on; search with: {command}").format(command=command)


def _quoted(word: str) -> str:
    """Quote a word as a shell wants it; one with an apostrophe in quotes that one can read."""
    from shlex import quote  # wanted only here

    return f'"{word}"' if "'" in word and not set(word) & set('"$`\\!') else quote(word)
