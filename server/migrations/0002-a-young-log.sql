-- What a log needs while it is young and PostgreSQL has no statistics of its tables.

-- Of indexes that then seem to cost the same PostgreSQL takes the newest. The key is made last, because by either of the
-- others every look for an id reads all entries of its audience.
alter table lentera.entry drop constraint entry_pkey;
alter table lentera.entry add primary key (programme, audience, id);

-- Room for a changed count beside the old one, so that no index has to follow it to another page.
alter table lentera.tally set (fillfactor = 50);
