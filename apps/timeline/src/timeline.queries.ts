import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { WhyView } from '#contracts';
import { TimelineService, type Question } from './timeline.service.js';

/** Answered by the JSON text of a `TimelineView`. */
export class ReadTimeline extends Query<Buffer | undefined> {
  constructor(readonly question: Question) {
    super();
  }
}
export class AskWhy extends Query<WhyView | undefined> {
  constructor(readonly question: Question & { readonly itemId: string }) {
    super();
  }
}

@QueryHandler(ReadTimeline)
export class ReadTimelineHandler implements IQueryHandler<ReadTimeline> {
  constructor(@Inject(TimelineService) private readonly service: TimelineService) {}
  execute({ question }: ReadTimeline) {
    return this.service.timeline(question);
  }
}
@QueryHandler(AskWhy)
export class AskWhyHandler implements IQueryHandler<AskWhy> {
  constructor(@Inject(TimelineService) private readonly service: TimelineService) {}
  execute({ question }: AskWhy) {
    return this.service.why(question);
  }
}
