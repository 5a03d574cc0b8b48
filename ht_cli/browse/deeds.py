"""What the picker has done for it by whoever starts it."""

from collections.abc import Sequence
from pathlib import Path

from ht_cli.model import Place, Resource
from ht_cli.search.wishes import Wishes
from ht_cli.shapes import Protocol


class Deeds(Protocol):
    """What can be done with results. Each gives the sentences to show, and raises an HtError where it cannot be done."""

    def open_site(self, resource: Resource) -> list[str]:
        """Open the site of a resource in a browser."""

    def make_sheet(self, ids: Sequence[str], language: str, path: Path) -> list[str]:
        """Make one page for a client, in one of the four languages."""

    def export(self, text: str, wishes: Wishes, path: Path) -> list[str]:
        """Write all that a search finds to a file, in the format that its ending means."""

    def draw_map(self, place: Place | str, columns: int) -> str:
        """Draw what is around a place, known or named, so many columns wide, with the escapes of its colours."""

    def record_check(self, identifier: str, how: str) -> list[str]:
        """Record that a person confirmed a resource today: by phone, mail, site or visit; not reached where `how` is empty."""
