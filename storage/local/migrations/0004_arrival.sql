-- When each commit arrived at the server: stamps count for no more than that.

ALTER TABLE commits ADD COLUMN delay INTEGER; -- milliseconds from the stamp to the arrival, negative for a clock ahead; null: not arrived
DELETE FROM cursors; -- logs taken without it are read anew
