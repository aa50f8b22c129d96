-- Whether a case says that her identity is erased: derived, like the state. No wrapped key of such a case is kept or comes back.
alter table lentera.stream add column erased boolean not null default false;
