#!/bin/sh
# pytest-xdist 3.8.0 with pytest 9.2.0 (PyPI), Python 3.11: tests of one group are run by several workers.
#
# Expected: with --dist loadgroup all tests marked xdist_group("one") are run by the same worker, as the help of the option
# says and as they are with pytest 9.1.1, so that what they share is made once.
# Seen: with pytest 9.2.0 they are dealt out to all workers like tests without a mark, and nothing says so. The plugin writes
# the group behind the test's id by assigning to `item._nodeid`, and pytest 9.2 keeps the id elsewhere (a NodeId).
#
# Exits 0 while this is so, 1 once the behaviour changes, 2 when it could not be tried.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cat >"$folder/test_group.py" <<'PYTHON'
import os
import time

import pytest

pytestmark = pytest.mark.xdist_group("one")


@pytest.mark.parametrize("number", range(12))
def test_one(number):
    with open(os.environ["WORKERS"], "a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + "\n")
    time.sleep(0.2)
PYTHON
workers_of() { # the version of pytest: how many workers ran the twelve tests of the group
  python3 -m venv "$folder/$1" && "$folder/$1/bin/pip" install --quiet --disable-pip-version-check "pytest==$1" pytest-xdist==3.8.0 \
    2>"$folder/log" || { cat "$folder/log" >&2; return 2; }
  WORKERS=$folder/ran-$1 "$folder/$1/bin/python" -m pytest -q -n 3 --dist loadgroup -p no:cacheprovider "$folder/test_group.py" >"$folder/log" 2>&1 \
    || { cat "$folder/log" >&2; return 2; }
  sort -u "$folder/ran-$1" | wc -l
}
before=$(workers_of 9.1.1) || exit 2
now=$(workers_of 9.2.0) || exit 2
echo "workers that ran one group: $before with pytest 9.1.1, $now with pytest 9.2.0"
if [ "$before" -eq 1 ] && [ "$now" -gt 1 ]; then echo "as before"; else echo "the behaviour has changed"; exit 1; fi
