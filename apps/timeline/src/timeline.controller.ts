import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { DEVELOPMENT_READER } from '#access';
import { Problem } from '#nest';
import { UnreadableQuestion } from './known-on.js';
import { AskWhy, ReadTimeline } from './timeline.queries.js';
import { TimelineStream } from './timeline.stream.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const unknown = () =>
  new Problem(404, 'consumer-unknown', 'No record of a consumer is known under this id.', {
    field: 'personId',
    remedy: 'Search for the consumer first.',
  });

/** What is read of one consumer. */
@Controller('consumers/:personId')
export class TimelineController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(TimelineStream) private readonly stream: TimelineStream,
  ) {}

  @Get('timeline')
  async timeline(@Param('personId') id: string, @Query('knownOn') knownOn: string | undefined, @Res() response: Response) {
    send(response, await asked(() => this.queries.execute(new ReadTimeline(questionOf(id, knownOn)))), unknown);
  }

  @Get('why/:itemId')
  async why(
    @Param('personId') id: string,
    @Param('itemId') itemId: string,
    @Query('knownOn') knownOn: string | undefined,
    @Res() response: Response,
  ) {
    const view = await asked(() => this.queries.execute(new AskWhy({ ...questionOf(id, knownOn), itemId })));
    send(
      response,
      view && JSON.stringify(view),
      () =>
        new Problem(404, 'item-unknown', 'Nothing of this name stands on this timeline.', {
          field: 'itemId',
          remedy: 'Read the timeline again.',
        }),
    );
  }

  @Get('timeline/stream')
  async changes(@Param('personId') id: string, @Headers('last-event-id') last: string | undefined, @Res() response: Response) {
    if (!(await this.stream.open(questionOf(id, undefined), last, response))) throw unknown();
  }
}

const questionOf = (personId: string, knownOn: string | undefined) => {
  if (!UUID.test(personId)) throw unknown();
  return { personId, reader: DEVELOPMENT_READER, ...(typeof knownOn === 'string' && { knownOn }) };
};

const asked = async <T>(read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnreadableQuestion)
      throw new Problem(400, 'unreadable-question', error.message, { field: error.field, remedy: error.remedy });
    throw error;
  }
};

const send = (response: Response, json: string | Buffer | undefined, otherwise: () => Problem) => {
  if (json === undefined) throw otherwise();
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(json);
};
