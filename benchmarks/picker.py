"""From each key to the results on the screen of the picker: median, 95th percentile and longest, in ms, and the processor's share.

`python benchmarks/picker.py [CATALOGUE]`; the aim is 50 ms on the bundled catalogue, 80 ms on one of 100,000 resources.
"""

import asyncio
import statistics
import sys
import time

from textual import events

from ht_cli.__main__ import OBJECTS
from ht_cli.browse.answering import Reply
from ht_cli.browse.app import Picker
from ht_cli.commands._deeds import Deeds

LINES = ("violence conjugale liege", "ado anxieux liege qui ne va plus a l'ecole", "groep rouw gent", "burnout namur")
PAUSE = 0.15  # seconds between two keys


async def typed(line: str, catalogue: str | None) -> list[tuple[float, float]]:
    """Type a line, and give for each key the ms until its answer is on the screen, by the clock and of the processor."""
    picker = Picker(Deeds(catalogue), catalogue=catalogue)
    seen: dict[str, tuple[float, float]] = {}
    async with picker.run_test(size=(100, 30)) as pilot:
        await pilot.pause(1)
        finder, show = picker._finder, picker._finder._show

        def noting(reply: Reply) -> None:
            show(reply)
            finder.call_after_refresh(lambda: seen.setdefault(reply.question.text, (time.perf_counter(), time.process_time())))

        finder._show = noting  # type: ignore[method-assign]
        taken = []
        for end, letter in enumerate(line, 1):
            began = time.perf_counter(), time.process_time()
            picker.post_message(events.Key("space" if letter == " " else letter, letter))
            while line[:end] not in seen:
                await asyncio.sleep(0.001)
            taken.append(tuple(1000 * (after - before) for after, before in zip(seen[line[:end]], began, strict=True)))
            await asyncio.sleep(PAUSE)
    return taken  # type: ignore[return-value]


def main() -> None:
    import gc

    gc.set_threshold(OBJECTS)
    catalogue = sys.argv[1] if sys.argv[1:] else None
    times = [time for line in LINES for time in asyncio.run(typed(line, catalogue))]
    for name, column in zip(("by the clock", "processor"), zip(*times, strict=True), strict=True):
        ordered = sorted(column)
        print(
            f"{name:13}  median {statistics.median(ordered):6.1f}  95 % {ordered[int(0.95 * len(ordered))]:6.1f}  longest {ordered[-1]:6.1f} ms"
        )


if __name__ == "__main__":
    main()
