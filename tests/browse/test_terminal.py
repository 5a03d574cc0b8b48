"""The picker in a real terminal and in a real tmux: how it is opened, and that it leaves nothing behind."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import BUNDLED, ROOT, program
from tests.terminal import ALTERNATE, BACK, PATIENCE, Terminal

Open = Callable[..., Terminal]


@pytest.fixture
def terminal() -> Iterator[Open]:
    opened: list[Terminal] = []

    def open_(*arguments: str, **environment: object) -> Terminal:
        opened.append(Terminal(*arguments, **environment))  # type: ignore[arg-type]
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


def test_ht_alone_on_a_terminal_opens_the_picker_and_escape_leaves_the_screen_as_it_was(terminal: Open) -> None:
    window = terminal()
    window.until(b"Nothing that you type is kept")
    assert window.shown.index(ALTERNATE) < window.shown.index(b"Nothing that you type is kept")
    window.press(b"burnout namur")
    window.until(b"burn-out")
    window.press(b"\x1b")
    assert window.ended() == 0
    assert b"burn" not in window.shown[window.shown.rindex(BACK) :]


@pytest.mark.parametrize("environment", [{"HT_BROWSE": "0"}, {"HT_ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_where_it_is_not_wanted_ht_alone_prints_help(terminal: Open, environment: dict[str, str]) -> None:
    window = terminal(**environment)
    window.ended()
    assert ALTERNATE not in window.shown
    assert b"find" in window.shown


@pytest.mark.parametrize(("environment", "sentence"), [({"HT_BROWSE": "0"}, b"turned off"), ({"TERM": "dumb"}, b"needs a terminal")])
def test_where_it_is_not_wanted_ht_browse_says_what_to_use(terminal: Open, environment: dict[str, str], sentence: bytes) -> None:
    window = terminal("browse", "burnout", **environment)
    assert window.ended() == 2
    assert sentence in window.shown
    assert b"ht find" in window.shown


def test_in_a_pipe_nothing_is_drawn() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ht_cli", "browse"], capture_output=True, text=True, check=False, cwd=ROOT, stdin=subprocess.DEVNULL
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert len(run.stderr.splitlines()) == 1


def test_without_colours_a_terminal_is_sent_none(terminal: Open) -> None:
    window = terminal("browse", "il me frappe", NO_COLOR="1")
    window.until(b"Are you in danger")
    window.press(b"\r")
    window.until(b"all facts")
    codes = {code for codes in re.findall(rb"\x1b\[([0-9;]*)m", window.shown) for code in codes.split(b";")}
    assert codes <= {b"", b"0", b"1", b"2", b"3", b"4", b"7", b"39", b"49"}


@pytest.mark.parametrize("arguments", [(), ("browse",), ("browse", "burnout")])
def test_what_is_typed_before_the_picker_is_drawn_is_in_its_line_and_stands_nowhere_else(
    terminal: Open, arguments: tuple[str, ...]
) -> None:
    window = terminal(*arguments)
    window.until_silent()
    window.read(0)
    assert ALTERNATE not in window.shown  # long before the screen is taken
    window.press(b"trauer luttich")
    window.until(b"grief")
    window.press(b"\x1b")
    assert window.ended() == 0
    before, _taken, _drawn = window.shown.partition(ALTERNATE)
    assert b"trauer" not in before
    assert b"trauer" not in window.shown[window.shown.rindex(BACK) :]
    assert window.echoes()


@pytest.mark.parametrize("at_once", [True, False])
def test_keys_that_are_typed_while_the_picker_starts_do_what_they_do_later(terminal: Open, at_once: bool) -> None:
    window = terminal()
    if not at_once:
        window.until_silent()
    window.press(b"tele-accueil 107\rc")
    window.until("╶┴╴╰─╯  ╵".encode())  # 107, three lines high


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_start_that_is_ended_gives_the_echo_back(terminal: Open, told: signal.Signals) -> None:
    window = terminal("browse")
    window.until_silent()
    window.process.send_signal(told)
    assert window.ended() in (-told, 0)
    assert window.echoes()


@pytest.mark.parametrize(
    ("arguments", "environment"), [(("browse", "--nothing"), {}), (("browse",), {"TERM": "dumb"}), ((), {"TERM": "dumb"})]
)
def test_a_picker_that_is_not_opened_gives_the_echo_back(terminal: Open, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    window = terminal(*arguments, **environment)
    assert window.ended() == 2
    assert window.echoes()


def hang_up_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


@pytest.mark.parametrize("before", [lambda: None, hang_up_ignored], ids=["a terminal", "one whose end is ignored"])
def test_a_closed_terminal_leaves_no_process(terminal: Open, before: Callable[[], None]) -> None:
    window = terminal("browse", "burnout", before=before)
    window.until(b"burn-out")
    os.close(window.window)
    assert window.process.wait(PATIENCE) is not None


def test_a_process_that_is_told_to_end_gives_the_terminal_back(terminal: Open) -> None:
    window = terminal("browse", "burnout")
    window.until(b"burn-out")
    window.process.terminate()
    assert window.ended() == 0
    assert BACK in window.shown


@pytest.mark.parametrize("seconds", [0.2, 0.35, 0.5, 0.6, 0.7, 1.0, 2.0])
def test_ctrl_c_at_any_moment_is_quiet(terminal: Open, seconds: float) -> None:
    window = terminal("browse", "violence conjugale liege")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        window.read(0.02)
    window.press(b"\x03")
    assert window.ended() in (0, 130, -signal.SIGINT)
    assert b"ht_cli" not in window.shown  # no traceback through us
    assert b"Exception ignored" not in window.shown
    assert window.shown.count(ALTERNATE) == window.shown.count(BACK)


def test_nothing_is_kept_on_the_disk(terminal: Open, tmp_path: Path) -> None:
    window = terminal("browse", HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path), XDG_STATE_HOME=str(tmp_path))
    window.until(b"Nothing that you type is kept")
    window.press(b"burnout namur")
    window.until(b"burn-out")
    window.press(b"\r\x1b")
    window.ended()
    assert list(tmp_path.rglob("*")) == []


class Tmux:
    """A tmux of its own, with `ht` in its only window."""

    def __init__(self, folder: Path) -> None:
        self.command = [program("tmux"), "-S", str(folder / "socket"), "-f", "/dev/null"]
        environment = {name: value for name, value in os.environ.items() if name not in ("TMUX", "NO_COLOR", "HT_BROWSE")}
        self.environment = environment | {"TERM": "xterm-256color", "HT_LANG": "en", "HT_CATALOGUE": str(BUNDLED)}
        self.run("new-session", "-d", "-x", "80", "-y", "24", f"cd {ROOT}; PS1='ready ' sh")
        self.until("ready")

    def run(self, *words: str) -> str:
        return subprocess.run([*self.command, *words], capture_output=True, text=True, check=True, env=self.environment).stdout

    def seen(self) -> str:
        return self.run("capture-pane", "-p")

    def press(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def until(self, text: str) -> str:
        end = time.monotonic() + PATIENCE
        while text not in (seen := self.seen()):
            assert time.monotonic() < end, seen
            time.sleep(0.1)
        return seen


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    opened = Tmux(tmp_path)
    yield opened
    with contextlib.suppress(subprocess.CalledProcessError):  # it has ended with its last window
        opened.run("kill-server")


def test_in_tmux_one_finds_reads_and_leaves_without_a_trace(tmux: Tmux) -> None:
    tmux.press(f"{sys.executable} -m ht_cli", "Enter")
    tmux.until("Nothing that you type is kept")
    tmux.press("tele-accueil 107")
    tmux.until("Télé-Accueil 107")
    tmux.press("Enter")
    tmux.until("c number")
    tmux.press("c")
    seen = tmux.until("set -g set-clipboard on")
    assert "copied" not in seen
    assert "╶┴╴╰─╯  ╵" in seen  # 107, three lines high
    tmux.press("Escape")
    time.sleep(0.5)
    tmux.run("resize-window", "-x", "40", "-y", "20")
    tmux.until("x tray  / words")
    tmux.press("Escape")
    tmux.until("ready")
    assert "107" not in tmux.run("capture-pane", "-p", "-S", "-").replace("ht_cli", "")


def test_in_tmux_set_to_take_it_the_number_arrives(tmux: Tmux) -> None:
    tmux.run("set-option", "-g", "set-clipboard", "on")
    tmux.press(f"{sys.executable} -m ht_cli browse tele-accueil 107", "Enter")
    tmux.until("Télé-Accueil 107")
    tmux.press("Enter")
    tmux.until("c number")
    tmux.press("c")
    tmux.until("Esc back")
    end = time.monotonic() + PATIENCE
    while "107" not in tmux.run("list-buffers"):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_closed_tmux_leaves_no_process(tmux: Tmux) -> None:
    tmux.press(f"exec {sys.executable} -m ht_cli browse burnout", "Enter")
    tmux.until("burn-out")
    number = int(tmux.run("list-panes", "-F", "#{pane_pid}"))
    tmux.run("kill-session")
    end = time.monotonic() + PATIENCE
    while Path(f"/proc/{number}").exists() and "Z" not in Path(f"/proc/{number}/stat").read_text().split()[2]:
        assert time.monotonic() < end
        time.sleep(0.1)
