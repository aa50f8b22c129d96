-- The printed recovery code signs in as the passphrase does: of what it shows, a hash is kept. None where an account is older
-- than this; its owner prints a new code.
alter table lentera.account add column recovery text;

-- One account a member: whoever would be given a second has proved nothing of the first.
alter table lentera.account add unique (programme, member);
