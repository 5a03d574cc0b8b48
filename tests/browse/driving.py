"""Drives the picker without a terminal, as somebody who types would."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from ht_cli.browse.answering import Reply
from ht_cli.browse.app import Finder, Picker
from ht_cli.browse.widgets import QuestionLine, Results, Sentences
from ht_cli.model import Place, Resource
from ht_cli.search.wishes import Wishes

PATIENCE = 30.0  # seconds; a machine that does much else at once is slow


class Noted:
    """Deeds that are only written down."""

    def __init__(self) -> None:
        self.done: list[tuple[object, ...]] = []

    def open_site(self, resource: Resource) -> list[str]:
        self.done.append(("open_site", resource.id))
        return ["opened"]

    def make_sheet(self, ids: Sequence[str], language: str, path: Path) -> list[str]:
        self.done.append(("make_sheet", tuple(ids), language, path))
        return ["made"]

    def export(self, text: str, wishes: Wishes, path: Path) -> list[str]:
        self.done.append(("export", text, wishes, path))
        return ["exported"]

    def draw_map(self, place: Place | str, columns: int) -> str:
        self.done.append(("draw_map", place if isinstance(place, str) else place.name, columns))
        return "\x1b[1mthe map\x1b[0m"

    def record_check(self, identifier: str, how: str) -> list[str]:
        self.done.append(("record_check", identifier, how))
        return ["recorded"]


class Hand:
    """Somebody at the picker: what they press, and what they see."""

    def __init__(self, app: Picker, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def finder(self) -> Finder:
        return self.app._finder

    @property
    def reply(self) -> Reply:
        return self.finder._reply

    @property
    def results(self) -> Results:
        return self.finder.query_one(Results)

    @property
    def ids(self) -> list[str]:
        return [hit.resource.id for hit in self.results.hits]

    @property
    def chosen(self) -> str:
        return self.results.chosen.resource.id if self.results.chosen else ""

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text and wait until it is answered."""
        await self.press(*text)
        await self.answered()

    async def answered(self) -> None:
        """Wait until what stands in the line, under these filters, is answered and shown."""
        await self.until(lambda: self._wanted() == (self.reply.question.text, self.reply.question.filters))

    def _wanted(self) -> tuple[object, object]:
        return self.finder.query_one(QuestionLine).value, self.finder._filters

    async def until(self, holds: Callable[[], object]) -> None:
        for _turn in range(int(PATIENCE / 0.02)):
            await self.pilot.pause(0.02)
            if holds():
                await self.pilot.pause()
                return
        raise AssertionError("waited in vain; on the screen:\n" + self.seen())

    def seen(self) -> str:
        """What stands on the screen, as text."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    def said(self) -> str:
        """What was said in passing."""
        return "\n".join(self.finder.query_one("#notice", Sentences)._said)


@asynccontextmanager
async def picking(
    words: str = "", size: tuple[int, int] = (100, 30), deeds: Noted | None = None, catalogue: str | None = None
) -> AsyncIterator[Hand]:
    """Open the picker in a window of so many columns and rows."""
    app = Picker(deeds or Noted(), words, catalogue)
    async with app.run_test(size=size) as pilot:
        hand = Hand(app, pilot)
        await hand.answered()
        yield hand


def run(story: Coroutine[object, object, None]) -> None:
    """Run one story to its end."""
    asyncio.run(story)
