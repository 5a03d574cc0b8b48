#!/bin/sh
# npm opening_hours 3.15.0 and PyPI opening-hours-py 2.1.4, on hours past midnight with a day off.
#
#   Mo-Su 20:00-02:00; Su off        Sunday is taken out of nights that run until 2:00.
#
# Expected: Sunday evening is closed, and so is the rest of that night, Monday 0:00 to 2:00: the session of Sunday
#           does not take place.
# Seen:     both say closed on Sunday at 21:00 and OPEN on Monday at 1:00, in the middle of a session that never
#           began. The same with PH off (closed on Christmas evening, open on 26 December at 1:00).
# For a help line this is the worst kind of mistake: somebody calls at night, and nobody answers.
#
# Exits 0 as long as this is what they do, 1 when either changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

printf '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts opening_hours@3.15.0 > npm.log 2>&1 || { cat npm.log; exit 2; }
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opening-hours-py==2.1.4 > pip.log 2>&1 || { cat pip.log; exit 2; }

cat > ask.mjs <<'JS'
import opening_hours from 'opening_hours';
const place = { lat: 50.85, lon: 4.35, address: { country_code: 'be', state: 'Brussels' } };
const say = (text, ...times) => console.log(text, times.map((time) =>
    new opening_hours(text, place, { locale: 'en' }).getState(new Date(time)) ? 'open' : 'closed').join(' '));
say('Mo-Su 20:00-02:00; Su off', '2026-11-29T21:00', '2026-11-30T01:00');
say('Mo-Su 20:00-02:00; PH off', '2026-12-25T21:00', '2026-12-26T01:00');
JS
cat > ask.py <<'PY'
from datetime import datetime
from opening_hours import OpeningHours
def say(text, *times):
    hours = OpeningHours(text, country="BE")
    print(text, *(str(hours.state(datetime.fromisoformat(time))[0]) for time in times))
say("Mo-Su 20:00-02:00; Su off", "2026-11-29T21:00", "2026-11-30T01:00")
say("Mo-Su 20:00-02:00; PH off", "2026-12-25T21:00", "2026-12-26T01:00")
PY

cat > seen <<'TXT'
Mo-Su 20:00-02:00; Su off closed open
Mo-Su 20:00-02:00; PH off closed open
TXT
TZ=Europe/Brussels node ask.mjs > npm.txt
venv/bin/python ask.py > pip.txt
echo "npm opening_hours 3.15.0 (evening of the day off, then 1:00 in that night):"; cat npm.txt
echo "opening-hours-py 2.1.4:"; cat pip.txt
cmp -s seen npm.txt && cmp -s seen pip.txt && echo "As recorded: closed in the evening, open after midnight." && exit 0
echo "It changed."
exit 1
