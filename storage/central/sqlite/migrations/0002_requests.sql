-- Commits that became requests are counted by PC and year, and listed.

CREATE INDEX kept_requests ON kept (school, pc, volume, length(raw)) WHERE answer = 2;
