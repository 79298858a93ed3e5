-- What a PC may fill of this disk is counted by the day, and which program it
-- runs is known.

ALTER TABLE pcs ADD COLUMN day     INTEGER NOT NULL DEFAULT 0; -- days since 1970, of the last commit judged
ALTER TABLE pcs ADD COLUMN taken   INTEGER NOT NULL DEFAULT 0; -- bytes kept on that day, about
ALTER TABLE pcs ADD COLUMN refused INTEGER NOT NULL DEFAULT 0; -- of these, for what was refused
ALTER TABLE pcs ADD COLUMN program INTEGER NOT NULL DEFAULT 0; -- last seen; 0: it never asked
