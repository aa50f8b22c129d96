-- A region's board asks for one fact of every programme at its last cut-off: without this it reads all of that cut-off, fact by fact.
create index tally_of_fact_at_cut_off on lentera.tally_at_cut_off (programme, label, fact, period);
