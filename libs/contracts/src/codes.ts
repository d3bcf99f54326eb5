import { IsOptional, Matches } from 'class-validator';
import { IsPlainText } from './validators.js';

/** A raw code of some code list: short, without spaces, so that it cannot carry a sentence. */
export const CODE = /^[A-Za-z0-9][A-Za-z0-9._:/^+-]{0,63}$/;
export const IsCode = (options: { readonly each?: boolean } = {}): PropertyDecorator =>
  Matches(CODE, {
    ...options,
    message: '$property must be a code without spaces, at most 64 characters',
  });

/**
 * The name of a code system or of an assigning authority: `hl7:0001`, `http://loinc.org`, `hmis:DEMO999`, `SIMULATOR MRN`.
 * With blanks it is a name of at most 80 characters: it stands open, and names an agency, never a person.
 */
export const IsSystem = (): PropertyDecorator =>
  Matches(/^[A-Za-z0-9](?:[A-Za-z0-9._:/^&#?=%+~@-]{0,199}|[A-Za-z0-9 ._:/^&#?=%+~@-]{0,79})$/, {
    message: '$property must name a code system or an authority',
  });

/** What a sending system is called: `hospital:st-marys`, `hmis:DEMO999`, `hl7:ADT/St. Mary's (main)`. One line, in the open. */
export const SOURCE_SYSTEM = /^[\p{L}\p{N}][\p{L}\p{N} ._:/^&#?=%+~@'(),-]{0,119}$/u;

/** Letters after a name, as of then: `CPSS`, `LMSW, CPRS`. */
export const CREDENTIALS = /^[A-Za-z][A-Za-z0-9.-]{0,15}(, ?[A-Za-z][A-Za-z0-9.-]{0,15}){0,5}$/;

/** A HUD Continuum of Care: `MI-501`. */
export const IsCocCode = (options: { readonly each?: boolean } = {}): PropertyDecorator =>
  Matches(/^[A-Z]{2}-\d{3}$/, { ...options, message: '$property must be a Continuum of Care such as MI-501' });

/** An IANA time zone by its shape: `America/Detroit`. */
export const IsZone = (): PropertyDecorator =>
  Matches(/^[A-Za-z_]{2,40}(\/[A-Za-z0-9_+-]{1,40}){0,2}$/, { message: '$property must be a time zone such as America/Detroit' });

/** A code as its source sent it, where only a code may stand: it may be open. */
export class RawCode {
  @IsSystem() system!: string;
  @IsCode() code!: string;
}

/** A code, or the words a source put in its place: always sealed. */
export class CodedText {
  @IsPlainText(200) system!: string;
  @IsOptional() @IsPlainText(200) code?: string;
  @IsOptional() @IsPlainText(400) text?: string;
}
