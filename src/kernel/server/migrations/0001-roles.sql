-- Extensions: fragments of words (pg_trgm), periods that must not overlap (btree_gist), digests (pgcrypto).
create extension if not exists pg_trgm schema public;
create extension if not exists btree_gist schema public;
create extension if not exists pgcrypto schema public;

-- The embedded database has these roles with passwords; an outside one gets them here if its owner may make roles.
do $$
declare
  missing text;
begin
  foreach missing in array array['yunbao_app', 'yunbao_reader'] loop
    continue when exists (select from pg_roles where rolname = missing);
    begin
      execute format('create role %I nologin', missing);
    exception
      when insufficient_privilege then
        raise exception '数据库缺少角色 %,当前用户无权创建', missing
          using hint = '请数据库管理员执行:create role yunbao_app nologin; create role yunbao_reader nologin;';
      when duplicate_object or unique_violation then
        null; -- another database of the same server was set up at the same moment
    end;
  end loop;
end $$;

-- What the owner makes from now on, the app may use and the reader may read; append-only tables take rights away again.
alter default privileges grant usage on schemas to yunbao_app, yunbao_reader;
alter default privileges grant select, insert, update, delete on tables to yunbao_app;
alter default privileges grant select on tables to yunbao_reader;
alter default privileges grant usage, select on sequences to yunbao_app;
alter default privileges revoke execute on functions from public;
alter default privileges grant execute on functions to yunbao_app, yunbao_reader;

grant usage on schema kernel to yunbao_app, yunbao_reader;
grant select on kernel.migration to yunbao_app, yunbao_reader;
