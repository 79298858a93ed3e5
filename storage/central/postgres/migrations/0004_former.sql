-- A server that was put back from a copy goes on signing with its former keys,
-- too: seeds of 32 bytes, the latest first.

ALTER TABLE foundings ADD COLUMN former bytea;
