"""A folder as the place of a sync: on a stick, a network drive, in Nextcloud or OneDrive, in a git repository.

Each device writes only packets of its own, each once, beside and then moved into place; none is ever changed. So nothing
that carries files about can make two versions of one. A packet that has arrived by half is left until the rest is there;
one that arrived twice, or under another name, is read once.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ht_cli.catalogue.sharing.packets import came_to_its_end, digest_of, is_packet, is_part_of, read_packet, write_packet, writer_of
from ht_cli.errors import InvalidDataError, SyncError
from ht_cli.locale import translate as _
from ht_cli.model import Change
from ht_cli.reasons import reason_of
from ht_cli.shapes import NamedTuple

ENDING = ".entries.jsonl"
MANY = 64  # packets of its own, from which on a device joins them into one


class Part(NamedTuple):
    """What one packet holds, and the mark by which it is known as read."""

    entries: list[Change]
    marks: dict[str, str]


class Folder:
    """A folder in which each device keeps packets of the entries it had: one for each sync that had something new."""

    def __init__(self, path: Path, device: str) -> None:
        self.name = str(path)
        self.remarks: list[str] = []
        self._path = path
        self._device = device
        if not os.path.isdir(path):
            raise SyncError(_("there is no folder {path}; make it, or plug in what it is on, and sync again").format(path=path))

    def pull(self, marks: dict[str, str]) -> Iterator[Part]:
        """Give the entries of each packet that was not read yet; what is not whole is left for the next time, and said.

        A copy of which only a part arrived says nothing new where the whole is there, and is passed over in silence.
        """
        packets = list(self._packets())
        whole: list[Path] = []
        for path, digest in sorted(packets, key=lambda packet: not packet[1]):
            if digest:
                whole.append(path)
            elif not is_part_of(path, whole):
                self.remarks.append(_why_unread(path))
            if digest and digest not in marks:
                try:
                    yield Part(list(read_packet(path)), {digest: path.name})
                except InvalidDataError as error:
                    self.remarks.append(_("{file} is left out: {error}").format(file=path.name, error=error))

    def lacks(self, names: Iterable[str]) -> set[str]:
        """Give which of these entries no whole packet of the folder holds."""
        wanted = set(names)
        for path, digest in self._packets():
            if digest and wanted:
                wanted -= {entry.uuid for entry in _readable(path)}
        return wanted

    def push(self, entries: Iterable[Change]) -> int:
        """Write the entries into a new packet of this device, and give their number."""
        new = sorted(entries, key=lambda entry: (entry.at, entry.uuid))
        if new:
            self._clear_unfinished()
            write_packet(self._path / f"{self._device}-{new[-1].uuid[:8]}{ENDING}", new, self._device)
            self._join_own_packets()
        return len(new)

    def close(self) -> None:
        """Nothing is held open."""

    def _packets(self) -> Iterator[tuple[Path, str]]:
        """Give the files that begin as packets do, whatever they are called by now, each with its checksum where it is whole."""
        try:
            for path in sorted(self._path.iterdir()):
                if not path.name.startswith(".") and path.is_file() and is_packet(path):
                    yield path, digest_of(path)
        except OSError as error:
            raise SyncError(_("the folder {path} cannot be read: {reason}").format(path=self._path, reason=reason_of(error))) from error

    def _clear_unfinished(self) -> None:
        """Take away what a process of this device that was killed left behind."""
        for path in self._path.glob(f".{self._device}-*{ENDING}.*"):
            path.unlink(missing_ok=True)

    def _join_own_packets(self) -> None:
        """Write what many small packets of this device hold into one, and only then take them away."""
        ours = [path for path, digest in self._packets() if digest and path.name.startswith(f"{self._device}-")]
        if len(ours) >= MANY:
            held = {path: _readable(path) for path in ours}
            own = [path for path in ours if held[path]]  # what cannot be read stays as it is
            entries = {entry.uuid: entry for path in own for entry in held[path]}
            joined = sorted(entries.values(), key=lambda entry: (entry.at, entry.uuid))
            if not joined:
                return
            target = self._path / f"{self._device}-{joined[-1].uuid[:8]}-{len(joined)}{ENDING}"
            write_packet(target, joined, self._device)
            for path in own:
                if path != target:
                    path.unlink(missing_ok=True)


def _why_unread(path: Path) -> str:
    """Say why a packet is not read: it is still to come, or it was altered, and then which device can send it again."""
    if came_to_its_end(path):
        told = _("{file} was changed on its way and is not read; its device {device} sends it again with its next ht sync")
        return told.format(file=path.name, device=writer_of(path) or "–")
    return _("{file} has not arrived whole; it is read once it has").format(file=path.name)


def _readable(path: Path) -> list[Change]:
    try:
        return list(read_packet(path))
    except InvalidDataError:
        return []
