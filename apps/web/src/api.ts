import type { SearchView, TimelineView, WhyView } from '#contracts';

/** An answer that was no success, in the words of its problem document (RFC 9457). */
export class Problem extends Error {
  constructor(
    message: string,
    readonly remedy?: string,
  ) {
    super(message);
  }
}

const read = async <T>(path: string): Promise<T> => {
  const answer = await fetch(path, { headers: { accept: 'application/json' } }).catch(() => {
    throw new Problem('Throughline does not answer.', 'Check that it is still running, then try again.');
  });
  const body = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string; remedy?: string };
  if (!answer.ok) throw new Problem(body.detail ?? body.title ?? `The answer was ${answer.status}.`, body.remedy);
  return body as T;
};

const query = (values: Record<string, string | undefined>) => {
  const given = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
};

export const searchConsumers = (search: string) => read<SearchView>(`/consumers${query({ search })}`);
export const readTimeline = (personId: string, knownOn?: string) =>
  read<TimelineView>(`/consumers/${personId}/timeline${query({ knownOn })}`);
export const readWhy = (personId: string, itemId: string, knownOn?: string) =>
  read<WhyView>(`/consumers/${personId}/why/${encodeURIComponent(itemId)}${query({ knownOn })}`);
export const timelineStream = (personId: string) => new EventSource(`/consumers/${personId}/timeline/stream`);
