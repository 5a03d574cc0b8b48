"""Each constant of the ranking and of the hearing a step further: does a test notice? `python -m reliability.constants [NAME …]`.

A constant is a name in capitals at the head of a module of `search` or `hearing` that holds a number, or numbers. Each number is changed alone
(a whole one by one, or by a twentieth where that is more; another by a tenth), in a process of its own: first the answers of
`tests/search/answers.txt` are made, then, where nothing changed, the tests that are named here are run.
"""

import ast
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from reliability.document import write_part
from reliability.readers import BUNDLED, ROOT

MODULES = (
    "search.case", "search.referral", "search.ranking", "search.weighing", "search.labelling", "search.danger", "search.listening", "search.spelling", "search.towns",
    "search.names", "search.answering", "search.ages", "search.hours_asked", "search.meanings", "search.option_values", "search.question", "search.spans",
    "search.telling", "search.text", "hearing.ears", "hearing.clauses", "hearing.features",
)  # fmt: skip
TESTS = ("test_constants.py", "test_bounds.py", "test_ages.py", "test_spelling.py")  # of tests/search
MOST_OF_A_TABLE = 20  # numbers; a longer table is a vocabulary, such as the words for 21 to 99


class Constant(NamedTuple):
    """A number: its module, the name that holds it, and the way to it inside a table."""

    module: str
    name: str
    way: tuple[Any, ...]
    value: float

    def __str__(self) -> str:
        inside = "".join(f"[{step!r}]" for step in self.way)
        return f"{self.module}.{self.name}{inside} = {self.value}"


def constants() -> Iterator[Constant]:
    """Give each number that a constant holds."""
    for module in MODULES:
        loaded = import_module(f"ht_cli.{module}")
        assigned = [
            node for node in ast.parse(Path(str(loaded.__file__)).read_text("utf-8")).body if isinstance(node, (ast.Assign, ast.AnnAssign))
        ]
        for node in assigned:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for name in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(name, ast.Name) and name.id.isupper():
                        numbers = list(_numbers(getattr(loaded, name.id)))
                        yield from (Constant(module, name.id, *number) for number in numbers if len(numbers) <= MOST_OF_A_TABLE)


def _numbers(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], float]]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        yield way, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _numbers(inner, (*way, key))
    elif isinstance(value, (tuple, list)):
        for number, inner in enumerate(value):
            yield from _numbers(inner, (*way, number))


def stepped(value: float) -> float:
    """Give a number a step further."""
    if isinstance(value, int):
        return value + max(1, abs(value) // 20)
    return round(value * 1.1, 6) if value else 0.1


def _with(value: Any, way: tuple[Any, ...], number: float) -> Any:
    """Give a table with another number at the end of the way."""
    if not way:
        return number
    if isinstance(value, dict):
        return value | {way[0]: _with(value[way[0]], way[1:], number)}
    changed = [_with(inner, way[1:], number) if at == way[0] else inner for at, inner in enumerate(value)]
    return type(value)(changed)


def change(constant: Constant) -> None:
    """Change a constant wherever it is bound: in its module, and in those that import it by name."""
    whole = getattr(import_module(f"ht_cli.{constant.module}"), constant.name)
    changed = _with(whole, constant.way, stepped(constant.value))
    for name, module in list(sys.modules.items()):
        if name.startswith("ht_cli.") and _binds(module, constant.name, whole, f"ht_cli.{constant.module}"):
            setattr(module, constant.name, changed)


def _binds(module: ModuleType, name: str, whole: Any, owner: str) -> bool:
    if vars(module).get(name) != whole or type(vars(module).get(name)) is not type(whole):
        return False
    if module.__name__ == owner:
        return True
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    return any(
        isinstance(node, ast.ImportFrom) and node.module == owner and name in [alias.name for alias in node.names]
        for node in ast.walk(tree)
    )


def _answers_change() -> bool:
    from tests.search.answering import lines, written

    return any(line != known for line, known in zip_longest(lines(), written()))  # the first that is another one is enough


def _a_test_fails() -> bool:
    import pytest

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-o", "addopts=", *(f"tests/search/{test}" for test in TESTS)]) != 0


def unnoticed(found: Sequence[Constant], noticed: Callable[[], bool], *, at_once: int) -> list[Constant]:
    """Change each constant in a process of its own, and give those of which nothing is noticed there; whatever goes wrong is noticed too."""
    waiting, running, left = list(found), {}, []
    while waiting or running:
        while waiting and len(running) < at_once:
            constant = waiting.pop(0)
            running[_child(constant, noticed)] = constant
        pid, status = os.wait()
        constant = running.pop(pid)
        if os.waitstatus_to_exitcode(status) == 0:
            left.append(constant)
            print(f"not noticed: {constant}", flush=True)
    return sorted(left, key=list(found).index)


def _child(constant: Constant | None, noticed: Callable[[], bool]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            if constant:
                change(constant)
            code = int(noticed())
        finally:
            os._exit(code)
    return pid


def main(names: list[str]) -> None:
    """Change each constant, and write down which changes nobody notices."""
    os.environ |= {"HT_CATALOGUE": str(BUNDLED), "HT_LANG": "fr"}
    os.chdir(ROOT)
    if _answers_change():  # which also loads whatever is loaded late
        raise SystemExit("answers.txt is not current: python -m tests.search.answering")
    _pid, status = os.waitpid(_child(None, _a_test_fails), 0)
    if status:
        raise SystemExit("the tests fail as it is")
    found = [constant for constant in constants() if not names or constant.name in names]
    at_once = int(os.environ.get("HT_JOBS") or os.cpu_count() or 1)
    left = unnoticed(found, _answers_change, at_once=at_once)
    print(f"{len(found)} numbers; {len(left)} change no answer; tests are run for these", flush=True)
    nobody = unnoticed(left, _a_test_fails, at_once=at_once)
    held = len(found) - len(nobody)
    lines = [
        f"{len(found)} numbers in {len(MODULES)} modules, each a step further: {held} ({held / len(found):.1%}) are noticed, "
        f"{len(found) - len(left)} by an answer that is another one and {len(left) - len(nobody)} by a test. Nobody notices:",
        "",
        *(f"- `{constant}`" for constant in nobody),
    ]
    if names:
        print("\n".join(lines))
    else:
        write_part("constants", lines)


if __name__ == "__main__":
    main(sys.argv[1:])
