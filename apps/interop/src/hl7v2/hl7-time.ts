import { told, type Told } from '../when.js';

const DTM = /^(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})?)?(\d{2})?(?:\.\d+)?(?:([+-])(\d{2})(\d{2}))?$/;

/**
 * An HL7 time (`YYYY[MM[DD[HHMM[SS[.S…]]]]][±ZZZZ]`) as precise as it is long; an hour without minutes tells the day.
 * Undefined where the text is not one.
 */
export const hl7Time = (
  text: string | undefined,
  basis: string,
  given: { zone: string; receivedAt: string },
): Told | undefined => {
  const found = text === undefined ? null : DTM.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = found;
  const date = [year, month, day].filter(Boolean).join('-');
  const time = minute === undefined ? '' : `T${[hour, minute, second].filter(Boolean).join(':')}`;
  const offset = sign && Number(hours) <= 14 ? `${sign}${hours}:${minutes}` : undefined;
  return told(date + time, { ...given, basis, offset });
};

/** A date without the time that some senders pad it with. */
export const hl7Date = (text: string | undefined, given: { zone: string; receivedAt: string }): string | undefined => {
  const at = hl7Time(text?.slice(0, 8), 'date', given);
  return at?.asSent === undefined ? at?.start : undefined;
};
