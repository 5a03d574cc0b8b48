"""Nothing that cannot be reached is offered as help; keepers still see it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ht_cli.catalogue.facts.mapping import read_sites
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from tests.conftest import BUNDLED, Outcome

Run = Callable[..., Outcome]


def _lines(outcome: Outcome) -> list[str]:
    return outcome.out.split()


def _without_contact() -> set[str]:
    with open_catalogue(str(BUNDLED)) as connection:
        return {r.id for r in read_resources(connection, read_ids(connection)) if not r.reachable}


def test_what_has_neither_phone_mail_site_nor_street_is_no_result_unless_it_is_a_network(ht: Run) -> None:
    without = _without_contact()
    assert {"relogeas-charleroi", "kwadraat"} <= without
    results = {hit["id"] for word in ("depression", "violence", "dementia", "deuil", "netwerk") for hit in json.loads(ht("find", word, "--limit", "10000", "--json").out)}  # fmt: skip
    assert results & without <= {"fusion-liege", "resme", "yuneco", "kwadraat", "savha"}


def test_asked_by_its_name_it_is_no_result_either_and_is_shown_when_everything_is_asked(ht: Run) -> None:
    assert "relogeas-charleroi" not in _lines(ht("find", "relogeas", "charleroi", "--format", "ids"))
    assert _lines(ht("find", "relogeas", "charleroi", "--all", "--format", "ids"))[0] == "relogeas-charleroi"
    assert "no contact known" in ht("show", "relogeas-charleroi", "--format", "records").out


def test_a_network_without_a_contact_is_the_answer_of_its_place_and_says_who_leads_to_it(ht: Run) -> None:
    outcome = ht("find", "ieper", "--format", "records", "--limit", "3", HT_LANG="nl")
    assert "Kwadraat" in outcome.out
    assert "een huisarts, het OCMW of een centrum voor geestelijke gezondheidszorg" in " ".join(outcome.out.split())
    assert "a family doctor, the CPAS" in " ".join(ht("map", "ieper", "--format", "records").out.split())


def test_maps_and_files_for_people_leave_it_out_and_files_for_programs_keep_it(ht: Run, tmp_path: Path) -> None:
    with open_catalogue(str(BUNDLED)) as connection:
        assert not {site.resource for site in read_sites(connection)} & _without_contact()
    for ending, there in (("html", False), ("md", False), ("vcf", False), ("csv", True), ("json", True)):
        file = tmp_path / f"all.{ending}"
        assert ht("export", "-o", str(file)).exit_code == 0
        assert ("Relogeas (Charleroi)" in file.read_text("utf-8")) is there, ending
    assert ht("export", "--all", "-o", str(tmp_path / "every.md")).exit_code == 0
    assert "Relogeas (Charleroi)" in (tmp_path / "every.md").read_text("utf-8")


def test_it_stands_last_in_what_is_due_and_is_found_once_a_number_is_known(own: Path, ht: Run) -> None:
    due: list[dict[str, Any]] = json.loads(ht("due", "--limit", "10000", "--json").out)
    lacking = ["no contact" in entry["reasons"] for entry in due]
    assert lacking == sorted(lacking)  # nobody can call them: last, and listed
    assert sum(lacking) >= len(_without_contact())
    assert ht("update", "relogeas-charleroi", "--set", "phone=071 11 22 33", "--yes").exit_code == 0
    assert _lines(ht("find", "relogeas", "charleroi", "--format", "ids"))[0] == "relogeas-charleroi"
