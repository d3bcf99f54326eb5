import { Alert, Anchor, Box, Group, Loader, SegmentedControl, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TimelineView } from '#contracts';
import { Problem, readTimeline, timelineStream } from './api.js';
import { KnownOn } from './known-on.js';
import { Legend } from './legend.js';
import { wholeRange } from './layout.js';
import { dayInWords, wallIn } from './moment.js';
import { RangeControl } from './range-control.js';
import type { TimelineAddress } from './routes.js';
import { TimelineChart } from './timeline-chart.js';
import { TimelineTable } from './timeline-table.js';
import { WhyDrawer, type Asked } from './why-drawer.js';

const DAY = 86_400_000;
const dayOf = (wall: number) => new Date(wall).toISOString().slice(0, 10);

/** Follows the consumer's stream: what changes is fetched again, and said politely. */
const useLive = (personId: string, on: boolean) => {
  const queries = useQueryClient();
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!on) return;
    const stream = timelineStream(personId);
    const refresh = () => {
      void queries.invalidateQueries({ queryKey: ['timeline', personId] });
      setSaid(`Updated ${new Date().toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' })}`);
    };
    stream.addEventListener('changed', refresh);
    stream.addEventListener('resync', refresh);
    return () => stream.close();
  }, [personId, on, queries]);
  return said;
};

const filtered = (view: TimelineView, late: boolean): TimelineView =>
  late ? { ...view, lanes: view.lanes.map((lane) => ({ ...lane, items: lane.items.filter((item) => item.late) })) } : view;

const Banner = ({ view, zone }: { readonly view: TimelineView; readonly zone: string }) => (
  <Box className="banner">
    <Title order={1} size="h2">
      {view.erased ? 'Erased' : (view.name ?? 'Name not recorded')}
    </Title>
    <Text c="dimmed" size="sm">
      {view.born ? `born ${view.born} · ` : ''}
      {view.records.length === 1 ? '1 record' : `${view.records.length} linked records`}
      {': '}
      {view.records.map(({ organization }) => organization ?? 'agency not recorded').join(', ')}
    </Text>
    {view.records.some((record) => record.underReviewSince) && (
      <Text size="sm" role="note">
        <strong>Identity under review:</strong> so much of a record changed at once that it may be another person’s. What arrived
        since {dayInWords(view.records.find((record) => record.underReviewSince)?.underReviewSince ?? '', zone)} waits for a
        reviewer.
      </Text>
    )}
  </Box>
);

const Unread = ({ error }: { readonly error: Error | null }) =>
  error ? (
    <Box p="xl">
      <Alert color="orange" title={error.message} mb="md">
        {error instanceof Problem ? error.remedy : null}
      </Alert>
      <Anchor component={Link} to="/">
        Back to the search
      </Anchor>
    </Box>
  ) : (
    <Loader m="xl" aria-label="Reading the timeline" />
  );

/** One consumer's path from hospital to home. */
export const TimelinePage = () => {
  const { personId } = useParams({ from: '/consumers/$personId' });
  const address = useSearch({ from: '/consumers/$personId' });
  const known = useQuery({
    queryKey: ['timeline', personId, address.knownOn ?? 'now'],
    queryFn: () => readTimeline(personId, address.knownOn),
    placeholderData: (before) => before,
  });
  const today = useQuery({ queryKey: ['timeline', personId, 'now'], queryFn: () => readTimeline(personId) });
  const said = useLive(personId, address.knownOn === undefined);
  useEffect(() => {
    document.title = `${known.data?.name ?? 'Timeline'} · Throughline`;
  }, [known.data?.name]);
  return known.data ? (
    <Timeline personId={personId} address={address} known={known.data} today={today.data} said={said} />
  ) : (
    <Unread error={known.error} />
  );
};

interface TimelineProps {
  readonly personId: string;
  readonly address: TimelineAddress;
  readonly known: TimelineView;
  readonly today: TimelineView | undefined;
  /** What the stream last told. */
  readonly said: string;
}

const zoneOf = (view: TimelineView) =>
  view.lanes.flatMap(({ items }) => items)[0]?.from?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

const rangeOf = ({ from, until }: TimelineAddress, whole: readonly [number, number]): readonly [number, number] => [
  from ? Date.parse(from) : whole[0],
  until ? Date.parse(until) + DAY : whole[1],
];

/** The drawer that answers, and the place that the focus returns to. */
const useAsking = () => {
  const [asked, setAsked] = useState<Asked>();
  const returnTo = useRef<Element | null>(null);
  const ask = (what: Asked) => {
    returnTo.current = document.activeElement;
    setAsked(what);
  };
  const close = () => {
    setAsked(undefined);
    const before = returnTo.current;
    if (before instanceof HTMLElement || before instanceof SVGElement) setTimeout(() => before.focus(), 0);
  };
  return { asked, ask, close };
};

const Timeline = ({ personId, address, known, today, said }: TimelineProps) => {
  const navigate = useNavigate({ from: '/consumers/$personId' });
  const go = useCallback(
    (change: Partial<TimelineAddress>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const show = (next: readonly [number, number]) => go({ from: dayOf(next[0]), until: dayOf(next[1] - 1) });
  const narrow = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  const { asked, ask, close } = useAsking();
  const { knownOn, late = false } = address;
  const view = useMemo(() => filtered(known, late), [known, late]);
  const zone = zoneOf(view);
  const now = wallIn(view.knownOn.at ? Date.parse(view.knownOn.at) : Date.now(), zone);
  const whole = wholeRange(today ?? view, wallIn(Date.now(), zone));
  const range = rangeOf(address, whole);
  const shown = address.view ?? (narrow ? 'table' : 'chart');
  return (
    <Box className={knownOn ? 'page travelling' : 'page'}>
      <Group justify="space-between" align="flex-start" gap="lg" mb="sm">
        <Banner view={view} zone={zone} />
        <SegmentedControl
          aria-label="Show as"
          value={shown}
          onChange={(value) => go({ view: value as 'chart' | 'table' })}
          data={[
            { value: 'chart', label: 'Timeline' },
            { value: 'table', label: 'Table' },
          ]}
        />
      </Group>
      <KnownOn view={view} today={today} knownOn={knownOn} zone={zone} choose={(day) => go({ knownOn: day })} />
      <RangeControl
        range={range}
        whole={whole}
        now={now}
        late={late}
        choose={(next) => (next ? show(next) : go({ from: undefined, until: undefined }))}
        chooseLate={(only) => go({ late: only ? true : undefined })}
      />
      <Text className="summary" id="summary">
        {view.summary}
      </Text>
      {shown === 'chart' ? (
        <>
          <TimelineChart view={view} range={range} now={now} zone={zone} ask={ask} zoom={show} />
          <Legend />
        </>
      ) : (
        <TimelineTable view={view} range={range} ask={ask} />
      )}
      <Group justify="space-between" mt="sm">
        <Text size="sm" c="dimmed">
          {view.notice}
        </Text>
        <Text size="sm" c="dimmed" role="status">
          {said || (view.knownOn.at ? `As known on ${dayInWords(view.knownOn.at, zone)}` : 'Live')}
        </Text>
      </Group>
      <WhyDrawer personId={personId} knownOn={knownOn} zone={zone} asked={asked} close={close} />
    </Box>
  );
};
