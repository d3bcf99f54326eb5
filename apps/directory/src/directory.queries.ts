import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { SearchView } from '#contracts';
import { DirectoryService, type Search } from './directory.service.js';

export class SearchConsumers extends Query<SearchView> {
  constructor(readonly search: Search) {
    super();
  }
}

@QueryHandler(SearchConsumers)
export class SearchConsumersHandler implements IQueryHandler<SearchConsumers> {
  constructor(@Inject(DirectoryService) private readonly service: DirectoryService) {}
  execute({ search }: SearchConsumers) {
    return this.service.search(search);
  }
}
