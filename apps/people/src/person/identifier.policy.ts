import type { IdentifierQuality } from '#contracts';

const SOCIAL_SECURITY = new Set(['SS', 'SSN', 'SB']);
const NOTHING = /^(unknown|unk|none|null|n\/?a|nil|test|temp|tbd|no ?ssn|not ?given|pending)$/i;

const isFiller = (value: string) => {
  const bare = value.replaceAll(/[^0-9A-Za-z]/g, '');
  return bare === '' || NOTHING.test(value.trim()) || /^(.)\1{3,}$/.test(bare) || '01234567890'.includes(bare.padEnd(6, '-'));
};

/** No such number was ever given: area 000, 666 or 9xx, group 00, serial 0000. */
const neverIssued = (digits: string) => /^(000|666|9\d\d)|^...00|0000$/.test(digits);

const socialSecurity = (value: string): IdentifierQuality => {
  const digits = value.replaceAll(/\D/g, '');
  if (/^[0-9a-f]{32,}$/i.test(value) || /[*xX#]/.test(value)) return 'masked';
  if (digits.length < 9) return 'partial';
  return digits.length > 9 || neverIssued(digits) ? 'placeholder' : 'as-sent';
};

/** What an identifier is worth by its looks alone: fillers, masks and hashes stand for nobody in particular. */
export const qualityOf = (idType: string, value: string): IdentifierQuality => {
  if (isFiller(value)) return 'placeholder';
  return SOCIAL_SECURITY.has(idType.toUpperCase())
    ? socialSecurity(value)
    : /[*#]{2,}|^x{3,}/i.test(value)
      ? 'masked'
      : 'as-sent';
};

/** Whether two records that share it may be of one person for that reason. What many hold, or what stands in for a value, never is. */
export const isEvidence = (quality: IdentifierQuality): boolean => quality === 'as-sent' || quality === 'verified';

const bare = (text: string) => text.replaceAll(/[^0-9A-Za-z]/g, '').toLowerCase();
/** Whether an authority, which stands open, repeats the number that is sealed: `urn:ssn:078-05-1120`. Short numbers may be part of any name. */
export const holdsNumber = (authority: string, value: string): boolean =>
  /\d{4}/.test(bare(value)) && bare(value).length >= 7 && bare(authority).includes(bare(value));
