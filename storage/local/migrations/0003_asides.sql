-- What a person did by hand about a commit of this PC that the school did not
-- take. The commit and the server's sentence stay where they are.
CREATE TABLE asides (
  number INTEGER PRIMARY KEY, -- of this PC
  staff  INTEGER NOT NULL,    -- of ids: who did it
  at     INTEGER NOT NULL,    -- Unix milliseconds
  retry  INTEGER,             -- number of the commit that says the same anew; null: put away
  told   INTEGER NOT NULL DEFAULT 0 -- 1: put away, accepted all the same since, and a person knows it
) STRICT;
