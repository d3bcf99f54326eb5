import { Button, Group, Text, TextInput } from '@mantine/core';
import type { TimelineView } from '#contracts';
import { dayIn, dayInWords, instantInWords } from './moment.js';

interface Props {
  readonly view: TimelineView;
  readonly today: TimelineView | undefined;
  readonly knownOn: string | undefined;
  readonly zone: string;
  readonly choose: (knownOn: string | undefined) => void;
}

const items = (view: TimelineView) => view.lanes.flatMap((lane) => lane.items);
const signature = ({ from, to, end, title }: ReturnType<typeof items>[number]) => [title, from?.text, to?.text, end].join('|');

/** What stands on today's timeline and did not stand, or stood otherwise, on the day chosen. */
const notKnownYet = (then: TimelineView, today: TimelineView) => {
  const before = new Map(items(then).map((item) => [item.id, signature(item)]));
  const fresh = items(today).filter((item) => !before.has(item.id));
  const otherwise = items(today).filter((item) => before.has(item.id) && before.get(item.id) !== signature(item));
  return { fresh, otherwise };
};

const listed = (titles: readonly string[]) =>
  titles.length > 3 ? `${titles.slice(0, 3).join(', ')} and ${titles.length - 3} more` : titles.join(', ');

const dayOf = (at: string, zone: string) => (at.length === 10 ? at : dayIn(Date.parse(at), zone));

/** Moves the page to what was known on an earlier day: by date, or step by step from change to change. */
export const KnownOn = ({ view, today, knownOn, zone, choose }: Props) => {
  const steps = (today ?? view).steps;
  const at = knownOn ? (view.knownOn.at ?? knownOn) : undefined;
  const earlier = at ? steps.findLast((step) => step < at) : steps.at(-2);
  const later = at ? steps.find((step) => step > at) : undefined;
  const difference = at && today ? notKnownYet(view, today) : undefined;
  return (
    <div className="known-on" role="group" aria-label="Known on">
      <Group gap="xs" align="flex-end">
        <TextInput
          type="date"
          label="Known on"
          size="xs"
          value={at ? dayOf(at, zone) : ''}
          max={dayIn(Date.now(), zone)}
          onChange={({ currentTarget }) => choose(currentTarget.value || undefined)}
        />
        <Button size="xs" variant="default" disabled={!earlier} onClick={() => choose(earlier)}>
          ← Earlier change
        </Button>
        <Button size="xs" variant="default" disabled={!at} onClick={() => choose(later === steps.at(-1) ? undefined : later)}>
          Later change →
        </Button>
        <Button size="xs" variant="default" disabled={!at} onClick={() => choose(undefined)}>
          Now
        </Button>
        {!at && (
          <Text size="sm" c="dimmed" pb={4}>
            now
          </Text>
        )}
      </Group>
      <div role="status">
        {at && (
          <Text size="sm" mt={6} className="known-on-words">
            <strong>As known on {at.length > 10 ? instantInWords(at, zone) : dayInWords(`${at}T12:00:00Z`, 'UTC')}.</strong>{' '}
            {difference && difference.fresh.length + difference.otherwise.length === 0 && 'Nothing has changed since.'}
            {difference &&
              difference.fresh.length > 0 &&
              `Not known yet: ${listed(difference.fresh.map(({ title }) => title))}. `}
            {difference &&
              difference.otherwise.length > 0 &&
              `Known otherwise today: ${listed(difference.otherwise.map(({ title }) => title))}.`}
          </Text>
        )}
        {!at && steps.length > 0 && (
          <Text size="xs" c="dimmed" mt={4}>
            {steps.length} recorded changes, the last on {dayInWords(steps.at(-1) as string, zone)}
          </Text>
        )}
      </div>
    </div>
  );
};
