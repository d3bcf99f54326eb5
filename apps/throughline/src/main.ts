import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import { fail, running, stopOnSignal } from './running.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);

const start = async (): Promise<void> => {
  const throughline = await running(process.env, say);
  stopOnSignal(() => throughline.stop(), say);
  const { PORT, HOST } = throughline.configuration;
  await throughline.app.listen(PORT, HOST).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${PORT} is taken. Set PORT to a free one, as in: PORT=3001 npm start`);
  });
  const { address, family, port } = throughline.app.getHttpServer().address() as AddressInfo;
  say(`Throughline is ready: http://${family === 'IPv6' ? `[${address}]` : address}:${port}/`);
};

const program = new Command('throughline')
  .description('One timeline from hospital to home.')
  .allowExcessArguments(false)
  .action(() => start().catch(fail));

await program.parseAsync();
