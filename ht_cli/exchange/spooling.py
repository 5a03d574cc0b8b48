"""Things kept beside memory, in a file that is gone with the process: gone through as often as is wanted, or taken out one by one."""

import copyreg
import pickle
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Generic, TypeVar

from ht_cli.errors import CatalogueError
from ht_cli.locale import translate as _
from ht_cli.reasons import reason_of

Item = TypeVar("Item")


class _Pickler(pickle.Pickler):
    """Knows what is to be read only, which pickle by itself does not: texts in four languages."""

    dispatch_table = copyreg.dispatch_table | {MappingProxyType: lambda known: (_read_only, (dict(known),))}


def _read_only(known: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType(known)  # pickle finds it by this name: the type has one under which it is not to be found


class Spool(Generic[Item]):
    """Things in a file that nobody else sees, in the order in which they were added."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 — open as long as the spool

    def append(self, item: Item) -> int:
        """Add one and give its place; while they are gone through none may be added. Raises CatalogueError where the disk has no room left."""
        try:
            place = self._file.tell()
            _Pickler(self._file, pickle.HIGHEST_PROTOCOL).dump(item)
        except OSError as error:
            raise CatalogueError(
                _("a temporary file cannot be written: {reason}; nothing was changed").format(reason=reason_of(error))
            ) from error
        return place

    def __iter__(self) -> Iterator[Item]:
        """Give them from the first on."""
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)
            except EOFError:
                return

    def taken(self, places: Sequence[int]) -> Iterator[Item]:
        """Give those of these places, in the order of the places."""
        for place in places:
            self._file.seek(place)
            yield pickle.load(self._file)
