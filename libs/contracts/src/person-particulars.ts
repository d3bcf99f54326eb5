import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { RawCode, CodedText } from './codes.js';
import {
  BIRTH_DATE_QUALITIES,
  IDENTITY_LEVELS,
  MAPPED_SEXES,
  NAME_USES,
  type BirthDateQuality,
  type IdentityLevel,
  type NameUse,
} from './people.codes.js';
import { IsLocalTime, IsPlainText } from './validators.js';

export class SexCode extends RawCode {
  @IsIn(MAPPED_SEXES) mapped!: (typeof MAPPED_SEXES)[number];
}
export class PersonName {
  @IsIn(NAME_USES) use!: NameUse;
  @IsOptional() @IsPlainText(200) family?: string;
  @IsOptional() @IsPlainText(200) given?: string;
  @IsOptional() @IsPlainText(200) middle?: string;
  @IsOptional() @IsPlainText(80) prefix?: string;
  @IsOptional() @IsPlainText(80) suffix?: string;
  /** The whole name as one text, where the source sends no parts. */
  @IsOptional() @IsPlainText(400) text?: string;
}

/** What a source says of who a person is; all of it sealed. */
export class PersonParticulars {
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => PersonName) names?: PersonName[];
  /** As precise as it is long: `1984`, `1984-03`, `1984-03-05`. */
  @IsOptional() @IsLocalTime() birthDate?: string;
  @IsOptional() @IsIn(BIRTH_DATE_QUALITIES) birthDateQuality?: BirthDateQuality;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => CodedText) gender?: CodedText[];
  @IsOptional() @IsPlainText(80) pronouns?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => CodedText) race?: CodedText[];
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => CodedText) ethnicity?: CodedText[];
}
/** All that `PersonDetailsChanged` may tell, sealed as one. */
export class PersonValues extends PersonParticulars {
  @IsOptional() @IsIn(IDENTITY_LEVELS) identityLevel?: IdentityLevel;
  @IsOptional() @ValidateNested() @Type(() => SexCode) sex?: SexCode;
}
