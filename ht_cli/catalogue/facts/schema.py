"""The tables, as numbered migrations: append only, a released step is never edited.

Each step ends by setting `PRAGMA user_version`, which is all that a reader looks at.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite_utils import Database

SCHEMA_VERSION = 12

FACTS = """
CREATE TABLE province (
    slug TEXT PRIMARY KEY, nis TEXT NOT NULL, name_fr TEXT NOT NULL, name_nl TEXT NOT NULL, name_de TEXT NOT NULL,
    name_en TEXT NOT NULL, region TEXT NOT NULL CHECK (region IN ('brussels', 'flanders', 'wallonia')));
CREATE TABLE municipality (
    nis TEXT PRIMARY KEY, name TEXT NOT NULL, name_fr TEXT NOT NULL, name_nl TEXT NOT NULL, name_de TEXT NOT NULL,
    name_en TEXT NOT NULL, postcodes TEXT NOT NULL, arrondissement TEXT NOT NULL,
    province TEXT NOT NULL REFERENCES province(slug), region TEXT NOT NULL, languages TEXT NOT NULL, facilities TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL, population INTEGER NOT NULL, area_km2 REAL NOT NULL,
    network_adult TEXT NOT NULL REFERENCES resource(id) DEFERRABLE INITIALLY DEFERRED,
    network_adult_confidence TEXT NOT NULL CHECK (network_adult_confidence IN ('high', 'medium', 'low')),
    network_adult_source TEXT NOT NULL,
    network_youth TEXT NOT NULL REFERENCES resource(id) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE locality (
    postcode TEXT NOT NULL, name TEXT NOT NULL, nis TEXT NOT NULL REFERENCES municipality(nis),
    latitude REAL NOT NULL, longitude REAL NOT NULL, PRIMARY KEY (postcode, name, nis));
CREATE TABLE term (
    kind TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, label_fr TEXT NOT NULL, label_nl TEXT NOT NULL,
    label_de TEXT NOT NULL, label_en TEXT NOT NULL, fits TEXT NOT NULL DEFAULT '', PRIMARY KEY (kind, id));
CREATE TABLE resource (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE CHECK (id GLOB '[a-z0-9]*'), name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('active', 'unverified', 'unreachable', 'closed')),
    successor TEXT REFERENCES resource(id) DEFERRABLE INITIALLY DEFERRED,
    confidence TEXT NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
    professionals_only INTEGER NOT NULL CHECK (professionals_only IN (0, 1)),
    min_age INTEGER CHECK (min_age BETWEEN 0 AND 120), max_age INTEGER CHECK (max_age BETWEEN 0 AND 120),
    cost TEXT CHECK (cost IN ('free', 'low-cost', 'reimbursed', 'paid')), referral_needed INTEGER CHECK (referral_needed IN (0, 1)),
    area_note TEXT NOT NULL, email TEXT NOT NULL, url TEXT NOT NULL, hours TEXT NOT NULL, hours_osm TEXT NOT NULL,
    checked_on TEXT, checked_how TEXT, changed_on TEXT, source_date TEXT, notes TEXT NOT NULL);
CREATE TABLE resource_name (resource TEXT NOT NULL REFERENCES resource(id), position INTEGER NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (resource, position)) WITHOUT ROWID;
CREATE TABLE resource_description (resource TEXT NOT NULL REFERENCES resource(id),
    language TEXT NOT NULL CHECK (language IN ('fr', 'nl', 'de', 'en')), text TEXT NOT NULL, PRIMARY KEY (resource, language)) WITHOUT ROWID;
CREATE TABLE resource_term (resource TEXT NOT NULL REFERENCES resource(id), kind TEXT NOT NULL, position INTEGER NOT NULL,
    term TEXT NOT NULL, PRIMARY KEY (resource, kind, position), FOREIGN KEY (kind, term) REFERENCES term(kind, id)) WITHOUT ROWID;
CREATE TABLE resource_area (resource TEXT NOT NULL REFERENCES resource(id), position INTEGER NOT NULL, area TEXT NOT NULL,
    PRIMARY KEY (resource, position)) WITHOUT ROWID;
CREATE TABLE phone (resource TEXT NOT NULL REFERENCES resource(id), position INTEGER NOT NULL, number TEXT NOT NULL,
    national TEXT NOT NULL, label TEXT NOT NULL, hours TEXT NOT NULL, hours_osm TEXT NOT NULL, PRIMARY KEY (resource, position)) WITHOUT ROWID;
