"""Who may see a confidential address: whoever asks for it on a terminal, and nobody else, in no output of any kind."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from ht_cli.errors import UsageError
from ht_cli.locale import translate as _
from ht_cli.model import SECRET_ADDRESS, holds_secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

PUBLISHED = {"confidential": False}  # what stands in place of one that is to be public and was secret
_revealed = False


def reveal() -> None:
    """Show confidential addresses from here on. Raises UsageError where what is written would not stand on a terminal."""
    global _revealed
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        raise UsageError(_("--show-confidential shows on a terminal only, and writes to no file and no pipe"))
    _revealed = True


def refuse_in_a_file(asked: bool, output: Path | None) -> None:
    """Refuse to write to a file what was asked to be shown. Raises UsageError."""
    if asked and output:
        raise UsageError(_("--show-confidential shows on a terminal only, and writes to no file and no pipe"))


def conceal() -> None:
    """Show none any more."""
    global _revealed
    _revealed = False


def shows_confidential() -> bool:
    """Say whether they were asked for on a terminal."""
    return _revealed


def public(fields: Mapping[str, tuple[Any, Any]], *, secret: bool = False) -> dict[str, tuple[Any, Any]]:
    """Give changed fields as anybody may see them: where an address is confidential before or after, none that differs is shown.

    It may be the one that has just become secret. `secret` says that one is or was at some other time: then no address is shown at all.
    """
    shown = dict(fields)
    before, after = shown.get("addresses", (None, None))
    if not _revealed and (secret or holds_secret(before) or holds_secret(after)):
        shown["addresses"] = (_hidden(before, () if secret else after), _hidden(after, () if secret else before))
    return {field: sides for field, sides in shown.items() if field in fields}


def planned(fields: Mapping[str, tuple[Any, Any]], *, secret: bool = False) -> dict[str, tuple[Any, Any]]:
    """Give fields that are still to be changed as `public` does, and with them each address that anybody will see.

    One that is secret now, or of a resource of which `secret` says that one was, is not shown before it is agreed to: PUBLISHED says
    that it will be public.
    """
    shown = public(fields, secret=secret)
    before, after = fields.get("addresses", (None, None))
    if shown.get("addresses", (None, None))[1] is not after and isinstance(after, Sequence):
        hidden = [row for row in before or () if row.get("confidential")]
        comes = [_in_plan(row, seen, hidden, secret=secret) for row, seen in zip(after, shown["addresses"][1], strict=True)]
        shown["addresses"] = (shown["addresses"][0], comes)
    return shown


def made_public(fields: Mapping[str, tuple[Any, Any]], *, secret: bool = False) -> bool:
    """Say whether changed fields make an address public of a resource that has one that is secret, now or then, or had one."""
    before, after = fields.get("addresses", (None, None))
    new = [row for row in after or () if not row.get("confidential") and row not in (before or ())]
    return bool(new) and (secret or holds_secret(before) or holds_secret(after))


def _in_plan(row: Any, shown: Any, hidden: Sequence[Any], *, secret: bool) -> Any:
    if shown is not SECRET_ADDRESS or row.get("confidential"):
        return shown
    part = "street" if row.get("street") else "nis"
    return PUBLISHED if secret or any(row.get(part) == other.get(part) for other in hidden) else row


def _hidden(rows: Any, others: Any) -> Any:
    """Put what is no address in place of each that is secret or does not stand on the other side too."""
    if not isinstance(rows, Sequence):
        return rows
    return [row if row in (others or ()) and not row.get("confidential") else SECRET_ADDRESS for row in rows]
