import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ddlOf, name } from './ddl.js';
import type { Projection } from './projection.js';
import { ParkedRow, CheckpointRow } from './checkpoint.table.js';

type Entity = new () => object;
export type Migration = new () => MigrationInterface;

/** The first migration of a projection's schema: its rows, checkpoint and parked events. `at` is when it was written, in ms. */
export const firstMigration = (projection: Projection, at: number): Migration => {
  class Tables implements MigrationInterface {
    readonly name = `Tables${at}`;
    async up(runner: QueryRunner): Promise<void> {
      for (const statement of ddlOf(projection, schemaOf(runner))) await runner.query(statement);
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`drop schema ${schemaOf(runner)} cascade`);
    }
  }
  return Tables;
};

const schemaOf = (runner: QueryRunner) => name((runner.connection.options as { schema?: string }).schema ?? 'public');

/** A read model's data source: its own schema, its own entities, its own migrations. Not connected yet. */
export const dataSourceOf = (
  url: string,
  schema: string,
  entities: readonly Entity[],
  migrations: readonly Migration[],
): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    schema: name(schema),
    entities: [CheckpointRow, ParkedRow, ...entities],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    poolSize: 2,
    installExtensions: false,
  });

/** Brings a schema up to date; safe from several processes at once. */
export const migrate = async (source: DataSource): Promise<void> => {
  const schema = name((source.options as { schema?: string }).schema ?? 'public');
  if (!source.isInitialized) await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('select pg_advisory_lock(hashtext($1))', [`throughline ${schema} migration`]);
    await lock.query(`create schema if not exists ${schema}`);
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await lock.query('select pg_advisory_unlock(hashtext($1))', [`throughline ${schema} migration`]).catch(() => undefined);
    await lock.release();
  }
};
