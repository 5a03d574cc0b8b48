"""The whole screen at three sizes, held as text; `python -m tests.browse.test_screens` writes it anew."""

import asyncio
import os
from datetime import datetime
from pathlib import Path

import pytest

from ht_cli import locale
from ht_cli.browse.answering import Reply
from ht_cli.browse.app import Answered
from ht_cli.browse.question import Question
from ht_cli.clock import BRUSSELS
from ht_cli.model import Address, Hit, Moment, Opening, Openings, Phone, Query, Resource
from ht_cli.wording import Words
from tests.browse.driving import picking

SCREENS = Path(__file__).parent / "screens"
SIZES = ((40, 20), (80, 24), (120, 30))
NOW = Moment(datetime(2026, 11, 25, 10, 30, tzinfo=BRUSSELS))
OPEN = Opening("open", until=datetime(2026, 11, 25, 17, tzinfo=BRUSSELS), text={"fr": "lu-ve 9h-17h"})
LINE = Resource(
    "a-line", "A line to call", "helpline", descriptions={"en": "Somebody listens, in French, on working days."},
    audiences=("everyone",), needs=("grief",), offers=("listening",), languages=("fr",), cost="free", areas=("country:be",),
    phones=(Phone("+3280000000", "0800 00 000", hours="lu-ve 9h-17h", hours_osm="Mo-Fr 09:00-17:00"),), checked_on="2026-11-02", checked_how="phone",
)  # fmt: skip
CENTRE = Resource(
    "a-centre", "A centre of a town, whose name is so long that no window of a usual size can hold the whole of it on one line", "service",
    areas=("nis:92094",), addresses=(Address("Rue de la Paix 1", "5000", "Namur", "92094"),), email="centre@example.be", source_date="2024",
)  # fmt: skip
WORDS = Words(
    {
        ("kinds", "helpline"): "helpline", ("kinds", "service"): "service", ("needs", "grief"): "grief", ("offers", "listening"): "listening",
        ("audiences", "everyone"): "everyone", ("languages", "fr"): "French", ("costs", "free"): "free",
    },
    {"nis:92094": "Namur"},
)  # fmt: skip
REPLY = Reply(
    Question("grief namu"), 1_000, Query(text="grief namu", needs=("grief",)),
    hits=(
        Hit(LINE, 2.0, ("need:grief", "area:country:be"), openings=Openings(NOW, (OPEN,), None, OPEN)),
        Hit(CENTRE, 1.0, ("any", "area:nis:92094"), 0.0, Openings(NOW)),
    ),
    danger="Are you in danger, or somebody else? Call:",
    to_call=(
        (
            "112  ambulance and fire brigade (fr/nl/de/en) · answers day and night",
            "112  ambulance and fire brigade · answers day and night",
        ),
        ("107  Somebody to talk to (fr) · answers day and night",),
    ),
    understood=("Namur · grief", "namu → Namur"), words=WORDS,
)  # fmt: skip


async def screen(size: tuple[int, int]) -> str:
    """The screen with this reply on it, the list in focus, one result on the tray."""
    async with picking(size=size) as hand:
        hand.finder.post_message(Answered(REPLY))
        await hand.until(lambda: hand.reply == REPLY)
        await hand.press("enter", "x")
        await hand.pilot.pause(0.2)
        return hand.seen() + "\n"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_the_screen_is_as_it_was_drawn(size: tuple[int, int]) -> None:
    drawn = (SCREENS / f"{size[0]}x{size[1]}.txt").read_text("utf-8")
    assert asyncio.run(screen(size)) == drawn, "write it anew: python -m tests.browse.test_screens"


if __name__ == "__main__":
    locale.activate([], os.environ | {"HT_LANG": "en"})
    for one in SIZES:
        (SCREENS / f"{one[0]}x{one[1]}.txt").write_text(asyncio.run(screen(one)), "utf-8")
