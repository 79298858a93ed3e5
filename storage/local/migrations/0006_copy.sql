-- A PC knows of which other one its disk is a copy. The projection is made anew.

DROP TABLE device;
CREATE TABLE device (
  volume INTEGER NOT NULL, id BLOB NOT NULL,
  name TEXT, public BLOB, revoked INTEGER, copy_of BLOB,
  heads BLOB NOT NULL,
  PRIMARY KEY (volume, id)
) STRICT, WITHOUT ROWID;
