-- Commits that became requests are counted by PC, and listed.

CREATE INDEX kept_requests ON kept (school, pc, number) WHERE answer = 2;
