#!/bin/sh
# ical.js 2.2.1 (npm): the text of a vCard keeps the backslash before a semicolon.
#
# Expected: RFC 2426 lets no bare ";" stand in a text value (section 4: SAFE-CHAR leaves it out, ESCAPED-CHAR has "\;"), so
# "NOTE:Monday\; not on holidays" is the text "Monday; not on holidays". vobject and Android read it so.
# Seen: ical.js gives "Monday\; not on holidays", with the backslash that people then read in their address book, while "\," of the
# same text is unescaped. In a vCard 4.0, where the backslash is allowed and not wanted (RFC 6350 section 3.4), it does the same.
#
# Exits 0 while this is so, 1 once the behaviour changes, 2 when it could not be tried.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --silent ical.js@2.2.1 >log 2>&1) || { cat "$folder/log"; exit 2; }
cat > "$folder/read.mjs" <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const note = (version) => {
  const card = ["BEGIN:VCARD", `VERSION:${version}`, "FN:Help", "N:;;;;", "NOTE:Monday\\; not on holidays\\, sorry", "END:VCARD", ""];
  return new ICAL.Component(ICAL.parse(card.join("\r\n"))).getFirstPropertyValue("note");
};
console.log("ical.js", JSON.parse(readFileSync(new URL("./node_modules/ical.js/package.json", import.meta.url))).version);
console.log("3.0:", note("3.0"));
console.log("4.0:", note("4.0"));
const asBefore = note("3.0") === "Monday\\; not on holidays, sorry" && note("4.0") === note("3.0");
console.log(asBefore ? "as before" : "the behaviour has changed");
process.exit(asBefore ? 0 : 1);
JS
node "$folder/read.mjs"
