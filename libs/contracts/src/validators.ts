import { buildMessage, isTimeZone, ValidateBy } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { precisionOf } from '#kernel';

type Property = (target: object, key: string) => void;
const both =
  (...decorators: readonly Property[]): Property =>
  (target, key) =>
    decorators.forEach((decorate) => decorate(target, key));

const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const LOCAL_TIME = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?)?)?$/;
/** No NUL and no lone surrogate: neither survives PostgreSQL or UTF-8. */
const STORABLE = /^[^\u0000]*$/u;

export const isStorable = (text: string): boolean => text.isWellFormed() && STORABLE.test(text);

/** A UTC instant with milliseconds: `2026-03-05T16:00:00.000Z`. */
export const IsInstant = () =>
  both(
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: (value) => typeof value === 'string' && INSTANT.test(value),
        defaultMessage: buildMessage((each) => `${each}$property must be a UTC instant such as 2026-03-05T16:00:00.000Z`),
      },
    }),
    JSONSchema({ type: 'string', pattern: INSTANT.source }),
  );

/** A local time as precise as it is long: `2026`, `2026-03`, `2026-03-05`, `2026-03-05T16:00`, `2026-03-05T16:00:30`. */
export const IsLocalTime = () =>
  both(
    ValidateBy({
      name: 'isLocalTime',
      validator: {
        validate: (value) => typeof value === 'string' && precisionOf(value) !== undefined,
        defaultMessage: buildMessage(
          (each) => `${each}$property must be a local date or time that exists, such as 2026-03-05 or 2026-03-05T16:00`,
        ),
      },
    }),
    JSONSchema({ type: 'string', pattern: LOCAL_TIME.source, format: 'local-time' }),
  );

/** A text of 1 to `max` characters that can be stored: no NUL, no lone surrogate. */
export const IsPlainText = (max: number) =>
  both(
    ValidateBy({
      name: 'isPlainText',
      constraints: [max],
      validator: {
        validate: (value) => typeof value === 'string' && value.length >= 1 && value.length <= max && isStorable(value),
        defaultMessage: buildMessage(
          (each) =>
            `${each}$property must be a text of 1 to $constraint1 characters without NUL characters or broken (lone surrogate) ones`,
        ),
      },
    }),
    JSONSchema({ type: 'string', format: 'plain-text', 'x-max-utf16': max } as never),
  );

const zones = new Map<string, boolean>();
/** Asked of every command: looked up once for each name, since the look-up costs more than all other checks together. */
const isKnownZone = (name: string): boolean => {
  let known = zones.get(name);
  if (known === undefined) {
    known = isTimeZone(name);
    if (zones.size < 1_000) zones.set(name, known);
  }
  return known;
};

/** An IANA time zone that this system knows, such as `America/Detroit`. */
export const IsKnownZone = () =>
  both(
    ValidateBy({
      name: 'isKnownZone',
      validator: {
        validate: (value) => typeof value === 'string' && isKnownZone(value),
        defaultMessage: buildMessage((each) => `${each}$property must be a time zone such as America/Detroit`),
      },
    }),
    JSONSchema({ type: 'string' }),
  );
