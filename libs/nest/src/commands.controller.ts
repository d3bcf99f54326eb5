import { randomUUID } from 'node:crypto';
import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Answer } from '#contracts';
import { Rejection } from '#kernel';
import { CommandDoor } from './command-door.js';
import { parseJson } from './json-text.js';
import type { Positions } from './positions.js';
import { Problem, problemOf } from './problem.js';
import { CommandRegistry } from './registry.js';
import { POSITIONS, SENDER, type Sender } from './tokens.js';

const KEY = /^[\x21-\x7e]{1,200}$/;

/** Every command of every context, at `POST /commands/<context>/<name>`. */
@Controller('commands')
export class CommandsController {
  constructor(
    @Inject(CommandDoor) private readonly door: CommandDoor,
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(POSITIONS) private readonly positions: Positions,
    @Inject(SENDER) private readonly sender: Sender,
  ) {}

  @Post(':context/:name')
  async accept(
    @Param('context') context: string,
    @Param('name') name: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer & { readonly cursor: string }> {
    const offered = this.registry.find(context, name);
    if (!offered) throw unknownCommand(context, name, this.registry);
    const body = jsonOf(request);
    const idempotencyKey = keyOf(request);
    response.setHeader('Idempotency-Key', idempotencyKey);
    const correlationId = String(response.getHeader('X-Correlation-Id'));
    const answer = await this.door.accept(offered.command, body, { idempotencyKey, correlationId, ...this.sender(request) });
    if (answer instanceof Rejection) throw problemOf(answer);
    response.status(answer.status === 'recorded' ? 201 : 200);
    return { ...answer, cursor: this.positions.cursorOf(answer.position) };
  }
}

const unknownCommand = (context: string, name: string, registry: CommandRegistry) => {
  const near = registry.near(context, name);
  return new Problem(404, 'command-unknown', `There is no command at /commands/${context}/${name}.`, {
    remedy: near.length > 0 ? `Did you mean ${near[0]}?` : 'See /docs for the commands there are.',
    near,
  });
};

const jsonOf = (request: Request): unknown => {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='))?.trim().slice('charset='.length); // prettier-ignore
  if (!/^application\/([\w.-]+\+)?json$/.test(type.trim()) || (charset && charset.replaceAll('"', '') !== 'utf-8')) {
    throw new Problem(415, 'unsupported-media-type', 'A command is sent as JSON in UTF-8.', {
      remedy: 'Send it with the header "Content-Type: application/json".',
    });
  }
  return parseJson(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
};

const keyOf = (request: Request): string => {
  const key = request.get('Idempotency-Key');
  if (key === undefined) return randomUUID();
  if (KEY.test(key)) return key;
  throw new Problem(400, 'malformed-idempotency-key', 'The Idempotency-Key is not usable.', {
    field: 'Idempotency-Key',
    remedy: 'Send 1 to 200 printable ASCII characters without spaces, such as a UUID.',
  });
};
