import json
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.vocabulary import read_terms
from ht_cli.catalogue.release.publishing import COLUMNS
from ht_cli.exchange.columns import LOSSLESS, REVISION
from ht_cli.exchange.explanations import EXPLANATIONS
from ht_cli.exchange.objects import FIELDS, HIT_FIELDS, KNOWN_COLUMNS
from ht_cli.exchange.schema import description_of
from tests.conftest import BUNDLED, Outcome
from tests.exchange.conftest import TRICKY, Catalogue

Run = Callable[..., Outcome]


@pytest.fixture
def schema(ht: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ht("export", "--schema").out)
    Draft202012Validator.check_schema(found)
    return found


@pytest.fixture
def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_every_resource_of_the_catalogue_meets_the_schema(ht: Run, validator: Draft202012Validator) -> None:
    resources = json.loads(ht("export", "--all", "--format", "json").out)
    assert len(resources) > 600
    assert [(found["id"], error.json_path, error.message) for found in resources for error in validator.iter_errors(found)] == []


@pytest.mark.parametrize(
    "command", ["find deuil liège --limit 500", "find 107", "show realism", "networks", "urgent", "export --kind helpline"]
)
def test_whatever_prints_resources_prints_the_same_object(ht: Run, validator: Draft202012Validator, command: str) -> None:
    found = json.loads(ht(*command.split(), "--format", "json").out)
    assert found
    assert [(one["id"], error.message) for one in found for error in validator.iter_errors(one)] == []


def test_the_whole_file_has_a_schema_too(ht: Run, schema: dict[str, Any], catalogue: Catalogue) -> None:
    found = json.loads(ht("export", "--format", "json", "--catalogue", str(catalogue(TRICKY))).out)
    whole = Draft202012Validator({"$ref": "urn:ht:resource:1#resources", "$defs": {"resource": schema}})
    assert whole.is_valid(found)
    assert not whole.is_valid([*found, {"id": "x"}])


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "red"}, {"kind": "hospital"}, {"cost": None}, {"needs": ["burn-out"]}, {"url": "example.be"}, {"email": "nobody"},
        {"checked_on": "yesterday"}, {"phones": [{"number": "+3243421212"}]}, {"min_age": 200}, {"areas": ["liège"]}, {"score": 3},
        {"descriptions": {"es": "hola"}}, {"addresses": [{"street": "x", "postcode": "40", "locality": "y", "nis": "62063"}]},
    ],
    ids=str,
)  # fmt: skip
def test_what_does_not_hold_is_refused(ht: Run, validator: Draft202012Validator, wrong: dict[str, Any]) -> None:
    (good,) = json.loads(ht("show", "realism", "--json").out)
    assert validator.is_valid(good)
    assert not validator.is_valid(good | wrong)


def test_the_schema_names_the_fields_and_the_terms_of_the_vocabulary(schema: dict[str, Any]) -> None:
    assert list(schema["properties"]) == [*FIELDS, *HIT_FIELDS, REVISION]
    assert schema["required"] == list(FIELDS)
    with open_catalogue() as connection:
        for kind in ("needs", "offers", "audiences", "channels", "languages"):
            assert schema["properties"][kind]["items"]["enum"] == [term.id for term in read_terms(connection, kind, "en")]
        assert schema["properties"]["kind"]["enum"] == [term.id for term in read_terms(connection, "kinds", "en")]


def test_each_field_is_explained_and_the_schema_says_the_same(schema: dict[str, Any]) -> None:
    assert {name: field["description"] for name, field in schema["properties"].items()} == {
        name: EXPLANATIONS[name] for name in schema["properties"]
    }
    assert EXPLANATIONS.keys() >= {*LOSSLESS, REVISION, *KNOWN_COLUMNS}


def test_datasette_is_told_the_facets_the_search_and_each_column(ht: Run) -> None:
    metadata = json.loads(ht("export", "--format", "sqlite", "--schema").out)
    table = metadata["databases"]["resources"]["tables"]["resource"]
    assert table["columns"] == {name: EXPLANATIONS[name] for name in COLUMNS}
    assert {"array": "needs"} in table["facets"]
    assert table["fts_table"] == "resource_fts"


def test_statuses_are_those_of_the_tables(schema: dict[str, Any]) -> None:
    with sqlite3.connect(BUNDLED) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'resource'").fetchone()
    for status in schema["properties"]["status"]["enum"]:
        assert f"'{status}'" in sql


def test_the_page_of_a_query_begins_with_its_field_and_not_with_its_sql() -> None:
    described = json.loads("".join(description_of("sqlite")))
    queries = described["databases"]["resources"]["queries"]
    assert queries
    assert all(query["hide_sql"] for query in queries.values())
