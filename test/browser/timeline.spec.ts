import { resolve } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { loadDemo } from '../../apps/demo/src/load-demo.js';
import { composed, type Composed } from '../journeys/composed.js';
import { needs, programOf } from '../requirements.js';

const { describe, test } = needs('chromium');
const QUIET = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

describe('a care worker at the timeline', () => {
  let service: Composed;
  let browser: Browser;
  let page: Page;
  let address: string;

  beforeAll(async () => {
    service = await composed({ pages: resolve('dist/web') });
    const { store, keys, identifiers, registry, options } = service;
    const parts = { store, keys, identifiers, registry, identifierKey: options.secrets.identifier };
    await loadDemo({ ...parts, now: Date.now(), consumers: 0 });
    await service.positions.reached((await store.head()).position, 60_000);
    const { port } = service.app.getHttpServer().address() as { port: number };
    address = `http://127.0.0.1:${port}`;
    browser = await chromium.launch({ executablePath: programOf('chromium')!, args: QUIET });
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })).newPage();
    page.setDefaultTimeout(10_000);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await service?.end();
  });

  const open = async (name: string) => {
    await page.goto(`${address}/`);
    await page.getByLabel('Name').fill(name);
    await page.getByRole('link', { name: new RegExp(name, 'i') }).first().click(); // prettier-ignore
    await page.waitForSelector('svg[aria-label="Timeline"] .thing');
  };
  const violations = async () =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
  const kinds = () =>
    page.locator('[data-kind]').evaluateAll((things) => [...new Set(things.map((thing) => thing.getAttribute('data-kind')))]);

  test('finds Rosa by a part of her name, and sees her whole path', async () => {
    await open('mari');
    await expect(page.locator('h1').innerText()).resolves.toBe('Rosa Marin');
    const drawn = await kinds();
    for (const kind of ['stay', 'ed-visit', 'contact', 'attempt', 'enrolment', 'tenancy', 'reported-situation', 'gap'])
      expect(drawn).toContain(kind);
    expect(await violations()).toEqual([]);
  }, 60_000);

  test('asks a gap why, and is shown the rule, the events with their three clocks, and the links', async () => {
    await open('rosa');
    await page.locator('[data-kind="gap"]').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('first-contact-after-leaving, version 1').waitFor();
    expect(await drawer.getByText('Its source said so').count()).toBeGreaterThan(1);
    expect(await drawer.getByRole('heading', { name: 'Links that joined the records' }).count()).toBe(1);
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  }, 60_000);

  test('goes back to a day on which nobody knew of the discharge', async () => {
    await open('walter');
    const ended = () =>
      page
        .locator('[data-kind="stay"]')
        .evaluateAll((stays) => stays.filter((stay) => stay.getAttribute('aria-label')!.includes(' to ')).length);
    expect(await ended()).toBe(1);
    const day = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Known on', { exact: true }).last().fill(day);
    await page.getByText(/Known otherwise today: .*stay/i).waitFor();
    expect(await ended()).toBe(0);
    expect(page.url()).toContain(`knownOn=${day}`);
    await expect(page.getByLabel('Known on', { exact: true }).last().inputValue()).resolves.toBe(day);
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Now', exact: true }).click();
    await page.getByText('As known on').first().waitFor({ state: 'detached' });
    expect(await ended()).toBe(1);
  }, 60_000);

  test('walks the timeline by keyboard alone, opens why, and comes back to where she was', async () => {
    await open('rosa');
    const focused = () => page.evaluate<string>(`document.activeElement?.getAttribute('aria-label')`);
    await page.locator('svg[aria-label="Timeline"] [tabindex="0"]').focus();
    const first = await focused();
    await page.keyboard.press('ArrowRight');
    const second = await focused();
    expect(second).not.toBe(first);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).not.toBe(second);
    await page.keyboard.press('Home');
    const before = await focused();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('.why-event').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator(`svg [aria-label=${JSON.stringify(before)}]:focus`).waitFor();
    expect(await page.locator('svg[aria-label="Timeline"] [tabindex="0"]').count()).toBe(1);
  }, 60_000);

  test('reads the same as a table, which is what a small screen shows', async () => {
    await open('rosa');
    const marks = await page.locator('[data-kind="tenancy"]').count();
    await page.getByText('Table', { exact: true }).click();
    await page.waitForSelector('table');
    expect(await page.getByRole('cell', { name: /^Own home/ }).count()).toBe(marks);
    expect(await violations()).toEqual([]);
    const phone = await browser.newPage({ viewport: { width: 360, height: 740 } });
    await phone.goto(page.url().replace(/\?.*/, ''));
    await phone.waitForSelector('table');
    const overflow = await phone.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await phone.close();
  }, 60_000);

  test('sees what a colleague records, without reloading', async () => {
    await open('walter');
    const before = await page.locator('[data-kind="attempt"]').count();
    const personId = /consumers\/([^?]+)/.exec(page.url())![1]!;
    const contact = {
      person: { personId },
      occurred: { start: new Date(Date.now() - 6 * 86_400_000).toISOString().slice(0, 10) },
      method: 'phone',
      setting: 'by-phone-or-online',
      result: 'no-answer',
    };
    const { status } = await service.post('peer-support/report-contact-attempt', contact, 'browser-1');
    expect(status).toBe(201);
    await page.locator('[data-kind="attempt"]').nth(before).waitFor();
  }, 60_000);
});
