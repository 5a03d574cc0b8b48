"""Draws docs/pictures/*.svg: what `ht` really prints on a terminal, for the README.

`python docs/pictures.py` draws them anew; tests/test_pictures.py says when that is due. Needs a pseudo-terminal,
so Linux or macOS. The picker is recorded: its screens one after another, each for as long as it is read.
"""

import asyncio
import fcntl
import io
import os
import pty
import shlex
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.segment import Segment, Segments
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from ht_cli import locale

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"


# At noon of a Wednesday: a picture must not change with the hour.
HELD = (
    "from datetime import datetime; from ht_cli import clock; clock.now = lambda: datetime(2026, 11, 25, 12, tzinfo=clock.BRUSSELS);"
    "from ht_cli.__main__ import main; main()"
)


class Capture(NamedTuple):
    """One picture: its file, the command, the columns of the window."""

    name: str
    command: str
    columns: int


CAPTURES = (
    Capture("find", "ht find ado anxieux liege --limit 4", 100),
    Capture("show", "ht show espace-28-verviers", 88),
    Capture("networks", "ht networks jemelle", 80),
    Capture("map", "ht map", 100),
    Capture("guide", "ht guide kinds-of-groups", 80),
)
# Contrast with the ground (WCAG 2): 15.0 to 1; of dim text, which Rich blends with it: 6.1 to 1.
THEME = TerminalTheme(
    (24, 28, 34), (238, 240, 242),
    [(24, 28, 34), (240, 113, 120), (152, 206, 120), (229, 192, 123), (97, 175, 239), (198, 146, 233), (102, 206, 214), (238, 240, 242)],
)  # fmt: skip
# Rich's own frame asks a web server for its font; this one takes what the reader's system has.
SHEET = """\
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px; line-height: {line_height}px; white-space: pre; }}
.{unique_id}-title {{ font: bold 18px system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
"""
FRAME = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}" role="img" aria-labelledby="{{unique_id}}-name">
<title id="{{unique_id}}-name">COMMAND</title>
{SHEET}</svg>
"""


class Recording(NamedTuple):
    """One recording: its file, the columns and rows of the window, and what is pressed before each of its screens."""

    name: str
    columns: int
    rows: int
    steps: Sequence[Sequence[str]]


RECORDINGS = (Recording("picker", 100, 24, ((), (*"burnout",), (" ", *"namur"), ("enter",), ("c",))),)
NEW_LINE = (Segment.line(),)
SECONDS = 2.5  # for which each screen is read
MOMENT = datetime(2026, 11, 25, 10, 30)  # a Wednesday morning: whether somebody answers depends on it


def terminal_output(command: str, columns: int) -> str:
    """Give what a command line prints, both streams, in a window of so many columns."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ["PATH"], "HOME": home, "XDG_DATA_HOME": home, "TERM": "xterm-256color", "HT_LANG": "en",
            "PYTHONIOENCODING": "utf-8", "PAGER": "", "HT_CATALOGUE": str(ROOT / "data" / "resources.db"),
        }  # fmt: skip
        arguments = [sys.executable, "-c", HELD, *shlex.split(command)[1:]]
        process = subprocess.Popen(arguments, stdin=child, stdout=child, stderr=child, env=environment, cwd=ROOT)
        os.close(child)
        printed = b""
        try:
            while piece := os.read(parent, 65536):
                printed += piece
        except OSError:  # how Linux says that the other side is closed
            pass
        os.close(parent)
        process.wait()
    return printed.decode("utf-8").replace("\r\n", "\n")


def drawn(capture: Capture) -> str:
    """Give the SVG of a capture; the same bytes each time."""
    console = Console(
        record=True, width=capture.columns, file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    console.print(Text.assemble(("$ ", "dim"), (capture.command, "bold")))
    # the empty last line is room for the tails of the letters above it
    console.print(Text.from_ansi(terminal_output(capture.command, capture.columns).rstrip("\n") + "\n"))
    frame = FRAME.replace("COMMAND", escape(capture.command))
    svg = console.export_svg(title="", theme=THEME, code_format=frame, unique_id=f"ht-{capture.name}")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


async def screens(recording: Recording) -> list[Segments]:
    """Give the screens of the picker after each step."""
    from ht_cli import clock
    from ht_cli.browse.app import Picker
    from ht_cli.browse.widgets import QuestionLine
    from ht_cli.commands._deeds import Deeds

    clock.now = lambda: MOMENT.replace(tzinfo=clock.BRUSSELS)
    picker = Picker(Deeds(), catalogue=str(ROOT / "data" / "resources.db"))
    taken = []
    async with picker.run_test(size=(recording.columns, recording.rows)) as pilot:
        for keys in recording.steps:
            await pilot.press(*keys)
            while picker._finder._reply.question.text != picker._finder.query_one(QuestionLine).value:
                await pilot.pause(0.05)
            picker._finder.query_one(QuestionLine).cursor_blink = False
            await pilot.pause(0.3)
            strips = picker.screen._compositor.render_strips(picker.size)
            taken.append(Segments([segment for strip in strips for segment in [*strip, *NEW_LINE]]))
    return taken


def recorded(recording: Recording) -> str:
    """Give the SVG of a recording; the same bytes each time. Who wants no motion sees its last screen."""
    shown = asyncio.run(screens(recording))
    frames = [_drawn(screen, recording.columns, SHEET, f"ht-{recording.name}-{number}") for number, screen in enumerate(shown)]
    share, last = 100 / len(frames), len(frames) - 1
    rules = [f".frame {{ visibility: hidden; animation: show {SECONDS * len(frames)}s step-end infinite; }}"]
    rules.append(f"@keyframes show {{ 0% {{ visibility: visible; }} {share:g}% {{ visibility: hidden; }} }}")
    rules += [f"#frame-{number} {{ animation-delay: {number * SECONDS}s; }}" for number in range(len(frames))]
    rules.append(f"@media (prefers-reduced-motion: reduce) {{ .frame {{ animation: none; }} #frame-{last} {{ visibility: visible; }} }}")
    groups = [f'<g class="frame" id="frame-{number}">\n{frame}</g>' for number, frame in enumerate(frames)]
    size = _drawn(shown[0], recording.columns, "{width} {height}", "ht-size").strip()
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" aria-labelledby="ht-{recording.name}-name">'
    title = f'<title id="ht-{recording.name}-name">ht browse</title>'
    return "\n".join([head, title, "<style>", *rules, "</style>", *groups, "</svg>"]) + "\n"


def _drawn(screen: Segments, columns: int, code_format: str, unique_id: str) -> str:
    console = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False)
    console.print(screen, end="")
    svg = console.export_svg(title="", theme=THEME, code_format=code_format, unique_id=unique_id)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def main() -> None:
    """Draw every picture."""
    PICTURES.mkdir(exist_ok=True)
    locale.activate([], os.environ | {"HT_LANG": "en"})
    for recording in RECORDINGS:
        (PICTURES / f"{recording.name}.svg").write_text(recorded(recording), "utf-8")
    for capture in CAPTURES:
        (PICTURES / f"{capture.name}.svg").write_text(drawn(capture), "utf-8")


if __name__ == "__main__":
    main()
