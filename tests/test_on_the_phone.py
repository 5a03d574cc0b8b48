"""With somebody on the phone, in four languages: `ht` is installed as the page says, from a copy of the folder, and each block is run as it stands."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.conftest import ROOT, Outcome, posix
from tests.pages import LANGUAGES, Pages, blocks, run_in_bash, this_python

pytestmark = [posix, pytest.mark.xdist_group("on the phone")]  # it is installed once

Call = tuple[Path, subprocess.CompletedProcess[str]]
INSTALLED_FROM = ("README.md", "LICENSE", "pyproject.toml", "data/LICENSE", "data/resources.db", "ht_cli", "shipping")
LOSS = (
    "my husband died and I enjoy nothing any more, ixelles", "mon mari est mort, je n'ai plus goût à rien, namur",
    "mijn man is gestorven, ik heb nergens zin meer in, gent", "mein Mann ist gestorben, ich habe zu nichts mehr Lust, eupen",
)  # fmt: skip
DANGER = (
    "she says she does not want to live any more, ixelles", "elle dit qu'elle ne veut plus vivre, namur",
    "ze zegt dat ze niet meer wil leven, gent", "sie sagt, dass sie nicht mehr leben will, eupen",
)  # fmt: skip
PAGES = Pages("on-the-phone", (
    ("woluwe", "celles", "machelen", "limburg"),
    ("Woluwe-Saint-Pierre (Brussels-Capital Region)", "Celles (5561 Houyet)", "Machelen (9870 Zulte)", "Limbourg (Lüttich)"),
    ("nobody answers since June", "personne ne répond depuis juin", "niemand neemt op sinds juni", "seit Juni nimmt niemand ab"),
    ("sheet.html", "feuille.html", "blad.html", "blatt.html"),
    ("fr", "en", "fr", "fr"),  # of the client
    ("free-clinic-ixelles", "un-pass-dans-l-impasse", "caw-oost-vlaanderen", "btz-ostbelgien"),
    LOSS,
    DANGER,
    ("HT_LANG=en", "HT_LANG=fr", "HT_LANG=nl", "HT_LANG=de"),
    ("en", "fr", "nl", "de"),
    ("grief", "deuil", "rouw", "Trauer"),
    ("anxiety", "anxiété", "angst", "Angst"),
    ("ixelles", "namur", "gent", "eupen"),
    ("schaerbeek", "charleroi", "brugge", "st. vith"),
))  # fmt: skip


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[Call]]]:
    """Each page on its way through bash, in a home of its own, with the `ht` that its first block installed; two at a time, for they mostly wait."""
    home = tmp_path_factory.mktemp("installing")
    folder = copy_of_this_folder(home / "ht")
    this_python(home, "python3")
    installed = run_in_bash(blocks(PAGES.texts["en"], "sh")[:1], home, folder)
    assert installed.returncode == 0, installed.stderr
    with ThreadPoolExecutor(2) as pool:
        yield {language: pool.submit(a_call, language, tmp_path_factory.mktemp(language), folder / ".venv") for language in LANGUAGES}


def copy_of_this_folder(folder: Path) -> Path:
    """What `ht` is installed from, without what this machine made beside it."""
    for name in INSTALLED_FROM:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def a_call(language: str, home: Path, installed: Path) -> Call:
    """Give the home in which all blocks of a page but the first were run, without a terminal, and what was said."""
    folder = home / "ht"
    folder.mkdir()
    (folder / ".venv").symlink_to(installed)
    return home, run_in_bash(blocks(PAGES.texts[language], "sh")[1:], home, folder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blocks_of_a_page_run_as_they_stand(calls: dict[str, Future[Call]], language: str) -> None:
    home, run = calls[language].result()
    _, another_place, remark, sheet, spoken, resource, *_ = PAGES.words_of(language)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert {path.name for path in (home / "ht").iterdir()} == {".venv", sheet}
    assert f'<html lang="{spoken}"' in (home / "ht" / sheet).read_text("utf-8")
    assert f"\t{resource}\t" in run.stdout
    assert f"\t{remark}\n" in run.stdout
    assert another_place in run.stderr
    assert re.search(r"^  112  ", run.stderr, re.M)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_was_typed_about_somebody_is_kept(calls: dict[str, Future[Call]], language: str) -> None:
    home, _ = calls[language].result()
    remark, sentences = PAGES.words_of(language)[2], [sentences[LANGUAGES.index(language)] for sentences in (LOSS, DANGER)]
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert remark.encode() in kept
    assert not [sentence for sentence in sentences if sentence.encode() in kept]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_block_for_a_terminal_opens_the_picker_and_escape_leaves_it(calls: dict[str, Future[Call]], language: str) -> None:
    from tests.terminal import BACK, Terminal  # imports what Windows has not

    _, run = calls[language].result()
    first = next(row.split("\t")[1] for row in run.stdout.splitlines() if row.count("\t") > 10 and not row.startswith("id\t"))
    (block,) = blocks(PAGES.texts[language], "console")
    command, *words = shlex.split(block)
    assert command == "ht"
    window = Terminal(*words, HT_LANG=language)
    try:
        window.until(first[:12].encode())
        window.press(b"\x1b")
        assert window.ended() == 0
        assert BACK in window.shown
    finally:
        window.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_says_that_is_shown_is_what_ht_says(language: str) -> None:
    with (ROOT / "ht_cli" / "locale" / language / "LC_MESSAGES" / "ht.po").open("rb") as file:
        messages = [str(message.string or message.id) for message in read_po(file) if isinstance(message.id, str) and message.id]
    literal = [message for message in messages if len(re.sub(r"\{.*?\}", "", message).strip()) >= 5]
    shapes = [re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(message))) for message in literal]
    codes = re.findall(r"`([^`\n]+)`", PAGES.texts[language])
    shown = [code for code in codes if " " in code and not re.match(r"ht |py |set |\.venv", code)]
    assert len(shown) >= 14
    assert not [
        code
        for code in shown
        if not any(message.startswith(code) for message in literal) and not any(shape.fullmatch(code) for shape in shapes)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_have_the_same_commands_but_for_the_readers_words(language: str) -> None:
    PAGES.check_same_commands(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_is_run(language: str) -> None:
    PAGES.check_only_these_blocks(language)


def test_every_command_and_option_that_a_page_names_is_there(ht: Callable[..., Outcome]) -> None:
    PAGES.check_commands_are_there(ht)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_short_and_leads_to_the_others_and_to_what_is_there(language: str) -> None:
    PAGES.check_form(language, lines=110)


def test_the_readme_leads_to_each_page() -> None:
    PAGES.check_readme_leads_here()
