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
import {
  DIFFERENT_REASONS, factCommands, FieldAgreement, IsCode, LINK_BASES, Report, UNLINK_REASONS, type LinkBasis,
} from '#contracts'; // prettier-ignore

/** What is said of two records, in whichever order they are named. */
class AboutPair extends Report {
  @ArrayMinSize(2) @ArrayMaxSize(2) @IsUUID('all', { each: true }) personIds!: [string, string];
}
export class LinkRecords extends AboutPair {
  @IsIn(LINK_BASES) basis!: LinkBasis;
  /** What was compared and how it came out; never the values. */
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => FieldAgreement) fieldAgreements?: FieldAgreement[];
  @IsOptional() @IsNumber() @Min(0) @Max(1) score?: number;
  @IsOptional() @IsCode() ruleVersion?: string;
}
export class UnlinkRecords extends AboutPair {
  /** The link that was wrong; the last one unless told. */
  @IsOptional() @IsUUID() linkEventId?: string;
  @IsIn(UNLINK_REASONS) reason!: (typeof UNLINK_REASONS)[number];
}
export class DeclareRecordsDifferent extends AboutPair {
  @IsIn(DIFFERENT_REASONS) reason!: (typeof DIFFERENT_REASONS)[number];
}
export const PairFacts = factCommands('Link');
