import { Controller, Get, HttpCode, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Readiness } from './readiness.js';

@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('live')
  @HttpCode(200)
  live() {
    return { status: 'live' };
  }

  /** 503 with the reasons until migrations and the demo are in, and whenever the database is away. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response) {
    const reasons = await this.readiness.reasons();
    response.status(reasons.length === 0 ? 200 : 503);
    return { status: reasons.length === 0 ? 'ready' : 'not ready', reasons };
  }
}
