"""Flipped bytes in the user's own catalogue: the right answer, or the damage is said, with exit code 5 and the way out.
`python -m reliability.flips [COUNT]`.

Every copy has 1 to 64 bytes flipped, wherever they are. Commands that look for help go on with the bundled catalogue and say so; the others
refuse with exit code 5. An answer is right when it is byte for byte the one of the catalogue without damage.
"""

import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from ht_cli.catalogue.keeping.changing import Editor, Occasion
from ht_cli.catalogue.keeping.writing import open_for_writing
from reliability.document import write_part
from reliability.lines import run
from reliability.readers import BUNDLED

SEED = "flips"
COUNT = 2_000
MOST_BYTES = 64
GOING_ON = (("find", "deuil", "namur", "--json"), ("show", "realism", "--json"), ("map", "namur", "--json"), ("urgent", "eupen", "--json"))
REFUSING = (("history", "--json"), ("due", "--city", "namur", "--json"), ("info",), ("export", "deuil", "--city", "namur", "--csv"))
OUTCOMES = (
    "said, and answered from the bundled catalogue",
    "said with exit code 5",
    "right",
    "wrong without a word",
    "a traceback",
    "no way out",
)


def flipped(content: bytes, number: int) -> bytes:
    """Give copy number so many of a file: as often one flipped byte as thirty."""
    chance = Random(f"{SEED}/{number}")
    harmed = bytearray(content)
    for _byte in range(round(2 ** chance.uniform(0, MOST_BYTES.bit_length() - 1))):
        harmed[chance.randrange(len(harmed))] ^= chance.randrange(1, 256)
    return bytes(harmed)


def outcome(command: tuple[str, ...], right: bytes) -> str:
    """Say what came of a command on the damaged file."""
    try:
        answer = run(command)
    except Exception:  # noqa: BLE001 — whatever it is, it is what is looked for
        return "a traceback"
    said = answer.exit_code == 5 or "is read instead" in answer.err
    if said:
        if "ht restore" not in answer.err:
            return "no way out"
        return OUTCOMES[0] if answer.exit_code != 5 else OUTCOMES[1]
    return "right" if answer.out == right else "wrong without a word"


def try_flips(count: int, folder: Path) -> Counter[tuple[str, str]]:
    """Read that many damaged copies with every command, and count what came of it by the kind of command."""
    own = folder / "own" / "resources.db"
    own.parent.mkdir()
    shutil.copyfile(BUNDLED, own)
    os.environ |= {"HT_CATALOGUE": str(own), "HT_LANG": "en", "XDG_DATA_HOME": str(folder)}
    with open_for_writing(str(own)) as connection:  # the first write seals it, and leaves a backup
        Editor(connection).change("realism", lambda record: record | {"notes": "kept"}, Occasion("update", "AB"))
    content = own.read_bytes()
    right = {command: run(command).out for command in (*GOING_ON, *REFUSING)}
    counted: Counter[tuple[str, str]] = Counter()
    for number in range(count):
        own.write_bytes(flipped(content, number))
        for kind, commands in (("look for help", GOING_ON), ("keep or export", REFUSING)):
            for command in commands:
                came = outcome(command, right[command])
                counted[kind, came] += 1
                if came in OUTCOMES[3:]:
                    print(f"copy {number}, ht {' '.join(command)}: {came}", flush=True)
    return counted


def main(count: int) -> None:
    """Try the flips, and write down what came of them."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counted = try_flips(count, Path(folder))
    lines = [
        f"{count:,} copies, {counted.total():,} answers of {len(GOING_ON) + len(REFUSING)} commands, in {time.monotonic() - start:.0f} s.",
        "",
        "| what came of it | commands that look for help | commands that keep or export |",
        "|---|---|---|",
        *(f"| {came} | {counted['look for help', came]:,} | {counted['keep or export', came]:,} |" for came in OUTCOMES),
    ]
    write_part("flips", lines)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
