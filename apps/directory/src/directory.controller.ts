import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { DEVELOPMENT_READER } from '#access';
import { Problem } from '#nest';
import { SearchConsumers } from './directory.queries.js';

const [LEAST, USUAL, MOST, LONGEST] = [1, 25, 100, 200];

const limitOf = (text: string | undefined): number => {
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

/** Who can be found. */
@Controller('consumers')
export class DirectoryController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** `from` is `next` of the page before; `after`, as everywhere, the position to wait for. */
  @Get()
  search(@Query('search') search: unknown, @Query('limit') limit: string | undefined, @Query('from') from: unknown) {
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
