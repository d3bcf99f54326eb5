import { Button, Table, Text } from '@mantine/core';
import type { TimelineGap, TimelineItem, TimelineView } from '#contracts';
import { gapStateInWords, lateInWords, lookInWords } from './item-words.js';
import { wallOf, words } from './moment.js';
import type { Asked } from './why-drawer.js';

interface Props {
  readonly view: TimelineView;
  readonly range: readonly [number, number];
  readonly ask: (what: Asked) => void;
}
interface Line {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly lane: string;
  readonly what: string;
  readonly more: string;
  readonly organization: string;
  readonly title: string;
}

const endInWords = ({ to, end, shape }: TimelineItem) =>
  to ? words(to) : shape === 'mark' ? '' : end === 'ongoing' ? 'ongoing' : 'not known';

const itemLine = (item: TimelineItem, lane: string): Line => ({
  id: item.id,
  at: item.from ? wallOf(item.from).from : item.to ? wallOf(item.to).from : 0,
  from: item.from ? words(item.from) : 'not known',
  to: endInWords(item),
  lane,
  what: [item.title, lookInWords(item)].filter(Boolean).join(', '),
  more: [...item.details.map(({ term, value }) => `${term}: ${value}`), lateInWords(item)].filter(Boolean).join(' · '),
  organization: item.organization ?? '',
  title: item.title,
});

const gapLine = (gap: TimelineGap, lane: string): Line => ({
  id: gap.id,
  at: wallOf(gap.from).from,
  from: words(gap.from),
  to: gap.to ? words(gap.to) : '',
  lane,
  what: gap.title,
  more: `${gapStateInWords(gap)} · due ${gap.due.day}`,
  organization: '',
  title: gap.title,
});

const within = (line: Line, item: TimelineItem | TimelineGap, [from, until]: Props['range']) => {
  const end = item.to ? wallOf(item.to).until : 'shape' in item && item.shape === 'bar' ? until : line.at;
  return line.at <= until && end >= from;
};

const linesOf = (view: TimelineView, range: Props['range']): Line[] => {
  const items = view.lanes.flatMap((lane) => lane.items.map((item) => ({ line: itemLine(item, lane.title), item })));
  const clocks = view.lanes.find(({ id }) => id === 'clocks')?.title ?? 'Clocks';
  const gaps = view.gaps.map((gap) => ({ line: gapLine(gap, clocks), item: gap }));
  return [...items, ...gaps]
    .filter(({ line, item }) => within(line, item, range))
    .map(({ line }) => line)
    .sort((a, b) => b.at - a.at);
};

/** The same data as the chart, newest first: what a screen reader reads, what prints, and what a small screen shows. */
export const TimelineTable = ({ view, range, ask }: Props) => {
  const lines = linesOf(view, range);
  if (lines.length === 0) return <Text my="lg">Nothing is recorded in these days.</Text>;
  return (
    <Table.ScrollContainer minWidth={560} scrollAreaProps={{ tabIndex: 0, 'aria-label': 'Timeline as a table', role: 'region' }}>
      <Table striped verticalSpacing={6} className="lines">
        <Table.Caption>{lines.length} entries, newest first</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {['From', 'To', 'Lane', 'What', 'Organisation', 'More'].map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
            <Table.Th scope="col">
              <span className="visually-hidden">Why</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.id}>
              <Table.Td className="when">{line.from}</Table.Td>
              <Table.Td className="when">{line.to}</Table.Td>
              <Table.Td>{line.lane}</Table.Td>
              <Table.Td>{line.what}</Table.Td>
              <Table.Td>{line.organization}</Table.Td>
              <Table.Td>{line.more}</Table.Td>
              <Table.Td>
                <Button
                  size="compact-xs"
                  variant="light"
                  onClick={() => ask({ id: line.id, title: line.title })}
                  aria-label={`Why? ${line.what}, ${line.from}`}
                >
                  Why?
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
};
