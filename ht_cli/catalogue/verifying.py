"""What a check by a person moves in a record, and what a failed try does."""

from ht_cli import clock
from ht_cli.catalogue.entering import SETTABLE
from ht_cli.catalogue.records import Record, tidy
from ht_cli.errors import UsageError
from ht_cli.locale import translate as _

TRIES = 3  # failed ones in a row after which a resource counts as unreachable
_NAMES = {
    "phone": "phones",
    "address": "addresses",
    "description": "descriptions",
    "area": "areas",
    "need": "needs",
    "language": "languages",
}


def checkable_field(name: str) -> str:
    """Give the field that a person names: phone → phones. Raises UsageError when there is none."""
    field = _NAMES.get(name.strip().replace("-", "_"), name.strip().replace("-", "_"))
    known = sorted({*(settable for settable in SETTABLE if "." not in settable), "addresses"} - {"phone", "city", "street", "postcode"})
    if field not in known:
        raise UsageError(_("no field {field} to check; there are: {fields}").format(field=name, fields=", ".join(known)))
    return field


def verified(record: Record, field: str, how: str, by: str) -> Record:
    """Move the date of the check, of one field or of the record, to today; end a row of failed tries."""
    day = clock.today().isoformat()
    after = {name: value for name, value in record.items() if name != "failed_tries"}
    if record.get("status") == "unreachable":
        del after["status"]
    if not field:
        return tidy(after | {"checked_on": day, "checked_how": how, "checked_by": by})
    others = [check for check in record.get("fact_checks", ()) if check["field"] != field]
    checks = sorted([*others, {"field": field, "on": day, "how": how, "by": by}], key=lambda check: check["field"])
    return tidy(after | {"fact_checks": checks})


def failed(record: Record) -> Record:
    """Count a failed try; the third in a row marks an active resource as unreachable."""
    tries = record.get("failed_tries", 0) + 1
    status = {"status": "unreachable"} if tries >= TRIES and record.get("status", "active") == "active" else {}
    return tidy(record | {"failed_tries": tries} | status)
