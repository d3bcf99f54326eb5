import type { ImportCommand } from '../importer.js';
import type { Refused } from './hmis.export.js';
import type { HmisExport } from './hmis.export.js';
import { VICTIM_SERVICES } from './hmis.organizations.js';
import { BadValue, type Row } from './hmis.row.js';

const DOB_QUALITY = { 1: 'full', 2: 'approximate', 8: 'not-known', 9: 'not-said', 99: 'not-collected' } as const;
const SEX = { 0: 'female', 1: 'male', 8: 'unknown', 9: 'unknown', 99: 'unknown' } as const;
const RACES = ['AmIndAKNative', 'Asian', 'BlackAfAmerican', 'MidEastNAfrican', 'NativeHIPacific', 'White'];
/** FY2024; FY2026 asks for Sex instead. */
const GENDERS = ['Woman', 'Man', 'NonBinary', 'CulturallySpecific', 'Transgender', 'Questioning', 'DifferentIdentity'];

const ticked = (row: Row, columns: readonly string[], system: string) => {
  const codes = columns.filter((column) => row.text(column) === '1').map((code) => ({ system, code }));
  return codes.length > 0 ? codes : undefined;
};

/** A row's birth date; one that never was, or lies ahead, is not a date of birth. */
const birthDate = (row: Row, from: HmisExport) => {
  const day = row.day('DOB');
  if (day === undefined) return undefined;
  const real = new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;
  if (real && day <= from.receivedAt.slice(0, 10)) return day;
  throw new BadValue('DOB', 'is no day on which anyone can have been born', 'Correct the date of birth, or leave it empty.');
};

const names = (row: Row) => {
  const parts = { given: row.text('FirstName'), middle: row.text('MiddleName'), family: row.text('LastName') };
  if (!parts.given && !parts.family) return undefined;
  return [{ use: 'usual', ...parts, suffix: row.text('NameSuffix') }];
};

const details = (row: Row, from: HmisExport) => {
  const sex = row.code('Sex', SEX);
  const named = from.hashed ? undefined : names(row);
  return {
    identityLevel: named ? 'named' : 'anonymous',
    names: named,
    birthDate: birthDate(row, from),
    birthDateQuality: DOB_QUALITY[row.code('DOBDataQuality', DOB_QUALITY) ?? 99],
    sex: sex === undefined ? undefined : { system: 'hud:Sex', code: String(sex), mapped: SEX[sex] },
    gender: ticked(row, GENDERS, 'hud:Gender'),
    race: ticked(row, RACES, 'hud:Race'),
    ethnicity: ticked(row, ['HispanicLatinaeo'], 'hud:Race'),
    receivedAt: from.receivedAt,
  };
};

/** Of a hash nothing is told, and a shared one would tell of thousands at once. */
const socialSecurity = (row: Row, from: HmisExport) => {
  const value = row.text('SSN');
  if (value === undefined) return undefined;
  const quality = from.hashed ? 'masked' : row.text('SSNDataQuality') === '2' ? 'partial' : undefined;
  return { authority: 'us-ssa', idType: 'SS', value, quality };
};

export const client = (row: Row, from: HmisExport): readonly ImportCommand[] | Refused => {
  const id = row.required('PersonalID');
  if (from.protectedClients.has(id)) return VICTIM_SERVICES;
  const person = { identifier: from.record('PersonalID', id) };
  const say = (command: string, body: object) =>
    from.command(`people/${command}`, { file: 'Client', row, id }, { person, ...body });
  if (row.text('DateDeleted') !== undefined) return [say('report-record-deleted', {})];
  const number = socialSecurity(row, from);
  const own = { ...person.identifier, idType: 'PersonalID', type: undefined, quality: 'as-sent' };
  const identifiers = [own, ...(number ? [number] : [])];
  return [
    say('report-person-details', details(row, from)),
    ...identifiers.map((identifier) => {
      const command = say('record-identifier', identifier);
      return { ...command, key: `${command.key}|${identifier.idType}` };
    }),
  ];
};
