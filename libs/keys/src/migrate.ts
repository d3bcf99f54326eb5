import type { Pool } from 'pg';

const SCHEMA = `
  create schema if not exists keys;
  create table if not exists keys.key (
    key_id  uuid primary key,
    wrapped bytea not null,
    created timestamptz not null default now()
  );
  create table if not exists keys.erasure (
    key_id    uuid primary key,
    event_id  uuid not null,
    person_id uuid not null,
    at        timestamptz not null
  );
  create table if not exists keys.master_check (
    only_row boolean primary key default true check (only_row),
    value    bytea not null
  );`;

/** Makes the schema `keys` where it is missing; several processes may do so at once. */
export const migrateKeys = async (pool: Pool): Promise<void> => {
  // One text is one transaction: the lock is held until the tables stand.
  await pool.query(`select pg_advisory_xact_lock(hashtext('throughline keys migration'));${SCHEMA}`);
};
