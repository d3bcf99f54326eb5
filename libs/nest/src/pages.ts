import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** Addresses that the page routes by itself; they answer data to whoever asks for JSON. */
const ROUTED = /^\/consumers\/[^/.]+\/?$/;
const isPage = (request: Request) =>
  request.method === 'GET' &&
  (request.path === '/' || (ROUTED.test(request.path) && request.accepts(['json', 'html']) === 'html'));

/** The built pages: files as they are, and the page itself for the addresses that it routes. */
export const servePages = (app: NestExpressApplication, folder: string): void => {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return;
  app.useStaticAssets(folder, {
    index: false,
    // Built files carry a hash of their content in their name.
    setHeaders: (response, path) =>
      response.setHeader('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (!isPage(request)) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
};
