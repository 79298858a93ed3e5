-- The logs of servers that were put back from a copy, as long as the present
-- one's lack some of it: what is to be given back.
CREATE TABLE former (
  epoch    BLOB NOT NULL,
  volume   INTEGER NOT NULL,
  position INTEGER NOT NULL,
  device   INTEGER NOT NULL, -- of ids
  number   INTEGER NOT NULL,
  delay    INTEGER,          -- as in commits
  body     BLOB,             -- when it does not stand in commits any more
  PRIMARY KEY (epoch, volume, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_commit ON former (device, number);

-- That a head extends the log up to the cursor of its volume; hashes of RFC 6962.
ALTER TABLE heads ADD COLUMN part BLOB;
