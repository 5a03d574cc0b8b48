"""Keeps what somebody typed and could not bring in: files beside the user's own catalogue, for their eyes alone."""

import os
from itertools import count
from pathlib import Path

from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import translate as _
from ht_cli.paths import user_catalogue
from ht_cli.reasons import reason_of


def keep_draft(name: str, text: str, instead_of: Path | None = None) -> Path:
    """Keep a text under a name, over no other draft but the one that it was made of or that says the same, and give its path.

    Raises UsageError when that cannot be.
    """
    folder = _folder()
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        numbered = (folder / f"{name}.{number}.toml" for number in count(1))
        path = instead_of or next(path for path in numbered if not path.exists() or path.read_bytes() == text.encode())
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(beside, path)
    except OSError as error:
        raise UsageError(_("cannot write {path}: {reason}").format(path=folder, reason=reason_of(error))) from error
    return path


def newest_draft(name: str) -> Path:
    """Give the draft of a name that was kept last. Raises NotFoundError when there is none."""
    kept = sorted(_folder().glob(f"{name}.*.toml"), key=lambda path: path.stat().st_mtime_ns)
    if not kept:
        raise NotFoundError(_("no entry was interrupted or refused; begin one with: ht add"))
    return kept[-1]


def _folder() -> Path:
    return Path(user_catalogue()).with_name("drafts")
