# What contributors run; `just` alone lists it.

default:
    @just --list

# make an environment with everything
setup:
    python3 -m venv .venv
    .venv/bin/pip install --quiet --editable '.[dev,lint]'

# programs of others that the tests hold the exports against (axe-core, the Nu checker, parsers of cards)
checkers:
    npm install --ignore-scripts --no-audit --no-fund --no-package-lock

# build data/resources.db from data/sources
catalogue:
    .venv/bin/python -m ht_cli.catalogue.release.build

# compile the translations after an edit of a .po file
locale:
    .venv/bin/pybabel compile --domain ht --directory ht_cli/locale

test:
    .venv/bin/python -m pytest -n auto

# how well needs and danger are heard: the table of docs/hearing.md, on the development set
hearing:
    .venv/bin/python -m tests.hearing.measuring --picture docs/pictures/reliability.svg

# how well the tasks of an office are answered, and each that is not
office:
    .venv/bin/python -m tests.office

lint:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy

# what a start costs beside another revision, e.g. just against 917ae20
against REV:
    .venv/bin/python benchmarks/against.py {{REV}}

# the table by which an ordinary line is read without Typer, after a change of an option
line:
    .venv/bin/python -m ht_cli.line.making

benchmark:
    .venv/bin/python benchmarks/cold_start.py
    .venv/bin/python benchmarks/export.py

# what each command costs among 922, 10,000 and 100,000 resources: the table of docs/BENCHMARKS.md, e.g. just growth 922 10000
growth *ROWS:
    .venv/bin/python benchmarks/growth.py {{ROWS}}

# draw the pictures of the README anew
pictures:
    .venv/bin/python docs/pictures.py
