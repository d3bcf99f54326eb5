import { expect, test } from '@jest/globals';
import { linksToday } from './links.js';

const links = (reached: (position: number) => boolean) =>
  linksToday({
    store: { head: () => Promise.resolve({ logId: 'log', epoch: 0, position: 7, hash: '', recordedAt: null }) },
    directory: {
      service: { linked: (one, other) => Promise.resolve(one === 'a' && other === 'b') },
      runner: { waitFor: (position) => Promise.resolve(reached(position)) },
    },
  });

test('whether two records are linked is answered by a directory that has seen the whole log', async () => {
  const linked = links((position) => position <= 7);
  expect([await linked('a', 'b'), await linked('a', 'c')]).toEqual([true, false]);
});
test('a directory that does not catch up in time tells nothing, and the message may be sent again', async () => {
  const linked = links((position) => position < 7);
  await expect(linked('a', 'b')).rejects.toMatchObject({
    details: { status: 503, code: 'links-not-known-yet' },
    retryAfterSeconds: 5,
  });
});
