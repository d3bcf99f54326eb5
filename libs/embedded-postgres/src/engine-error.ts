/** The engine cannot do what was asked; the message says what, where, and how to mend it. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

const remedies: readonly (readonly [RegExp, (where: string) => string])[] = [
  [/ENOSPC|No space left on device/i, (where) => `The disk that holds ${where} is full: free some space, then start again.`],
  [/EROFS|Read-only file system/i, (where) => `${where} is on a read-only disk: choose another folder.`],
  [
    /EACCES|EPERM|Permission denied/i,
    (where) => `${where} cannot be written by this user: give it to the user who runs this, or choose another folder.`,
  ],
  [
    /GLIBC|error while loading shared libraries/i,
    () => 'The packaged PostgreSQL does not run on this system: set DATABASE_URL to a PostgreSQL server of your own.',
  ],
];

/** Turns what the system or PostgreSQL said into a message with a remedy. */
export const explained = (cause: unknown, where: string): EngineError => {
  if (cause instanceof EngineError) return cause;
  const said = cause instanceof Error ? cause.message : String(cause);
  const remedy = remedies.find(([pattern]) => pattern.test(said))?.[1](where);
  return new EngineError(remedy ? `${remedy} (${said.trim()})` : `The embedded PostgreSQL in ${where} failed: ${said.trim()}`, {
    cause,
  });
};
