"""Checks one object against a table of HSDS: what is missing, of another shape, in another format, null."""

from collections.abc import Iterator, Mapping
from typing import Any

from ht_cli.exchange.hsds.tables import Field, tables
from ht_cli.exchange.hsds.values import CHECKS
from ht_cli.locale import translate as _
from ht_cli.shapes import NamedTuple

SHOWN = 60  # characters of a wrong value
TOP_LEVEL = ("service", "organization", "service_at_location", "location", "taxonomy_term", "taxonomy")  # what a JSON file may hold


class Fault(NamedTuple):
    """One fault: where it is, the rule (stable, for programs), what is wrong, and what is allowed.

    `advice` is true where the public schema lets it through, and we do not.
    """

    path: str
    rule: str
    problem: str
    allowed: str
    advice: bool = False

    def as_row(self) -> tuple[str, str, str, str]:
        """Give what is listed of it, whether it is advice in words."""
        problem = _("{problem} (our advice: the schema allows it)").format(problem=self.problem) if self.advice else self.problem
        return self.path, self.rule, problem, self.allowed


def faults(table: str, found: Any, path: str = "") -> Iterator[Fault]:
    """Give the faults of an object of a table and of all that is in it. Properties that HSDS does not know are allowed."""
    if not isinstance(found, dict):
        yield Fault(path or "/", "shape", _("{value} stands where a {table} is wanted").format(value=shown(found), table=table), "{…}")
        return
    fields = tables()[table].fields
    for field in fields.values():
        if field.required and field.name not in found:
            yield Fault(f"{path}/{field.name}", "required", _("missing"), _allowed(field))
    for name, value in found.items():
        if name in fields:
            yield from _field_faults(fields[name], value, f"{path}/{name}")


def guess_table(found: Mapping[str, Any]) -> str:
    """Say which table an object is most like, by what stands in it, else by the names in it."""
    if isinstance(found.get("services"), list):
        return "organization"
    if isinstance(found.get("service"), dict):
        return "service_at_location"
    return max(TOP_LEVEL, key=lambda name: (len(tables()[name].fields.keys() & found.keys()), _whole(name, found)))


def _whole(table: str, found: Mapping[str, Any]) -> bool:
    """Say whether all that a table requires is there: an organization without services is told from a service by its status alone."""
    return all(field.name in found for field in tables()[table].fields.values() if field.required)


def _field_faults(field: Field, value: Any, path: str) -> Iterator[Fault]:
    if value is None:
        yield Fault(path, "null", _("null; what is not known is left out"), _allowed(field))
    elif field.type == "object":
        yield from faults(field.of[0], value, path)
    elif field.type == "list":
        if not isinstance(value, list):
            yield Fault(path, "shape", _("{value} stands where a list is wanted").format(value=shown(value)), "[…]")
            return
        for position, item in enumerate(value):
            yield from faults(field.of[0], item, f"{path}/{position}")
    elif field.type == "number":
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            yield Fault(path, "type", _("{value} is no number").format(value=shown(value)), "0, 18, 50.85")
    elif not isinstance(value, str):
        yield Fault(path, "type", _("{value} is no text").format(value=shown(value)), _allowed(field))
    else:
        yield from (fault._replace(advice=_beyond_schema(field)) for fault in text_faults(field, value, path))


def _beyond_schema(field: Field) -> bool:
    """Say whether the JSON schema asks no format of a field: it names that of moments alone, the tabular package that of days and times too."""
    return field.type in ("date", "time")


def text_faults(field: Field, text: str, path: str) -> Iterator[Fault]:
    """Give the faults of a text in a field: none of the choices, or not in the format."""
    if field.type == "choice" and text not in field.of:
        yield Fault(path, "choice", _("{value} is not among the choices").format(value=shown(text)), _allowed(field))
    elif field.type in CHECKS and not CHECKS[field.type][0](text):
        yield Fault(path, "format", _("{value} is no {format}").format(value=shown(text), format=field.type), _allowed(field))


def _allowed(field: Field) -> str:
    if field.type == "choice":
        return ", ".join(field.of)
    if field.type in CHECKS:
        return CHECKS[field.type][1]
    return {"list": "[…]", "object": "{…}", "number": "0, 18, 50.85"}.get(field.type, "…")


def shown(value: object) -> str:
    """Write a wrong value so that it can be recognised, however long it is."""
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else "null" if value is None else str(value)[: SHOWN + 1]
    return _("“{text}”").format(text=f"{text[:SHOWN]}…" if len(text) > SHOWN else text)
