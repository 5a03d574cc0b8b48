"""The charts of `ht info --charts`: what is counted, in the reader's words, and what each count means."""

from collections.abc import Mapping
from sqlite3 import Connection

from ht_cli.catalogue.facts import gaps
from ht_cli.catalogue.index.tallies import SHOWN, read_tally
from ht_cli.catalogue.index.vocabulary import read_terms
from ht_cli.exchange.charts import Bar, Chart
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.wording import Words

NEAR_KM = 20


def read_charts(connection: Connection, words: Words) -> list[Chart]:
    """Give the charts of a catalogue: what it holds, then what it lacks."""
    return [
        _by_province(connection, words),
        _by_need(connection, words),
        _by_term(connection, "kinds", _("Kinds"), _("Each resource is of one kind.")),
        _by_term(connection, "languages", _("Languages"), _("Resources that help in the language; one may help in several.")),
        _by_age(connection),
        _remote(connection, words),
        _missing_in_brussels(connection, words),
        _missing_by_province(connection, words),
    ]


def _by_province(connection: Connection, words: Words) -> Chart:
    definition = _("Resources by the province of their address; one with addresses in two provinces counts in both.")
    counted = gaps.count_by_province(connection)
    bars = [Bar(slug or "unknown", words.areas[f"province:{slug}"] if slug else _("place not known"), n) for slug, n in counted.items()]
    return Chart("provinces", _("Where they are"), definition, tuple(bars))


def _by_need(connection: Connection, words: Words) -> Chart:
    definition = _("Resources that list the need; one may list several. “Any need” counts those that list none.")
    chart = _by_term(connection, "needs", _("Needs"), definition)
    return chart._replace(bars=(Bar("any", _("any need"), gaps.count_any_need(connection)), *chart.bars))


def _by_term(connection: Connection, kind: str, title: str, definition: str) -> Chart:
    counted = read_tally(connection, f"{SHOWN}{kind}")
    bars = [Bar(term.id, term.label, counted.get(term.id, 0)) for term in read_terms(connection, kind, languages()[0])]
    return Chart(kind, title, definition, tuple(bars))


def _by_age(connection: Connection) -> Chart:
    definition = _("Resources that a person has checked, and the others by the year of their source.")
    said = {"checked": _("checked by a person"), "": _("undated source")}
    bars = [Bar(year or "unknown", said.get(year, year), count) for year, count in gaps.count_by_age(connection).items()]
    return Chart("age", _("Age of the facts"), definition, tuple(bars))


def _remote(connection: Connection, words: Words) -> Chart:
    groups, placed = gaps.count_groups(connection)
    remote = _(
        "Municipalities whose centre is, as the crow flies, more than {km} km from the centre of any municipality with a group"
        " (group therapy, support group or talking circle)."
    ).format(km=NEAR_KM)
    unplaced = _n(
        "{count} of the {groups} groups is left out: its place is not known.",
        "{count} of the {groups} groups are left out: their place is not known.",
        groups - placed,
    ).format(count=groups - placed, groups=groups)
    lacking: dict[str, list[tuple[str, str]]] = {slug: [] for slug in gaps.count_by_province(connection) if slug}
    for place in gaps.find_remote_municipalities(connection, NEAR_KM):
        lacking[place.province].append((place.nis, words.areas[f"nis:{place.nis}"]))
    return Chart("no-group-near", _("No group within {km} km").format(km=NEAR_KM), f"{remote} {unplaced}", _bars_of_lacking(lacking, words))


def _missing_in_brussels(connection: Connection, words: Words) -> Chart:
    needs = len(read_terms(connection, "needs", languages()[0]))
    lacking = _n(
        "Of {count} need, what no service, group or network in the Brussels-Capital Region lists in the language.",
        "Of {count} needs, those that no service, group or network in the Brussels-Capital Region lists in the language.",
        needs,
    ).format(count=needs)
    left_out = _(
        "Left out: helplines, platforms, directories, what takes any need without naming it, and what serves a whole community,"
        " another region or the country."
    )
    bars = []
    for language in ("fr", "nl"):
        missing = gaps.find_missing_needs(connection, language)["brussels"]
        bars.append(Bar(language, words.term("languages", language), len(missing), _named(missing, words)))
    return Chart("no-service-brussels", _("Needs without a service in Brussels"), f"{lacking} {left_out}", tuple(bars))


def _missing_by_province(connection: Connection, words: Words) -> Chart:
    needs = len(read_terms(connection, "needs", languages()[0]))
    definition = _n(
        "Of {count} need, what no service, group or network lists whose address or service area is in the province.",
        "Of {count} needs, those that no service, group or network lists whose address or service area is in the province.",
        needs,
    ).format(count=needs)
    left_out = _(
        "Left out: helplines, platforms, directories, what takes any need without naming it, and what serves a whole community,"
        " a region or the country."
    )
    lacking = {slug: _named(missing, words) for slug, missing in gaps.find_missing_needs(connection).items()}
    bars = _bars_of_lacking(lacking, words)
    return Chart("no-service-province", _("Needs without a service, by province"), f"{definition} {left_out}", bars)


def _named(needs: list[str], words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((need, words.term("needs", need)) for need in needs)


def _bars_of_lacking(lacking: Mapping[str, list[tuple[str, str]] | tuple[tuple[str, str], ...]], words: Words) -> tuple[Bar, ...]:
    return tuple(Bar(slug, words.areas[f"province:{slug}"], len(names), tuple(names)) for slug, names in lacking.items())
