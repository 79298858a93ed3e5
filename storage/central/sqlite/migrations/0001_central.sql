-- What the school server keeps. Schools and PCs stand in many rows, so they have
-- small numbers here; everything else names them by their ids.

CREATE TABLE schools (
  no       INTEGER PRIMARY KEY,
  id       BLOB NOT NULL UNIQUE,
  epoch    BLOB NOT NULL,    -- new after every restore
  key      BLOB NOT NULL,    -- seed of the server's Ed25519 key
  tls_key  BLOB NOT NULL,    -- PKCS #8
  tls_cert BLOB NOT NULL,    -- X.509, DER
  made     INTEGER NOT NULL  -- Unix milliseconds
) STRICT;

CREATE TABLE pcs (
  no     INTEGER PRIMARY KEY,
  school INTEGER NOT NULL REFERENCES schools (no),
  id     BLOB NOT NULL,
  last   INTEGER NOT NULL,   -- number of its last commit judged
  UNIQUE (school, id)
) STRICT;

-- The hash of each author's last envelope on a PC; the next one names it.
CREATE TABLE chains (
  school INTEGER NOT NULL,
  pc     INTEGER NOT NULL,
  author BLOB NOT NULL,
  hash   BLOB NOT NULL,
  PRIMARY KEY (school, pc, author)
) STRICT, WITHOUT ROWID;

-- Envelopes without their commits: who signed which numbers.
CREATE TABLE seals (
  school    INTEGER NOT NULL,
  pc        INTEGER NOT NULL,
  first     INTEGER NOT NULL, -- number of the first commit
  count     INTEGER NOT NULL,
  author    BLOB NOT NULL,
  prev      BLOB NOT NULL,
  by_pc     INTEGER NOT NULL, -- 1: signed with the PC's own key
  signature BLOB NOT NULL,    -- COSE_Sign1
  PRIMARY KEY (school, pc, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE volumes (
  school INTEGER NOT NULL,
  volume INTEGER NOT NULL,    -- 0: the register, 2026: the school year 2026/27
  head   INTEGER NOT NULL,    -- position of the last entry
  signed BLOB NOT NULL,       -- the head as a signed note (sync/tree)
  PRIMARY KEY (school, volume)
) STRICT, WITHOUT ROWID;

-- The log: accepted commits at positions without a gap.
CREATE TABLE entries (
  school   INTEGER NOT NULL,
  volume   INTEGER NOT NULL,
  position INTEGER NOT NULL,
  pc       INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  arrived  INTEGER NOT NULL,  -- Unix milliseconds
  hashes   BLOB NOT NULL,     -- of the tree over the log: the leaf, then the subtrees that it completes
  raw      BLOB NOT NULL,     -- the commit, as it was signed
  PRIMARY KEY (school, volume, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX entries_by_pc ON entries (school, pc, number);

-- Commits that are not in the log, with what was answered.
CREATE TABLE kept (
  school  INTEGER NOT NULL,
  pc      INTEGER NOT NULL,
  number  INTEGER NOT NULL,
  answer  INTEGER NOT NULL,   -- 2: a request for the deputy, 3: refused
  volume  INTEGER NOT NULL,
  code    TEXT NOT NULL,
  text    TEXT NOT NULL,      -- the sentence to show
  arrived INTEGER NOT NULL,
  raw     BLOB NOT NULL,
  PRIMARY KEY (school, pc, number)
) STRICT, WITHOUT ROWID;

-- The projection: what stands in each field of each entity (sync/merge).
CREATE TABLE entities (
  school INTEGER NOT NULL,
  volume INTEGER NOT NULL,
  kind   INTEGER NOT NULL,
  key    BLOB NOT NULL,
  heads  BLOB NOT NULL,
  PRIMARY KEY (school, volume, kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  school   INTEGER NOT NULL,
  staff    BLOB NOT NULL,
  spelt    TEXT NOT NULL,     -- the name for comparison
  name     TEXT NOT NULL,     -- the name as shown
  lock     TEXT NOT NULL,     -- how the proof is made from the password
  proof    BLOB NOT NULL,     -- SHA-256 of the proof
  one_time INTEGER NOT NULL,  -- 1: the password must be changed
  blocked  INTEGER NOT NULL,
  PRIMARY KEY (school, staff),
  UNIQUE (school, spelt)
) STRICT, WITHOUT ROWID;

CREATE TABLE codes (
  school INTEGER NOT NULL,
  hash   BLOB NOT NULL,       -- SHA-256 of the token
  until  INTEGER NOT NULL,    -- Unix milliseconds
  spent  BLOB,                -- the PC that came with it
  PRIMARY KEY (school, hash)
) STRICT, WITHOUT ROWID;
