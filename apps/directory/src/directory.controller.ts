import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { DEVELOPMENT_READER } from '#access';
import { Problem } from '#nest';
import { SearchConsumers } from './directory.queries.js';

const [LEAST, USUAL, MOST, LONGEST] = [1, 25, 100, 200];

const limitOf = (text: unknown): number => {
  const limit = text === undefined || text === '' ? USUAL : Number(text);
  if (Number.isInteger(limit) && limit >= LEAST && limit <= MOST) return limit;
  throw new Problem(400, 'unreadable-question', `limit is not a number from ${LEAST} to ${MOST}.`, {
    field: 'limit',
    remedy: `Send a whole number, or leave it out for ${USUAL}.`,
  });
};
const textOf = (text: unknown): string => {
  if (text === undefined) return '';
  if (typeof text === 'string' && text.length <= LONGEST && text.isWellFormed() && !text.includes('\0')) return text;
  throw new Problem(400, 'unreadable-question', `search is not a text of at most ${LONGEST} characters.`, {
    field: 'search',
    remedy: 'Send a part of a name.',
  });
};

const PARAMETERS = ['search', 'limit', 'from', 'after'];
/** A question under another name would be answered as if nothing had been asked: with everybody. */
const onlyKnown = (asked: object): void => {
  const unknown = Object.keys(asked).find((name) => !PARAMETERS.includes(name));
  if (unknown === undefined) return;
  throw new Problem(400, 'unreadable-question', `There is no parameter ${JSON.stringify(unknown.slice(0, 40))} here.`, {
    field: 'search',
    remedy: `Ask with ${PARAMETERS.join(', ')}.`,
  });
};

/** Who can be found. */
@Controller('consumers')
export class DirectoryController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** `from` is `next` of the page before; `after`, as everywhere, the position to wait for. */
  @Get()
  search(@Query() asked: Readonly<Record<string, unknown>>) {
    onlyKnown(asked);
    const { search, limit, from } = asked;
    return this.queries.execute(
      new SearchConsumers({
        text: textOf(search),
        limit: limitOf(limit),
        reader: DEVELOPMENT_READER,
        ...(typeof from === 'string' && { from }),
      }),
    );
  }
}
