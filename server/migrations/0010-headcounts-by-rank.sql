-- Headcounts are tallied by rank too: what was counted without it is counted again, from its entries, at the next start (`projections/catch-up.ts`).
delete from lentera.tally where fact = 'workforce.officers-counted';
delete from lentera.contribution where fact = 'workforce.officers-counted';
update lentera.stream set state = jsonb_set(state, '{fold}', '0') where noun = 'headcount';
