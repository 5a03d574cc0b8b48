"""What holds the house together: layers, start, translations, size."""

import ast
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from ht_cli.roster import COMMANDS, function_name
from tests.conftest import BUNDLED, ON_POSIX_ALONE, ROOT, SLOW, posix

PACKAGE = ROOT / "ht_cli"
LARGEST_CATALOGUE, LARGEST_WHEEL = 10_500_000, 5_000_000  # bytes: what somebody downloads over a telephone
MODULES = sorted(PACKAGE.rglob("*.py"))
LAYERS = {
    "commands": {
        "dates",
        "search",
        "places",
        "exchange",
        "catalogue",
        "output",
        "model",
        "options",
        "paths",
        "clock",
        "wording",
        "guide",
        "hours",
        "roster",
        "synonyms",
        "usage",
        "browse",
        "fields",
        "running",
    },
    "completing": {"catalogue", "search", "output", "roster", "synonyms"},
    "browse": {"dates", "search", "catalogue", "output", "model", "clock", "wording", "hours", "hours_wording"},
    "output": {"dates", "exchange", "search", "places", "model", "clock", "wording", "hours", "hours_wording", "guide"},
    "catalogue": {"dates", "search", "hearing", "places", "model", "fields", "paths", "clock", "wording", "hours"},
    "search": {"hearing", "places", "model", "hours"},
    "hearing": {"model"},
    "exchange": {"dates", "places", "model", "fields", "clock", "wording", "hours", "hours_wording"},
    "guide": {"search"},
    "wording": {"dates", "model"},
    "hours_wording": {"dates", "model", "wording", "hours"},
    "hours": {"dates", "model", "clock"},
    "dates": set(),
    "places": {"model"},
    "model": set(),
    "fields": {"model"},
    "shapes": set(),
    "errors": set(),
    "reasons": set(),
    "cleaning": set(),
    "line": {"app", "roster"},
    "manual": {"app", "roster", "commands"},
    "running": {"roster", "catalogue", "output", "paths", "line"},
    "locale": set(),
    "__init__": set(),
    "__main__": {"browse", "app", "completing", "line", "running"},
    "app": {"commands", "line", "options", "output", "roster", "running", "slips", "synonyms", "usage"},
    "clock": set(),
    "options": {"output"},
    "paths": set(),
    "roster": set(),
    "slips": {"catalogue", "commands", "completing", "model", "paths", "roster", "search", "synonyms", "usage"},
    "synonyms": set(),
    "usage": set(),
}


