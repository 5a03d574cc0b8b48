// Reads cards from the standard input with ical.js, and those of version 4.0 with vcard4 too; writes what each understood as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import { parse } from "vcard4";

const text = readFileSync(0, "utf-8");
const strict = text.includes("VERSION:4.0") ? parse(text) : [];
const cards = Array.isArray(strict) ? strict : [strict];
const parsed = ICAL.parse(text);
const plain = Array.isArray(parsed[0]) ? parsed : [parsed];
console.log(JSON.stringify({ vcard4: cards.map((card) => card.parsedVcard), ical: plain.map((card) => card[1]) }));
