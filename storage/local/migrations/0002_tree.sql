-- What proves that the server never changes the past (sync/tree): the right edge of
-- the tree over each log as far as it is here, and the last signed head of each
-- volume, for every epoch of the server that this PC has known.

ALTER TABLE cursors ADD COLUMN edge BLOB NOT NULL DEFAULT x'';
DELETE FROM cursors; -- logs taken without an edge are read anew

CREATE TABLE heads (
  epoch  BLOB NOT NULL,    -- of the server; those of former ones stay
  volume INTEGER NOT NULL,
  note   BLOB NOT NULL,    -- signed
  PRIMARY KEY (epoch, volume)
) STRICT, WITHOUT ROWID;
