-- What a PC may fill of the database is counted by the day, and which program it
-- runs is known.

ALTER TABLE pcs
  ADD COLUMN day     integer NOT NULL DEFAULT 0, -- days since 1970, of the last commit judged
  ADD COLUMN taken   bigint  NOT NULL DEFAULT 0, -- bytes kept on that day, about
  ADD COLUMN refused bigint  NOT NULL DEFAULT 0, -- of these, for what was refused
  ADD COLUMN program integer NOT NULL DEFAULT 0; -- last seen; 0: it never asked
