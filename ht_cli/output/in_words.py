"""What a record says, for those who keep it, in words of their language: the name of a field, its value, who confirmed it, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ht_cli.dates import day_text
from ht_cli.locale import languages
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _
from ht_cli.model import SECRET_ADDRESS, Phone, address_line
from ht_cli.output.confidential import PUBLISHED, planned, public, shows_confidential
from ht_cli.output.told import told_fields
from ht_cli.wording import Words, phone_text, reader_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


NAMES = {
    "name": _help("Name"), "kind": _help("Kind"), "status": _help("Status"), "successor": _help("Followed by"), "confidence": _help("Confidence"),
    "alternate_names": _help("Also called"), "descriptions": _help("Description"), "audiences": _help("For whom"),
    "professionals_only": _help("For professionals only"), "min_age": _help("Age from"), "max_age": _help("Age up to"), "needs": _help("Needs"),
    "offers": _help("Offers"), "channels": _help("Channels"), "languages": _help("Languages"), "cost": _help("Cost"),
    "referral_needed": _help("Referral needed"), "areas": _help("Serves"), "area_note": _help("About the area"), "addresses": _help("Address"),
    "phones": _help("Phone"), "email": _help("E-mail"), "url": _help("Site"), "hours": _help("Hours"), "hours_osm": _help("Hours to compute with"),
    "closed_on": _help("Closed on"), "closed_reason": _help("Why closed"), "changed_on": _help("Changed"), "failed_tries": _help("Tries in vain"),
    "sources": _help("Source"), "notes": _help("Notes"), "city": _help("Municipality"), "street": _help("Street"), "postcode": _help("Postcode"),
}  # fmt: skip
WHOLE_CHECK = ("checked_on", "checked_how", "checked_by")
CHECKED = (*WHOLE_CHECK, "fact_checks")
OPTIONS = {"need": "needs", "offer": "offers", "audience": "audiences", "language": "languages", "channel": "channels", "phone": "phones"}
TERMS = {"kind": "kinds", "needs": "needs", "offers": "offers", "audiences": "audiences", "channels": "channels", "languages": "languages"}


def field_name(field: str) -> str:
    """Name a field as a heading: phones → Telephone; one that nobody reads keeps its own name."""
    if field in CHECKED:
        return _("Checked")
    return _(NAMES[field]) if field in NAMES else field


def fault_words(text: str) -> str:
    """Give faults, each a line that begins with the field or the option it is about, with that named as people call it."""
    return "\n".join(map(_fault_line, text.splitlines()))


def _fault_line(line: str) -> str:
    about, mark, said = line.partition(":")
    field = about.strip().removeprefix("--").partition(".")[0]
    field = field if field in NAMES else OPTIONS.get(field, "")
    return _("{label}: {value}").format(label=field_name(field), value=said.strip()) if mark and field else line


def field_within(field: str) -> str:
    """Name a field within a sentence: the needs, the phone; where nouns are written large, they stay so."""
    name = field_name(field)
    return name if languages()[0] == "de" else name[:1].lower() + name[1:]


def way_of_check(how: str) -> str:
    """Say how a person confirmed something."""
    ways = {"phone": _("by phone"), "mail": _("by mail"), "site": _("on their site"), "visit": _("by a visit")}
    return ways.get(how, how)


def check_lines(checks: Sequence[Mapping[str, str]]) -> list[str]:
    """Say checks of single facts, those that were made on one day in one way by one person together: needs, phone (by phone, 30 November 2026)."""
    together: dict[tuple[str, str, str], list[str]] = {}
    for check in sorted(checks, key=lambda one: [*NAMES, one["field"]].index(one["field"])):
        together.setdefault((check["on"], check["how"], check.get("by") or ""), []).append(field_within(check["field"]))
    newest_first = sorted(together.items(), key=lambda one: one[0][0], reverse=True)
    return [_with_proof(", ".join(facts), how, on, by) for (on, how, by), facts in newest_first]


def _with_proof(facts: str, how: str, on: str, by: str) -> str:
    return f"{facts} ({', '.join(filter(None, (way_of_check(how), day_text(on), by)))})"


def value_words(field: str, value: Any, words: Words) -> str:
    """Say the value of a field in one line; a dash where nothing is known."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, (list, tuple)):
        return ", ".join(value_words(field, item, words) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field in TERMS:
        return words.term(TERMS[field], value)
    if field == "cost":
        return _("unknown") if value == "unknown" else words.term("costs", value)
    if field == "areas":
        return words.area(value)
    if field in ("status", "confidence"):
        return _grade(str(value))
    if field in ("closed_on", "changed_on"):
        return day_text(value)
    return _entry_words(field, value, words) if isinstance(value, Mapping) else str(value)


def _grade(value: str) -> str:
    return {
        "active": _("active"), "unverified": _("unverified"), "unreachable": _("could not be reached"), "closed": _("closed"),
        "high": _("high"), "medium": _("medium"), "low": _("low"),
    }.get(value, value)  # fmt: skip


def _entry_words(field: str, value: Mapping[str, Any], words: Words) -> str:
    if field == "phones":
        return _phone_words(value, words)
    if field == "addresses":
        return address_words(value, words)
    if field == "sources":
        return f"{value['url']} ({day_text(value['date'])})" if value.get("date") else str(value["url"])
    return reader_text(value)[0] or ", ".join(map(str, value.values()))


def _phone_words(phone: Mapping[str, Any], words: Words) -> str:
    from ht_cli.hours_wording import hours_said

    said = Phone(phone["number"], words.dialled(phone["number"]), phone.get("label") or {})
    hours = hours_said(phone.get("hours") or {}, phone.get("hours_osm", ""))[0]
    return " · ".join(filter(None, (phone_text(said), hours)))


def address_words(address: Mapping[str, Any], words: Words) -> str:
    """Say an address, the municipality beside a village of another name: Rue de Fer 1, 5100 Jambes (Namur)."""
    if address == PUBLISHED:
        return _("one that will be public, and is not shown here")
    if address.get("confidential") and (address == SECRET_ADDRESS or not shows_confidential()):
        return _("kept confidential")
    town = words.area(f"nis:{address['nis']}") if address.get("nis") else ""
    locality = address.get("locality") or town
    beside = f" ({town})" if town and locality not in (town, *words.towns.get(address["nis"], ())) else ""
    return address_line(address.get("street"), address.get("postcode"), f"{locality}{beside}")


def worded_differences(fields: Mapping[str, tuple[Any, Any]], words: Words, *, secret: bool = False, plan: bool = False) -> Iterator[str]:
    """Give lines for each field that differs: its name, what it was and what it becomes; checks are said last, as sentences.

    `secret` says that no address of it may be shown; `plan`, that it is still to be agreed to.
    """
    fields = told_fields(fields)
    differing = {name: pair for name, pair in fields.items() if pair[0] != pair[1]}
    for field, (before, after) in (planned if plan else public)(differing, secret=secret).items():
        if field not in CHECKED:
            yield from _field_lines(field, before, after, words)
    was, now = (list(_checks_of(fields, side)) for side in (0, 1))
    if any(field in differing for field in CHECKED):
        yield from _said_lines(_("Checked"), [line for line in was if line not in now], [line for line in now if line not in was])


def _field_lines(field: str, before: Any, after: Any, words: Words) -> Iterator[str]:
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        before, after = before or {}, after or {}
        for language in {**before, **after}:
            if before.get(language) != after.get(language):
                name = f"{field_name(field)} ({words.term('languages', language)})"
                yield from _said_lines(name, *([side[language]] if side.get(language) else [] for side in (before, after)))
        return
    was, now = ([] if side is None else side if isinstance(side, list) else [side] for side in (before, after))
    gone, come = ([item for item in one if item not in other] for one, other in ((was, now), (now, was)))
    told = _told_apart(field, gone, come, words)
    yield from _said_lines(field_name(field), *told)
    if not (gone or come):
        yield f"    {_('kept confidential') if SECRET_ADDRESS in was or SECRET_ADDRESS in now else _('in another order')}\n"


def _told_apart(field: str, gone: Sequence[Any], come: Sequence[Any], words: Words) -> tuple[list[str], list[str]]:
    """Say what goes and what comes; what then reads the same on both sides is said with all that it holds."""
    sides = [[value_words(field, item, words) for item in items] for items in (gone, come)]
    alike = {*sides[0]} & {*sides[1]} - {_("kept confidential")}
    first, second = (
        [f"{said} ({_all_of(item)})" if said in alike else said for said, item in zip(side, items, strict=True)]
        for side, items in zip(sides, (gone, come), strict=True)
    )
    return first, second


def _all_of(item: Any) -> str:
    parts = item.values() if isinstance(item, Mapping) else [item]
    return ", ".join(f"{code}: {text}" for part in parts if isinstance(part, Mapping) for code, text in part.items()) or ", ".join(
        map(str, parts)
    )


def _said_lines(name: str, gone: Sequence[str], come: Sequence[str]) -> Iterator[str]:
    yield "  " + _("{label}: {value}").format(label=name, value="").rstrip() + "\n"
    yield from (f"    - {said}\n" for said in gone)
    yield from (f"    + {said}\n" for said in come)


def _checks_of(fields: Mapping[str, tuple[Any, Any]], side: int) -> Iterator[str]:
    """Give the checks on one side of changed fields, that of the whole first."""
    on, how, by = (fields.get(field, (None, None))[side] or "" for field in WHOLE_CHECK)
    if on or how:
        yield _with_proof(_("everything"), how, on, by)
    yield from check_lines(fields.get("fact_checks", (None, None))[side] or ())
