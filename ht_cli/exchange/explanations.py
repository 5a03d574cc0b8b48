"""What each field of a resource says, in one sentence: for the schema, for the sheet of columns in a workbook, for Datasette."""

from ht_cli.exchange.columns import DAYS, PARTS
from ht_cli.fields import LISTS, NUMBERS, YES_OR_NO
from ht_cli.locale import mark as _help
from ht_cli.locale import translate as _

EXPLANATIONS = {
    "id": _help("The name of the resource for programs; it never changes."),
    "name": _help("The name, as people know it."),
    "kind": _help("What it is: a network for adults or for the young, a helpline, a service, a group …"),
    "status": _help("active; unverified: too little is known; unreachable: three tries failed; closed."),
    "successor": _help("The id of the resource that took over."),
    "alternate_names": _help("Other names and former ones."),
    "descriptions": _help("What it is, in plain words, by language."),
    "description_fr": _help("What it is, in French."),
    "description_nl": _help("What it is, in Dutch."),
    "description_de": _help("What it is, in German."),
    "description_en": _help("What it is, in English."),
    "description": _help("What it is, in the language asked for or else in one that there is."),
    "audiences": _help("For whom; everyone: open to all; empty: not known."),
    "eligibility": _help("open to all; preferred: open, and meant first for its audiences; only: for them alone; unknown."),
    "professionals_only": _help("true: only professionals may call or refer."),
    "min_age": _help("The youngest age, in years; empty: not known."),
    "max_age": _help("The oldest age, in years; empty: not known."),
    "needs": _help("What it helps with; empty: mental health in general, any need."),
    "offers": _help("What it gives: a support group, listening, treatment …"),
    "channels": _help("How it meets people: in person, by phone, online …"),
    "languages": _help("The languages in which help is given."),
    "cost": _help("free, low-cost, reimbursed, paid or unknown; unknown never means free."),
    "referral_needed": _help("Whether a referral or prescription is needed; empty: not known."),
    "areas": _help("Whom it serves: nis:62063 is a municipality by its Statbel code; province, region, community, country."),
    "area_note": _help("What the areas leave out of whom it serves, by language."),
    "area_note_fr": _help("What the areas leave out of whom it serves, in French."),
    "area_note_nl": _help("What the areas leave out of whom it serves, in Dutch."),
    "area_note_de": _help("What the areas leave out of whom it serves, in German."),
    "area_note_en": _help("What the areas leave out of whom it serves, in English."),
    "addresses": _help("Where it is: street, postcode, locality and the Statbel code of the municipality."),
    "address": _help("Where it is, in one line."),
    "phones": _help("Phone numbers (E.164, or a short number as dialled), with label and hours."),
    "phone": _help("The phone numbers alone."),
    "email": _help("The e-mail address."),
    "url": _help("The site."),
    "hours": _help("When it answers, in words, by language; empty where the syntax says it all."),
    "hours_fr": _help("When it answers, in French words; empty: see the syntax."),
    "hours_nl": _help("When it answers, in Dutch words; empty: see the syntax."),
    "hours_de": _help("When it answers, in German words; empty: see the syntax."),
    "hours_en": _help("When it answers, in English words; empty: see the syntax."),
    "hours_osm": _help("When it answers, in the opening_hours syntax of OpenStreetMap; empty: not known, never open."),
    "closed_on": _help("The day on which it closed."),
    "closed_reason": _help("Why it closed."),
    "checked_on": _help("The day on which a person confirmed it; empty: nobody has."),
    "checked_how": _help("How it was confirmed: by phone, by mail, on its site, by a visit."),
    "checked_by": _help("The initials of who confirmed it."),
    "fact_checks": _help("Single fields that a person confirmed: which, when, how, by whom."),
    "failed_tries": _help("How often in a row it could not be reached."),
    "changed_on": _help("The day on which somebody last edited it."),
    "source_date": _help("The date of its newest source; not a check."),
    "confidence": _help("How sure the facts are: high, medium or low."),
    "sources": _help("The pages that the facts were read on, with their dates where known."),
    "notes": _help("For those who keep the catalogue; in French, not for the people who look for help."),
    "ht_rev": _help("What the row was when it left: ht import changes only what was edited since. Leave it as it is."),
    "score": _help("In results of a search: how well it answers; only the order means something."),
    "why": _help("In results of a search: the reasons why it is among them."),
    "distance_km": _help("In results of a search: km from the town asked to the nearest known address, centre to centre."),
    "open": _help("In results of a search by the hour: whether somebody answers then; null without one."),
    "open_until": _help(
        "In results of a search by the hour: when it closes, with the offset of Belgium; null for day and night, or when it is not known."
    ),
}


def explained(name: str) -> str:
    """Say what a field holds, in the reader's language."""
    return _(EXPLANATIONS[name])


def shape(name: str) -> str:
    """Say in the reader's language how a cell of a column is written."""
    if name in PARTS:
        return _("{parts}; several joined by “; ”").format(parts="|".join(PARTS[name]))
    if name in LISTS:
        return _("several joined by “; ”")
    if name in NUMBERS:
        return _("a whole number")
    if name in YES_OR_NO:
        return "true, false"
    if name in DAYS:
        return _("a date: 2026, 2026-08 or 2026-08-10")
    return _("a text")
