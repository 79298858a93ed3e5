-- Commits that wait for the deputy's decision, and those decided. body is the
-- whole commit.
CREATE TABLE request (
  volume INTEGER NOT NULL, device BLOB NOT NULL, number INTEGER NOT NULL,
  body BLOB, arrived INTEGER, decision TEXT, sentence TEXT,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, device, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_open ON request (volume) WHERE decision IS NULL;
