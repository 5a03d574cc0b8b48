#!/bin/sh
# npm opening_hours 3.15.0 and PyPI opening-hours-py 2.1.4, on nights that differ between weekdays and weekend.
#
#   Mo-Fr 18:00-02:00; Sa-Su 16:00-02:00        a usual way to write the hours of an evening line
#
# Expected: on Saturday at 1:00 the session of Friday, 18:00 to 2:00, still runs: open (or unknown).
# Seen:     both say CLOSED from midnight on: the rule for Saturday replaces not only the session that begins on
#           Saturday, but also what is left of Friday's. On Sunday at 1:00 both say open, since Saturday and Sunday
#           stand in one rule; written with a comma instead of the semicolon, Saturday at 1:00 is open as well.
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
for (const text of ['Mo-Fr 18:00-02:00; Sa-Su 16:00-02:00', 'Mo-Fr 18:00-02:00, Sa-Su 16:00-02:00'])
    say(text, '2026-11-27T23:00', '2026-11-28T01:00', '2026-11-29T01:00');
JS
cat > ask.py <<'PY'
from datetime import datetime
from opening_hours import OpeningHours
for text in ("Mo-Fr 18:00-02:00; Sa-Su 16:00-02:00", "Mo-Fr 18:00-02:00, Sa-Su 16:00-02:00"):
    hours = OpeningHours(text, country="BE")
    print(text, *(str(hours.state(datetime.fromisoformat(time))[0]) for time in ("2026-11-27T23:00", "2026-11-28T01:00", "2026-11-29T01:00")))
PY

cat > seen <<'TXT'
Mo-Fr 18:00-02:00; Sa-Su 16:00-02:00 open closed open
Mo-Fr 18:00-02:00, Sa-Su 16:00-02:00 open open open
TXT
TZ=Europe/Brussels node ask.mjs > npm.txt
venv/bin/python ask.py > pip.txt
echo "npm opening_hours 3.15.0 (Friday 23:00, Saturday 1:00, Sunday 1:00):"; cat npm.txt
echo "opening-hours-py 2.1.4:"; cat pip.txt
cmp -s seen npm.txt && cmp -s seen pip.txt && echo "As recorded: the night of Friday is cut at midnight." && exit 0
echo "It changed."
exit 1