def modules_imported(path: Path) -> set[str]:
    """Give what a module imports of the package, wherever in it: by a statement, or by a name in a text (`import_module`)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "ht_cli":
            found |= {f"ht_cli.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"ht_cli(\.\w+)+", node.value):
            found.add(node.value)
    return {name for name in found if name.startswith("ht_cli.")}


def imports(path: Path) -> set[str]:
    return {name.split(".")[1] for name in modules_imported(path)} - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_points_back(path: Path) -> None:
    layer = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert layer in LAYERS, "say what this module may import"
    assert imports(path) <= LAYERS[layer] | {layer, "errors", "reasons", "locale", "cleaning", "shapes"}


def test_a_connection_is_opened_by_three_commands_alone() -> None:
    """`ht doctor --links`, `ht sync` with a server, and `ht open` through the browser; SECURITY.md says so."""
    networked = re.compile(
        r"^\s*(?:from|import) (?:socket|ssl|http|urllib\.request|ftplib|smtplib|psycopg|requests|httpx|webbrowser)\b", re.M
    )
    named = re.compile(r"import sys, webbrowser")  # in the line that the picker hands to another process
    knowing = {
        path.relative_to(PACKAGE).as_posix() for path in MODULES if networked.search(text := path.read_text("utf-8")) or named.search(text)
    }
    assert knowing == {
        "exchange/links.py", "catalogue/sharing/postgres.py", "catalogue/sharing/postgres_login.py", "commands/open_.py", "commands/_deeds.py",
    }  # fmt: skip


COMMAND_MODULES = {function_name(command) for command in COMMANDS}


@pytest.mark.parametrize("path", sorted((PACKAGE / "commands").glob("*.py")), ids=lambda path: path.name)
def test_a_command_imports_no_other_command(path: Path) -> None:
    """What several need is a module with an underscore; only the picker runs whole commands, as a line does."""
    assert not {name.split(".")[2] for name in modules_imported(path) if name.startswith("ht_cli.commands.")} & COMMAND_MODULES
    assert "function_of" not in path.read_text("utf-8") or path.name == "_deeds.py"


SHARED_NAMES = {"Filters"}  # what a search leaves out, and what the keys of the picker turn on


def test_a_class_has_its_name_for_itself() -> None:
    """Whoever looks for a class finds one; what a layer promises another, as a Protocol, bears the name of what keeps it."""
    where: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            promised = isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not promised:
                where.setdefault(node.name, []).append(path.relative_to(PACKAGE).as_posix())
    assert {name: paths for name, paths in where.items() if len(paths) > 1 and name not in SHARED_NAMES} == {}


def defined(tree: ast.Module) -> set[str]:
    """The names that a module gives to functions, classes and values."""
    names = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def test_nothing_is_written_down_that_nothing_uses() -> None:
    """A name that stands once in all of the package is used by nobody; a test of it does not count."""
    pages = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".html", ".j2", ".jinja", ".tcss"}]
    words = Counter(word for path in [*pages, *(ROOT / "shipping").glob("*.py")] for word in re.findall(r"\w+", path.read_text("utf-8")))
    commands = {function_name(command) for command in COMMANDS}  # found by their names
    unused = {
        f"{path.relative_to(PACKAGE).as_posix()}: {name}"
        for path in MODULES
        for name in defined(ast.parse(path.read_text("utf-8")))
        if words[name] == 1 and name not in commands and not name.startswith("__")
    }
    assert unused == set()


WINGS = ("facts", "index", "keeping", "sharing", "release")


@pytest.mark.parametrize("path", sorted((PACKAGE / "catalogue").rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_wing_of_the_catalogue_begins_with_those_before_it(path: Path) -> None:
    """What only a seldom act needs is imported in that act."""
    used = {
        node.module.split(".")[2]
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("ht_cli.catalogue.")
    }
    wing = path.parent.name
    assert used <= set(WINGS[: WINGS.index(wing) + 1] if wing in WINGS else ())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sql_stays_in_the_catalogue_and_print_in_output(path: Path) -> None:
    text = path.read_text("utf-8")
    if "catalogue" not in path.parts:
        assert not re.search(r"\.execute(?:many|script)?\(|\bSELECT ", text)
    assert not re.search(r"(?<![.\w])print\(", text)
    assert "except Exception" not in text
    assert "typer._click" not in text


def test_danger_is_decided_in_one_module() -> None:
    deciding = re.compile(r"\bDanger\([^):]|level=[\"']")
    assert [path.relative_to(PACKAGE).as_posix() for path in MODULES if deciding.search(path.read_text("utf-8"))] == [
        "model.py",
        "search/danger.py",
    ]  # where the word is defined, and where it is given


def test_each_list_of_the_fields_of_a_resource_holds_all_of_them() -> None:
    """They stand in the order of their own use; a field that is added to `Resource` is named here until each list has it."""
    from ht_cli.catalogue.release.returning import _ORDER
    from ht_cli.exchange.columns import LOSSLESS
    from ht_cli.exchange.explanations import EXPLANATIONS
    from ht_cli.exchange.objects import FIELDS
    from ht_cli.fields import RECORD_FIELDS, SPOKEN
    from ht_cli.model import LANGUAGES, Resource

    fields = set(Resource._fields)
    flat = (fields - set(SPOKEN)) | {f"{'description' if name == 'descriptions' else name}_{code}" for name in SPOKEN for code in LANGUAGES}
    assert fields <= set(FIELDS)
    assert flat == set(LOSSLESS) <= set(EXPLANATIONS)
    assert set(_ORDER) == set(RECORD_FIELDS)


def test_the_ways_of_a_check_and_the_formats_of_results_are_those_of_the_options() -> None:
    """The options say them to mypy, which reads no other list; completion and the picker load no Typer."""
    from typing import get_args

    from ht_cli.browse.dialogs import CheckDialog
    from ht_cli.completing.candidates import FIXED
    from ht_cli.exchange.formats import MACHINE_FORMATS
    from ht_cli.options import Format, How

    assert get_args(How) == FIXED["how"] == CheckDialog.WAYS[:-1]
    assert get_args(Format) == FIXED["form"] == ("table", "records", *MACHINE_FORMATS)


def loaded(*arguments: str) -> set[str]:
    code = (
        "import os, sys; from ht_cli.__main__ import main\nos._exit = sys.exit\n"
        "try:\n main()\nexcept SystemExit: pass\nsys.stderr.write('\\n'.join(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"HT_CATALOGUE": ""},
    )
    return {name.split(".")[0] if name != "importlib.metadata" else name for name in run.stderr.split("\n")}


def test_help_loads_nothing_heavy() -> None:
    assert not loaded("--help") & {"rich", "sqlite_utils", "pydantic", "phonenumbers", "rapidfuzz", "importlib.metadata", "sqlite3"}


def test_a_piped_search_loads_nothing_heavy() -> None:
    heavy = {"rich", "sqlite_utils", "pydantic", "phonenumbers", "importlib.metadata", "zoneinfo"}
    needless = {"typer", "dataclasses", "inspect", "pathlib", "urllib", "shutil", "gettext", "json", "typing", "rapidfuzz"}
    assert not loaded("find", "ado", "anxieux", "liege") & (heavy | needless)


@pytest.mark.parametrize(
    "command", [("show", "realism"), ("urgent",), ("networks", "namur"), ("terms", "needs"), ("__complete", "show", "re")]
)
def test_an_ordinary_line_is_read_without_typer(command: tuple[str, ...]) -> None:
    assert not loaded(*command) & {"typer", "dataclasses", "inspect", "pathlib", "rich"}


@pytest.mark.parametrize("command", [("find", "tabac"), ("show", "realism"), ("urgent",), ("networks", "namur")])
def test_an_ordinary_line_compiles_nothing(command: tuple[str, ...]) -> None:
    """A field of a named tuple whose type is a text is compiled when its module is loaded, and the first to be costs a millisecond."""
    code = "import builtins\nfrom ht_cli.__main__ import main\ndef compile(*_): raise AssertionError('compiled')\nbuiltins.compile = compile\nmain()"
    run = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, cwd=ROOT, env=os.environ | {"HT_CATALOGUE": ""})
    assert (run.returncode, b"Traceback" in run.stderr) == (0, False), run.stderr.decode()


@pytest.mark.parametrize("command", [("urgent",), ("show", "hulplijn-1712"), ("find", "tabac"), ("networks", "namur")])
def test_what_a_machine_reads_never_asks_for_the_hour(command: tuple[str, ...]) -> None:
    assert "zoneinfo" not in loaded(*command)


def test_a_search_by_hours_loads_what_reads_them_and_nothing_else_that_is_heavy() -> None:
    modules = loaded("find", "tabac", "--open-now")
    assert "zoneinfo" in modules
    assert not modules & {"rich", "sqlite_utils", "pydantic", "phonenumbers", "importlib.metadata"}


@pytest.mark.parametrize("command", [(), ("--help",), ("find", "tabac"), ("show", "realism"), ("browse",)])
def test_no_command_loads_textual_but_the_picker_on_a_terminal(command: tuple[str, ...]) -> None:
    assert "textual" not in loaded(*command)


def test_only_the_picker_knows_textual() -> None:
    knowing = [
        path.relative_to(PACKAGE).as_posix() for path in MODULES if re.search(r"^\s*(from|import) textual", path.read_text("utf-8"), re.M)
    ]
    assert knowing == ["browse/app.py", "browse/dialogs.py", "browse/palette.py", "browse/widgets.py"]


def test_every_sentence_is_translated() -> None:
    from babel.messages.pofile import read_po

    from ht_cli.locale.gathering import gathered

    marked = {message.id for message in gathered() if message.id}
    assert len(marked) > 1000
    for language in ("fr", "nl", "de", "en"):
        with (PACKAGE / "locale" / language / "LC_MESSAGES" / "ht.po").open("rb") as file:
            said = {message.id for message in read_po(file) if message.id and message.string}
        assert marked - said == set(), language


def test_every_sentence_is_said_once_in_each_language() -> None:
    for language in ("fr", "nl", "de", "en"):
        text = (PACKAGE / "locale" / language / "LC_MESSAGES" / "ht.po").read_text("utf-8")
        ids = re.findall(r'^msgid "(.+)"$', text, re.M)
        assert sorted(ids) == sorted(set(ids)), language
        assert not re.search(r'^msgstr (?:.*\n")*.*\nmsgstr', text, re.M), language  # what a merge by union may leave


def test_the_compiled_translations_are_those_of_the_text(tmp_path: Path) -> None:
    from babel.messages.mofile import read_mo, write_mo
    from babel.messages.pofile import read_po

    def said(path: Path) -> dict[str, object]:
        """What is said, without the heading, which each version of Babel writes in its own way."""
        with path.open("rb") as compiled:
            return {str(message.id): message.string for message in read_mo(compiled) if message.id}

    for language in ("fr", "nl", "de", "en"):
        folder = PACKAGE / "locale" / language / "LC_MESSAGES"
        with (folder / "ht.po").open("rb") as text, (tmp_path / "ht.mo").open("wb") as compiled:
            write_mo(compiled, read_po(text))
        assert len(said(folder / "ht.mo")) > 500
        assert said(tmp_path / "ht.mo") == said(folder / "ht.mo")


@posix
def test_a_closed_pipe_is_quiet() -> None:
    script = f"{sys.executable} -m ht_cli find deuil --limit 200 --json | head -c 10"
    run = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "Traceback" not in run.stderr
    assert "BrokenPipe" not in run.stderr


WORKING = {
    "show": ["realism"], "find": ["deuil", "namur"], "open": ["no-such-id-at-all"], "update": ["realism", "--set", "hours=9-17"],
    "remove": ["realism", "--reason", "stopped"], "verify": ["realism", "--how", "phone"], "undo": ["--last", "1"], "merge": ["{other}"],
    "import": ["{other}"], "completion": ["bash"], "export": ["--format", "ids"],
}  # fmt: skip


@pytest.mark.slow
@posix
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_ends_by_itself_with_its_input_closed(command: str, own: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copyfile(BUNDLED, other)
    words = " ".join(word.format(other=other) for word in WORKING.get(command, ()))
    script = f"exec {sys.executable} -m ht_cli {command} {words} <&-"
    run = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=False, cwd=ROOT, timeout=120, env=os.environ | {"EDITOR": ""}
    )
    assert run.returncode in range(6)
    assert "Traceback" not in run.stderr
    assert run.stdout or run.stderr


@posix
def test_an_output_that_is_closed_is_no_reason_to_crash() -> None:
    run = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m ht_cli find deuil namur >&-"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that only Linux has")
@pytest.mark.parametrize("command", ["find deuil namur", "show realism --json", "export --csv", "--help", "urgent", "terms needs"])
def test_an_output_that_is_full_is_said_in_one_sentence(command: str) -> None:
    run = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m ht_cli {command} >/dev/full"], capture_output=True, text=True, check=False, cwd=ROOT,
        env=os.environ | {"HT_LANG": "en"},
    )  # fmt: skip
    assert run.returncode == 2
    assert "ht: cannot write stdout: No space left on device" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_output_that_is_not_utf_8_does_not_crash() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "HT_LANG": "fr"}
    run = subprocess.run(
        [sys.executable, "-m", "ht_cli", "find", "deuil", "liège"], capture_output=True, check=True, cwd=ROOT, env=environment
    )
    run.stdout.decode("ascii")


@pytest.mark.slow
def test_the_wheel_finds_its_catalogue_in_an_empty_environment(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)], check=True, capture_output=True, cwd=ROOT
    )
    venv.create(tmp_path / "empty", with_pip=True)
    python = tmp_path / "empty" / "bin" / "python"
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size <= LARGEST_WHEEL
    assert "ht_cli/browse/picker.tcss" in zipfile.ZipFile(wheel).namelist()
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("HT_CATALOGUE", "PYTHONPATH")} | {
        "HOME": str(tmp_path)
    }
    run = subprocess.run(
        [tmp_path / "empty" / "bin" / "ht", "find", "ado", "anxieux", "liege", "--format", "ids"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=environment,
    )
    assert run.stdout.splitlines()[0] == "ecoute-enfants-103"
    page = subprocess.run(
        [tmp_path / "empty" / "bin" / "ht", "guide", "--locale", "de"], capture_output=True, text=True, check=True, env=environment
    )
    assert page.stdout.startswith("# Wo anfangen?\n")


def test_the_bundled_catalogue_keeps_its_constraints_and_its_size() -> None:
    import sqlite3

    assert BUNDLED.stat().st_size <= LARGEST_CATALOGUE
    with sqlite3.connect(BUNDLED) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_users_catalogue_is_where_platformdirs_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from platformdirs import user_data_dir

    from ht_cli.paths import user_catalogue

    for home in ("", str(tmp_path)):
        monkeypatch.setenv("XDG_DATA_HOME", home)
        assert user_catalogue() == f"{user_data_dir('ht')}/resources.db"


OF_POSIX = {"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"}


def test_what_only_posix_has_is_left_out_elsewhere() -> None:
    """Modules of tests that import it themselves, or through another module of the tests."""
    needs: dict[str, set[str]] = {}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        nodes = ast.parse(path.read_text("utf-8")).body
        named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        named |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
        needs[".".join(path.relative_to(ROOT).with_suffix("").parts)] = named

    def reaches(module: str) -> bool:
        return any(name in OF_POSIX or (name in needs and reaches(name)) for name in needs[module])

    found = {
        f"{name.removeprefix('tests.').replace('.', '/')}.py"
        for name in needs
        if name.rpartition(".")[2].startswith("test_") and reaches(name)
    }
    assert found == set(ON_POSIX_ALONE)


def test_whatever_writes_a_file_can_be_told_to_write_over_one() -> None:
    commands = {path.stem: path.read_text("utf-8") for path in (PACKAGE / "commands").glob("*.py")}
    assert [name for name, text in sorted(commands.items()) if "output: OutputOption" in text and "force: ForceOption" not in text] == []


def test_a_whole_number_that_is_typed_has_a_highest() -> None:
    """A larger one than a database or an iterator counts to would be a traceback."""
    from ht_cli.app import load_command
    from ht_cli.roster import COMMANDS

    numbers = [(name, parameter) for name in COMMANDS for parameter in load_command(name).params if parameter.type.name.startswith("int")]
    assert len(numbers) >= 7
    assert [(name, parameter.name) for name, parameter in numbers if getattr(parameter.type, "max", None) is None] == []


def test_what_is_named_slow_or_of_posix_is_there() -> None:
    assert [name for name in (*SLOW, *ON_POSIX_ALONE) if not (ROOT / "tests" / name).exists()] == []
