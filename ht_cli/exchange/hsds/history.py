"""The journal of a resource as metadata of HSDS: one row for each field that changed, the oldest first.

An address that is or once was confidential does not leave in the history either.
"""

import json
from collections.abc import Sequence
from typing import Any

from ht_cli.exchange.hsds.terms import Row, identity
from ht_cli.model import Change, Resource, holds_secret

NOTHING = "null"  # a package takes no empty value here
HIDDEN = "…"


def metadata(resource: Resource, changes: Sequence[Change]) -> list[Row]:
    """Give a row for each field of each change; a value that is no text is written as JSON."""
    secret = any(address.confidential for address in resource.addresses) or any(
        holds_secret(value) for change in changes for fields in (change.fields, change.superseded) for value in fields.get("addresses", ())
    )
    return [
        {
            "id": identity(f"metadata/{change.uuid}/{field}"), "last_action_date": change.at[:10], "last_action_type": change.action,
            "field_name": field, "previous_value": _text(before, field, secret), "replacement_value": _text(after, field, secret),
            "updated_by": change.who or "ht",
        }
        for change in reversed(changes)
        for field, (before, after) in change.fields.items()
    ]  # fmt: skip


def _text(value: Any, field: str, secret: bool) -> str:
    if value is None:
        return NOTHING
    if field == "addresses" and secret:
        return HIDDEN
    return value or NOTHING if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
