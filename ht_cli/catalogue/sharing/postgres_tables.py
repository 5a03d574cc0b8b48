"""What a PostgreSQL server is told: the roles, and step by step the tables that hold entries.

The roles are groups; each keeper logs in under a name of their own that is in one of them. Readers write remarks and proposals
alone, keepers every entry. They write a line and nothing else: all other columns follow from it and from the login. Nobody may change or take away what is written.

A step is never changed once it was released, and takes nothing away that an older ht asks for. Only plain SQL stands here, so
that servers which speak the protocol of PostgreSQL can take it.
"""

from ht_cli.catalogue.keeping.journal import LONGEST_ENTRY

READER, KEEPER, COORDINATOR = ROLES = ("ht_reader", "ht_keeper", "ht_coordinator")
SAID_BY_READERS = ("report", "propose")  # actions of the entries that a reader may write
TURN = "SELECT pg_advisory_xact_lock(7483)"  # two who prepare one database at once do it one after the other

_VERSIONS = """
CREATE SCHEMA ht;
GRANT USAGE ON SCHEMA ht TO ht_reader, ht_keeper, ht_coordinator;

CREATE TABLE ht.version (
    number integer PRIMARY KEY,
    made_by text NOT NULL DEFAULT session_user,
    made_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT ON ht.version TO ht_reader, ht_keeper, ht_coordinator;
"""

_ENTRIES = f"""
CREATE TABLE ht.counter (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    last bigint NOT NULL
);
INSERT INTO ht.counter (last) VALUES (0);

CREATE TABLE ht.turn (nobody boolean);
ALTER TABLE ht.turn ENABLE ROW LEVEL SECURITY;
GRANT UPDATE ON ht.turn TO ht_keeper, ht_coordinator;

CREATE FUNCTION ht.next_position() RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
    AS 'UPDATE ht.counter SET last = last + 1 RETURNING last';
REVOKE ALL ON FUNCTION ht.next_position() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ht.next_position() TO ht_keeper, ht_coordinator;

CREATE TABLE ht.entry (
    name uuid GENERATED ALWAYS AS ((line::json ->> 'id')::uuid) STORED PRIMARY KEY,
    position bigint NOT NULL UNIQUE DEFAULT ht.next_position(),
    line text NOT NULL,
    written_by text NOT NULL DEFAULT session_user,
    written_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT an_entry_is_short_enough CHECK (char_length(line) <= {LONGEST_ENTRY}),
    CONSTRAINT a_name_is_written_as_ht_does CHECK (line::json ->> 'id' = name::text)
);
ALTER TABLE ht.entry ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON ht.entry TO ht_reader, ht_keeper, ht_coordinator;
GRANT INSERT (line) ON ht.entry TO ht_keeper, ht_coordinator;
CREATE POLICY all_read ON ht.entry FOR SELECT TO ht_reader, ht_keeper, ht_coordinator USING (true);
CREATE POLICY keepers_write_as_themselves ON ht.entry FOR INSERT TO ht_keeper, ht_coordinator
    WITH CHECK (written_by = session_user);
"""

_ABSORBED = """
CREATE TABLE ht.absorbed (
    name uuid PRIMARY KEY REFERENCES ht.entry,
    release text NOT NULL CHECK (char_length(release) BETWEEN 1 AND 100),
    written_by text NOT NULL DEFAULT session_user,
    written_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE ht.absorbed ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON ht.absorbed TO ht_reader, ht_keeper, ht_coordinator;
GRANT INSERT (name, release) ON ht.absorbed TO ht_coordinator;
CREATE POLICY all_read ON ht.absorbed FOR SELECT TO ht_reader, ht_keeper, ht_coordinator USING (true);
CREATE POLICY coordinators_write_as_themselves ON ht.absorbed FOR INSERT TO ht_coordinator
    WITH CHECK (written_by = session_user);
"""

# json ->> takes the last of two parts of one name, as ht does when it reads the line
_REMARKS = """
GRANT UPDATE ON ht.turn TO ht_reader;
GRANT EXECUTE ON FUNCTION ht.next_position() TO ht_reader;
GRANT INSERT (line) ON ht.entry TO ht_reader;
CREATE POLICY readers_report_and_propose_as_themselves ON ht.entry FOR INSERT TO ht_reader
    WITH CHECK (
        written_by = session_user
        AND coalesce(line::json ->> 'action', '') IN ('report', 'propose')
        AND line::json -> 'fields' IS NULL
        AND line::json -> 'undoes' IS NULL
    );
"""

STEPS = (_VERSIONS, _ENTRIES, _ABSORBED, _REMARKS)  # each has its number, from 1 on, in ht.version
