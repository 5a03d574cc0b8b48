// Searches the records with a library for JavaScript: node peer_searches.mjs NAME FOLDER WORDS… gives ids, one a line;
// with --all in place of words, the answers and the warm milliseconds of all questions as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [name, folder, ...words] = process.argv.slice(2);
const installed = createRequire(join(folder, "node", "index.js"));
const records = JSON.parse(readFileSync(join(folder, "records.json"), "utf-8"));

function opened() {
  if (name === "minisearch") {
    const MiniSearch = installed("minisearch");
    const index = new MiniSearch({ fields: ["name", "text"], searchOptions: { boost: { name: 2 }, prefix: true, fuzzy: 0.2 } });
    index.addAll(records);
    return (text) => index.search(text).map((found) => found.id);
  }
  const Fuse = installed("fuse.js");
  const index = new (Fuse.default ?? Fuse)(records, { keys: ["name", "text"], ignoreLocation: true, useExtendedSearch: false });
  return (text) => index.search(text).map((found) => found.item.id);
}

const search = opened();
if (words[0] === "--all") {
  const questions = JSON.parse(readFileSync(join(folder, "questions.json"), "utf-8"));
  const answers = questions.map((text) => search(text).slice(0, 5));
  const warm = questions.map((text) => {
    const start = process.cpuUsage();
    search(text);
    const spent = process.cpuUsage(start);
    return (spent.user + spent.system) / 1000;
  });
  console.log(JSON.stringify({ answers, warm }));
} else {
  console.log(search(words.join(" ")).slice(0, 5).join("\n"));
}
