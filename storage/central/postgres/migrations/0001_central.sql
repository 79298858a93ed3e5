-- What the school servers of a district keep: the tables of the SQLite store,
-- with the school's id itself in every key, so that the rows of one school can
-- be told apart, kept apart and carried away.
--
-- A transaction sees and writes only the rows of the school that app.school
-- names; without the setting there are none. FORCE holds the owner of the
-- tables to that as well.

-- The list of schools is open to every server; all else is not.
CREATE TABLE schools (
  school uuid    PRIMARY KEY,
  no     integer NOT NULL UNIQUE, -- the order of their making
  made   bigint  NOT NULL         -- Unix milliseconds
);
ALTER TABLE schools ENABLE ROW LEVEL SECURITY;
ALTER TABLE schools FORCE ROW LEVEL SECURITY;
CREATE POLICY listed ON schools FOR SELECT USING (true);
CREATE POLICY own ON schools FOR INSERT WITH CHECK (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

-- What makes a server this school's server.
CREATE TABLE foundings (
  school   uuid  PRIMARY KEY,
  epoch    bytea NOT NULL, -- new after every restore
  key      bytea NOT NULL, -- seed of the server's Ed25519 key
  tls_key  bytea NOT NULL, -- PKCS #8
  tls_cert bytea NOT NULL  -- X.509, DER
);
ALTER TABLE foundings ENABLE ROW LEVEL SECURITY;
ALTER TABLE foundings FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON foundings USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

CREATE TABLE pcs (
  school uuid   NOT NULL,
  pc     uuid   NOT NULL,
  last   bigint NOT NULL, -- number of its last commit judged
  PRIMARY KEY (school, pc)
);
ALTER TABLE pcs ENABLE ROW LEVEL SECURITY;
ALTER TABLE pcs FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON pcs USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

-- The hash of each author's last envelope on a PC; the next one names it.
CREATE TABLE chains (
  school uuid  NOT NULL,
  pc     uuid  NOT NULL,
  author uuid  NOT NULL,
  hash   bytea NOT NULL,
  PRIMARY KEY (school, pc, author)
);
ALTER TABLE chains ENABLE ROW LEVEL SECURITY;
ALTER TABLE chains FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON chains USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

-- Envelopes without their commits: who signed which numbers.
CREATE TABLE seals (
  school    uuid    NOT NULL,
  pc        uuid    NOT NULL,
  first     bigint  NOT NULL, -- number of the first commit
  count     integer NOT NULL,
  author    uuid    NOT NULL,
  prev      bytea   NOT NULL,
  by_pc     boolean NOT NULL, -- signed with the PC's own key
  signature bytea   NOT NULL, -- COSE_Sign1
  PRIMARY KEY (school, pc, first)
);
ALTER TABLE seals ENABLE ROW LEVEL SECURITY;
ALTER TABLE seals FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON seals USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

CREATE TABLE volumes (
  school uuid    NOT NULL,
  volume integer NOT NULL, -- 0: the register, 2026: the school year 2026/27
  head   bigint  NOT NULL, -- position of the last entry
  signed bytea   NOT NULL, -- the head as a signed note (sync/tree)
  PRIMARY KEY (school, volume)
);
ALTER TABLE volumes ENABLE ROW LEVEL SECURITY;
ALTER TABLE volumes FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON volumes USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

-- The log: accepted commits at positions without a gap.
CREATE TABLE entries (
  school   uuid    NOT NULL,
  volume   integer NOT NULL,
  position bigint  NOT NULL,
  pc       uuid    NOT NULL,
  number   bigint  NOT NULL,
  arrived  bigint  NOT NULL, -- Unix milliseconds
  hashes   bytea   NOT NULL, -- of the tree over the log: the leaf, then the subtrees that it completes
  raw      bytea   NOT NULL, -- the commit, as it was signed
  PRIMARY KEY (school, volume, position),
  UNIQUE (school, pc, number)
);
ALTER TABLE entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE entries FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON entries USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

-- Commits that are not in the log, with what was answered.
CREATE TABLE kept (
  school  uuid     NOT NULL,
  pc      uuid     NOT NULL,
  number  bigint   NOT NULL,
  answer  smallint NOT NULL, -- 2: a request for the deputy, 3: refused
  volume  integer  NOT NULL,
  code    text     NOT NULL,
  text    text     NOT NULL, -- the sentence to show
  arrived bigint   NOT NULL,
  raw     bytea    NOT NULL,
  PRIMARY KEY (school, pc, number)
);
ALTER TABLE kept ENABLE ROW LEVEL SECURITY;
ALTER TABLE kept FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON kept USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

-- The projection: what stands in each field of each entity (sync/merge).
CREATE TABLE entities (
  school uuid    NOT NULL,
  volume integer NOT NULL,
  kind   integer NOT NULL,
  key    bytea   NOT NULL,
  heads  bytea   NOT NULL,
  PRIMARY KEY (school, volume, kind, key)
);
ALTER TABLE entities ENABLE ROW LEVEL SECURITY;
ALTER TABLE entities FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON entities USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

CREATE TABLE accounts (
  school   uuid    NOT NULL,
  staff    uuid    NOT NULL,
  spelt    text    COLLATE "C" NOT NULL, -- the name for comparison
  name     text    NOT NULL, -- the name as shown
  lock     text    NOT NULL, -- how the proof is made from the password
  proof    bytea   NOT NULL, -- SHA-256 of the proof
  one_time boolean NOT NULL, -- the password must be changed
  blocked  boolean NOT NULL,
  PRIMARY KEY (school, staff),
  UNIQUE (school, spelt)
);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON accounts USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));

CREATE TABLE codes (
  school uuid   NOT NULL,
  hash   bytea  NOT NULL, -- SHA-256 of the token
  until  bigint NOT NULL, -- Unix milliseconds
  spent  uuid,            -- the PC that came with it
  PRIMARY KEY (school, hash)
);
ALTER TABLE codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE codes FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON codes USING (school = (SELECT nullif(current_setting('app.school', true), '')::uuid));