CREATE TABLE address (resource TEXT NOT NULL REFERENCES resource(id), position INTEGER NOT NULL, street TEXT NOT NULL,
    postcode TEXT NOT NULL, locality TEXT NOT NULL, nis TEXT NOT NULL REFERENCES municipality(nis),
    confidential INTEGER NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1)), PRIMARY KEY (resource, position)) WITHOUT ROWID;
CREATE TABLE source (resource TEXT NOT NULL REFERENCES resource(id), position INTEGER NOT NULL, url TEXT NOT NULL,
    date TEXT NOT NULL, PRIMARY KEY (resource, position)) WITHOUT ROWID;
CREATE TABLE urgent_line (need TEXT NOT NULL, minors INTEGER NOT NULL, position INTEGER NOT NULL,
    resource TEXT NOT NULL REFERENCES resource(id), PRIMARY KEY (need, minors, position)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

SEARCH = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, nis TEXT NOT NULL,
    province TEXT NOT NULL, region TEXT NOT NULL, languages TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL,
    population INTEGER NOT NULL, country TEXT NOT NULL);
CREATE TABLE form (key TEXT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL, shown TEXT NOT NULL, risky INTEGER NOT NULL,
    PRIMARY KEY (key, kind, ref)) WITHOUT ROWID;
CREATE TABLE phrase (anchor TEXT NOT NULL, words TEXT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL, shown TEXT NOT NULL,
    PRIMARY KEY (anchor, words, kind, ref)) WITHOUT ROWID;
CREATE TABLE word (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, weight INTEGER NOT NULL, name_only INTEGER NOT NULL);
CREATE TABLE deletion (key TEXT NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (key, word)) WITHOUT ROWID;
CREATE TABLE area (number INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
CREATE TABLE cell (area INTEGER NOT NULL, need INTEGER NOT NULL, rank INTEGER NOT NULL, resource INTEGER NOT NULL,
    audiences INTEGER NOT NULL, offers INTEGER NOT NULL, languages INTEGER NOT NULL, channels INTEGER NOT NULL, kind INTEGER NOT NULL,
    cost INTEGER NOT NULL, referral INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, hidden INTEGER NOT NULL,
    PRIMARY KEY (area, need, rank, resource)) WITHOUT ROWID;
CREATE INDEX cell_of_resource ON cell (resource, area) WHERE need >= 0;
CREATE TABLE name_key (key TEXT NOT NULL, resource INTEGER NOT NULL, shape TEXT NOT NULL CHECK (shape IN ('whole', 'part', 'bag')),
    PRIMARY KEY (key, resource, shape)) WITHOUT ROWID;
CREATE TABLE name_word (word TEXT NOT NULL, resource INTEGER NOT NULL, share REAL NOT NULL, PRIMARY KEY (word, resource)) WITHOUT ROWID;
"""

JOURNAL = """
ALTER TABLE resource ADD COLUMN checked_by TEXT;
ALTER TABLE resource ADD COLUMN failed_tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resource ADD COLUMN closed_on TEXT;
ALTER TABLE resource ADD COLUMN closed_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE term ADD COLUMN months INTEGER;
CREATE TABLE fact_check (resource TEXT NOT NULL REFERENCES resource(id), field TEXT NOT NULL, checked_on TEXT NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('phone', 'mail', 'site', 'visit')), checked_by TEXT NOT NULL, PRIMARY KEY (resource, field)) WITHOUT ROWID;
CREATE TABLE change (
    number INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,
    resource TEXT NOT NULL, note TEXT NOT NULL, batch TEXT NOT NULL, undoes TEXT NOT NULL, merged TEXT NOT NULL);
CREATE INDEX change_of_merge ON change (merged) WHERE merged <> '';
CREATE INDEX change_of_resource ON change (resource, number);
CREATE INDEX change_of_batch ON change (batch) WHERE batch <> '';
CREATE INDEX change_undoing ON change (undoes) WHERE undoes <> '';
CREATE TABLE change_field (
    change TEXT NOT NULL REFERENCES change(uuid), field TEXT NOT NULL, before TEXT, after TEXT,
    superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1)), PRIMARY KEY (change, field)) WITHOUT ROWID;
