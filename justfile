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

# end a merge in which both sides built data/resources.db: build it from the sources of both
merged:
    .venv/bin/python -m ht_cli.catalogue.release.build
    git add data/resources.db

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

# harm of every kind, for hours: the figures of docs/RELIABILITY.md
fire:
    .venv/bin/python -m reliability.fuzzing
    .venv/bin/python -m reliability.flips
    .venv/bin/python -m reliability.watching
    .venv/bin/python -m reliability.constants

# draw the pictures of the README anew
pictures:
    .venv/bin/python docs/pictures.py
