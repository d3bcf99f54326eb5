import { Alert, Badge, Drawer, Loader, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { WhyEvent, WhyView } from '#contracts';
import { readWhy } from './api.js';
import { instantInWords, words } from './moment.js';

export interface Asked {
  readonly id: string;
  readonly title: string;
}
interface Props {
  readonly personId: string;
  readonly knownOn: string | undefined;
  /** Of what has no place and time of its own. */
  readonly zone: string;
  readonly asked: Asked | undefined;
  readonly close: () => void;
}

const spaced = (name: string) => name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

const Clock = ({ term, value }: { readonly term: string; readonly value: string }) => (
  <div>
    <dt>{term}</dt>
    <dd>{value}</dd>
  </div>
);

const EventCard = ({ event, zone }: { readonly event: WhyEvent; readonly zone: string }) => (
  <li className="why-event">
    <Title order={4} size="sm">
      {spaced(event.type)}
    </Title>
    <Text size="sm" c="dimmed">
      {event.means}
    </Text>
    <dl className="clocks">
      <Clock term="Happened" value={event.occurred ? words(event.occurred) : 'no time of its own'} />
      <Clock
        term="Its source said so"
        value={event.assertedAt ? instantInWords(event.assertedAt, event.occurred?.zone ?? zone) : 'not told'}
      />
      <Clock term="Recorded here" value={instantInWords(event.recordedAt, event.occurred?.zone ?? zone)} />
    </dl>
    {event.fields.length > 0 && (
      <dl className="fields">
        {event.fields.map(({ name, value, sealed }) => (
          <div key={name}>
            <dt>{spaced(name)}</dt>
            <dd className={value === 'erased' ? 'erased' : undefined}>
              {value}
              {sealed && (
                <span className="sealed" title="Kept encrypted under this record’s own key">
                  {' '}
                  · encrypted
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    )}
    <Text size="xs" c="dimmed">
      {event.source}
      {event.organization ? ` · ${event.organization}` : ''} · entered by {event.enteredBy} · position {event.position}
      {event.supersedes ? ' · puts an earlier statement right' : ''}
    </Text>
  </li>
);

const Answer = ({ why, zone }: { readonly why: WhyView; readonly zone: string }) => (
  <>
    <Text mb="sm">{why.result}</Text>
    {why.rule && (
      <Text size="sm" mb="sm" className="rule">
        <Badge variant="light" mr={8} tt="none">
          rule {why.rule.id}, version {why.rule.version}
        </Badge>
        {why.rule.words}
      </Text>
    )}
    <Title order={3} size="h5" mt="md" mb="xs">
      {why.events.length === 1 ? 'The event behind it' : `The ${why.events.length} events behind it`}
    </Title>
    <ol className="why-events">
      {why.events.map((event) => (
        <EventCard key={event.id} event={event} zone={zone} />
      ))}
    </ol>
    {why.links.length > 0 && (
      <>
        <Title order={3} size="h5" mt="md" mb="xs">
          Links that joined the records
        </Title>
        <ul className="links">
          {why.links.map((link) => (
            <li key={link.eventId}>
              <Text size="sm">
                Linked by {link.basis.replace('-', ' ')}, recorded {instantInWords(link.recordedAt, zone)}, position{' '}
                {link.position}
              </Text>
            </li>
          ))}
        </ul>
      </>
    )}
    <Text size="sm" c="dimmed" mt="md">
      {why.notice}
    </Text>
  </>
);

/** Every mark, bar and gap can show the events, the rule and the links that made it. */
export const WhyDrawer = ({ personId, knownOn, zone, asked, close }: Props) => {
  const { data, error, isPending } = useQuery({
    queryKey: ['why', personId, asked?.id, knownOn ?? 'now'],
    queryFn: () => readWhy(personId, asked?.id ?? '', knownOn),
    enabled: asked !== undefined,
  });
  return (
    <Drawer.Root opened={asked !== undefined} onClose={close} position="right" size="lg" returnFocus={false}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className="why-head">
          <Drawer.Title className="why-title">Why? {asked?.title}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body>
          {isPending && asked && <Loader aria-label="Reading the events" />}
          {error && <Alert color="orange" title={error.message} />}
          {data && <Answer why={data} zone={zone} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
};
