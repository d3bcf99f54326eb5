import { ArrayNotEmpty, IsArray, IsIn, IsObject, IsOptional, IsUUID, Matches } from 'class-validator';
import { LABELS, type Label } from '#kernel';
import { defineEvents, event, type EventOf } from './catalogue.js';
import { IsPlainText } from './validators.js';

export const WITHDRAWAL_REASONS = [
  'entered-in-error',
  'wrong-person',
  'duplicate-of',
  'deleted-at-source',
  'dispute-upheld',
] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];

export class FactConfirmedData {
  @IsArray() @ArrayNotEmpty() @IsUUID('all', { each: true }) repeated!: string[];
}
export class FactCorrectedData {
  /** Type of the superseded event: says which fields are open. */
  @Matches(/^[A-Z][A-Za-z]+$/) corrects!: string;
  /** New values of open fields, as the corrected event declares them. */
  @IsObject() changed!: object;
  /** New values of sealed fields. */
  @IsOptional() @IsObject() changedPrivately?: object;
}
export class FactWithdrawnData {
  @IsIn(WITHDRAWAL_REASONS) reason!: WithdrawalReason;
}
export class EventRelabelledData {
  @IsArray() @ArrayNotEmpty() @IsIn(LABELS, { each: true }) labels!: Label[];
}
export class StatementAttachedData {
  @IsUUID() aboutEventId!: string;
  @IsPlainText(20_000) text!: string;
}

/** Facts about facts: they stand in the stream of the fact they speak of, in every context. */
export const FactEvents = defineEvents('every context', {
  FactConfirmed: event(FactConfirmedData, {
    means: 'The source said again, later, what it had said.',
    labels: [],
    open: ['repeated'],
  }),
  FactCorrected: event(FactCorrectedData, {
    means: 'Single fields of the superseded event were put right.',
    labels: [],
    open: ['corrects', 'changed'],
  }),
  FactWithdrawn: event(FactWithdrawnData, {
    means: 'The superseded event should not have been said of this person, or at all.',
    labels: [],
    open: ['reason'],
  }),
  EventRelabelled: event(EventRelabelledData, {
    means: 'The superseded event carries these categories instead.',
    labels: [],
    open: ['labels'],
  }),
  StatementAttached: event(StatementAttachedData, {
    means: "The consumer's own words, beside a fact.",
    labels: ['own-words'],
    open: ['aboutEventId'],
  }),
});
export type FactsEvent = EventOf<typeof FactEvents>;
