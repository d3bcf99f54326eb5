import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { Label } from '#kernel';
import { defineEvents, event, type EventOf } from './catalogue.js';
import { IsPlainText } from './validators.js';

export const LEVELS_OF_CARE = [
  'acute-psychiatric',
  'acute-medical',
  'withdrawal-management',
  'residential',
  'skilled-nursing',
  'unknown',
] as const;
export type LevelOfCare = (typeof LEVELS_OF_CARE)[number];

/** A psychiatric stay tells more than a medical one, and withdrawal management tells of substance use. */
const byLevelOfCare = ({ levelOfCare }: { readonly levelOfCare: LevelOfCare }): readonly Label[] => {
  if (levelOfCare === 'acute-medical' || levelOfCare === 'skilled-nursing') return ['hospital-medical'];
  return levelOfCare === 'withdrawal-management' ? ['hospital-medical', 'treatment-substance-use'] : ['hospital-mental-health'];
};

export class HospitalAdmittedData {
  @IsUUID() facilityId!: string;
  @IsIn(LEVELS_OF_CARE) levelOfCare!: LevelOfCare;
  @IsOptional() @IsPlainText(200) unit?: string;
}
export class VisitEndedData {
  @IsOptional() @IsPlainText(80) disposition?: string;
}
export class DischargeCancelledData {}

export const HospitalEvents = defineEvents('hospital', {
  HospitalAdmitted: event(HospitalAdmittedData, {
    means: 'An inpatient stay began.',
    labels: byLevelOfCare,
    open: ['facilityId', 'levelOfCare'],
  }),
  VisitEnded: event(VisitEndedData, {
    means: 'The person left: an ED visit or a stay ended.',
    labels: ['hospital-mental-health'],
    open: ['disposition'],
  }),
  DischargeCancelled: event(DischargeCancelledData, {
    means: 'The discharge did not happen; the visit is open.',
    labels: ['hospital-mental-health'],
    open: [],
  }),
});
export type HospitalEvent = EventOf<typeof HospitalEvents>;
