-- What was found of a record without a match: how sure the cause is, what speaks for it and what to do, as JSON. NULL: by an
-- engine that told only cause and explanation. Those of matches stand in their explanation.
ALTER TABLE exceptions ADD COLUMN finding TEXT;

PRAGMA user_version = 12;
