-- Common equipment may be provided centrally item by item, where conditions allow (Art. 22); empty: the whole kind.
alter table standards.catalogue_entry add column items text[] not null default '{}';