CREATE TABLE released (resource TEXT NOT NULL, field TEXT NOT NULL, value TEXT, PRIMARY KEY (resource, field)) WITHOUT ROWID;
CREATE INDEX name_key_of_resource ON name_key (resource);
CREATE INDEX name_word_of_resource ON name_word (resource);
CREATE INDEX phone_number ON phone (number);
"""

MAP = """
CREATE TABLE outline (nis TEXT PRIMARY KEY REFERENCES municipality(nis), rings TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE network_mark (network TEXT PRIMARY KEY REFERENCES resource(id) DEFERRABLE INITIALLY DEFERRED,
    letter TEXT NOT NULL, colour INTEGER NOT NULL) WITHOUT ROWID;
"""

SPELLING_AND_HEARING = """
DROP TABLE deletion;
DROP TABLE word;
CREATE TABLE word (text TEXT PRIMARY KEY, weight INTEGER NOT NULL, languages INTEGER NOT NULL, guarded INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE near_list (initial TEXT NOT NULL, length INTEGER NOT NULL, words TEXT NOT NULL, PRIMARY KEY (initial, length)) WITHOUT ROWID;
CREATE TABLE ordinary_list (initial TEXT NOT NULL, length INTEGER NOT NULL, language TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (initial, length, language)) WITHOUT ROWID;
CREATE TABLE ear (feature INTEGER PRIMARY KEY, weights BLOB NOT NULL);
CREATE TABLE ear_column (number INTEGER PRIMARY KEY, head TEXT NOT NULL, name TEXT NOT NULL, bias REAL NOT NULL);
CREATE TABLE ear_scale (head TEXT PRIMARY KEY, slope REAL NOT NULL, offset REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE notion_name (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE notion (word TEXT NOT NULL, language INTEGER NOT NULL, notions BLOB NOT NULL, PRIMARY KEY (word, language)) WITHOUT ROWID;
"""

REFERRAL = """
DROP TABLE cell;
CREATE TABLE cell (area INTEGER NOT NULL, need INTEGER NOT NULL, rank INTEGER NOT NULL, resource INTEGER NOT NULL,
    audiences INTEGER NOT NULL, offers INTEGER NOT NULL, languages INTEGER NOT NULL, channels INTEGER NOT NULL, kind INTEGER NOT NULL,
    cost INTEGER NOT NULL, referral INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, hidden INTEGER NOT NULL,
    reserved INTEGER NOT NULL, audience_group INTEGER NOT NULL, reach INTEGER NOT NULL, PRIMARY KEY (area, need, rank, resource)) WITHOUT ROWID;
CREATE INDEX cell_of_resource ON cell (resource, area) WHERE need >= 0;
"""

# What older versions wrote in words was French. The journal holds the values as JSON.
_WORDS_OF_JOURNAL = "".join(
    f"""
UPDATE {table} SET {column} = json_object('fr', json_extract({column}, '$'))
    WHERE field IN ('hours', 'area_note') AND json_type({column}) = 'text';
UPDATE {table} SET {column} = (SELECT json_group_array(json(CASE json_type(labelled, '$.hours') WHEN 'text'
        THEN json_set(labelled, '$.hours', json_object('fr', json_extract(labelled, '$.hours'))) ELSE labelled END))
    FROM (SELECT CASE json_type(value, '$.label') WHEN 'text'
        THEN json_set(value, '$.label', json_object('fr', json_extract(value, '$.label'))) ELSE value END AS labelled FROM json_each({column})))
    WHERE field = 'phones' AND {column} IS NOT NULL;"""
    for table, column in (("change_field", "before"), ("change_field", "after"), ("released", "value"))
)
SPOKEN = f"""
CREATE TABLE resource_text (resource TEXT NOT NULL REFERENCES resource(id), field TEXT NOT NULL
    CHECK (field IN ('hours', 'area_note', 'phone_label', 'phone_hours')), position INTEGER NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('fr', 'nl', 'de', 'en')), text TEXT NOT NULL,
    PRIMARY KEY (resource, field, position, language)) WITHOUT ROWID;
INSERT INTO resource_text SELECT id, 'hours', 0, 'fr', hours FROM resource WHERE hours <> ''
    UNION ALL SELECT id, 'area_note', 0, 'fr', area_note FROM resource WHERE area_note <> ''
    UNION ALL SELECT resource, 'phone_label', position, 'fr', label FROM phone WHERE label <> ''
    UNION ALL SELECT resource, 'phone_hours', position, 'fr', hours FROM phone WHERE hours <> '';
ALTER TABLE resource DROP COLUMN hours;
ALTER TABLE resource DROP COLUMN area_note;
ALTER TABLE phone DROP COLUMN label;
ALTER TABLE phone DROP COLUMN hours;{_WORDS_OF_JOURNAL}
"""

SHARING = """
ALTER TABLE change ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE change ADD COLUMN seen TEXT NOT NULL DEFAULT '';
CREATE INDEX change_at ON change (at, uuid);
CREATE TABLE own (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE absorbed (change TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE place_read (place TEXT NOT NULL, part TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (place, part)) WITHOUT ROWID;
"""

PACKED = """
DROP TABLE word;
DROP TABLE near_list;
DROP TABLE ordinary_list;
CREATE TABLE known_list (shape INTEGER PRIMARY KEY, words BLOB NOT NULL, marks BLOB NOT NULL);
CREATE TABLE ordinary_list (shape INTEGER PRIMARY KEY, words BLOB NOT NULL, marks BLOB NOT NULL);
DROP TABLE form;
DROP TABLE phrase;
CREATE TABLE meaning (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL);
CREATE TABLE form (key TEXT NOT NULL, meaning INTEGER NOT NULL, shown TEXT, risky INTEGER NOT NULL, PRIMARY KEY (key, meaning)) WITHOUT ROWID;
CREATE TABLE phrase (anchor TEXT NOT NULL, words TEXT NOT NULL, meaning INTEGER NOT NULL, shown TEXT,
    PRIMARY KEY (anchor, words, meaning)) WITHOUT ROWID;
DROP TABLE ear;
DROP TABLE notion;
DROP TABLE notion_name;
CREATE TABLE ear (drawer INTEGER PRIMARY KEY, features BLOB NOT NULL, counts BLOB NOT NULL, columns BLOB NOT NULL, weights BLOB NOT NULL);
CREATE TABLE notion_list (list INTEGER PRIMARY KEY, words BLOB NOT NULL);
ALTER TABLE locality RENAME TO old_locality;
CREATE TABLE locality (
    postcode TEXT NOT NULL, name TEXT NOT NULL, nis TEXT NOT NULL REFERENCES municipality(nis),
    latitude REAL NOT NULL, longitude REAL NOT NULL, PRIMARY KEY (postcode, name, nis)) WITHOUT ROWID;
INSERT INTO locality SELECT * FROM old_locality;
DROP TABLE old_locality;
"""
# What would else be counted, sorted or compared over all resources each time: how many there are of each sort, whose turn it is
# to be checked, and whose page is whose.
GROWTH = """
CREATE TABLE tally (facet TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (facet, name)) WITHOUT ROWID;
CREATE TABLE turn (kind TEXT NOT NULL, place INTEGER NOT NULL, checked_on TEXT NOT NULL, resource TEXT NOT NULL,
    PRIMARY KEY (kind, place, checked_on, resource)) WITHOUT ROWID;
CREATE TABLE page_key (page TEXT NOT NULL, resource INTEGER NOT NULL, PRIMARY KEY (page, resource)) WITHOUT ROWID;
CREATE INDEX address_of_locality ON address (nis, postcode, locality);
"""
# What a feature weighs is written as the rows of a few codebooks, a byte for each.
CODED = """
DROP TABLE ear;
CREATE TABLE ear (drawer INTEGER PRIMARY KEY, features BLOB NOT NULL, codes BLOB NOT NULL);
CREATE TABLE ear_table (number INTEGER NOT NULL, place INTEGER NOT NULL, weights BLOB NOT NULL, PRIMARY KEY (number, place)) WITHOUT ROWID;
"""
# A feature's number takes two bytes, and a column has a table for each place of a code, an empty one too, a slope of its own and a
# say in the alarm; words stand in lists by their first two letters, which pack better than those of a letter and a length. What was
# learned so far and the words cannot be read so, and come anew from the release.
JUDGED = """
DROP TABLE known_list;
DROP TABLE ordinary_list;
CREATE TABLE known_list (list INTEGER PRIMARY KEY, words BLOB NOT NULL, marks BLOB NOT NULL);
CREATE TABLE ordinary_list (list INTEGER PRIMARY KEY, words BLOB NOT NULL, marks BLOB NOT NULL);
DELETE FROM ear;
DELETE FROM ear_table;
DROP TABLE ear_column;
DROP TABLE ear_scale;
CREATE TABLE ear_column (number INTEGER PRIMARY KEY, head TEXT NOT NULL, name TEXT NOT NULL, bias REAL NOT NULL, slope REAL NOT NULL,
    alarm REAL NOT NULL);
CREATE TABLE ear_number (name TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID;
"""
# What terms and places are called had a column for each of these.
_ONCE_IN_COLUMNS = ("fr", "nl", "de", "en")
_NAMES_OF_COLUMNS = "".join(
    f"""
INSERT INTO language VALUES ('{language}');
INSERT INTO label SELECT '{language}', kind, id, label_{language} FROM term;
INSERT INTO place_name SELECT '{language}', 'nis:' || nis, name_{language} FROM municipality WHERE name_{language} <> name
    UNION ALL SELECT '{language}', 'province:' || slug, name_{language} FROM province;
ALTER TABLE term DROP COLUMN label_{language};
ALTER TABLE municipality DROP COLUMN name_{language};
ALTER TABLE province DROP COLUMN name_{language};"""
    for language in _ONCE_IN_COLUMNS
)
# A language is a row: what terms and places are called stands by language, so that one language is read in one piece, and a text is in
# one of the languages that the catalogue holds. Places have the codes of areas (nis:62063, province:liege); a municipality has a row where
# a language calls it otherwise than it is called anyway, which is seldom.
LABELLED = f"""
CREATE TABLE language (code TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE label (language TEXT NOT NULL REFERENCES language(code), kind TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL,
    PRIMARY KEY (language, kind, id), FOREIGN KEY (kind, id) REFERENCES term(kind, id)) WITHOUT ROWID;
CREATE TABLE place_name (language TEXT NOT NULL REFERENCES language(code), code TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (language, code)) WITHOUT ROWID;{_NAMES_OF_COLUMNS}
ALTER TABLE resource_description RENAME TO old_description;
CREATE TABLE resource_description (resource TEXT NOT NULL REFERENCES resource(id), language TEXT NOT NULL REFERENCES language(code),
    text TEXT NOT NULL, PRIMARY KEY (resource, language)) WITHOUT ROWID;
INSERT INTO resource_description SELECT * FROM old_description;
DROP TABLE old_description;
ALTER TABLE resource_text RENAME TO old_text;
CREATE TABLE resource_text (resource TEXT NOT NULL REFERENCES resource(id), field TEXT NOT NULL
    CHECK (field IN ('hours', 'area_note', 'phone_label', 'phone_hours')), position INTEGER NOT NULL,
    language TEXT NOT NULL REFERENCES language(code), text TEXT NOT NULL, PRIMARY KEY (resource, field, position, language)) WITHOUT ROWID;
INSERT INTO resource_text SELECT * FROM old_text;
DROP TABLE old_text;
"""


def migrate(database: "Database") -> None:
    """Bring a catalogue file to the schema of this `ht`, one recorded step at a time."""
    from sqlite_utils import Migrations  # 43 ms, wanted only when something is written

    migrations = Migrations("ht")

    @migrations()
    def m001_facts_and_search(database: "Database") -> None:
        _run(database, FACTS + SEARCH, 1)

    @migrations()
    def m002_journal(database: "Database") -> None:
        _run(database, JOURNAL, 2)

    @migrations()
    def m003_map(database: "Database") -> None:
        _run(database, MAP, 3)

    @migrations()
    def m004_spelling_and_hearing(database: "Database") -> None:
        _run(database, SPELLING_AND_HEARING, 4)

    @migrations()
    def m005_referral(database: "Database") -> None:
        _run(database, REFERRAL, 5)

    @migrations()
    def m006_texts_by_language(database: "Database") -> None:
        _run(database, SPOKEN, 6)

    @migrations()
    def m007_sharing(database: "Database") -> None:
        _run(database, SHARING, 7)

    @migrations()
    def m008_packed(database: "Database") -> None:
        _run(database, PACKED, 8)

    @migrations()
    def m009_growth(database: "Database") -> None:
        _run(database, GROWTH, 9)

    @migrations()
    def m010_coded(database: "Database") -> None:
        _run(database, CODED, 10)

    @migrations()
    def m011_judged(database: "Database") -> None:
        _run(database, JUDGED, 11)

    @migrations()
    def m012_labelled(database: "Database") -> None:
        _run(database, LABELLED, 12)

    migrations.apply(database)


def _run(database: "Database", statements: str, version: int) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            database.execute(statement)
    database.execute(f"PRAGMA user_version = {version}")
