import type { Pool } from 'pg';

const SCHEMA = `
  create schema if not exists identifiers;
  create table if not exists identifiers.identifier (
    tag   bytea primary key,
    id    uuid not null,
    named text not null check (named in ('person', 'stream'))
  );
  create index if not exists identifier_id on identifiers.identifier (id);
  create table if not exists identifiers.suppressed (tag bytea primary key);
  create table if not exists identifiers.key_check (
    only_row boolean primary key default true check (only_row),
    value    bytea not null
  );`;

/** Makes the schema `identifiers` where it is missing; several processes may do so at once. */
export const migrateIdentifiers = async (pool: Pool): Promise<void> => {
  // One text is one transaction: the lock is held until the tables stand.
  await pool.query(`select pg_advisory_xact_lock(hashtext('throughline identifiers migration'));${SCHEMA}`);
};
