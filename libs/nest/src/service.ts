import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { Closing } from './closing.js';
import { EdgeModule, type EdgeParts } from './edge.module.js';
import { headers, logged, onlyForLoopback } from './guard.js';
import { openApiOf, type ApiPart } from './openapi.js';
import { AwaitPosition } from './positions.js';
import { ProblemFilter } from './problem.filter.js';
import { CommandRegistry } from './registry.js';
import { servePages } from './pages.js';

export interface ServiceParts extends EdgeParts {
  /** Modules of the read side and whatever else stands beside the commands. */
  readonly modules: readonly (Type | DynamicModule)[];
  readonly api: readonly ApiPart[];
  readonly log: Logger;
  /** Folder of the built pages; absent where there are none. */
  readonly pages?: string;
  /** Answer only to names of this machine, as long as nobody signs in. */
  readonly loopbackOnly: boolean;
}

/** Most bytes of a body. */
export const BODY_LIMIT = 1024 * 1024;

@Module({})
class Service {}

/** The HTTP service, ready to `listen`. Stop it with `stopService`. */
export const createService = async (parts: ServiceParts): Promise<NestExpressApplication> => {
  const module = { module: Service, imports: [EdgeModule.of(parts), ...parts.modules] };
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    forceCloseConnections: true,
    logger: ['fatal'],
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(headers, logged(parts.log));
  if (parts.loopbackOnly) app.use(onlyForLoopback);
  app.useBodyParser('raw', { type: () => true, limit: BODY_LIMIT });
  if (parts.pages !== undefined) servePages(app, parts.pages);
  app.useGlobalFilters(new ProblemFilter(parts.log));
  app.useGlobalInterceptors(new AwaitPosition(parts.positions));
  describe(app, parts.api);
  return app;
};

/** The description at `/openapi.json`, and a page for people at `/docs` that loads nothing from elsewhere. */
const describe = (app: NestExpressApplication, api: readonly ApiPart[]): void => {
  const document = openApiOf(app.get(CommandRegistry), api);
  app.use('/openapi.json', (_: Request, response: Response) => response.json(document));
  SwaggerModule.setup('docs', app, document as unknown as OpenAPIObject, {
    raw: false,
    customSiteTitle: 'Throughline API',
    swaggerOptions: { validatorUrl: null, docExpansion: 'none' },
  });
};

/** Ends what is held open (an open stream would keep the server up for ever), then closes. */
export const stopService = async (app: NestExpressApplication): Promise<void> => {
  app.get(Closing).begin();
  await app.close();
};
