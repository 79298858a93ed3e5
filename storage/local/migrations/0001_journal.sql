-- The log of commits and its projection.
--
-- commits is the truth: every commit that this PC made or took from the school
-- server, as the bytes that were signed. All tables below «The projection» are
-- made from it and can be made anew (local.Rebuild).

-- Ids of sixteen bytes that stand in many rows, by a small number. Number 1 is this PC.
CREATE TABLE ids (
  number INTEGER PRIMARY KEY,
  id     BLOB NOT NULL UNIQUE
) STRICT;

-- What the PC knows of itself, one name a row: identity, durable number, clock …
CREATE TABLE meta (
  name  TEXT NOT NULL PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

CREATE TABLE commits (
  device   INTEGER NOT NULL, -- of ids
  number   INTEGER NOT NULL, -- on that device, from 1
  volume   INTEGER NOT NULL, -- 0: the register, 2026: the school year 2026/27
  author   INTEGER NOT NULL, -- of ids
  position INTEGER,          -- in the log of the volume; null: not there
  sum      INTEGER NOT NULL, -- first eight bytes of the SHA-256 of body
  body     BLOB NOT NULL,    -- as encoded, never written anew
  PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;

-- Commits of this PC that the server did not take into the log. Their edits are
-- not in the projection, their content stays in commits.
CREATE TABLE verdicts (
  number INTEGER PRIMARY KEY, -- of this PC
  answer INTEGER NOT NULL,    -- 2: a request for the deputy, 3: refused
  code   TEXT NOT NULL,
  text   TEXT NOT NULL        -- the server's sentence
) STRICT;

-- Signatures over consecutive commits of one author on this PC.
CREATE TABLE envelopes (
  first     INTEGER PRIMARY KEY, -- number of the first commit
  last      INTEGER NOT NULL,
  author    INTEGER NOT NULL,    -- of ids
  prev      BLOB NOT NULL,       -- hash of this author's previous envelope; zeros: none
  by_pc     INTEGER NOT NULL,    -- 1: signed with the PC's key
  hash      BLOB NOT NULL,       -- of this envelope
  signature BLOB NOT NULL
) STRICT;
CREATE INDEX envelopes_author ON envelopes (author, first);

-- Up to which position the log of a volume is here.
CREATE TABLE cursors (
  volume   INTEGER PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT;

-- People who have worked on this PC; what blob means, sync/identity knows.
CREATE TABLE profiles (
  staff BLOB NOT NULL PRIMARY KEY,
  name  TEXT NOT NULL,
  blob  BLOB NOT NULL,
  used  INTEGER NOT NULL -- Unix milliseconds
) STRICT, WITHOUT ROWID;

-- The projection. heads is the merge state of the whole entity; the columns
-- before it are the values shown.

-- Fields in which several different values stand.
CREATE TABLE disputes (
  volume INTEGER NOT NULL, kind INTEGER NOT NULL, key BLOB NOT NULL, field INTEGER NOT NULL,
  PRIMARY KEY (volume, kind, key, field)
) STRICT, WITHOUT ROWID;

-- Entities of kinds that only a later version knows: kept until this program is that version.
CREATE TABLE others (
  volume INTEGER NOT NULL, kind INTEGER NOT NULL, key BLOB NOT NULL, heads BLOB NOT NULL,
  PRIMARY KEY (volume, kind, key)
) STRICT, WITHOUT ROWID;

-- The register (volume 0).

CREATE TABLE school (
  volume INTEGER NOT NULL, id BLOB NOT NULL,
  name TEXT, short TEXT, founder TEXT, locality TEXT, address TEXT, phone TEXT, email TEXT, okpo TEXT, ogrn TEXT,
  inn TEXT, kpp TEXT, bank TEXT, director BLOB,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  volume INTEGER NOT NULL, id BLOB NOT NULL,
  last TEXT, first TEXT, middle TEXT, position TEXT, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE role (
  volume INTEGER NOT NULL, staff BLOB NOT NULL, role INTEGER NOT NULL, since INTEGER NOT NULL,
  till INTEGER, given_by BLOB, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, staff, role, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE pupil (
  volume INTEGER NOT NULL, id BLOB NOT NULL,
  last TEXT, first TEXT, middle TEXT, born INTEGER, sex TEXT, file TEXT, address TEXT, phone TEXT, parents TEXT,
  removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE subject (
  volume INTEGER NOT NULL, title TEXT NOT NULL,
  name TEXT, short TEXT, sort INTEGER, unmarked INTEGER, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, title)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  volume INTEGER NOT NULL, name TEXT NOT NULL,
  value TEXT,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  volume INTEGER NOT NULL, id BLOB NOT NULL,
  name TEXT, public BLOB, revoked INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_key (
  volume INTEGER NOT NULL, staff BLOB NOT NULL, device BLOB NOT NULL,
  public BLOB, revoked INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, staff, device)
) STRICT, WITHOUT ROWID;

-- The year.

CREATE TABLE term (
  volume INTEGER NOT NULL, scheme INTEGER NOT NULL, number INTEGER NOT NULL,
  since INTEGER, till INTEGER, closed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, scheme, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday (
  volume INTEGER NOT NULL, since INTEGER NOT NULL,
  till INTEGER, title TEXT, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE bell (
  volume INTEGER NOT NULL, number INTEGER NOT NULL,
  start INTEGER, finish INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE class_group (
  volume INTEGER NOT NULL, id BLOB NOT NULL,
  name TEXT, sort INTEGER, grade INTEGER, letter TEXT, scheme INTEGER, parent BLOB, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE class_teacher (
  volume INTEGER NOT NULL, class BLOB NOT NULL, staff BLOB NOT NULL, since INTEGER NOT NULL,
  till INTEGER, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, class, staff, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
  volume INTEGER NOT NULL, class_group BLOB NOT NULL, pupil BLOB NOT NULL, since INTEGER NOT NULL,
  till INTEGER, order_in TEXT, order_out TEXT, note TEXT, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, class_group, pupil, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE page (
  volume INTEGER NOT NULL, class_group BLOB NOT NULL, subject TEXT NOT NULL,
  hours INTEGER, planned INTEGER, room TEXT, sort INTEGER, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, class_group, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE page_teacher (
  volume INTEGER NOT NULL, page BLOB NOT NULL, staff BLOB NOT NULL, since INTEGER NOT NULL,
  till INTEGER, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, page, staff, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE slot (
  volume INTEGER NOT NULL, page BLOB NOT NULL, weekday INTEGER NOT NULL, number INTEGER NOT NULL,
  week INTEGER NOT NULL, since INTEGER NOT NULL,
  till INTEGER, room TEXT, removed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, page, weekday, number, week, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE substitution (
  volume INTEGER NOT NULL, page BLOB NOT NULL, day INTEGER NOT NULL, number INTEGER NOT NULL,
  staff BLOB, note TEXT,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, page, day, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  volume INTEGER NOT NULL, class_group BLOB NOT NULL, pupil BLOB NOT NULL,
  decision TEXT, day INTEGER, protocol TEXT,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, class_group, pupil)
) STRICT, WITHOUT ROWID;

CREATE TABLE remark (
  volume INTEGER NOT NULL, id BLOB NOT NULL,
  page BLOB, day INTEGER, number INTEGER, pupil BLOB, body TEXT, author BLOB, made INTEGER, due INTEGER, answer TEXT,
  closed INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, id)
) STRICT, WITHOUT ROWID;

-- The pages. A page of marks is one range of cell: volume, page, days.

CREATE TABLE lesson (
  volume INTEGER NOT NULL, page BLOB NOT NULL, day INTEGER NOT NULL, number INTEGER NOT NULL,
  topic TEXT, homework TEXT, no_homework INTEGER, work INTEGER, weight INTEGER, note TEXT, removed INTEGER,
  present INTEGER,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, page, day, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE cell (
  volume INTEGER NOT NULL, page BLOB NOT NULL, day INTEGER NOT NULL, number INTEGER NOT NULL, pupil BLOB NOT NULL,
  mark INTEGER, second INTEGER, absence TEXT, reason TEXT, note TEXT,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, page, day, number, pupil)
) STRICT, WITHOUT ROWID;

CREATE TABLE term_mark (
  volume INTEGER NOT NULL, pupil BLOB NOT NULL, page BLOB NOT NULL, period INTEGER NOT NULL,
  value TEXT,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, pupil, page, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX term_mark_page ON term_mark (volume, page); -- a page shows all its pupils
