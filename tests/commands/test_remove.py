from collections.abc import Callable
from pathlib import Path

from tests.catalogue.facts import fact, faults_of
from tests.conftest import Outcome

Run = Callable[..., Outcome]


def test_a_closed_resource_is_no_result_but_stays_known(own: Path, ht: Run) -> None:
    outcome = ht("remove", "similes-vlaanderen", "--reason", "stopped", "--yes")
    assert outcome.exit_code == 0
    record = fact(own, "similes-vlaanderen")
    assert (record["status"], record["closed_reason"]) == ("closed", "stopped")
    assert record["closed_on"]
    assert "similes-vlaanderen" not in ht("find", "similes", "--format", "ids").out.splitlines()
    assert "similes-vlaanderen" in ht("find", "similes", "--all", "--format", "ids").out.splitlines()
    assert faults_of(own) == []


def test_a_successor_is_shown_in_its_place(own: Path, ht: Run) -> None:
    ht("remove", "similes-vlaanderen", "--reason", "renamed", "--successor", "familieplatform", "--yes")
    assert ht("show", "similes-vlaanderen", "--format", "ids").out == "familieplatform\n"


def test_who_asks_for_a_closed_one_by_its_name_is_told_and_given_what_follows_in_the_end(own: Path, ht: Run) -> None:
    ht("remove", "realism", "--reason", "merged", "--successor", "agapei-groepen", "--yes")
    ht("remove", "agapei-groepen", "--reason", "merged", "--successor", "similes-vlaanderen", "--yes")
    ht("remove", "tele-accueil-107", "--reason", "stopped", "--yes")
    for question in ("realism", "realism liège", "nummer realism"):
        found = ht("find", question, "--format", "ids")
        assert found.out.splitlines()[0] == "similes-vlaanderen", question
        assert "REALiSM is closed; what follows it is shown." in found.err
        assert "not understood" not in found.err
    assert "REALiSM is closed" not in ht("find", "realism", "--all").err
    alone = ht("find", "tele accueil 107")
    assert "Télé-Accueil 107 is closed, and nothing follows it; what was known of it: ht show tele-accueil-107" in alone.err


def test_a_duplicate_hands_over_what_it_knows_and_its_id_still_leads_to_the_one_that_stays(own: Path, ht: Run) -> None:
    ht("update", "agapei-groepen", "--set", "email=copy@example.org", "--add-need", "loneliness")
    ht("verify", "agapei-groepen", "--how", "phone")
    outcome = ht("remove", "agapei-groepen", "--duplicate-of", "similes-vlaanderen", "--yes")
    assert outcome.exit_code == 0
    stays = fact(own, "similes-vlaanderen")
    assert stays["email"] == "copy@example.org"
    assert "loneliness" in stays["needs"]
    assert "checked_on" not in stays  # the call said nothing of what stood here alone
    checked = {check["field"] for check in stays["fact_checks"]}
    assert "email" in checked
    assert checked.isdisjoint(("needs", "alternate_names"))  # nobody confirmed the two lists together
    assert ht("show", "agapei-groepen", "--format", "ids").out == "similes-vlaanderen\n"
    assert faults_of(own) == []


def test_reopening_gives_it_back(own: Path, ht: Run) -> None:
    before = fact(own, "similes-vlaanderen")
    ht("remove", "similes-vlaanderen", "--reason", "stopped", "--yes")
    ht("remove", "similes-vlaanderen", "--reopen", "--yes")
    after = fact(own, "similes-vlaanderen")
    assert {field: value for field, value in after.items() if field != "changed_on"} == {
        f: v for f, v in before.items() if f != "changed_on"
    }


def test_a_reason_is_wanted_and_nothing_takes_its_own_place(own: Path, ht: Run) -> None:
    assert ht("remove", "realism", "--yes").exit_code == 2
    assert ht("remove", "realism", "--reason", "x", "--successor", "realism", "--yes").exit_code == 2
    assert ht("remove", "realism", "--reopen", "--successor", "similes-vlaanderen", "--yes").exit_code == 2
