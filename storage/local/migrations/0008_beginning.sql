-- The first entries of a volume's log are found by their positions: what a message
-- is packed with that the school has, too. Only these are in it, so that the others cost nothing.
CREATE INDEX commits_beginning ON commits (volume, position) WHERE position <= 512;
