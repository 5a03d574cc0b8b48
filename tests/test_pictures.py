"""The pictures of the README show what `ht` prints today, and load nothing."""

import importlib.util
import re
import sys
from types import ModuleType

import pytest

from tests.conftest import BUNDLED, ROOT

if sys.platform == "win32":
    pytest.skip("the pictures are drawn in a pseudo-terminal, which Windows lacks", allow_module_level=True)


def script() -> ModuleType:
    specification = importlib.util.spec_from_file_location("pictures", ROOT / "docs" / "pictures.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


PICTURES = script()


@pytest.mark.parametrize("capture", PICTURES.CAPTURES, ids=lambda capture: capture.name)
def test_a_picture_is_what_the_command_prints(capture: tuple[str, str, int]) -> None:
    committed = (PICTURES.PICTURES / f"{capture[0]}.svg").read_text("utf-8")
    assert PICTURES.drawn(capture) == committed, "draw them anew: python docs/pictures.py"


@pytest.mark.parametrize("capture", PICTURES.CAPTURES, ids=lambda capture: capture.name)
def test_a_picture_loads_nothing_from_outside_and_stands_in_the_readme_with_its_words(capture: tuple[str, str, int]) -> None:
    name, command, _columns = capture
    picture = (PICTURES.PICTURES / f"{name}.svg").read_text("utf-8")
    assert not re.search(r"url\((?!#)|@import|@font-face|href=|<script|<image", picture)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.search(rf"!\[[^\]]*`?{re.escape(command)}`?[^\]]*\]\(docs/pictures/{name}\.svg\)", readme)


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in PICTURES.PICTURES.glob("*.svg")} == {
        drawn.name for drawn in (*PICTURES.CAPTURES, *PICTURES.RECORDINGS)
    } | {"reliability"}  # drawn by just hearing


@pytest.mark.parametrize("recording", PICTURES.RECORDINGS, ids=lambda recording: recording.name)
def test_a_recording_is_what_the_picker_shows(recording: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ht_cli.clock.now", None)  # the recording sets its own, and it is put back
    committed = (PICTURES.PICTURES / f"{recording.name}.svg").read_text("utf-8")  # type: ignore[attr-defined]
    assert PICTURES.recorded(recording) == committed, "draw it anew: python docs/pictures.py"
    assert not re.search(r"url\((?!#)|@import|@font-face|href=|<script|<image", committed)
    assert "prefers-reduced-motion" in committed
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.search(rf"!\[[^\]]*`?ht browse`?[^\]]*\]\(docs/pictures/{recording.name}\.svg\)", readme)  # type: ignore[attr-defined]


def test_what_the_readme_says_that_a_window_prints_is_what_it_prints() -> None:
    from tests.terminal import shown  # a pseudo-terminal, which Windows lacks

    readme = (ROOT / "README.md").read_text("utf-8")
    said = re.findall(r"<!-- output: ht (.+) -->\n```\n(.*?)```\n<!-- end -->", readme, re.DOTALL)
    assert said
    for command, printed in said:
        assert shown(*command.split(), columns=80, HT_LANG="en", NO_COLOR="1", HT_CATALOGUE=str(BUNDLED)).rstrip() == printed.rstrip()
