import { Anchor, AppShell, Group, Text } from '@mantine/core';
import { createRootRoute, createRoute, createRouter, Link, Outlet } from '@tanstack/react-router';
import { SearchPage } from './search.page.js';
import { TimelinePage } from './timeline.page.js';

/** What the address of a timeline says: anyone who opens it sees the same. Days as `2026-03-05`, instants in UTC. */
export interface TimelineAddress {
  readonly knownOn?: string;
  readonly from?: string;
  readonly until?: string;
  readonly view?: 'chart' | 'table';
  readonly late?: true;
}

const text = (value: unknown, shape: RegExp) => (typeof value === 'string' && shape.test(value) ? value : undefined);
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/;

const Frame = () => (
  <AppShell header={{ height: 52 }} padding={0}>
    <AppShell.Header className="frame-header">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Group h="100%" px="lg" justify="space-between" wrap="nowrap">
        <Anchor component={Link} to="/" className="brand" underline="never">
          <svg width="26" height="18" viewBox="0 0 26 18" aria-hidden="true">
            <path
              d="M1 14h8l6-10h10"
              fill="none"
              stroke="currentColor"
              strokeWidth="3"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
          Throughline
        </Anchor>
        <Text size="sm" c="dimmed" visibleFrom="sm">
          One timeline from hospital to home
        </Text>
      </Group>
    </AppShell.Header>
    <AppShell.Main id="content" tabIndex={-1}>
      <Outlet />
    </AppShell.Main>
  </AppShell>
);

const root = createRootRoute({
  component: Frame,
  notFoundComponent: () => <Text p="xl">There is no such page. Start from the search.</Text>,
});
const search = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: SearchPage,
  validateSearch: (given: Record<string, unknown>): { q?: string } =>
    typeof given.q === 'string' && given.q ? { q: given.q } : {},
});
const timeline = createRoute({
  getParentRoute: () => root,
  path: '/consumers/$personId',
  component: TimelinePage,
  validateSearch: (given: Record<string, unknown>): TimelineAddress => ({
    knownOn: text(given.knownOn, INSTANT),
    from: text(given.from, DAY),
    until: text(given.until, DAY),
    view: given.view === 'chart' || given.view === 'table' ? given.view : undefined,
    late: given.late === true ? true : undefined,
  }),
});

export const router = createRouter({ routeTree: root.addChildren([search, timeline]), defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
