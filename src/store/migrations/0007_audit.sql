-- Ways into the two chains and the register that the desk and the auditors take.

-- What an officer looked at, and what he did.
CREATE INDEX look_actor ON look (tenant, actor, seq);
CREATE INDEX event_actor ON event (tenant, actor, seq);

-- The records that were merged into one; nearly nobody.
CREATE INDEX person_merged ON person (tenant, merged_into) WHERE merged_into <> 0;
