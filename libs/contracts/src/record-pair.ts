import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsNumber,
  IsOptional,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsCode } from './codes.js';
import { COMPARED_FIELDS, DIFFERENT_REASONS, LINK_BASES, UNLINK_REASONS, type LinkBasis } from './people.codes.js';

export class FieldAgreement {
  @IsIn(COMPARED_FIELDS) field!: (typeof COMPARED_FIELDS)[number];
  @IsIn(['same', 'close', 'different', 'missing']) agreement!: 'same' | 'close' | 'different' | 'missing';
}
/** Two persons, the lesser id first. */
export class PersonPair {
  @ArrayMinSize(2) @ArrayMaxSize(2) @IsUUID('all', { each: true }) personIds!: [string, string];
}
export class RecordsLinkedData extends PersonPair {
  @IsIn(LINK_BASES) basis!: LinkBasis;
  /** Which fields were compared and how they came out; never their values. */
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => FieldAgreement) fieldAgreements?: FieldAgreement[];
  @IsOptional() @IsNumber() @Min(0) @Max(1) score?: number;
  @IsOptional() @IsCode() ruleVersion?: string;
}
export class RecordsUnlinkedData extends PersonPair {
  /** The link that is undone; absent where the un-link came before it. */
  @IsOptional() @IsUUID() linkEventId?: string;
  @IsIn(UNLINK_REASONS) reason!: (typeof UNLINK_REASONS)[number];
}
export class RecordsDeclaredDifferentData extends PersonPair {
  @IsIn(DIFFERENT_REASONS) reason!: (typeof DIFFERENT_REASONS)[number];
}
