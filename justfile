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

# gather what is said for who translates: adds what is new to the .po files, and writes dist/ht.pot
messages:
    .venv/bin/python -m ht_cli.locale.gathering

# the quick tests: what is marked slow is left to CI
test:
    .venv/bin/python -m pytest -n auto -m "not slow"

# all of them, as CI runs them
whole:
    .venv/bin/python -m pytest -n auto

# the quick tests with another Python and the newest or the lowest libraries, e.g. just on 3.13 lowest-direct
on PYTHON RESOLUTION="highest":
    uv venv --quiet --clear --python {{PYTHON}} .venv-{{PYTHON}}-{{RESOLUTION}}
    uv pip install --quiet --python .venv-{{PYTHON}}-{{RESOLUTION}} --resolution {{RESOLUTION}} --editable '.[dev]'
    .venv-{{PYTHON}}-{{RESOLUTION}}/bin/python -m pytest -n auto -m "not slow"

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

# the man pages, docs/commands.md and the completion scripts, after a change of a command or of a translation
manual:
    .venv/bin/python -m ht_cli.manual

# the wheel, the single file, the Debian package and the list of parts, in dist/ (docs/release.md)
release:
    .venv/bin/python -m build --wheel --no-isolation
    .venv/bin/python -m shipping.single_file
    .venv/bin/python -m shipping.debian
    .venv/bin/python -m shipping.parts

benchmark:
    .venv/bin/python benchmarks/cold_start.py
    .venv/bin/python benchmarks/export.py

# harm of every kind, for hours: the figures of docs/RELIABILITY.md
fire:
    .venv/bin/python -m reliability.fuzzing
    .venv/bin/python -m reliability.flips
    .venv/bin/python -m reliability.watching
    .venv/bin/python -m reliability.constants

# what each command costs among 923, 10,000 and 100,000 resources: the table of docs/BENCHMARKS.md, e.g. just growth 923 10000
growth *ROWS:
    .venv/bin/python benchmarks/growth.py {{ROWS}}

# draw the pictures of the README anew
pictures:
    .venv/bin/python docs/pictures.py

# how ht find stands beside other programs, each installed for it: the table of docs/BENCHMARKS.md
peers *NAMES:
    .venv/bin/python benchmarks/peers.py {{NAMES}}
