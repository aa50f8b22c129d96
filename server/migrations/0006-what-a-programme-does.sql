-- Which roles members of the programme have or had when its cut-off was made: where nobody ever did a kind of work, its tables
-- have no row for that country, and a row that is protected means that somebody does it.
alter table lentera.cut_off add column roles text[] not null default '{}';
