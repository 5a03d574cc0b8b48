"""Harmed input for every reader: never a traceback, ten seconds or 300 MB. `python -m reliability.fuzzing [COUNT [READER]]`.

A child process reads a slice of the inputs, so that one that would take the whole machine along takes a child; the parent knows
which input it was. Input number so many of a reader is the same on every machine.
"""

import faulthandler
import json
import mmap
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, NoReturn

from reliability.document import write_part
from reliability.readers import BUNDLED, READERS, exported, slim

SEED = "fire"
COUNT = 100_000
SLICE = 500
SECONDS = 10  # of CPU time, which another program on the machine cannot use up
MEMORY = 300  # MB
_ROOM = 2_000_000_000  # bytes of addresses that a child may ask for, so that the machine outlives it


class Fault(NamedTuple):
    """An input that did harm: which one, what happened, and where."""

    reader: str
    number: int
    said: str


class Tried(NamedTuple):
    """What came of the inputs of one reader: how many, the faults, the longest, and the most memory of a child."""

    count: int
    faults: list[Fault]
    seconds: float
    memory: int


class TooLongError(BaseException):
    """An input was read for longer than is allowed; nothing may catch it as a fault of its own."""


def input_of(reader: str, number: int, folder: Path) -> bytes:
    """Make input number so many of a reader."""
    return READERS[reader].make(Random(f"{SEED}/{reader}/{number}"), folder)


def harm_of(reader: str, content: bytes, folder: Path) -> str:
    """Read an input, and say what it did; nothing where it was read or refused in words."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        READERS[reader].read(content, folder)
    except (Exception, TooLongError) as error:  # noqa: BLE001 — whatever it is, it is what is looked for
        at = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in at if "ht_cli" in frame.filename] or at
        return f"{type(error).__name__}: {str(error)[:200]} ({Path(ours[-1].filename).name}:{ours[-1].lineno})"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{used} MB" if used > MEMORY else ""


def _too_long(_signal: int, _frame: Any) -> None:
    raise TooLongError(f"longer than {SECONDS} s")


def try_slice(reader: str, numbers: range, folder: Path, until: float) -> Tried:
    """Read inputs in a child process, as far as there is time or as far as the child lives."""
    reads, writes = os.pipe()
    at_hand = mmap.mmap(-1, 8)
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reads)
            _read_all(reader, numbers, folder, until, at_hand, writes)
        except BaseException:  # noqa: BLE001 — a child must not go on as a second parent
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(1)
    os.close(writes)
    with open(reads, encoding="utf-8") as pipe:
        said = pipe.read().splitlines()
    _pid, status, used = os.wait4(pid, 0)
    faults = [Fault(*json.loads(line)) for line in said if line.startswith("[")]
    ends = [json.loads(line) for line in said if line.startswith("{")]
    memory = used.ru_maxrss // 1024
    if ends:
        return Tried(ends[0]["count"], faults, ends[0]["seconds"], memory)
    number = int.from_bytes(at_hand[:], "big")
    faults.append(Fault(reader, number, f"the process ended with {os.waitstatus_to_exitcode(status)}"))
    return Tried(number + 1 - numbers.start, faults, 0.0, memory)


def _read_all(reader: str, numbers: range, folder: Path, until: float, at_hand: mmap.mmap, writes: int) -> NoReturn:
    """Read inputs and say what they did, then end this process."""
    signal.signal(signal.SIGPROF, _too_long)
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    count, longest = 0, 0.0
    with open(writes, "w", encoding="utf-8") as pipe:
        for number in numbers:
            if time.monotonic() > until:
                break
            at_hand[:] = number.to_bytes(8, "big")
            content = input_of(reader, number, folder)
            faulthandler.dump_traceback_later(10 * SECONDS, exit=True, file=sys.__stderr__)  # where no signal is heard
            start = time.process_time()
            said = harm_of(reader, content, folder)
            longest = max(longest, time.process_time() - start)
            faulthandler.cancel_dump_traceback_later()
            count += 1
            if said:
                pipe.write(json.dumps((reader, number, said)) + "\n")
                break  # what this process holds by now would be laid at the door of the next input
        pipe.write(json.dumps({"count": count, "seconds": longest}) + "\n")
    os._exit(0)


def try_reader(reader: str, count: int, folder: Path, *, seconds: float = float("inf")) -> Tried:
    """Read so many inputs of a reader, slice by slice, or as many as there is time for."""
    until = time.monotonic() + seconds
    whole = Tried(0, [], 0.0, 0)
    while whole.count < count and time.monotonic() < until:
        tried = try_slice(reader, range(whole.count, min(whole.count + SLICE, count)), folder, until)
        whole = Tried(
            whole.count + tried.count, whole.faults + tried.faults, max(whole.seconds, tried.seconds), max(whole.memory, tried.memory)
        )
    return whole


def prepared(folder: Path) -> Path:
    """Make the honest input once, in a child, so that no child of this process begins with its memory."""
    os.environ |= {"HT_CATALOGUE": str(BUNDLED), "HT_LANG": "en", "XDG_DATA_HOME": str(folder)}
    slim(folder)
    for form in ("csv", "json", "jsonl", "hsds", "hsds-csv"):
        exported(folder, form)
    return folder


def shares(count: int) -> Iterator[tuple[str, int]]:
    """Give each reader with its share of the inputs."""
    whole = sum(reader.share for reader in READERS.values())
    for name, reader in READERS.items():
        yield name, max(1, round(count * reader.share / whole))


def main(count: int, only: str) -> None:
    """Try every reader, and write down what came of it."""
    lines = ["| reader | inputs | faults | longest | memory |", "|---|---|---|---|---|"]
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        prepared(Path(folder))
        for name, number in shares(count):
            if only and name != only:
                continue
            tried = try_reader(name, number, Path(folder))
            for fault in tried.faults:
                print(f"{fault.reader} {fault.number}: {fault.said}", flush=True)
            total += {"inputs": tried.count, "faults": len(tried.faults)}
            lines.append(f"| {name} | {tried.count:,} | {len(tried.faults)} | {tried.seconds:.2f} s | {tried.memory} MB |")
            print(lines[-1], flush=True)
    lines.append(f"| all | {total['inputs']:,} | {total['faults']} | | |")
    if not only:
        write_part("fuzzing", lines)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT, sys.argv[2] if len(sys.argv) > 2 else "")
