"""The open questions, judged as their keys say: who must be first, who must serve the town, what must be listed."""

import csv
import json
import shlex
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import ROOT, Outcome

QUESTIONS = [json.loads(line) for line in (ROOT / "tests" / "examples" / "queries.jsonl").read_text("utf-8").splitlines()]
with (ROOT / "data" / "sources" / "places" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
    TOWNS = {row["nis"]: row for row in csv.DictReader(file)}


def serves(resource: dict[str, Any], place: str) -> bool:
    if ":" in place:
        kind, _, slug = place.partition(":")
        return any(serves(resource, nis) for nis, town in TOWNS.items() if town[kind] == slug)
    town = TOWNS[place]
    spoken = {"fr", "nl"} if town["region"] == "brussels" else {town["language"].split(";")[0]}
    codes = {f"nis:{place}", f"province:{town['province']}", f"region:{town['region']}", "country:be"} | {f"community:{s}" for s in spoken}
    return bool(codes & set(resource["areas"]))


def faults(expected: dict[str, Any], answers: list[dict[str, Any]]) -> list[str]:
    ids = [answer["id"] for answer in answers]
    top = answers[:5]
    found = []
    if "first" in expected and ids[:1] and ids[0] not in expected["first"]:
        found.append("first")
    for count in (3, 5):
        if f"top{count}_any" in expected and not set(ids[:count]) & set(expected[f"top{count}_any"]):
            found.append(f"top{count}_any")
    if "serves" in expected and not all(serves(answer, expected["serves"]) for answer in top):
        found.append("serves")
    if "need_any" in expected:
        wanted = [a for a in top if set(a["needs"]) & set(expected["need_any"]) or (expected.get("general_ok") and not a["needs"])]
        if len(wanted) < min(3, len(top)):
            found.append("need_any")
    if "lang_ok" in expected and not all(expected["lang_ok"] in answer["languages"] for answer in top):
        found.append("lang_ok")
    if "never" in expected and set(ids) & set(expected["never"]):
        found.append("never")
    return found


def test_the_40_open_questions_are_answered_well(ht: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    failed = []
    for question in QUESTIONS:
        monkeypatch.setenv("HT_LANG", question.get("lang", "fr"))
        arguments = question.get("args") or question.get("query")
        words = shlex.split(arguments) if isinstance(arguments, str) else arguments
        outcome = ht("find", *words, "--format", "json", "--limit", "10")
        expected = question["expect"]
        allowed = expected.get("exit", 0)
        if outcome.exit_code not in (allowed if isinstance(allowed, list) else [allowed]):
            failed.append((words, outcome.exit_code))
        elif outcome.exit_code == 0 and (wrong := faults(expected, json.loads(outcome.out))):
            failed.append((words, wrong))
    assert len(QUESTIONS) - len(failed) >= 40, failed


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("caw gent", "caw-oost-vlaanderen"),
        ("caw hasselt", "caw-limburg"),
        ("CGG Vilvoorde", "cgg-ahasverus"),
        ("cgg depressie gent", "cgg-adentro"),
        ("tejo gent", "tejo-gent"),
        ("jac leuven", "jac"),
        ("mado bruxelles", "mado-nord-bruxelles"),
    ],
)
def test_the_house_of_that_name_which_serves_the_town_comes_first(question: str, expected: str, ht: Callable[..., Outcome]) -> None:
    outcome = ht("find", *question.split(), "--format", "json", "--limit", "5", HT_LANG="nl")
    assert json.loads(outcome.out)[0]["id"] == expected
    assert "niet begrepen" not in outcome.err


def test_a_name_said_in_part_never_brings_first_what_serves_another_town(ht: Callable[..., Outcome]) -> None:
    answers = json.loads(ht("find", "mobile", "equipe", "crise", "dinant", "--format", "json", "--limit", "5").out)
    assert answers
    assert all(serves(answer, "91034") for answer in answers)
    assert (
        json.loads(ht("find", "mobile", "equipe", "crise", "hainaut", "est", "--format", "json").out)[0]["id"]
        == "equipe-mobile-crise-hainaut-est"
    )
