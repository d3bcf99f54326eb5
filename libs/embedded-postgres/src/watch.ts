import { startCluster, type Cluster } from './cluster.js';
import { explained } from './engine-error.js';
import { readEngineFile, removeEngineFile, writeEngineFile } from './engine-file.js';
import { locked } from './lock.js';
import { postmasterOf } from './postmaster.js';

const every = 250;

/** Starts a server that died again, and leaves the engine however this process ends (save by SIGKILL). Answers with the end of the watch. */
export const watch = (cluster: Cluster, leave: () => Promise<void>): (() => void) => {
  let reviving = false;
  const timer = setInterval(() => {
    if (reviving || postmasterOf(cluster.account.data)) return;
    reviving = true;
    void locked(`${cluster.dataDir}/engine.lock`, () => revive(cluster))
      .catch((error: unknown) => cluster.say(explained(error, cluster.dataDir).message))
      .finally(() => (reviving = false));
  }, every);
  timer.unref();
  const unlisten = onEnd(cluster, leave);
  return () => {
    clearInterval(timer);
    unlisten();
  };
};

const revive = async (cluster: Cluster) => {
  const file = readEngineFile(cluster.dataDir);
  // No file: it was stopped on purpose. A server: another process was first.
  if (!file || postmasterOf(cluster.account.data)) return;
  cluster.say('PostgreSQL has ended unexpectedly; it is started again.');
  const { port, pid } = await startCluster(cluster, file.port);
  writeEngineFile(cluster.dataDir, { ...file, port, pid });
};

/** A program that handles the signal itself closes in its own order; one that does not is ended here, after the engine. */
const onEnd = (cluster: Cluster, leave: () => Promise<void>) => {
  const ended = (signal: 'SIGINT' | 'SIGTERM') => () => {
    if (process.listenerCount(signal) > 1) return;
    void leave().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  const [interrupted, terminated, exited] = [ended('SIGINT'), ended('SIGTERM'), () => leaveAtOnce(cluster)];
  process.on('SIGINT', interrupted).on('SIGTERM', terminated).on('exit', exited);
  return () => void process.off('SIGINT', interrupted).off('SIGTERM', terminated).off('exit', exited);
};

/** For a process that exits without `stop()`: nothing can be awaited any more, so PostgreSQL is told and left to finish. */
const leaveAtOnce = ({ dataDir, account }: Cluster) => {
  const file = readEngineFile(dataDir);
  const users = file?.users.filter((user) => user !== process.pid) ?? [];
  if (file && users.length > 0) return writeEngineFile(dataDir, { ...file, users });
  removeEngineFile(dataDir);
  const server = postmasterOf(account.data);
  if (server) process.kill(server.pid, 'SIGINT');
};
