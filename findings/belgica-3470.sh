#!/bin/sh
# belgica 0.6.1 (PyPI), Python 3.11: a postcode that two municipalities share, answered with one of them.
#
# Expected: 3470 is the postcode of Kortenaken and of Sint-Margriete-Houtem, a village of Tienen, so
# find_courts_for_postal_code("3470", …) gives one entry for each, as it does for 1804. Its docstring names 1040, 1050 and
# 1804 as the codes of two municipalities, and not this one.
# Seen: Kortenaken alone. Somebody in Sint-Margriete-Houtem is sent to the justice of the peace of Zoutleeuw, though
# find_cantons_at() of the same package, asked with the coordinates of the village, says Tienen.
#
# Exits 0 while this is so, 1 once the behaviour changes, 2 when it could not be tried.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" && "$folder/venv/bin/pip" install --quiet --disable-pip-version-check belgica==0.6.1 2>"$folder/log" \
  || { cat "$folder/log"; exit 2; }
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import belgica

def cantons_of(postcode):
    courts = belgica.find_courts_for_postal_code(postcode, "justice-of-the-peace", on="2026-11-01")
    return {(one.municipality["name"]["nl"], court.canton["id"]) for one in courts for court in one.justices_of_the_peace}

village = {canton["id"] for canton in belgica.find_cantons_at(4.9580, 50.8288, on="2026-11-01")}
print("belgica", version("belgica"))
print("1804, of two municipalities:", sorted(cantons_of("1804")))
print("3470, of two municipalities:", sorted(cantons_of("3470")))
print("canton at Sint-Margriete-Houtem, 3470 Tienen:", sorted(village))
as_before = cantons_of("3470") == {("Kortenaken", "zoutleeuw")} and village == {"tienen"}
print("as before" if as_before else "the behaviour has changed")
sys.exit(0 if as_before else 1)
PYTHON
