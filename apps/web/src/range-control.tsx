import { Button, Checkbox, Group, TextInput } from '@mantine/core';

interface Props {
  readonly range: readonly [number, number];
  readonly whole: readonly [number, number];
  readonly now: number;
  readonly late: boolean;
  /** Null shows everything. */
  readonly choose: (range: readonly [number, number] | null) => void;
  readonly chooseLate: (late: boolean) => void;
}

const DAY = 86_400_000;
const day = (wall: number) => new Date(wall).toISOString().slice(0, 10);

/** Which days are shown: by dates and buttons; nothing needs to be dragged. */
export const RangeControl = ({ range, whole, now, late, choose, chooseLate }: Props) => {
  const [from, until] = range;
  const width = until - from;
  const zoomed = (factor: number): readonly [number, number] => {
    const middle = (from + until) / 2;
    const half = Math.max((width * factor) / 2, 1.5 * DAY);
    return [middle - half, middle + half];
  };
  const moved = (share: number): readonly [number, number] => [from + width * share, until + width * share];
  const set = (field: 'from' | 'until', value: string) => {
    const at = Date.parse(value);
    if (Number.isNaN(at)) return;
    const next = field === 'from' ? ([at, Math.max(until, at + DAY)] as const) : ([Math.min(from, at), at + DAY] as const);
    choose(next);
  };
  return (
    <Group gap="xs" align="flex-end" my="sm" role="group" aria-label="Days shown">
      <TextInput
        type="date"
        size="xs"
        label="From"
        value={day(from)}
        onChange={({ currentTarget }) => set('from', currentTarget.value)}
      />
      <TextInput
        type="date"
        size="xs"
        label="To"
        value={day(until - 1)}
        onChange={({ currentTarget }) => set('until', currentTarget.value)}
      />
      <Button.Group>
        <Button size="xs" variant="default" onClick={() => choose(moved(-0.5))} aria-label="Earlier days">
          ←
        </Button>
        <Button size="xs" variant="default" onClick={() => choose(zoomed(2))} aria-label="Show more days">
          −
        </Button>
        <Button size="xs" variant="default" onClick={() => choose(zoomed(0.5))} aria-label="Show fewer days">
          +
        </Button>
        <Button size="xs" variant="default" onClick={() => choose(moved(0.5))} aria-label="Later days">
          →
        </Button>
      </Button.Group>
      <Button.Group>
        <Button size="xs" variant="default" onClick={() => choose([now - 90 * DAY, now + 3 * DAY])}>
          3 months
        </Button>
        <Button size="xs" variant="default" onClick={() => choose([now - 365 * DAY, now + 10 * DAY])}>
          1 year
        </Button>
        <Button size="xs" variant="default" onClick={() => choose(null)} disabled={from === whole[0] && until === whole[1]}>
          All
        </Button>
      </Button.Group>
      <Checkbox
        size="sm"
        label="Late arrivals only"
        checked={late}
        onChange={({ currentTarget }) => chooseLate(currentTarget.checked)}
        pb={4}
      />
    </Group>
  );
};
