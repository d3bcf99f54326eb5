import type { ClientBase } from 'pg';
import { APPEND, APPEND_ONE, KNOWN_ON } from './postgres.functions.js';

const TABLES = `
create schema if not exists log;

create table if not exists log.log (
  singleton boolean primary key default true check (singleton),
  log_id uuid not null default gen_random_uuid(),
  epoch integer not null default 1,
  seeding text not null default 'never' check (seeding in ('never', 'open', 'closed')),
  seeder text
);
insert into log.log default values on conflict do nothing;

create table if not exists log.events (
  position bigint primary key,
  stream_id text collate "C" not null,
  revision integer not null,
  id uuid not null unique,
  type text collate "C" not null,
  person_id uuid,
  recorded_at timestamptz(3) not null,
  body text collate "C" not null,
  sealed bytea,
  hash bytea not null check (octet_length(hash) = 32),
  unique (stream_id, revision)
);

create table if not exists log.leases (
  name text primary key,
  holder text,
  token bigint not null,
  until timestamptz not null
);

create table if not exists log.seals (
  from_position bigint primary key,
  to_position bigint not null unique,
  previous bytea not null,
  root bytea not null,
  signature bytea not null
);
`;

/** What has been recorded stays as it is, whoever asks. */
const IMMUTABLE = `
create or replace function log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'What the log holds is never changed: % on log.% is refused', tg_op, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create or replace trigger immutable before update or delete or truncate on log.events for each statement execute function log.refuse_change();
create or replace trigger immutable before update or delete or truncate on log.seals for each statement execute function log.refuse_change();
`;

const SEEDING = `
create or replace function log.begin_seeding(by_seeder text) returns boolean language plpgsql security definer as $$
begin
  perform pg_advisory_xact_lock(7310871);
  update log.log set seeding = 'open', seeder = by_seeder
   where seeding = 'never' and not exists (select from log.events);
  return exists (select from log.log where seeding = 'open' and seeder = by_seeder);
end $$;
create or replace function log.end_seeding(by_seeder text) returns void language plpgsql security definer as $$
begin
  perform pg_advisory_xact_lock(7310871);
  update log.log set seeding = 'closed' where seeding = 'open' and seeder = by_seeder;
end $$;
`;

const grants = (role: string) => `
revoke all on schema log from public;
grant usage on schema log to ${role};
grant select on all tables in schema log to ${role};
grant insert on log.seals to ${role};
grant insert, update on log.leases to ${role};
grant execute on all functions in schema log to ${role};
`;

/**
 * Creates the log's schema, or brings it up to this version; nothing changes where it is current, and two processes may start at once.
 * `role` may then read, append through the functions, seal and hold leases, and nothing else.
 */
export const migrateLog = async (client: ClientBase, { role }: { readonly role?: string } = {}): Promise<void> => {
  const grant = role === undefined ? '' : grants(client.escapeIdentifier(role));
  const steps = ['select pg_advisory_xact_lock(7310870)', TABLES, APPEND, APPEND_ONE, KNOWN_ON, IMMUTABLE, SEEDING, grant];
  await client.query('begin');
  try {
    await client.query(steps.join(';\n'));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
};
