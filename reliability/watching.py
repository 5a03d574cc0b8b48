"""What commands that only read ask of the system: no socket, and no file opened for writing, made, moved or taken away.
`python -m reliability.watching` (wants strace).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.writing import open_for_writing
from reliability.document import write_part
from reliability.readers import BUNDLED, ROOT

READS = (
    ("find", "burnout", "namur"), ("find", "depresion", "bruxeles", "--json"), ("find", "drogues", "--open-now"), ("find", "rouw", "gent", "--explain"),
    ("show", "realism"), ("show", "realism", "--json"), ("networks", "jemelle"), ("urgent", "eupen"), ("map", "liege"), ("map", "liege", "--json"),
    ("terms", "needs"), ("guide",), ("sheet", "realism", "--format", "sms"), ("history",), ("due", "--limit", "5"), ("doctor", "realism"), ("doctor",),
    ("info",), ("info", "--charts"), ("conflicts",), ("restore",), ("completion", "bash"), ("help",), ("--help",), ("--version",),
    ("export", "burnout", "namur", "--csv"), ("export", "burnout", "namur", "--format", "vcard"), ("export", "burnout", "namur", "--format", "html"),
    ("update", "realism", "--set", "notes=x", "--dry-run"), ("add", "--name", "X", "--kind", "group", "--city", "namur", "--language", "fr", "--dry-run"),
    ("undo", "--last", "1", "--dry-run"), ("remove", "realism", "--reason", "stopped", "--dry-run"), ("__complete", "find", "--city", "lie"),
)  # fmt: skip
_WATCHED = "trace=%network,open,openat,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat,symlink,symlinkat,truncate,ftruncate"
_WRITES = re.compile(r"\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)\b")
_HARMLESS = re.compile(r'"/dev/(?:null|tty|pts/\d+)"')
_FAILED = re.compile(r"= -1 E[A-Z]+")


def prepared(folder: Path) -> Path:
    """Make a catalogue of one's own that was changed once."""
    own = folder / "own" / "resources.db"
    own.parent.mkdir()
    shutil.copyfile(BUNDLED, own)
    with open_for_writing(str(own)) as connection:
        Editor(connection).change("realism", lambda record: record | {"notes": "kept"}, Occasion("update", "AB"))
    return own


def asked_of_the_system(words: Sequence[str], catalogue: Path, folder: Path) -> list[str]:
    """Run a command and give each call that opened a connection or could have changed a file."""
    trace = folder / "trace"
    environment = os.environ | {
        "HT_CATALOGUE": str(catalogue), "HT_LANG": "en", "XDG_DATA_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = ["strace", "-f", "-qq", "-e", _WATCHED, "-o", str(trace), sys.executable, "-m", "ht_cli", *words]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, cwd="/", check=False)
    if done.returncode not in (0, 1) or (not done.stdout and not done.stderr):
        raise SystemExit(f"ht {' '.join(words)}: {done.returncode} {done.stderr.decode()}")
    return [*_harmful(trace.read_text("utf-8", "replace").splitlines())]


def _harmful(calls: Iterable[str]) -> Iterable[str]:
    for call in calls:
        opens = re.search(r"\bopen(?:at)?\(", call)
        if "(" not in call or _FAILED.search(call) or _HARMLESS.search(call) or (opens and not _WRITES.search(call)):
            continue
        yield call


def main() -> None:
    """Watch every command, and write down what it asked for."""
    lines = []
    harm = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = prepared(folder)
        before = own.read_bytes()
        for words in READS:
            calls = asked_of_the_system(words, own, folder)
            harm += len(calls)
            for call in calls:
                print(f"ht {' '.join(words)}: {call}", flush=True)
        if own.read_bytes() != before:
            raise SystemExit("the catalogue was changed")
    lines.append(
        f"{len(READS)} command lines that only read, on a catalogue of one's own: {harm} calls that open a connection or could change a file."
    )
    write_part("watching", lines)


if __name__ == "__main__":
    main()
