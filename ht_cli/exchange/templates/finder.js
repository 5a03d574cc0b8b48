"use strict";
// Searches the list of this page: the words, places and rules of `ht find`, in small (docs/referral.md says why each rule).
// Nothing is sent, nothing is kept. Without this script, or in a browser that cannot unpack the data, the page is its list.

const byId = (id) => document.getElementById(id);
const articles = [...document.querySelectorAll("article")];
const split = (joined) => (joined ? joined.split("|") : []);
const meet = (some, others) => some.some((one) => others.includes(one));
const unique = (list) => [...new Set(list)];
// Words as the data hold them: each as how many letters it shares with the one before, and the rest of it.
const decoded = (coded) => { let word = ""; return split(coded).map((code) => (word = word.slice(0, parseInt(code[0], 36)) + code.slice(1))); };

// ── Words ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const PLAIN = { ß: "ss", œ: "oe", æ: "ae", ø: "o", đ: "d", ħ: "h", ı: "i", ł: "l", ŧ: "t" };
const fold = (text) => text.toLowerCase().replace(/[ßœæøđħıłŧ]/g, (letter) => PLAIN[letter]).normalize("NFD")
  .replace(/[\u0300-\u036f\u00ad\u200b-\u200f\ufeff]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const keyOf = (text) => fold(text).replace(/ /g, "");
const levelled = (joined) => joined.replace(/(?:sainte|saint|sankta|sankt|sint|ste)(?=.)/g, "st").replace(/([aou])e/g, "$1");
const add = (map, key, value) => { if (!map.has(key)) map.set(key, []); map.get(key).push(value); };

const GAP = "…", ROOM = 3; // other words that a gap has place for; between two words of a phrase one may stand
const MOST_WORDS = 300; // of a question that are read here
const HT = {}; // the points and lists of `ht find` by the names they have in Python: they come with the data, and stand nowhere here

function lexiconOf(data) {
  const lexicon = {
    joined: new Map(), phrases: new Map(), places: new Map(), abroad: new Map(), // what stands for something, by its spelling
    small: { number: new Map(Object.entries(data.numbers)) }, ordinary: new Map(), // words that tell nothing alone, by their kind
    words: new Map(), safe: new Set(), byLength: new Map(), nameWords: [], // what a misspelt word may be meant for
    spoken: new Map(), home: BITS[data.languages.indexOf(data.language)], // the languages of words, and that of the page
  };
  const learn = (word, weight) => { if (!(lexicon.words.get(word) >= weight)) lexicon.words.set(word, weight); };
  for (const [kind, term, languages, forms] of data.forms) for (const form of decoded(forms)) {
    const words = form.split(" "), meaning = { kind, term, languages }, told = words.filter((word) => word !== GAP);
    const narrow = kind === "needs" && HT.NARROW_NEEDS.includes(term), harmless = (word) => kind !== "dangers" && (!narrow || word.length >= HT.SURELY_MENDED);
    if (told.length === words.length && words.length < 3) {
      add(lexicon.joined, words.join(""), meaning);
      learn(words.join(""), 3);
      if (harmless(words.join(""))) lexicon.safe.add(words.join(""));
    }
    if (words.length > 1) add(lexicon.phrases, words[0], { ...meaning, words });
    for (const word of told) {
      learn(word, 2);
      lexicon.spoken.set(word, (lexicon.spoken.get(word) || 0) | languages);
      if (harmless(word)) lexicon.safe.add(word);
    }
  }
  for (const [kind, groups] of Object.entries(data.small)) {
    lexicon.small[kind] = new Map();
    for (const [languages, words] of Object.entries(groups)) for (const word of split(words)) {
      lexicon.small[kind].set(word, Number(languages));
      if (kind !== HT.ASKS_FOR_HELP) { learn(word, 2); lexicon.safe.add(word); }
    }
  }
  for (const [languages, words] of Object.entries(data.ordinary)) for (const word of decoded(words)) lexicon.ordinary.set(word, Number(languages));
  for (const place of data.places) for (const [spellings, risky] of [[place.sure, false], [place.risky, true]]) {
    for (const spelling of spellings) { add(lexicon.places, spelling, { place, risky }); if (!/\d/.test(spelling)) learn(spelling, 3); }
  }
  for (const { name, country, sure, risky } of data.abroad) for (const [spellings, doubtful] of [[sure, false], [risky, true]]) {
    for (const spelling of spellings) { add(lexicon.abroad, spelling, { name, country, risky: doubtful }); learn(spelling, 3); }
  }
  lexicon.nameWords = unique(data.resources.flatMap((resource) => [...resource.shares.keys()]));
  lexicon.nameWords.forEach((word) => learn(word, 1));
  for (const word of lexicon.words.keys()) if (word.length >= HT.MIN_LENGTH - 1) add(lexicon.byLength, word.length, word);
  return lexicon;
}

// One letter more, fewer or other, or two that changed places.
function oneSlip(typed, known) {
  const more = typed.length - known.length;
  if (Math.abs(more) > 1 || typed === known) return false;
  let at = 0;
  while (typed[at] === known[at]) at += 1;
  if (more > 0) return typed.slice(at + 1) === known.slice(at);
  if (more < 0) return typed.slice(at) === known.slice(at + 1);
  return typed.slice(at + 1) === known.slice(at + 1)
    || (typed[at] === known[at + 1] && typed[at + 1] === known[at] && typed.slice(at + 2) === known.slice(at + 2));
}

// Which known words a strange one may be meant for, the likeliest first: those of the languages (a mask) that are spoken, and those of none, such as towns.
function mended(token, lexicon, long, languages) {
  if (token.length < HT.MIN_LENGTH + long || /\d/.test(token)) return [];
  const isSpoken = (word) => !lexicon.spoken.has(word) || Boolean(lexicon.spoken.get(word) & languages);
  const near = [-1, 0, 1].flatMap((more) => lexicon.byLength.get(token.length + more) || []).filter((word) => oneSlip(token, word) && isSpoken(word));
  const doubled = (word) => word.replace(/(.)\1/g, "$1"), letters = (word) => [...word].sort().join("");
  const least = (word) => doubled(word) === doubled(token) || letters(word) === letters(token); // a letter doubled, halved or swapped
  const size = (word) => (word[0] === token[0] ? 0 : 3) + (least(word) ? 0 : word.length > token.length ? 1 : 2);
  return near.filter((word) => word[0] === token[0] || (!long && token.length >= HT.SHORTEST_MOVED))
    .sort((a, b) => size(a) - size(b) || lexicon.words.get(b) - lexicon.words.get(a)).slice(0, HT.MOST_MEANT);
}

// ── What stretches of a question may mean ──────────────────────────────────────────────────────────────────────────

// A question as its words: folded, as typed, in small letters with their accents; which are known, and which begin with a capital.
function saidBy(text, lexicon) {
  const said = { tokens: [], typed: [], raw: [], capitals: [], joined: [] }; // joined: the first of the words that hyphens and apostrophes join with each
  for (const word of text.split(/\s+/)) {
    const parts = fold(word).split(" ").filter(Boolean);
    for (const piece of word.split(/[/,;:!?()[\]{}&+|<>=]/)) said.joined.push(...fold(piece).split(" ").filter(Boolean).map(() => said.joined.length));
    for (const part of parts) {
      said.capitals.push(said.tokens.length > 0 && part === parts[0] && /^\P{L}*\p{Lu}\p{Ll}/u.test(word));
      said.tokens.push(part);
      said.typed.push(word.toLowerCase());
      said.raw.push(parts.length > 1 ? part : word.toLowerCase());
    }
    if (said.tokens.length >= MOST_WORDS) break;
  }
  const { tokens } = said, heard = languagesIn(tokens, lexicon), languages = heard || lexicon.home, nouns = heard === BITS[HT.LANGUAGES.indexOf("de")] || said.capitals.filter(Boolean).length * 3 > tokens.length;
  if (nouns) said.capitals.fill(false); // in German every one has a capital, which then tells nothing
  said.is = (at, ...kinds) => at >= 0 && at < tokens.length && kinds.some((kind) => lexicon.small[kind].has(tokens[at]));
  said.small = (at) => said.is(at, ...HT.SMALL_WORDS);
  said.languages = heard || BITS.reduce((mask, bit) => mask | bit, 0); // where no word tells, a slip may be one of any
  said.known = tokens.map((token) => lexicon.words.has(token) || lexicon.places.has(levelled(token)) || /^\d/.test(token));
  said.ordinary = tokens.map((token, at) => !said.known[at] && Boolean(lexicon.ordinary.get(token) & languages));
  return said;
}

const BITS = [1, 2, 4, 8]; // one for each language
const languagesOf = (token, lexicon) => lexicon.small.stop.get(token) || lexicon.small.before.get(token) || lexicon.spoken.get(token) || 0;

// The languages that the words may be in, as a mask: those that most words are of; none where no word tells.
function languagesIn(tokens, lexicon) {
  const votes = BITS.map((bit) => tokens.filter((token) => languagesOf(token, lexicon) & bit).length), most = Math.max(...votes);
  return most ? BITS.filter((_, at) => votes[at] === most).reduce((mask, bit) => mask | bit, 0) : 0;
}

// Gives the stretches of words that mean something: { start, end, mask, kind, meaning | place | value, slips }. A bit of the mask
// is a word from the start on. What else they tell of the question is added to it: ages, those who died, whether it is a note.
function spansOf(said, lexicon) {
  const { tokens, known } = said, long = tokens.length > HT.FEW_WORDS ? 1 : 0, found = [];
  const spellings = tokens.map((token, at) => [token, ...(known[at] || said.ordinary[at] ? [] : mended(token, lexicon, long, said.languages))]);
  const stretch = (start, end, more) => found.push({ start, end, mask: (1 << (end - start)) - 1, slips: 0, ...more });
  tokens.forEach((token, start) => {
    for (const kind of HT.SMALL_WORDS) if (said.is(start, kind)) stretch(start, start + 1, { kind });
    for (let end = start + 1; end <= Math.min(start + HT.LONGEST_NAME, tokens.length); end += 1) {
      const window = tokens.slice(start, end), joined = window.join("");
      for (const meaning of lexicon.joined.get(joined) || []) stretch(start, end, { kind: meaning.kind, meaning });
      for (const one of lexicon.places.get(levelled(joined)) || []) stretch(start, end, { kind: "place", ...one, name: window.join(" ") });
      for (const one of lexicon.abroad.get(joined) || []) { // a country is part of a long story
        if (!one.country || tokens.length <= HT.FEW_WORDS) stretch(start, end, { kind: "abroad", ...one });
      }
      for (const word of townMeant(said, start, end, lexicon)) for (const one of lexicon.places.get(word) || []) {
        stretch(start, end, { kind: "place", ...one, name: word, slips: 1, mend: [joined, word] });
      }
      for (let at = start; at < end && end - start <= HT.LONGEST_MENDED; at += 1) for (const word of spellings[at].slice(1)) {
        const guess = [...tokens.slice(start, at), word, ...tokens.slice(at + 1, end)].join(""), slip = { slips: 1, mend: [tokens[at], word] };
        for (const meaning of lexicon.safe.has(word) ? lexicon.joined.get(guess) || [] : []) {
          if (meaning.kind !== "dangers") stretch(start, end, { kind: meaning.kind, meaning, ...slip });
        }
        for (const one of lexicon.places.get(levelled(guess)) || []) stretch(start, end, { kind: "place", ...one, name: guess, ...slip });
      }
    }
    if (!known[start] || lexicon.words.get(token) === HT.NAME_ONLY) for (const meaning of halves(token, lexicon)) stretch(start, start + 1, { kind: meaning.kind, meaning });
  });
  const all = townsThatCount([...found, ...phrasesIn(spellings, lexicon)], said);
  said.mourned = tokens.map((_, at) => said.is(at, "person") && died(said, at, at + 1));
  const numbers = numbersIn(said, lexicon);
  said.ages = agesIn(said, lexicon, all, numbers);
  // The years of a duration are no town: "depuis quinze ans" is not in Ans.
  const years = numbers.filter(({ start, end, unit }) => !unit && said.is(end, "unit") && !said.ages.some((age) => age.start === start)).map(({ end }) => end);
  const spans = all.filter((span) => span.kind !== "place" || span.end - span.start > 1 || !years.includes(span.start));
  const telling = [...spans, ...said.ages].filter((span) => (span.meaning || span.kind === "age") && !span.slips && lengthOf(span) === span.end - span.start);
  said.telling = tokens.map((_, at) => telling.some(({ start, end }) => start <= at && at < end));
  said.note = said.ages.length > 0 && HT.SMALL_IN_A_NOTE * tokens.filter((_, at) => said.small(at)).length <= tokens.length;
  said.paired = pairsIn(spans, said);
  return [...spans, ...said.ages];
}

const alike = (one, other) => one.start === other.start && one.mask === other.mask;
const within = (one, other) => one.start >= other.start && one.end <= other.end && one.end - one.start < other.end - other.start;
const meets = (one, other) => one.start < other.end && other.start < one.end;
const covers = ({ start, mask }, at) => at >= start && Boolean(mask >> (at - start) & 1);
const lengthOf = ({ mask }) => [...mask.toString(2)].filter((bit) => bit === "1").length;
const isCertain = (span) => span.kind === "place" && !span.risky && !span.slips;

// Which known words a town of several words may be meant for, where one of them is misspelt: "Sankt-Vit".
function townMeant({ tokens, known, ordinary }, start, end, lexicon) {
  const joined = tokens.slice(start, end).join(""), strange = tokens.some((_, at) => at >= start && at < end && !known[at] && !ordinary[at]);
  const possible = end - start > 1 && end - start <= HT.LONGEST_MISSPELT && tokens.length <= HT.FEW_TO_MEND_TOWNS && joined.length >= HT.SHORTEST_JOINED_TOWN;
  return possible && (strange || HT.BEGINS_A_TOWN.includes(tokens[start])) ? mended(levelled(joined), lexicon, 0, 0).slice(0, 1) : [];
}

// A Dutch or German compound (rouwgroep, Trauergruppe) as the meanings of its two halves.
function halves(token, lexicon) {
  for (let cut = token.length - HT.SHORTEST_PART; cut >= HT.SHORTEST_PART; cut -= 1) for (const link of ["", "s", "en", "n"]) {
    const rest = token.slice(cut);
    const head = lexicon.joined.get(token.slice(0, cut)), tail = rest.startsWith(link) && lexicon.joined.get(rest.slice(link.length));
    if (head && tail) return [...head, ...tail].filter(({ kind }) => ["needs", "offers", "audiences", "kinds"].includes(kind));
  }
  return [];
}

const otherNumber = (word) => (word.length < HT.SHORTEST_PART ? word : word.endsWith("s") ? word.slice(0, -1) : word + "s");

const WIDEST = 29; // words that a phrase reaches over: a mask is a number of 32 bits
function phrasesIn(spellings, lexicon) {
  const at = new Map(), found = [];
  spellings.forEach((words, position) => words.forEach((word, slip) => {
    for (const one of unique([word, otherNumber(word)])) if (!slip || lexicon.safe.has(one)) add(at, one, { position, slips: slip ? 1 : 0 });
  }));
  for (const [first, places] of at) for (const phrase of lexicon.phrases.get(first) || []) for (const begin of places) {
    let last = begin.position, slips = begin.slips, room = 1, mask = 1, whole = true;
    for (const word of phrase.words.slice(1)) {
      if (word === GAP) { room = ROOM; continue; }
      const next = (at.get(word) || []).find(({ position }) => position > last && position <= last + 1 + room);
      if (!next || next.position - begin.position > WIDEST) { whole = false; break; }
      mask |= 1 << (next.position - begin.position);
      last = next.position; slips += next.slips; room = 1;
    }
    if (whole && slips < 2 && !(slips && phrase.kind === "dangers")) {
      found.push({ start: begin.position, end: last + 1, mask, kind: phrase.kind, meaning: phrase, slips });
    }
  }
  return found;
}

// Leaves out towns that nobody means: a village that is also a small word, a piece of a longer name, the year of a story, and of several
// that a misspelt word is equally near to all but the biggest; a village only where nothing else is as near.
function townsThatCount(spans, said) {
  const { tokens } = said, people = (span) => (span.place.local ? 0 : span.place.people || 0);
  const isPostcode = (at) => at >= 0 && /^\d{4}$/.test(tokens[at]), townAt = (at) => spans.some((span) => isCertain(span) && span.start === at && !isPostcode(at));
  const concept = (at) => spans.some((span) => span.meaning && covers(span, at)), town = (at) => spans.some((span) => span.place && people(span) && covers(span, at));
  const pieceOfAName = ({ start, end }) => { // Mons-en-Barœul is not Mons; "burnout-namur" is in Namur
    const before = tokens.map((_, at) => at).filter((at) => at >= said.joined[start] && at < start && tokens[at].length > HT.LONGEST_ELISION);
    if (before.some((at) => !concept(at) && !town(at) && !said.small(at))) return true;
    return said.joined[end] === said.joined[end - 1] && !concept(end) && (HT.JOINS_NAMES.includes(tokens[end]) || !town(start));
  };
  return spans.filter((span) => {
    if (span.kind === "abroad") return !pieceOfAName(span);
    if (span.kind !== "place") return true;
    const { start, end, name } = span, rivals = spans.filter((other) => other !== span && alike(other, span));
    if (span.slips) {
      const mine = Math.max(...[span, ...rivals].filter((other) => other.place && other.name === name).map(people));
      const bigger = rivals.some((other) => other.place && other.slips && other.name !== name && people(other) > mine);
      return !bigger && (mine > 0 || !rivals.some((other) => other.meaning));
    }
    if (spans.some((other) => isCertain(other) && within(span, other)) || pieceOfAName(span)) return false;
    if (end - start > 1 || tokens.length === 1) return true;
    const asSmall = said.is(start, "stop") && !said.capitals[start] && !cued(said, start) && !isPostcode(start - 1) && !people(span);
    const asYear = isPostcode(start) && HT.YEARS_OF_A_STORY.includes(Number(tokens[start])) && HT.BEFORE_A_YEAR.includes(tokens[start - 1])
      && tokens.length > HT.FEW_TO_SAY_WHERE && !townAt(end);
    return !asSmall && !asYear;
  });
}

// Whether a word stands where a town is said: behind "in", "près de", the age of somebody, or with a capital of its own.
const cued = (said, start) => said.capitals[start] || (said.ages || []).some((age) => age.end === start)
  || said.is(start - 1, "before") || (said.is(start - 1, "between") && said.is(start - 2, "before"));

// Where two towns stand of which one is said to be near the other ("Halle bij Brussel"): the starts of both, and of the one that only tells where.
function pairsIn(spans, said) {
  const towns = spans.filter((span) => span.kind === "place" && !span.slips), both = new Set(), telling = new Set();
  for (const one of towns) if (HT.NEAR.includes(said.tokens[one.end])) for (const other of towns) {
    const beside = other.start === one.end + 1 || (other.start === one.end + 2 && said.small(one.end + 1));
    if (beside && !(one.risky && other.risky)) { both.add(one.start).add(other.start); telling.add(other.start); }
  }
  return { both, telling };
}

// ── Ages ───────────────────────────────────────────────────────────────────────────────────────────────────────────
// As search/ages.py reads them: a number is one only beside what says so; it takes its words, so that "ans" is no town.

// Whether a word for a person, and what is said of them up to the end, stands behind a loss or before a death.
function died({ is, small }, person, end) {
  if (is(end, "gone") || (is(end, "being", "stop") && is(end + 1, "gone"))) return true;
  let before = person - 1;
  while (before > person - HT.WORDS_BACK && small(before)) before -= 1;
  return is(before, "gone", "lost");
}

// The numbers of a question, in figures or words: { start, end, value, unit, letter }; a date or 24/7 is none.
function numbersIn({ tokens, typed, is }, lexicon) {
  const throughout = new RegExp(`^${HT.FIGURES_THROUGHOUT}$`), found = [];
  const worth = (at) => lexicon.small.number.get(tokens[at]);
  for (let start = 0; start < tokens.length; start = Math.max(start + 1, found.length ? found[found.length - 1].end : 0)) {
    const [, letter, digits, unit] = /^([a-z]?)(\d{1,3})([a-z]*)$/.exec(tokens[start]) || [];
    let value = Number(digits), end = start + 1;
    if (digits && letter && (unit || digits.length !== 2 || !HT.GENDERS.includes(letter))) continue;
    if (tokens[start] === HT.DAY_AND_NIGHT || (tokens[start] === HT.TEAM && !is(start - 1, "person"))) continue;
    if (!digits) {
      value = worth(start);
      if (value === undefined) continue;
      if (value === 4 && /^vingts?$/.test(tokens[end])) { value = 80; end += 1; }
      const after = end + HT.AND.includes(tokens[end]), more = worth(after) ?? (HT.ONE.includes(tokens[after]) ? 1 : undefined);
      if (value >= 20 && value % 10 === 0 && more < ([60, 80].includes(value) ? 20 : 10)) {
        value += more; end = after + 1;
        if (more === 10 && worth(end) >= 7 && worth(end) <= 9) { value += worth(end); end += 1; } // quatre-vingt-dix-sept
      }
    }
    if (!throughout.test(typed[start])) found.push({ start, end, value, unit, letter });
  }
  return found;
}

function agesIn(said, lexicon, spans, numbers) {
  const { tokens, typed, is, small } = said, figures = (at) => /^\d/.test(tokens[at] || "");
  const persons = spans.filter((span) => !span.slips && (span.kind === "relations" || (span.kind === "audiences" && HT.A_PERSON.includes(span.meaning.term)))).map((span) => span.end - 1);
  const towns = spans.filter(isCertain).map((span) => span.start);
  const ends = (at) => at >= tokens.length || !/[\p{L}\p{N}.]$/u.test(typed[at - 1]) || !(is(at, "counted", "unit") || figures(at));
  const lasts = (start) => {
    for (let at = start - 1; at >= start - HT.WORDS_BACK; at -= 1) { if (is(at, "person")) return false; if (is(at, "lasting")) return true; }
    return false;
  };
  const ofOneWhoDied = ({ start, end }) => {
    let after = end, before = start - 1;
    while (is(after, "unit", "old", "of_age")) after += 1;
    while (is(before, "between", "aged") && !is(before, "person")) before -= 1;
    return died(said, is(before, "person") ? before : 0, after);
  };
  // Each gives where the words of an age end, or nothing.
  const byUnit = ({ start, end, value, unit }) => {
    if (!unit && is(end, "of_age")) return end + 1;
    if (unit && lexicon.small.of_age.has(unit)) return end;
    const closes = end + 1 >= tokens.length || towns.includes(end + 1); // "17 a" at the end, or before a town
    if (unit ? !lexicon.small.unit.has(unit) : !is(end, "unit") || (tokens[end].length === 1 && !typed[end].endsWith(".") && !(value >= HT.TEN && closes))) return 0;
    const after = unit ? end : end + 1;
    if (is(after, "old", "of_age")) return after + 1;
    const ofAPerson = is(start - 1, "between", "person", "being", "aged");
    return lasts(start) || is(after, "passed") || (is(after, "between") && !ofAPerson) ? 0 : after;
  };
  const byPerson = ({ start, end, value, unit, letter }) => {
    const leadsOn = is(start - 1, "between", "before"), spoken = !figures(start);
    if (unit || !ends(end)) return 0;
    if (letter || is(start - 1, "aged") || (is(start - 2, "aged") && small(start - 1))) return end;
    if ((is(start - 1, "person") && !leadsOn) || (is(start - 2, "person") && is(start - 1, "between"))) return end;
    if (value >= HT.SCHOOL_AGE && is(end, "person") && tokens[end].length === 1 && ends(end + 1)) return end + 1;
    if (value >= HT.SCHOOL_AGE && ((persons.includes(start - 1) && !leadsOn) || (is(start - 1, "being") && !lasts(start)))) return end;
    if (start === 0 && value >= HT.TEN && towns.includes(end)) return end;
    return spoken && value >= HT.SURELY_AN_AGE && value % 10 ? end : 0;
  };
  return numbers.flatMap((number) => {
    const { start, value } = number, possible = value > 0 && value <= HT.OLDEST && !ofOneWhoDied(number), end = possible && (byUnit(number) || byPerson(number));
    return end ? [{ start, end, mask: (1 << (end - start)) - 1, kind: "age", value, slips: 0 }] : [];
  });
}

// ── How a question is read ─────────────────────────────────────────────────────────────────────────────────────────

function costOf(span, said, places) {
  const { tokens } = said, covered = lengthOf(span), length = span.end - span.start;
  let cost = (HT.SPAN_COSTS[span.kind] ?? HT.CONCEPT_COSTS[span.kind] ?? HT.OTHER_CONCEPT) + HT.PER_EXTRA_TOKEN * (covered - 1) + HT.PER_GAP * (length - covered) + HT.EDIT_COST[span.slips];
  if (span.mend && span.mend[0][0] !== span.mend[1][0]) cost += HT.MOVED_FIRST_LETTER;
  if (span.kind !== "place" && span.kind !== "abroad") return cost;
  if (said.paired.both.has(span.start)) return cost + HT.PAIRED;
  const last = span.end === tokens.length, cue = cued(said, span.start), weak = said.is(span.start - 1, "between");
  cost += (cue ? HT.CUE : weak ? HT.WEAK_CUE : 0) + (last ? HT.AT_THE_END : 0) + (atHome(span, said) ? HT.AT_HOME : 0) + (places ? HT.SECOND_PLACE : 0);
  if (span.slips && (last || span.start === 0) && length < tokens.length && tokens.length <= HT.SHORT_QUESTION) cost += HT.MISSPELT_AT_AN_END;
  if (!span.risky) return cost;
  if (tokens.length === length || standsApart(span, said)) return cost + HT.SET_APART;
  return cost + (cue && last ? HT.RISKY_AFTER_CUE : last || cue || weak ? HT.RISKY_AT_THE_END : HT.RISKY_PLACE) + (length === 1 && accented(span, said) ? 1 : 0);
}

// Whether a place is where somebody lives: "woont in Kortrijk, werkt in Hasselt".
const atHome = ({ start }, said) => said.is(start - 1, "home") || (said.is(start - 1, "before", "between") && said.is(start - 2, "home"));

// Whether an accent was typed that the town has not: who writes "mère" does not mean Mere.
const accented = ({ start, place, name }, { raw }) => /[^\x00-\x7f]/.test(raw[start]) && raw[start] !== (place ? place.name : name).toLowerCase();

// Whether a word that is also a town stands where towns do: at an end beside a telling word ("deuil ans"), or in a note without small words.
function standsApart(span, said) {
  const { tokens, small } = said, empty = said.is(span.start, "stop");
  if (accented(span, said)) return false;
  if (said.note && !empty && ![span.start - 1, span.end].some((at) => small(at) && !said.telling[at])) return true;
  if (span.end === tokens.length) return span.start > 0 && !small(span.start - 1) && !/^\d+$/.test(tokens[span.start - 1]) && (tokens.length <= HT.SHORT_QUESTION || !empty);
  return span.start === 0 && !small(span.end) && tokens.length <= HT.FAIRLY_SHORT;
}

// The cheapest way to explain every word once, as a list of spans; words in the gap of a phrase are explained by others.
function cheapest(said, spans) {
  const { tokens } = said, certain = spans.filter(isCertain), starting = tokens.map(() => []);
  for (const span of spans) {
    const plausible = (span.kind !== "place" && span.kind !== "abroad") || !certain.length || (span.slips ? certain.some((other) => within(other, span))
      : !span.risky || said.paired.both.has(span.start) || certain.some((other) => meets(span, other)));
    if (plausible) starting[span.start].push([span, costOf(span, said, 0), costOf(span, said, 1)]);
  }
  let states = [{ cost: 0, ahead: 0, places: 0 }];
  tokens.forEach((token, at) => {
    const grown = new Map();
    const put = (from, mask, cost, span) => {
      const ahead = (from.ahead | mask) >>> 1, places = from.places || span?.kind === "place" ? 1 : 0, key = 2 * ahead + places;
      if (!(grown.get(key)?.cost <= cost)) grown.set(key, { cost, ahead, places, span, from });
    };
    for (const state of states) {
      if (state.ahead & 1) { put(state, 0, state.cost); continue; }
      for (const [span, ...costs] of starting[at]) if (!(span.mask & state.ahead)) put(state, span.mask, state.cost + costs[state.places], span);
      const unread = said.known[at] || said.ordinary[at] ? HT.FILLER : token.length < HT.MIN_LENGTH ? HT.UNKNOWN_SHORT : HT.UNKNOWN;
      put(state, 1, state.cost + unread, { start: at, end: at + 1, mask: 1, kind: "unread", slips: 0, strange: !said.known[at] && !said.ordinary[at] });
    }
    states = [...grown.values()].sort((a, b) => a.cost - b.cost).slice(0, HT.BEAM);
  });
  const chosen = [];
  for (let state = states[0]; state.from; state = state.from) if (state.span) chosen.unshift(state.span);
  return chosen;
}

// What the chosen stretches mean: { start, end, mask, terms: [[kind, term]], places, slips, … }; whatever else the same words mean as surely is meant too.
function meantBy(said, spans) {
  return cheapest(said, spans).map((span) => {
    const same = spans.filter((other) => alike(other, span) && other.slips === span.slips && (!other.mend || !span.mend || other.mend[1] === span.mend[1]));
    const places = span.place ? unique(same.map(({ place }) => place).filter(Boolean)) : [];
    const terms = span.meaning ? unique(same.filter(({ meaning }) => meaning).map(({ meaning }) => meaning.kind + " " + meaning.term)) : [];
    return { ...span, places, terms: terms.map((term) => term.split(" ")) };
  });
}

const termsOf = (span, kind) => span.terms.filter(([one]) => one === kind).map(([, term]) => term);

// Reads who asks for sign language as deaf, the family beside an illness as those close to the ill, children who come along as those of who asks.
function forWhomSaid(span, { tokens, small }, besideAnIllness) {
  const is = (one) => ([kind, term]) => kind === one[0] && term === one[1];
  const says = (one) => span.terms.some(is(one)), instead = (left, put) => ({ ...span, terms: [...span.terms.filter((term) => !left.some((one) => is(one)(term))), put] });
  if (says(HT.SIGN_LANGUAGE)) return instead([HT.OTHER_DISABILITY], HT.DEAF_PEOPLE);
  if (besideAnIllness && says(HT.FAMILIES) && says(HT.CONFLICT)) return instead([HT.CONFLICT], HT.RELATIVES);
  let before = span.start - 1;
  while (before >= 0 && small(before) && !HT.WITH.includes(tokens[before]) && span.start - before <= HT.SMALL_BETWEEN) before -= 1;
  const along = before >= 0 && HT.WITH.includes(tokens[before]) && !tokens.slice(span.end, span.end + 2).some((token) => /^\d+$/.test(token));
  return along && HT.CHILDREN.some(says) ? instead(HT.CHILDREN, HT.PARENTS) : span;
}

// Leaves out of what was said what is denied, what is said of others, and of a word for several needs those that no other word names.
function narrowed(meant, said) {
  const { tokens } = said, few = tokens.length <= HT.FEW_WORDS;
  const named = new Set(meant.map((span) => termsOf(span, "needs")).filter((needs) => needs.length === 1).flat());
  const exact = new Set(meant.filter((span) => !span.slips).flatMap((span) => span.terms.map(([kind]) => kind)));
  const anIllness = meet([...named], HT.ILLNESSES_WITHIN);
  return meant.map((span) => forWhomSaid(span, said, few && anIllness)).map((span) => {
    const needs = termsOf(span, "needs"), before = tokens.slice(0, span.start), beside = before.slice(said.small(span.start - 1) ? -2 : -1);
    const forRelatives = needs.includes("caregiving") && without([...named], ["caregiving"]).length && termsOf(span, "audiences").length;
    const narrow = !forRelatives && needs.length > 1 && !needs.includes(HT.MOURNING) && meet(needs, [...named]);
    const smokesAnother = needs.length === 1 && needs[0] === "tobacco" && named.has("drugs") && meet(tokens.slice(span.start, span.end), HT.SMOKES);
    const isOwn = few || meet(before.slice(-3), HT.I_AM), mourned = said.mourned.some((one, at) => one && covers(span, at));
    let terms = span.terms.filter(([kind, term]) => !(forRelatives && kind === "needs" && term === "caregiving")
      && !(narrow && kind === "needs" && !named.has(term)) && !(smokesAnother && kind === "needs")
      && !(meet(beside, HT.NONE_OF_IT) && ((kind === "needs" && HT.DENIED.includes(term)) || HT.NOT_WANTED.some((one) => one[0] === kind && one[1] === term)))
      && !(kind === "relations" && meet(before.slice(-1), HT.THEIRS))
      && !(term === "professionals" && !isOwn)
      && !(span.slips && !few && exact.has(kind))); // guessed beside what was said: another word
    if (mourned) { // who died is not who needs help: their parents are, of a child
      const ofAChild = terms.some(([kind, term]) => (kind === "audiences" && HT.MINORS.includes(term)) || (kind === "relations" && term === "child"));
      terms = [...terms.filter(([kind]) => kind !== "audiences"), ...(ofAChild ? [["relations", "child"], ["audiences", "parents"]] : [])];
    }
    return { ...span, terms };
  });
}

// Whether a language is named that somebody does not speak: "no Dutch", "ne parle pas bien français", "my Dutch is poor".
function notSpoken(span, said, spans) {
  if (!termsOf(span, "languages").length) return false;
  if (meet(said.tokens.slice(span.end, span.end + HT.WAY_ON), HT.BADLY)) return true;
  if (meet(said.tokens.slice(Math.max(span.start - 2, 0), span.start), HT.A_LITTLE)) return true;
  for (let at = span.start - 1; at >= span.start - HT.WAY_BACK && at >= 0; at -= 1) {
    if (HT.ONLY.includes(said.tokens[at])) return false;
    if (HT.NONE_OF_IT.includes(said.tokens[at])) return true;
    if (!said.small(at) && !spans.some((other) => other.kind === "languages" && covers(other, at))) return false;
  }
  return false;
}

// Dangers that a phrase names, wherever it stands, those of the chosen ones first; none where a "no" stands right before it or in a gap of it.
function dangersIn(said, spans, meant) {
  const denied = (span) => said.tokens.some((token, at) => HT.NONE_OF_IT.includes(token) && at >= span.start - 1 && at < span.end && !covers(span, at));
  const named = spans.filter((span) => span.kind === "dangers" && !span.slips && !denied(span)), isChosen = (span) => meant.some((one) => alike(one, span));
  return unique([...named.filter(isChosen), ...named].map((span) => span.meaning.term));
}

const FACETS = ["places", "needs", "audiences", "relations", "offers", "kinds", "languages", "channels", "costs"];
const nothingSaid = () => ({ ...Object.fromEntries(FACETS.map((facet) => [facet, []])), age: null, abroad: "" });
const saysSomething = (query) => query.age !== null || query.abroad !== "" || FACETS.some((facet) => query[facet].length);
const isUnderstood = (query) => saysSomething(query) || query.names.size > 0 || query.dangers.length > 0;

function read(text, data, lexicon) {
  const said = saidBy(text, lexicon), spans = spansOf(said, lexicon), meant = narrowed(meantBy(said, spans), said);
  const { tokens } = said, few = tokens.length <= HT.FEW_WORDS;
  const query = { ...nothingSaid(), tokens, dangers: dangersIn(said, spans, meant), unrecorded: [], mended: [], unread: [], others: [], content: [], towns: [] };
  query.spoken = languageOf(meant, said, data, lexicon);
  const telling = settlePlaces(query, said, meant, spans, data);
  const take = (kind, term) => { if (query[kind] && !query[kind].includes(term)) query[kind].push(term); };
  for (const span of meant) {
    const words = tokens.filter((_, at) => covers(span, at));
    if (span.slips || !HT.SMALL_WORDS.includes(span.kind)) query.content.push(...words);
    if (span.place) query.towns.push(...words);
    if (span.kind === "unread" && (span.strange || few) && !telling.some((town) => covers(town, span.start))) query.unread.push(words[0]);
    if (span.slips && (span.place || span.terms.length)) query.mended.push([words.join(" "), readAs(span)]);
    if (span.kind === "age") query.age ??= span.value;
    if (span.kind === "abroad" && !query.places.length) query.abroad = span.name;
    if (!notSpoken(span, said, spans)) for (const [kind, term] of span.terms) take(kind, term);
  }
  for (const relation of relationsBeside(said, spans, meant)) take("relations", relation);
  query.content = unique(query.content);
  query.allRead = !meant.some((span) => span.kind === "unread");
  query.names = namesIn(query, data, lexicon);
  const read = meant.filter((span) => span.meaning || ["place", "abroad", "age"].includes(span.kind)), guessed = read.filter((span) => span.slips).length;
  const evident = guessed < read.length || (guessed > 0 && query.unread.length < Math.max(guessed, 2));
  if (!evident && !query.names.size && !query.dangers.length) {
    Object.assign(query, nothingSaid(), asksForHelp(said, lexicon.small[HT.ASKS_FOR_HELP]) ? { offers: [HT.LISTENING], unread: [] } : {});
  }
  settleForWhom(query, said);
  const namesOne = meet(query.needs, without(HT.NEEDS_OF_DANGER, ["crisis"]));
  if (query.dangers.length && !namesOne) query.needs = unique([...query.needs, ...data.terms.dangers[query.dangers[0]]]);
  const birth = query.needs.includes(HT.BIRTH), mourned = birth && query.needs.includes(HT.MOURNING);
  const caring = meet(query.needs, HT.WITH_RELATIVES) ? [HT.CARING] : [];
  const last = [...(mourned ? [HT.BIRTH] : []), "crisis", ...(birth ? [HT.HARMING] : []), ...caring]; // behind what else is said
  query.needs = [...without(query.needs, last), ...both(query.needs, last)];
  return query;
}

const readAs = (span) => (span.place ? span.place.name : span.mend ? span.mend[1] : span.meaning.words.join(" "));

// Who is spoken of in words of which a phrase for a need took some: "mon mari boit" speaks of a partner too.
function relationsBeside({ tokens }, spans, meant) {
  const phrases = meant.filter((span) => span.meaning && lengthOf(span) > 1);
  const taken = (span) => tokens.some((_, at) => covers(span, at) && phrases.some((phrase) => covers(phrase, at)));
  return spans.filter((span) => span.kind === "relations" && !span.slips && taken(span) && !HT.THEIRS.includes(tokens[span.start - 1])).map((span) => span.meaning.term);
}

// Whether somebody asks for help though nothing is said of what: "aidez-moi", "ich brauche Hilfe".
const asksForHelp = ({ tokens }, help) => tokens.some((_, start) => {
  const words = tokens.slice(start, start + HT.MOST_IN_A_CALL);
  return words.some((_word, more) => help.has(words.slice(0, more + 1).join("")));
});

// Whether the words tell a violence that a woman does to a man: "ma femme me frappe", "door zijn vrouw geslagen".
const isHitByHisWife = (tokens) => tokens.some((token, at) => {
  if (HT.HARMED_MEN.some(([one, other]) => token === one && tokens[at + 1] === other)) return true;
  if (at === 0 || !HT.WIVES.includes(token)) return false;
  const toMe = HT.MY.includes(tokens[at - 1]) && meet(tokens.slice(at + 1, at + 1 + HT.FROM_HER_TO_ME), HT.ME);
  return toMe || (at > 1 && HT.HIS.includes(tokens[at - 1]) && HT.BY.includes(tokens[at - 2]));
});

// Leaves out whom the help is not for: the child of a couple, the children of somebody grown up who is spoken of, a professional who only writes.
function settleForWhom(query, { tokens }) {
  const { relations } = query, few = tokens.length <= HT.FEW_WORDS;
  const aboutTheChild = relations.includes("child") && !HT.OF_A_COUPLE.includes(query.needs[0]);
  const withPartner = relations.includes("partner") && !aboutTheChild && query.age !== null && query.age < HT.ADULT_AGE;
  if (withPartner) query.age = null;
  const ofAGrownUp = !few && query.age === null && meet(relations, HT.GROWN_UP_RELATIONS) && !relations.includes("child");
  if (withPartner || ofAGrownUp) query.audiences = without(query.audiences, HT.MINORS);
  const violence = query.needs.includes("domestic-violence") || query.dangers[0] === "partner-violence";
  if (violence && !meet(query.audiences, HT.HALVES) && isHitByHisWife(tokens)) query.audiences.push("men");
  query.sentenced = meet(tokens, HT.OF_A_SENTENCE);
  query.byCustom = meet(tokens, HT.BY_CUSTOM) || HT.BY_CUSTOM_IN_TWO.some(([one, other]) => tokens.some((token, at) => token === one && tokens[at + 1] === other));
  if (query.age >= HT.ADULT_AGE && !meet(tokens, HT.I_AM)) query.audiences = without(query.audiences, ["professionals"]);
  const grownUp = relations.includes("partner") || meet(query.audiences, HT.GROWN_UP);
  query.minor = query.age !== null ? query.age < HT.ADULT_AGE : meet(query.audiences, HT.MINORS) && !grownUp;
}

function languageOf(meant, { tokens }, data, lexicon) {
  const votes = data.languages.map(() => 0);
  const vote = (mask, weight) => votes.forEach((_, bit) => { if (mask >> bit & 1) votes[bit] += weight / BITS.filter((one) => mask & one).length; });
  for (const span of meant) if (span.meaning) vote(span.meaning.languages, 1);
  const inATown = (at) => meant.some((span) => span.place && covers(span, at)); // which is of no language
  tokens.forEach((token, at) => { if (!inATown(at)) vote(languagesOf(token, lexicon), 1); });
  const most = Math.max(...votes), first = votes.indexOf(most);
  return most > 0.5 && votes.every((count, bit) => bit === first || count < most * 0.8) ? [data.languages[first]] : [];
}

// ── Places ─────────────────────────────────────────────────────────────────────────────────────────────────────────
// As search/towns.py settles them.

const holds = (larger, smaller) => larger !== smaller && (larger.nis ? larger.nis === smaller.nis && !larger.local
  : larger.held ? larger.held.includes(smaller.nis)
  : larger.code.startsWith("province:") ? (smaller.nis || smaller.held) && smaller.province === larger.province
  : larger.code === "country:be" || (Boolean(larger.region) && smaller.region === larger.region));

function nearness(place, other) {
  if (holds(place, other) || holds(other, place) || (place.nis && place.nis === other.nis)) {
    const larger = holds(place, other) ? place : other;
    return larger.nis ? HT.SAME_TOWN : larger.code.startsWith("province:") ? HT.SAME_PROVINCE : HT.SAME_REGION;
  }
  return place.nis && other.nis && place.province === other.province ? HT.NEIGHBOUR : 0;
}

// Of places of one name or postcode, how likely each is meant.
function likeliness(place, name, spoken) {
  const same = levelled(keyOf(place.name)) === levelled(keyOf(name));
  const order = !place.nis ? 2 : place.local ? 0 : same ? 4 : place.people >= HT.TOWN ? 3 : 1;
  return order * 1e9 + (/^\d+$/.test(name) ? -place.people : place.people + (place.languages.includes(spoken) ? 5e8 : 0));
}

// The places that a name may mean once what is said beside it has decided, the likeliest first, one of each municipality.
function placesMeant({ places, name }, beside, spoken) {
  const near = (place) => Math.max(0, ...beside.map((other) => nearness(place, other))), most = Math.max(...places.map(near)), apart = [];
  for (const place of places.filter((one) => near(one) === most).sort((a, b) => likeliness(b, name, spoken) - likeliness(a, name, spoken))) {
    if (!apart.some((other) => holds(place, other) || holds(other, place) || (place.nis && place.nis === other.nis))) apart.push(place);
  }
  return apart;
}

// Chooses of each name the place that is meant; what is said beside it decides: "Meldert Limburg", "9310 Meldert". Gives the names beside that did.
function settled(query, named, beside, spoken) {
  const placesOf = (spans, except) => spans.filter((one) => one !== except).flatMap(({ places }) => places), used = [];
  const chosen = named.map((one) => placesMeant(one, placesOf([...named, ...beside], one), spoken));
  for (const one of beside) {
    const at = chosen.findIndex(([first]) => Math.max(...one.places.map((place) => nearness(place, first))) >= HT.SAME_REGION);
    if (at < 0) continue;
    used.push(one);
    const inside = one.places.filter((place) => holds(chosen[at][0], place)); // the smaller one was said beside: Chimay, Saint-Remy
    if (inside.length) chosen[at] = placesMeant({ places: inside, name: one.name }, [chosen[at][0]], spoken);
  }
  const firsts = unique(chosen.map(([first]) => first));
  query.places = firsts.filter((place) => !firsts.some((other) => holds(place, other)));
  query.others = chosen.filter(([first]) => query.places.includes(first)).flatMap(([, ...others]) => others);
  return used;
}

// Gives the towns that only told where another is. Of a short question every town counts; in a long one a second that tells nothing of the first is part of the story.
function settlePlaces(query, said, meant, spans, data) {
  const spoken = query.spoken[0] || data.language, places = meant.filter((span) => span.place);
  const home = places.filter((span) => atHome(span, said)), read = home.length ? home : places;
  const main = read.filter((span) => !said.paired.telling.has(span.start)), towns = main.length ? main : read, near = without(read, towns);
  if (!towns.length) return [];
  const unread = (at) => meant.some((span) => span.kind === "unread" && span.start === at), taken = (at) => places.some((span) => covers(span, at));
  const isIdle = (span) => span.place && !span.slips && said.tokens.every((_, at) => !covers(span, at) || unread(at)) && (!span.risky || taken(span.start - 1) || taken(span.end));
  const idle = spans.filter(isIdle), namesakes = (span) => idle.filter((other) => alike(other, span));
  const beside = [...near, ...idle.filter((span) => namesakes(span)[0] === span).map((span) => ({ ...span, places: namesakes(span).map(({ place }) => place) }))];
  const telling = settled(query, towns, beside, spoken);
  if (telling.length === beside.length || said.tokens.length > HT.FEW_WORDS || near.length || home.length) return telling;
  settled(query, [...towns, ...without(beside, telling)], telling, spoken);
  return beside;
}

// ── Names ──────────────────────────────────────────────────────────────────────────────────────────────────────────

// Which resources the words name, and how surely: a name that is all that was said, one inside a longer question, or most words of one.
function namesIn(query, data, lexicon) {
  const { tokens, content, towns } = query, found = new Map(), telling = without(content, HT.NEEDLESS_IN_NAMES), windows = new Map();
  const whole = [tokens.join(""), content.join(""), telling.join("")], bag = [...tokens].sort().join(" "), near = new Map();
  for (const word of telling) {
    const slips = lexicon.words.has(word) ? [] : lexicon.nameWords.filter((other) => other.length >= HT.MIN_LENGTH && oneSlip(word, other));
    near.set(word, [word, otherNumber(word), ...slips]);
  }
  tokens.forEach((_, start) => { for (let end = start + 1; end <= start + HT.WORDS_OF_A_NAME; end += 1) windows.set(tokens.slice(start, end).join(""), tokens.slice(start, end)); });
  const inside = ({ joined, part }) => {
    const said = joined.length >= HT.MIN_LENGTH ? both(windows.get(joined) || [], content) : [], told = without(said, towns);
    if (!told.length) return 0;
    return (!part && told.length >= HT.TELLING_WORDS) || said.length >= HT.ENOUGH_OF_QUESTION * content.length ? HT.MOST : HT.PART;
  };
  const byWords = (shares) => {
    const typed = telling.filter((word) => near.get(word).some((one) => shares.has(one))), covered = typed.length / telling.length;
    const said = unique(typed.flatMap((word) => near.get(word))).filter((word) => shares.has(word)), share = said.reduce((sum, word) => sum + shares.get(word), 0);
    if (typed.every((word) => towns.includes(word))) return 0;
    if (share >= HT.ALL_OF_NAME && covered === 1 && telling.length > 1) return HT.WHOLE;
    if (share >= HT.ENOUGH_OF_NAME && covered >= HT.ENOUGH_OF_QUESTION) return HT.MOST;
    if (meet(typed, HT.HOUSES)) return HT.HOUSE;
    return (covered === 1 && telling.length > 1) || (share >= HT.ALL_OF_NAME && covered >= 0.5 && said.some((word) => word.length > 4)) ? HT.PART : 0;
  };
  data.resources.forEach(({ names, shares }, number) => {
    const called = names.filter(({ joined, sorted }) => whole.includes(joined) || sorted === bag).map(({ part }) => (part ? HT.MOST : HT.WHOLE));
    if (called.length) found.set(number, { sure: Math.max(...called), exactly: true });
    else { const sure = Math.max(byWords(shares), ...names.map(inside)); if (sure) found.set(number, { sure, exactly: false }); }
  });
  const exactly = [...found.values()].some((one) => one.exactly); // what is called so leaves no doubt
  return new Map([...found].filter(([, one]) => one.exactly || !exactly).map(([number, { sure }]) => [number, sure]));
}

// ── What a good referral is ────────────────────────────────────────────────────────────────────────────────────────

const RADIAN = Math.PI / 180;
function kilometres(one, other) {
  const a = Math.sin((other.latitude - one.latitude) * RADIAN / 2) ** 2
    + Math.cos(one.latitude * RADIAN) * Math.cos(other.latitude * RADIAN) * Math.sin((other.longitude - one.longitude) * RADIAN / 2) ** 2;
  return 12742 * Math.asin(Math.sqrt(a));
}

// The areas whose resources serve a place, the nearest first.
function areasOf(place) {
  const communities = place.region === "brussels" ? ["fr", "nl"] : place.languages;
  const towns = (place.held || [place.nis]).filter(Boolean).map((nis) => "nis:" + nis);
  return [...(towns.length ? towns : [place.code]), ...(place.province && !place.code.startsWith("province:") ? ["province:" + place.province] : []),
    ...(place.nis ? ["next:" + place.nis] : place.held ? [] : ["in:" + place.code]),
    ...(place.region && !place.code.startsWith("region:") ? ["region:" + place.region] : []), ...communities.map((code) => "community:" + code), "country:be"];
}

const without = (list, others) => list.filter((one) => !others.includes(one));
const both = (list, others) => list.filter((one) => others.includes(one));

// For whom help is asked, as words and an age say; who is grown up is not one of the children spoken of, nor a boy one of the men.
function audiencesAsked({ audiences, age }) {
  const ofAge = HT.AUDIENCES_BY_AGE.find(([below]) => age < below);
  const others = age === null ? [] : age < HT.ADULT_AGE ? ["men", "women"] : HT.MINORS;
  return unique([...without(audiences, others), ...(age === null ? [] : ofAge[1])]);
}

// Those close to somebody whom the help may be for: of those who mourn a child that died, and of somebody old the grown-up who cares for a parent.
function relationsMeant({ relations, needs }) {
  if (needs[0] === HT.MOURNING) return both(relations, ["child"]);
  return HT.OF_THE_OLD.includes(needs[0]) ? unique(relations.map((one) => (one === "child" ? "parent" : one))) : relations;
}

// Whom the needs, and the people spoken of, are about.
function audiencesMeant(query, data) {
  const grownUp = query.age >= HT.ADULT_AGE, ofAChild = query.relations.includes("child") || meet(query.audiences, HT.MINORS);
  const aChildDied = query.needs[0] === HT.MOURNING && query.audiences.includes("parents"), women = meet(audiencesAsked(query), ["men"]) ? ["women"] : [];
  const close = without(relationsMeant(query), aChildDied ? ["child"] : []).flatMap((relation) => data.terms.relations[relation]);
  const meant = without(query.needs, HT.OF_THE_YOUNG).flatMap((need) => HT.MEANT_BY[need] || []);
  const others = query.age !== null && grownUp ? without(HT.YOUNG, HT.AUDIENCES_BY_AGE.find(([below]) => query.age < below)[1]) : [];
  const young = ofAChild || !grownUp ? both(query.needs, HT.OF_THE_YOUNG).flatMap((need) => HT.MEANT_BY[need]) : [];
  return [...without([...meant, ...close], [...others, ...women]), ...young];
}

// Whom a question is about whatever age it tells: an age leaves out what is for another age, and nobody close to the ill.
function meantAtAnyAge(query, meant) {
  if (query.age === null) return meant;
  if (query.minor) return [...query.needs.flatMap((need) => HT.OF_ANY_AGE[need] || []), ...(query.relations.includes("child") ? HT.CLOSE : [])];
  const ofTheOld = query.relations.length > 0 && HT.OF_THE_OLD.includes(query.needs[0]);
  return meant.filter((audience) => !HT.AGE_GROUPS.includes(audience) || (ofTheOld && audience === "older-people"));
}

// The audiences by one of which what is for grown-ups serves a minor too.
function forTheYoung({ relations, audiences, age }) {
  const close = relations.includes("child") || audiences.includes("parents") ? HT.CLOSE : [];
  return [...HT.MINORS, "everyone", ...HT.OF_ITS_PARENTS, ...close, ...both(age === null ? ["students", "young-adults"] : ["students"], audiences)];
}

function linesOf(danger, young, data) {
  const [all, minors] = data.lines[danger] || [[], []];
  return [...(young ? minors : []), ...all];
}

// The question as the rules look at it: `case_of` in search/case.py, as far as words tell it.
const spokenBeside = (asked, local) => (local.length ? local : meet(asked, HT.NATIONAL) ? [] : unique(asked.flatMap((one) => HT.SECOND[one] || HT.NATIONAL)));

function caseOf(query, data) {
  const { needs, minor } = query, alarm = query.dangers.length > 0, asked = audiencesAsked(query), meant = audiencesMeant(query, data);
  const local = query.places.flatMap((place) => place.languages), close = query.relations.length > 0 || meet(query.audiences, HT.CLOSE);
  const asker = query.languages.length ? query.languages : query.spoken.length ? query.spoken : [data.language], beside = spokenBeside(asker, local);
  const suited = asked.length && asked.join() !== "everyone"
    ? [...asked, ...asked.flatMap((audience) => data.terms.audiences[audience] || []), ...meantAtAnyAge(query, meant), "everyone"] : null;
  const illParent = minor && query.relations.includes("parent") && meet(needs, [...HT.ILLNESSES, "depression"]);
  const doesHarm = needs[0] === HT.HARMING || (needs[0] === "anger" && needs.includes(HT.HARMING));
  const kinds = query.dangers.slice(0, 1), relativeOfTheIll = close && meet(needs, HT.WITH_RELATIVES);
  const mayBe = alarm ? kinds : needs.slice(0, 1).map((need) => HT.DANGERS_OF_NEEDS[need]).filter(Boolean);
  const lines = kinds.flatMap((danger) => linesOf(danger, minor || (danger === "child-abuse" && !needs.includes(HT.HARMING)), data));
  const ofAGroup = Object.keys(HT.GROUP_OF_NEEDS).filter((need) => asked.includes(HT.GROUP_OF_NEEDS[need]));
  const aParentAsks = query.relations.includes("child") || query.audiences.includes("parents");
  const aChildDied = needs.includes(HT.MOURNING) && (needs.includes(HT.BIRTH) || aParentAsks);
  const halves = both(HT.HALVES, asked), isAMan = halves.join() === "men";
  return {
    own: alarm || !query.places.length || !needs.length ? [] : both(asked, HT.TAKING_ANY_NEED_OF_THEIRS),
    aManIsHarmed: isAMan && meet(needs, HT.VIOLENCE) && !doesHarm, otherHalf: halves.length ? without(HT.HALVES, halves).join() : "",
    needsOfTheirHalf: needs.filter((need) => meet(both(HT.MEANT_BY[need] || [], halves), HT.HALVES)),
    forAChild: !minor && meet(needs.slice(0, 2), HT.OF_A_CHILD), afterASentence: query.sentenced && needs[0] === "justice" && !meet(needs, HT.HARMED),
    whateverAge: query.age !== null && !minor && meet(needs.slice(0, 2), HT.OF_A_CHILD) ? HT.OF_ITS_PARENTS : [], young: minor ? forTheYoung(query) : null,
    query, data, asked, suited, alarm, close, illParent, doesHarm, relativeOfTheIll, asker, lines,
    meant: [...asked, ...meant, ...(close ? HT.CLOSE : [])],
    violence: kinds.some((danger) => HT.BY_ANOTHER.includes(danger)),
    crisis: alarm || (needs.includes("crisis") && HT.OF_A_CRISIS.includes(needs[0])),
    open: [...needs, ...ofAGroup, ...(illParent ? [HT.PARENT_ILLNESS] : []), ...(close ? ["caregiving"] : []), ...(alarm ? ["crisis"] : [])],
    afterSuicide: needs.includes(HT.MOURNING) && needs.includes("suicide"), aBabyDied: needs.includes(HT.MOURNING) && needs.includes(HT.BIRTH),
    ofAnExile: asked.includes("exiles") || needs.includes("exile"), forVictimsToo: needs[0] === "trauma" && !needs.includes("exile"),
    childIsHarmed: needs.includes("child-abuse") && HT.OF_LONG_AGO.includes(needs[0]) && !needs.includes(HT.HARMING) && (minor || query.age === null || query.relations.includes("child")),
    hits: meet(needs, ["anger", "domestic-violence"]), ofTheGrown: query.age === null && !minor && HT.OF_GROWN_UPS.includes(needs[0]),
    asksForAGroup: meet(query.offers, HT.TOGETHER), anybody: linesOf("crisis", false, data),
    aChildDied,
    ofAChild: minor || (!aChildDied && (aParentAsks || meet(asked, HT.MINORS) || meet(needs, HT.TELLING_OF_A_CHILD) || query.dangers[0] === "child-abuse")),
    toBeTreated: query.places.length && !minor && HT.TREATED.includes(needs[0]) && !alarm && !meet(query.offers, HT.TO_TALK) && !meet(query.channels, HT.BY_TALKING),
    fearsForABaby: needs.includes(HT.BIRTH) && needs.includes(HT.HARMING) && !doesHarm,
    dangerNeeds: ["crisis", ...needs.slice(0, 1), ...kinds.flatMap((danger) => data.terms.dangers[danger] || [])],
    forRelatives: meet(query.offers, HT.TOGETHER) && meet(query.audiences, [...HT.CLOSE, ...(query.relations.includes("child") ? ["parents"] : [])]),
    local: beside, first: beside.slice(0, 1), calledIn: [...asker, ...beside],
    relatives: (needs[0] === HT.MOURNING ? query.relations : relationsMeant(query)).flatMap((relation) => data.terms.relations[relation]),
    near: without(unique([...(relativeOfTheIll ? ["caregiving"] : []), ...needs.flatMap((need) => data.terms.needs[need])]), needs),
    ages: query.age !== null ? [query.age, query.age] : minor && !query.relations.length ? [0, query.audiences.join() === "children" ? 11 : 17] : null,
    called: without(mayBe.flatMap((danger) => linesOf(danger, minor && alarm, data)), alarm ? HT.EMERGENCY.slice(0, 2) : HT.EMERGENCY),
    listeners: linesOf("crisis", minor, data), networks: networksOf(query, data),
  };
}

function networksOf(query, data) {
  const aboutChild = relationsMeant(query).includes("child") && query.age === null && !query.audiences.length;
  const said = ["audiences", "offers", "costs", "kinds", "languages", "channels"].some((kind) => query[kind].length);
  const plain = !query.needs.length && !query.dangers.length && Math.max(0, ...query.names.values()) < HT.HOUSE
    && (query.age === null ? !said : HT.OF_BOTH_NETWORKS.includes(query.age));
  const homesOf = (place) => place.code.startsWith("province:") ? [...data.homes.values()].filter((home) => `province:${home.province}` === place.code)
    : (place.held || [place.nis || HT.ONE_NETWORK[place.code] || ""]).map((nis) => data.homes.get(nis));
  return query.places.flatMap(homesOf).flatMap((home) => {
    return !home ? [] : query.minor ? [home.youth] : plain || aboutChild ? [home.adult, home.youth] : [home.adult];
  });
}

// What is never shown: closed, for professionals, for another age or audience, and what the filters leave out.
function suits(resource, about, filters) {
  const { query } = about;
  if (resource.hidden || (resource.professionals && !meet(query.audiences, HT.OF_THE_TRADE))) return false;
  if (!resource.reach && !about.networks.includes(resource.id)) return false;
  const network = about.networks.includes(resource.id);
  if (!network && about.suited && resource.audiences.length && !meet(resource.audiences, about.suited)) return false;
  if (about.young && meet(resource.audiences, HT.ONLY_GROWN_UP) && !meet(resource.audiences, about.young)) return false;
  const ofAnotherAge = about.ages && resource.ages.length && (resource.ages[0] > about.ages[1] || resource.ages[1] < about.ages[0]);
  if (ofAnotherAge && !(meet(resource.audiences, about.whateverAge) && resource.needs.length && (!about.query.needs.length || meet(resource.needs, [...about.query.needs, ...about.near])))) return false;
  return (!filters.audience || !resource.audiences.length || meet(resource.audiences, [filters.audience, "everyone"]))
    && (!filters.language || resource.languages.includes(filters.language)) && (!filters.offer || resource.offers.includes(filters.offer))
    && (!filters.free || resource.cost === "free") && (!filters.remote || meet(resource.channels, ["phone", "online", "chat"]))
    && (!filters.direct || resource.direct) && (!filters.dialled || resource.reach === HT.PHONE);
}

// In which area, the nearest first, a resource serves the places asked; null where it serves none.
function areaServed(resource, query, data) {
  if (query.abroad) return resource.areas.includes("country:be") ? "country:be" : null;
  if (!query.places.length) return HT.EVERYWHERE.find((code) => resource.areas.includes(code)) || "";
  for (const area of query.places.flatMap(areasOf)) {
    if (resource.areas.includes(area) || (area.startsWith("next:") && resource.next.includes(area.slice(5)))) return area;
    const larger = area.startsWith("in:") && area.slice(3);
    const inside = (code) => {
      const [kind, slug] = code.split(":"), home = data.homes.get(slug);
      const [wider, name] = larger.split(":");
      return kind === "nis" && home ? (wider === "province" ? home.province : wider === "region" ? home.region : home.languages.includes("de") && name) === name
        : kind === "province" && wider === "region" && data.regionOf[slug] === name;
    };
    if (larger && resource.areas.some(inside)) return area;
  }
  return query.places.some((place) => place.code === "country:be") ? "country:be" : null;
}

// What trains helpers, listens in another language, is about something else, or is there for a group that nobody named.
function isNoAnswer({ kind, offers, audiences, languages, group, needs }, { query, alarm, local, meant }) {
  const trains = HT.IN_PERSON_KINDS.includes(kind) && offers.includes("training") && !without(offers, HT.LEARNING).length && meet(audiences, HT.OF_THE_TRADE);
  if (trains && !meet(query.offers, HT.LEARNING)) return true;
  if (query.kinds.length) return false;
  const asker = query.languages.length ? query.languages : query.spoken;
  const unheard = kind === "helpline" && languages.length && asker.length && !meet(languages, [...asker, ...local]);
  if (unheard && (!alarm || query.places.length)) return true;
  const elsewhere = query.needs.length ? !needs.length : query.offers.length && !meet(offers, query.offers);
  if (kind === "platform" && !group.length && elsewhere) return true;
  const theirs = without(group, HT.OF_THE_TRADE);
  return query.needs.length > 0 && meet(theirs, HT.OF_ANY_TROUBLE) && !meet(theirs, meant);
}

function candidatesOf(query, about, filters, data) {
  const found = [];
  data.resources.forEach((resource, number) => {
    let named = query.names.get(number) || 0;
    const area = areaServed(resource, query, data), network = about.networks.includes(resource.id);
    if (!named && !network && (area === null || !saysSomething(query))) return;
    if (!suits(resource, named ? { ...about, suited: null, ages: null, young: null } : about, filters)) return;
    if (HT.EMERGENCY.includes(resource.id) && !named && !(about.lines.includes(resource.id) && HT.EMERGENCY.indexOf(resource.id) > 1)) return;
    if (!named && query.needs.length && resource.reserved.includes(HT.HARMING) && !query.needs.includes(HT.HARMING)) return; // for who harms alone
    if (!named && isNoAnswer(resource, about)) return;
    const needs = query.needs.filter((need) => resource.needs.includes(need));
    const answers = !needs.length && about.called.includes(resource.id); // a line for the danger, or for a need that may be one
    const ofParents = about.illParent && !needs.length && !answers && resource.needs.includes(HT.PARENT_ILLNESS);
    const close = ofParents || (!needs.length && !answers && meet(resource.needs, about.near));
    const theirs = !needs.length && meet(resource.group, about.own) && resource.offers.includes(HT.CONSULTATION);
    const any = answers || theirs || !resource.needs.length || (!needs.length && !close && query.needs.length > 0 && about.listeners.includes(resource.id));
    if (named && area === null) {
      if (named === HT.HOUSE || (named === HT.PART && saysSomething(query))) return;
      if (named === HT.MOST) named = HT.PART;
    } else if (named === HT.PART && query.needs.length && !needs.length && !any && !close) return;
    if (!named && !network && query.needs.length && !needs.length && !any && !close) return;
    const town = query.places[0], seats = town && town.nis ? resource.towns.map((nis) => (nis === town.nis ? 0 : Math.round(10 * kilometres(town, data.homes.get(nis))) / 10)) : [];
    if (filters.near && town && town.nis && !(seats.length ? Math.min(...seats) <= HT.TOO_FAR_TO_COME : area && area.startsWith("nis:"))) return;
    found.push({ resource, number, area: area || "", named, network, needs, any, answers, close, ofParents, km: seats.length ? Math.min(...seats) : null });
  });
  return found;
}

// Each rule gives points: the function of the same name in search/referral.py, and the points of that module.
const ofAnIllness = ({ resource, needs }) => meet(resource.reserved, HT.ILLNESSES) || meet(needs, HT.ILLNESSES);
const namesExiles = (resource) => meet(resource.reserved, HT.VIOLENCE) && (resource.audiences.includes("exiles") || resource.needs.includes("exile"));

function forThoseHarmed({ resource, needs, area }, { query, asker, local, childIsHarmed }) {
  const { audiences, offers, kind, reserved } = resource, violent = meet(reserved, HT.VIOLENCE);
  const theTeam = kind === "service" && violent && audiences.includes("children") && !meet(audiences, ["adults", "women"]) && needs.includes("child-abuse");
  const understood = !resource.languages.length || meet(resource.languages, asker) || !meet(asker, local);
  const theirs = understood && (query.places.length || area.startsWith("country:") || asker.some((code) => area === `community:${code}`));
  const mediates = meet(needs, [...HT.BETWEEN_TWO, "justice"]) && !meet(needs, HT.VIOLENCE) && HT.IN_PERSON_KINDS.includes(kind);
  return (childIsHarmed && theTeam && theirs ? HT.HARMED_CHILDREN : 0) + (query.byCustom && namesExiles(resource) ? HT.AGAINST_IT : 0)
    + (query.needs[0] === "domestic-violence" && mediates ? HT.NO_MEDIATION : 0) + (violent && offers.length && !without(offers, HT.LEARNING).length ? HT.TEACHES : 0);
}

const forTheHarmed = ({ reserved, audiences }) => meet(reserved, HT.VIOLENCE) && !meet(audiences, HT.BOTH_SIDES)
  && (audiences.includes("women") || !meet(audiences, ["families", "couples"]));

function nearby({ resource, km, area }, { query, violence }) {
  if (area.startsWith("province:") && violence && meet(resource.reserved, HT.VIOLENCE)) return true;
  if (km !== null) return km <= HT.TOO_FAR_TO_COME;
  return area.startsWith("nis:") || query.places.some((place) => place.code === area) || (area.startsWith("province:") && resource.offers.includes(HT.TEAMS[0]));
}

const paidByInsurance = ({ cost, kind, ages, offers }) => offers.includes(HT.CONSULTATION)
  && (cost === HT.REIMBURSED || (cost === "free" && ["directory", "platform"].includes(kind) && ages.length > 0 && ages[1] <= HT.FREE_UP_TO));

const RULES = {
  calledByName: ({ named }) => HT.NAME[named] || 0,
  whatIsNeeded: ({ resource, network, needs, any, answers, close, ofParents }, { query, afterSuicide, aBabyDied, alarm, toBeTreated, anybody }) => {
    const { offers } = resource, inPerson = HT.IN_PERSON_KINDS.includes(resource.kind);
    if (network) return query.needs.length ? HT.ANY : 0;
    if (!query.needs.length) return query.offers.includes(HT.CONSULTATION) && !resource.needs.length && HT.TAKING_ANY_NEED.includes(resource.kind) ? HT.OF_NO_NEED : 0;
    if (any && (!HT.TAKING_ANY_NEED.includes(resource.kind) || (offers.length && !meet(offers, HT.FIRST_OFFERS)))) return HT.ANY_GROUP;
    if (any && !query.places.length && inPerson) return HT.ANY_SOMEWHERE;
    const best = needs.length && !query.alike ? Math.max(HT.LISTED - HT.LATER * query.needs.indexOf(needs[0]), HT.LISTED_LAST) : HT.LISTED;
    const worth = needs.length || answers ? best : any ? HT.ANY : ofParents ? HT.LISTED - HT.LATER : close ? HT.RELATED : 0;
    if (afterSuicide && !alarm && !needs.includes(HT.MOURNING)) return Math.min(worth, HT.RELATED);
    if (aBabyDied && needs.includes(HT.BIRTH) && !needs.includes(HT.MOURNING)) return Math.min(worth, HT.RELATED);
    if (toBeTreated && anybody.includes(resource.id) && needs.every((need) => HT.TREATED.includes(need))) return Math.min(worth, HT.ANY);
    return worth + HT.FURTHER * Math.max(needs.length - 1, 0);
  },
  itsOwnNetwork: ({ resource, network, named }, { query, alarm, asked, ofTheGrown }) => {
    if (!network) return HT.NETWORKS.includes(resource.kind) && !query.kinds.length && !named ? HT.NETWORK_OF_OTHERS : 0;
    if (alarm) return query.minor ? HT.YOUNG_NETWORK_IN_DANGER : HT.NETWORK_IN_DANGER;
    if (!query.needs.length) {
      const wished = [query.offers, query.kinds, query.languages, query.costs].some((list) => list.length) || meet(asked, HT.WITH_A_HOUSE_OF_THEIR_OWN);
      return wished || Math.max(0, ...query.names.values()) >= HT.HOUSE ? HT.NETWORK_BESIDE_OFFER : HT.NETWORK;
    }
    if (resource.kind === "network-youth" && ofTheGrown) return HT.YOUNG_NETWORK_FOR_THE_GROWN;
    if (resource.reach !== HT.PHONE) return query.minor ? HT.YOUNG_NETWORK_WITHOUT_NUMBER : HT.NETWORK_WITHOUT_NUMBER;
    return query.minor ? HT.YOUNG_NETWORK_BESIDE_NEED : HT.NETWORK_BESIDE_NEED;
  },
  forThisPerson: ({ resource, network, named }, { asked, meant, ofAChild }) => {
    const { audiences, group } = resource;
    if (asked.join() === "children" && audiences.length && !without(audiences, HT.GROWN_YOUNG).length && named < HT.HOUSE) return HT.FOR_OTHERS;
    if (network) return asked.length ? HT.LISTED_FOR_THEM : HT.OPEN_TO_ALL;
    if (!audiences.length) return HT.NOT_SAID_FOR_WHOM;
    const theirs = both(group, both(asked, HT.WITH_A_HOUSE_OF_THEIR_OWN)), ofCarers = resource.kind === "service" && both(audiences, asked).includes("caregivers") && resource.reserved.includes(HT.CARING);
    if (meet(audiences, asked)) return HT.LISTED_FOR_THEM + (ofCarers ? HT.THEIR_OWN : 0) + (theirs.length ? HT.THEIR_OWN : 0) + (theirs.includes(HT.DEAF) ? HT.SIGNED : 0);
    const ofTheYoung = resource.kind === "helpline" && audiences.includes("children") && !audiences.includes("adults");
    if (ofTheYoung && !ofAChild && named < HT.HOUSE) return HT.ONLY_FOR_THE_YOUNG;
    if (meet(audiences, ["everyone", ...meant])) return HT.OPEN_TO_ALL;
    if (meet(audiences, HT.ANYONE)) return asked.length ? HT.NEXT_TO_THEM : HT.OPEN_TO_ALL;
    if (named >= HT.HOUSE) return HT.NEXT_TO_THEM;
    return without(audiences, HT.YOUNG).length ? HT.FOR_OTHERS : HT.ONLY_FOR_THE_YOUNG;
  },
  notReservedForOthers: ({ resource, named, network, needs }, { asked, meant, open, relativeOfTheIll, asksForAGroup, query, forAChild, otherHalf, needsOfTheirHalf, ofAnExile, forVictimsToo, aChildDied }) => {
    const { audiences, group, reserved } = resource, ofItsParents = forAChild && meet(audiences, HT.OF_ITS_PARENTS) && meet(needs, HT.OF_A_CHILD);
    const welcome = both(HT.HALVES, audiences).join(), ofTheOther = group.length && welcome && welcome === otherHalf && !meet(audiences, HT.ANYONE);
    const besideTheTrade = without(group, HT.OF_THE_TRADE), ofGroup = besideTheTrade.length ? besideTheTrade : group;
    const otherGroup = ((ofGroup.length && !meet(ofGroup, meant) && !ofItsParents) || ofTheOther || (group.includes(HT.SEX_WORKERS) && !asked.includes(HT.SEX_WORKERS))) && !(query.byCustom && namesExiles(resource));
    const ofTheirHalf = meet(both(group, asked), HT.HALVES) && meet(needs, needsOfTheirHalf);
    const theirs = relativeOfTheIll && meet(audiences, HT.CLOSE) && !meet(audiences, HT.ANYONE) && meet(reserved, HT.WITH_RELATIVES);
    const comes = meet(both(resource.offers, query.offers), HT.TEAMS), meetsForIt = resource.kind === "group" && without(needs, relativeOfTheIll ? [HT.CARING] : []).length && asksForAGroup;
    const ofBirths = reserved.includes(HT.BIRTH), sought = comes && !ofBirths, pastInfancy = query.age > HT.INFANT && query.age < HT.ADULT_AGE;
    const forWhoLostAChild = reserved.join() === HT.MOURNING && audiences.includes("parents") && !without(audiences, HT.MOURNING_A_CHILD).length && !aChildDied;
    const helpsVictims = forVictimsToo && reserved.join() === "justice" && needs.includes("trauma"), takesSchoolchildren = resource.ages[1] > HT.INFANT && resource.ages[1] < HT.NO_AGE_LIMIT;
    const otherIllness = !helpsVictims && ((reserved.length && !meet(reserved, open) && !theirs && !ofTheirHalf && !meet(group, both(asked, HT.OF_ANY_TROUBLE)) && !sought) || (ofBirths && pastInfancy && !takesSchoolchildren) || forWhoLostAChild || (namesExiles(resource) && !query.byCustom && (!ofAnExile || (meet(query.needs, HT.VIOLENCE) && resource.needs.includes("sexual-violence")))));
    return (otherGroup || (otherIllness && !meetsForIt)) && named < HT.HOUSE && !network ? HT.RESERVED : 0;
  },
  inTheirLanguage: ({ resource, network }, { asker, local, first, query, alarm, anybody }) => {
    const spoken = resource.languages;
    if (!spoken.length) return HT.LANGUAGE_NOT_SAID;
    if (meet(spoken, asker)) return 0;
    if (network) return HT.NETWORK_IN_ANOTHER_LANGUAGE;
    if (!query.places.length) return HT.ELSEWHERE_SPOKEN + (anybody.includes(resource.id) ? HT.NOBODY_TO_TALK_TO : 0);
    if (!meet(spoken, local)) return HT.NOT_THEIR_LANGUAGE;
    const asked = alarm ? HT.BESIDE_IN_DANGER : HT.BESIDE_THE_ONE_ASKED, points = query.languages.length ? asked : HT.THEIR_SECOND_LANGUAGE;
    return meet(spoken, first) || meet(asker, local) ? points : points + HT.LEAST_SPOKEN_HERE;
  },
  forThisRole: (candidate, about) => {
    const { resource, needs } = candidate, { audiences, reserved } = resource;
    const ofTheIll = !meet(audiences, [...HT.CLOSE, "everyone"]), lists = (need) => needs.includes(need);
    let points = meet(audiences, about.relatives) ? HT.FOR_THE_ONES_CLOSE : 0;
    if (ofTheIll && meet(reserved, HT.ILLNESSES) && about.forRelatives) points += HT.FOR_THE_ILL;
    else if (ofTheIll && about.close && resource.kind === "group" && ofAnIllness(candidate)) points += HT.A_GROUP_OF_THE_ILL;
    if (about.aManIsHarmed && meet(resource.group, HT.HALVES)) points += audiences.includes("men") ? HT.TAKES_MEN : HT.FOR_THE_OTHER_SIDE;
    const forVictims = about.afterASentence && lists("justice") && resource.needs.includes("trauma") && !without(resource.needs, HT.OF_VICTIMS).length;
    const ofTheYoung = about.query.needs.includes(HT.HARMING) && !about.query.minor && resource.kind === "helpline" && audiences.includes("children") && !audiences.includes("adults");
    if (forVictims || ofTheYoung) points += HT.FOR_THE_OTHER_SIDE;
    if (about.afterSuicide && lists(HT.MOURNING) && reserved.join() === "suicide") points += HT.AFTER_SUICIDE;
    if (about.fearsForABaby && lists(HT.HARMING) && !lists(HT.BIRTH)) points += HT.FOR_THE_OTHER_SIDE;
    points += forThoseHarmed(candidate, about);
    if (about.doesHarm && lists(HT.HARMING)) points += about.hits && reserved.includes("sexuality") ? HT.OF_ANOTHER_HARM : HT.TO_STOP;
    else if (about.doesHarm && forTheHarmed(resource)) points += HT.FOR_THE_OTHER_SIDE;
    return points;
  },
  forThisMoment: (candidate, about) => {
    const { resource, needs, network } = candidate, { offers, reserved, languages } = resource, comes = meet(offers, HT.TEAMS), called = resource.reach === HT.PHONE;
    const otherSide = RULES.forThisRole(candidate, about) < 0, ofAChild = !without(resource.audiences, HT.YOUNG).length && !about.query.minor;
    const somewhereElse = !about.query.places.length && HT.IN_PERSON_KINDS.includes(resource.kind) && !/^(community|country):/.test(candidate.area);
    if (about.lines.includes(resource.id) && meet(languages, about.calledIn) && !otherSide && !ofAChild && !somewhereElse) return (HT.EMERGENCY.indexOf(resource.id) > 1 ? HT.POISON_BEFORE_LISTENERS : 0) + (meet(languages, about.asker) ? HT.LINE_FOR_IT : HT.LINE_IN_THEIR_SECOND_LANGUAGE);
    if (about.alarm && about.listeners.includes(resource.id) && meet(languages, about.asker)) return HT.LISTENER;
    if (about.query.needs[0] === HT.HOMELESS && reserved.includes(HT.HOMELESS) && comes) return HT.A_ROOF_TONIGHT;
    if (!about.crisis) return 0;
    if (network) return !comes || about.violence ? 0 : called ? HT.NETWORK_OF_TEAMS : HT.SILENT_NETWORK_OF_TEAMS;
    const receives = comes || (about.alarm && meet(needs, about.dangerNeeds));
    const forAnother = RULES.notReservedForOthers(candidate, about) || (meet(reserved, HT.VIOLENCE) && !meet(needs, HT.VIOLENCE));
    if (!receives || resource.kind !== "service" || otherSide || forAnother || !nearby(candidate, about)) return 0;
    return called ? HT.TEAM_HERE : HT.SILENT_TEAM_HERE;
  },
  near: ({ resource, network, named, km, area }, { query, asker }) => {
    const goneTo = HT.IN_PERSON_KINDS.includes(resource.kind);
    const kind = area.split(":")[0], wide = resource.kind === "group" && ["country", "community"].includes(kind);
    if (network) return HT.OF_THE_TOWN;
    if (km !== null && goneTo && !wide) return Math.max(HT.AT_HAND - HT.PER_KM * km - (kind === "next" ? HT.ASK_FIRST : 0), HT.TOO_FAR);
    if (!query.places.length && (!area || (goneTo && area === HT.BRUSSELS)) && !named && meet(resource.languages, asker)) return HT.OF_ONE_TOWN;
    const somewhere = kind !== "country" && !asker.some((code) => area === `community:${code}`) && goneTo && !named;
    if (!query.places.length && somewhere) return HT.IN_SOME_TOWN;
    if (!query.places.length) return { community: HT.OF_THE_REGION, country: HT.OF_THE_COUNTRY, region: HT.OF_SOME_REGION }[kind] || HT.OF_ANOTHER_TOWN;
    const larger = { region: HT.OF_THE_REGION, community: HT.OF_THE_REGION, country: HT.OF_THE_COUNTRY, next: HT.OF_A_TOWN_NEXT_DOOR };
    return { nis: HT.OF_THE_TOWN, province: HT.OF_THE_PROVINCE, in: HT.INSIDE, ...larger }[kind] || HT.OF_ANOTHER_TOWN;
  },
  canBeCalled: ({ resource }, { asked }) => (resource.reach === HT.PHONE ? (asked.includes("deaf") ? HT.IN_PERSON_ALONE : HT.BY_PHONE) : resource.reach === HT.WRITING ? HT.BY_MAIL : HT.IN_PERSON_ALONE),
  asWished: ({ resource, close }, { query, alarm, asker }) => {
    if (query.needs.length && close) return 0;
    const asksForMore = query.needs.length || alarm, weight = asksForMore || query.places.length ? 1 : HT.ALL_THAT_IS_ASKED;
    const ofFew = query.places.length && !asksForMore && meet(both(resource.offers, query.offers), HT.OFFERED_BY_FEW);
    const firstLine = query.costs.includes(HT.REIMBURSED) && paidByInsurance(resource);
    return weight * (HT.OFFER * meet(resource.offers, query.offers) + HT.KIND * query.kinds.includes(resource.kind))
      + (ofFew ? HT.OFFER * (HT.ALL_THAT_IS_ASKED - 1) : 0)
      + HT.LANGUAGE * (query.languages.length > 0 && meet(resource.languages, asker)) + HT.FIRST_LINE * firstLine
      + HT.CHANNEL * meet(resource.channels, query.channels) + HT.COST * query.costs.includes(resource.cost);
  },
  helpBeforeLists: ({ resource, needs, named }, { query, open }) => {
    if (!["directory", "platform"].includes(resource.kind)) return 0;
    const listed = both(resource.offers, query.offers);
    if (meet(listed, HT.TOGETHER)) return HT.A_LIST_OF_GROUPS;
    if (listed.includes(HT.CONSULTATION) && !query.needs.length) return HT.A_LIST_OF_THEM;
    const forTheNeed = query.needs.length && needs.includes(query.needs[0]) && !named, forItAlone = forTheNeed && meet(resource.reserved, open);
    if (forTheNeed && paidByInsurance(resource)) return HT.A_LIST_FOR_THE_NEED;
    return forItAlone && resource.offers.includes(HT.CONSULTATION) ? HT.A_LIST_OF_HOUSES_FOR_IT : HT.DIRECTORY;
  },
  knownWell: ({ resource, network }) => -(network ? resource.rank % HT.UNREACHABLE_RANK : Math.min(resource.rank, HT.UNREACHABLE_RANK)) / HT.STEPS_TO_A_POINT,
};

function ranked(query, filters, data) {
  query.alike = query.tokens.length <= (query.allRead ? HT.FEW_WORDS : HT.SAID_ALONE);
  const about = caseOf(query, data), found = candidatesOf(query, about, filters, data);
  for (const candidate of found) candidate.points = Object.values(RULES).reduce((sum, rule) => sum + rule(candidate, about), 0);
  return numbersApart(numbersBeforeTalk(found.sort((a, b) => b.points - a.points || a.resource.rank - b.resource.rank || (a.resource.id < b.resource.id ? -1 : 1)), about));
}

// Treatment without a number steps right behind a line to talk to: `_with_numbers_before_talk` in search/ranking.py.
function numbersBeforeTalk(found, { query, anybody, toBeTreated, asked, asker }) {
  const line = found.slice(0, HT.ROWS_APART).findIndex(({ resource }) => anybody.includes(resource.id) && meet(resource.languages, asker)), before = found.slice(0, Math.max(line, 0));
  if (!toBeTreated || line < 1 || asked.includes(HT.DEAF) || query.offers.length || query.kinds.length || query.costs.length) return found;
  const silent = before.filter(({ resource, named }) => resource.reach !== HT.PHONE && !named);
  return [...without(before, silent), found[line], ...silent, ...found.slice(line + 1)];
}

// Who is called by the number of one of the four rows before steps back: `with_numbers_apart` in search/answering.py.
function numbersApart(found) {
  const waiting = found.slice(0, HT.SPARE), ordered = [];
  while (waiting.length) {
    const above = ordered.slice(1 - HT.ROWS_APART).map(firstNumber);
    const stays = (one) => one.named || one.needs.length || !firstNumber(one) || !above.includes(firstNumber(one));
    ordered.push(...waiting.splice(Math.max(waiting.slice(0, HT.ROWS_APART).findIndex(stays), 0), 1));
  }
  return [...ordered, ...found.slice(HT.SPARE)];
}

const firstNumber = ({ number }) => articles[number].querySelector('a[href^="tel:"]')?.href || "";

const BESIDE_A_NEED = 3; // lines

// 112 and the lines to call for the dangers that the words speak of, those in the asker's language first; the first of them
// where a need is said that may be one. Nothing here hears danger between the words: a phrase of the vocabulary has to say it.
function linesFor(query, data) {
  const ofTheDead = query.needs.includes(HT.MOURNING) ? ["suicide"] : []; // it is over: "suicide de mon frère"
  const dangers = unique([...query.dangers, ...without(query.needs, ofTheDead).map((need) => HT.DANGERS_OF_NEEDS[need]).filter(Boolean)]);
  if (!dangers.length) return [];
  const local = query.places.flatMap((place) => (place.languages.includes("de") ? [...place.languages, "fr"] : place.languages));
  const asked = query.spoken.length ? query.spoken : [data.language];
  const spoken = unique([...asked, ...spokenBeside(asked, local)]);
  const areas = query.places.length ? [...query.places.flatMap(areasOf), ...spoken.map((code) => "community:" + code)] : null;
  const distance = (line) => (line.languages.length === data.languages.length ? -1 : Math.min(...line.languages.map((code) => spoken.indexOf(code)).map((at) => (at < 0 ? spoken.length : at))));
  const chosen = [];
  for (const danger of unique([...dangers, "crisis"])) {
    const ids = ["urgence-112", ...linesOf(danger, query.minor || danger === "child-abuse", data)];
    const serving = data.urgent.filter((line) => ids.includes(line.id) && (areas ? meet(line.areas, areas) : !line.areas.every((area) => HT.OF_A_PLACE.some((kind) => area.startsWith(kind)))) && distance(line) < spoken.length)
      .sort((a, b) => distance(a) - distance(b) || ids.indexOf(a.id) - ids.indexOf(b.id));
    for (const line of serving) if (!chosen.includes(line) && (danger !== "crisis" || chosen.length < HT.ENOUGH_LINES)) chosen.push(line);
  }
  return chosen.slice(0, query.dangers.length ? HT.MOST_LINES : BESIDE_A_NEED);
}

// ── The page ───────────────────────────────────────────────────────────────────────────────────────────────────────

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function prepared(data) {
  Object.assign(HT, data.rules);
  const spelt = (own, sure = "", risky = "") => { // the name itself is left out where it is sure
    const others = without(split(sure), [HT.NOT_ITS_NAME]);
    return { sure: others.length < split(sure).length || split(risky).includes(own) ? others : [own, ...others], risky: split(risky) };
  };
  const place = ([code, nis, name, province, region, languages, latitude, longitude, people]) => (
    { code, nis, name, province, region, languages: languages.split(";").filter(Boolean), latitude, longitude, people });
  data.homes = new Map();
  data.places = [];
  for (const [nis, name, province, region, languages, latitude, longitude, people, adult, youth, inside, ...spellings] of data.towns) {
    const home = { ...place(["nis:" + nis, nis, name, province, region, languages, latitude, longitude, people]), ...spelt(levelled(keyOf(name)), ...spellings), adult, youth };
    data.homes.set(nis, home);
    data.places.push(home, ...inside.map(([called, ...others]) => ({ ...home, name: called, ...spelt(levelled(keyOf(called)), ...others), people: 0, local: home })));
  }
  for (const [code, name, province, region, languages, held, sure, risky] of data.regions) {
    const known = code === "country:be" ? { sure: [], risky: [...split(sure), ...split(risky)] } : { sure: split(sure), risky: split(risky) };
    const district = held ? { held: held.split(";") } : {}; // the NIS codes of its municipalities
    data.places.push({ ...place([code, "", name, province, region, languages, 0, 0, 0]), ...known, ...district });
  }
  data.abroad = data.abroad.map(([name, country, ...spellings]) => ({ name, country, ...spelt(keyOf(name), ...spellings) }));
  data.regionOf = Object.fromEntries([...data.homes.values()].map((home) => [home.province, home.region]));
  data.resources.forEach((resource, number) => {
    const article = articles[number];
    for (const field of ["needs", "audiences", "offers", "languages", "channels", "areas", "towns", "ages", "reserved", "group", "called"]) resource[field] ??= [];
    resource.reach ??= 0;
    resource.rank ??= 0;
    resource.towns = resource.towns.filter((nis) => data.homes.has(nis));
    resource.id = article.id.slice(2);
    resource.next = data.next[resource.id] || [];
    const title = article.querySelector("h4").textContent, part = title.split(/ – | - | \(|: | \| /)[0];
    resource.names = [title, ...resource.called].map((name) => fold(name)).map((name) => ({ joined: name.replace(/ /g, ""), sorted: name.split(" ").sort().join(" "), part: false }));
    resource.names.push({ joined: fold(part).replace(/ /g, ""), part: part !== title });
    resource.shares = new Map();
    for (const name of [fold(title), ...resource.called]) {
      const words = name.split(" ").filter((word) => word.length > 1 && !HT.NEEDLESS_IN_NAMES.includes(word)), told = words.filter((word) => !/^\d+$/.test(word)), all = told.length ? told : words;
      for (const word of all) resource.shares.set(word, Math.max(resource.shares.get(word) || 0, 1 / all.length));
    }
  });
  return data;
}

const AT_ONCE = 10;

function begin(data) {
  const lexicon = lexiconOf(prepared(data)), { say } = data, form = byId("finder"), box = byId("q"), found = byId("found"), list = byId("hits");
  let shown = [], query = null;

  const filters = () => Object.fromEntries([...form.querySelectorAll("[name]")].map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]));
  const term = (kind, id) => say.terms[kind][id] || id;
  const placeName = (place) => (place.local ? place.name + " (" + (say.places["nis:" + place.nis] || place.local.name) + ")" : say.places[place.code] || place.name);

  function understood() {
    const told = [...query.places.map(placeName), ...["needs", "audiences", "relations", "offers", "kinds", "languages", "channels", "costs"]
      .flatMap((kind) => query[kind].map((id) => term(kind, id))), ...(query.age === null ? [] : [say.age.replace("{age}", query.age)])];
    const parts = [told.length ? say.understood + " " + unique(told).join(" · ") : ""];
    if (query.abroad) parts.push(say.abroad.replace("{place}", query.abroad).replace(/\.$/, ""));
    if (query.unrecorded.length) parts.push(say.not_used + " " + query.unrecorded.map((id) => term("unrecorded", id)).join(", "));
    for (const [typed, read] of query.mended) if (typed !== read) parts.push(typed + " → " + read);
    if (query.unread.length && query.tokens.length <= HT.FEW_WORDS && !query.names.size) parts.push(say.not_understood + " " + query.unread.join(", "));
    return unique(parts.filter(Boolean)).join(". ");
  }

  const nothingHeard = () => [say.not_heard, ...(data.urgent.length ? [say.call_below] : [])].join(" ");

  function reasons({ resource, needs, any, network, km, area }) {
    const told = needs.map((need) => term("needs", need));
    if (network) told.push(say.network);
    else if (any && query.needs.length) told.push(say.any);
    if (km !== null) told.push(km < 1 ? say.in_town : say.km.replace("{km}", Math.round(km)));
    if (resource.reach !== HT.PHONE) told.push(say.no_number);
    return told.join(" · ");
  }

  // A resource as its article tells it, its facts folded away; nothing is made from text but text.
  function card(candidate) {
    const article = articles[candidate.number], item = element("li"), title = element("h3"), link = element("a", article.querySelector("h4").textContent, { href: "#" + article.id });
    title.append(link);
    item.append(title);
    const part = (selector) => [...article.querySelectorAll(":scope > " + selector)].map((node) => node.cloneNode(true));
    const why = reasons(candidate);
    if (why) item.append(element("p", why, { class: "why" }));
    item.append(...part(".where"), ...part(".notice"), ...part(".contacts"));
    const more = element("details");
    more.append(element("summary", say.more_facts), ...part("p:not([class])"), ...part(".facts"), ...part(".fresh"));
    item.append(more);
    return item;
  }

  function showMore() {
    const from = list.children.length;
    list.append(...shown.slice(from, from + AT_ONCE).map(card));
    byId("more").hidden = list.children.length >= shown.length;
    return list.children[from];
  }

  // The number that is all of a text, as its address has it; a short one may be a postcode or a year. And who has it.
  function dialled(text) {
    const digits = text.replace("(0)", "").replace(/\D/g, "");
    if (!/^[+(\d][\d ./()-]+$/.test(text)) return "";
    return text.startsWith("+") ? digits : digits.startsWith("00") ? digits.slice(2) : /^0\d{8,9}$/.test(digits) ? "32" + digits.slice(1) : "";
  }
  const having = (number) => data.resources.flatMap((resource, at) => (articles[at].querySelector(`a[href="tel:+${number}"]`)
    ? [{ number: at, resource, needs: [], any: false, network: false, km: null }] : []));

  function search() {
    const text = box.value.trim(), wanted = filters(), filtered = Object.values(wanted).some(Boolean);
    query = read(text, data, lexicon);
    const number = dialled(text);
    shown = number ? having(number) : text || filtered ? ranked(text ? query : { ...query, languages: data.languages }, wanted, data) : [];
    const lines = linesFor(query, data);
    document.body.classList.toggle("searching", Boolean(text || filtered));
    found.hidden = !text && !filtered;
    byId("danger").hidden = !lines.length;
    byId("danger-lines").replaceChildren(...lines.map((line) => line.item.cloneNode(true)));
    list.replaceChildren();
    showMore();
    byId("print").hidden = !shown.length;
    byId("understood").textContent = text && !number ? understood() : "";
    byId("count").textContent = found.hidden ? "" : shown.length ? say.count.replace("{count}", shown.length) : text && !number && !isUnderstood(query) ? nothingHeard() : say.nothing;
    byId("others").replaceChildren(...unique(query.others).slice(0, 6).map((place) => {
      const button = element("button", say.other_place.replace("{place}", placeName(place) + (say.places["province:" + place.province] ? ", " + say.places["province:" + place.province] : "")), { type: "button" });
      button.addEventListener("click", () => { box.value = box.value + " " + (place.local ? fold(place.local.name) : say.places["province:" + place.province] || ""); search(); box.focus(); });
      return button;
    }));
  }

  const links = () => [...list.querySelectorAll("h3 a")];
  document.addEventListener("keydown", (event) => {
    const at = links().indexOf(document.activeElement), typing = document.activeElement === box;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "/" && !typing) { box.focus(); box.select(); }
    else if (event.key === "Escape" && !found.hidden) { if (typing) { form.reset(); search(); } box.focus(); }
    else if (event.key === "ArrowDown" && (typing || at >= 0)) (links()[at + 1] || links()[at] || box).focus();
    else if (event.key === "ArrowUp" && at >= 0) (links()[at - 1] || box).focus();
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); (links()[0] || box).focus(); });
  form.addEventListener("input", search);
  byId("more").addEventListener("click", () => { const next = showMore(); if (next) next.querySelector("a").focus(); });
  byId("print").addEventListener("click", () => window.print());

  for (const [name, kind] of [["audience", "audiences"], ["language", "languages"], ["offer", "offers"]]) {
    for (const id of Object.keys(data.terms[kind])) if (data.resources.some((resource) => resource[kind].includes(id))) byId(name).append(element("option", term(kind, id), { value: id }));
  }
  const items = [...document.querySelectorAll("#urgent .lines > li")];
  data.urgent.forEach((line, number) => { line.item = items[number]; });
  form.hidden = false;
  search();
}

// The data are packed (gzip, base64): a browser since 2023 opens them.
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

if ("DecompressionStream" in window) unpacked(byId("data").content.textContent).then(begin);
