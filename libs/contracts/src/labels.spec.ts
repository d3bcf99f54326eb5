import { expect, test } from '@jest/globals';
import type { Label } from '#kernel';
import { specOf } from './events.js';

const labelsOf = (type: string, data: object): readonly Label[] => {
  const { labels } = specOf(type);
  return typeof labels === 'function' ? labels(data as never) : labels;
};
const fieldLabels = (type: string, field: string) => specOf(type).fieldLabels?.[field] ?? [];

test('an admission to a medical ward tells by its service what it treats', () => {
  const admitted = (levelOfCare: string, service?: string) => labelsOf('HospitalAdmitted', { levelOfCare, service });
  expect(admitted('acute-medical')).toEqual(['hospital-medical']);
  expect(admitted('acute-medical', 'surgery')).toEqual(['hospital-medical']);
  expect(admitted('acute-medical', 'psychiatry')).toEqual(['hospital-medical', 'hospital-mental-health']);
  expect(admitted('acute-medical', 'substance-use')).toEqual(['hospital-medical', 'treatment-substance-use']);
});
test('where someone came from or went to is kept as strictly as the most telling place', () => {
  for (const [type, field] of [
    ['VisitEnded', 'disposition'],
    ['DischargePlanned', 'plannedDispositionCode'],
    ['HospitalAdmitted', 'admitSource'],
  ] as const)
    // prettier-ignore
    expect(fieldLabels(type, field)).toEqual(expect.arrayContaining(['hospital-mental-health', 'treatment-substance-use', 'justice']));
  expect(fieldLabels('EdVisitStarted', 'arrivalMode')).toEqual(['justice']);
});
test('who acts for a person may tell of a court, or of benefits', () => {
  const acting = (role: string) => labelsOf('ResponsiblePartyRecorded', { role });
  expect([acting('parent'), acting('guardian'), acting('representative-payee')]).toEqual([
    ['identity'],
    ['identity', 'legal-status'],
    ['identity', 'benefits-income'],
  ]);
});
test('housing for people with AIDS tells of a diagnosis', () => {
  expect(labelsOf('LivingSituationReported', { code: 327 })).toEqual(['housing', 'specially-protected']);
  expect(fieldLabels('ProjectExited', 'destination')).toContain('specially-protected');
});
test('peer support offered by a hospital, or because of a discharge, tells of the stay', () => {
  expect(labelsOf('PeerSupportOffered', { by: 'programme' })).toEqual(['peer']);
  expect(labelsOf('PeerSupportOffered', { by: 'hospital' })).toEqual(['peer', 'hospital-mental-health']);
  expect(labelsOf('PeerSupportOffered', { by: 'programme', reason: 'discharge-planned' })).toEqual([
    'peer',
    'hospital-mental-health',
  ]);
  expect(labelsOf('PeerContactMade', { setting: 'home', initiatedBy: 'hospital' })).toEqual(['peer', 'hospital-mental-health']);
});
