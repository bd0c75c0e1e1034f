// Every page of the web app, wide and on a phone, light and dark: accessible, nothing blocked, nothing cut off. And the
// way around them with the keyboard alone.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import axe from 'axe-core';
import type {Browser, Page} from 'playwright-core';
import type {HectreEmulator} from '../../connectors/hectre/emulator.ts';
import {samplePeople} from '../../src/demo/people.ts';
import {defineSchedule} from '../../src/sync/define-schedule.ts';
import {startRun} from '../../src/sync/start-run.ts';
import {launchBrowser} from '../support/browser.ts';
import {type Opened, openPage, sizes} from '../support/pages.ts';
import {runOver} from '../support/runs.ts';
import {enterSample, type SampleCompany, sampleHectre} from '../support/sample-company.ts';
import {owner, type Served, servedHub, supportUrl} from '../support/served.ts';

let served: Served;
let hectre: HectreEmulator;
let browser: Browser;
let company: SampleCompany;
let scheduleId: string;
let welcomeLink: string;

before(async () => {
  [served, hectre, browser] = await Promise.all([servedHub(), sampleHectre(), launchBrowser()]);
  welcomeLink = await served.welcomeLink();
  await served.claim();
  // Enough for each kind of outcome, the three who failed among them.
  company = await enterSample(served, hectre, samplePeople().slice(598, 606), owner.name);
  const {hub, companyId} = served;
  const rhythm = {name: 'Every weekday 07:00', cron: '0 7 * * 1-5', zone: 'Pacific/Auckland'};
  const schedule = {...rhythm, syncId: company.syncId, save: false, inputs: {only: ['A-0600']}, enabled: true};
  ({id: scheduleId} = await defineSchedule(hub, companyId, schedule, owner.name));
});

after(async () => {
  await browser?.close();
  await hectre?.[Symbol.asyncDispose]();
  await served?.[Symbol.asyncDispose]();
});

/** What is looked at: an address, and for what is only seen after a click, that click. */
type Look = {readonly at: string; readonly open?: (page: Page) => Promise<unknown>};

function looks(): readonly Look[] {
  const {connectionId, syncId, previewId, runId} = company;
  const firstRecord = (page: Page) => page.getByRole('table').getByRole('row').nth(1).getByRole('link').click();
  return [
    {at: '/people'},
    {at: '/people', open: firstRecord},
    {at: '/people?search=nobody-of-this-name'},
    {at: '/people/import'},
    {at: '/people/new', open: page => page.getByText('More fields').click()},
    ...['Edit', 'Remove', 'Unlink'].map(name => ({
      at: '/people',
      async open(page: Page) {
        await firstRecord(page);
        await page.getByRole('dialog').getByRole('link', {name}).click();
        await page.getByRole('dialog', {name: new RegExp(`^${name} `)}).waitFor();
      },
    })),
    {at: '/connections'},
    {at: '/connections/new'},
    {at: '/connections/new?connector=hectre'},
    {at: '/connections/new?connector=hectre-csv'},
    {
      at: `/connections/${connectionId}`,
      open: async page => {
        await page.getByRole('button', {name: 'Test connection'}).click();
        await page.getByText('The connection works').waitFor();
        await page.getByRole('region', {name: 'Fields'}).getByRole('group').locator('summary').click();
      },
    },
    {at: `/connections/${connectionId}/delete`},
    {at: '/syncs'},
    {at: '/syncs/new', open: page => page.getByRole('table', {name: 'Mapping'}).waitFor()},
    {
      at: `/syncs/${syncId}`,
      open: async page => {
        await page.getByRole('button', {name: 'Edit Phone number'}).click();
        await page.getByRole('textbox', {name: 'Expression for Phone number'}).press('End');
        await page.keyboard.type(' + person.fone');
        await page.getByRole('table', {name: 'Mapping'}).getByText('person.phone').last().waitFor();
        await page.getByText('Not saved.').waitFor();
      },
    },
    {at: `/syncs/${syncId}`, open: page => page.getByRole('button', {name: 'Why Phone number'}).click()},
    {at: `/syncs/${syncId}/start?save=true`},
    {at: '/schedules'},
    {at: `/schedules/new?sync=${syncId}`, open: page => page.getByText('Next three starts').waitFor()},
    {at: `/schedules/${scheduleId}`, open: page => page.getByText('Next three starts').waitFor()},
    {at: `/schedules/${scheduleId}/delete`},
    {at: '/history'},
    {at: `/runs/${previewId}`},
    {at: `/runs/${runId}`},
    {at: `/runs/${runId}?phase=error`, open: firstRecord},
    {at: `/runs/${runId}/retry`},
    {at: `/runs/${previewId}?phase=error`, open: firstRecord},
    {at: `/runs/${runId}?operation=create&phase=complete`, open: firstRecord},
    {at: '/no-such-page'},
    {at: '/runs/run_none'},
    {at: '/people', open: page => page.keyboard.press('?')},
  ];
}

test('every page is accessible, whole and unblocked, wide and on a phone, light and dark', {
  timeout: 240_000,
}, async () => {
  await using one = await openPage(browser, served);
  await using other = await openPage(browser, served);
  await using outside = await openPage(browser, served, {signedIn: false});
  const left = [...looks()];
  const found: string[] = [];
  const lookThrough = async (opened: Opened) => {
    for (let next = left.shift(); next; next = left.shift()) found.push(...(await lookAt(opened, next)));
  };
  await Promise.all([lookThrough(one), lookThrough(other)]);
  for (const at of ['/sign-in', welcomeLink]) found.push(...(await lookAt(outside, {at})));
  assert.deepEqual(found, []);
});

/** Ends what moves, so that nothing is looked at halfway between two colours or half open. */
const still = `for (const moving of document.getAnimations()) {
  if (moving.effect.getComputedTiming().endTime === Infinity) moving.cancel();
  else moving.finish();
}`;

async function lookAt({page, trouble, visit}: Opened, {at, open}: Look): Promise<string[]> {
  const known = trouble.length;
  await visit(at);
  await open?.(page);
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({colorScheme});
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await page.evaluate(still);
      const wrong = [...(await violations(page, rules[colorScheme])), ...(await overflows(page))];
      found.push(...wrong.map(what => `${at} ${size} ${colorScheme}: ${what}`));
    }
  }
  await page.emulateMedia({colorScheme: 'light'});
  await page.setViewportSize(sizes.wide);
  // What is not there answers 404; browsers call that an error, and React repeats what the page makes of it.
  const expected = /run_none|There is no such run/;
  found.push(
    ...trouble
      .slice(known)
      .filter(line => !expected.test(line))
      .map(line => `${at}: ${line}`),
  );
  return found;
}

/** All of WCAG 2.2 A and AA that axe knows; the other scheme changes colours only, so there only these are looked at. */
const rules = {
  light: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  dark: ['color-contrast', 'link-in-text-block'],
};

async function violations(page: Page, runOnly: readonly string[]): Promise<string[]> {
  const {violations: found} = await page.evaluate(
    only => {
      const {axe: here} = globalThis as unknown as {axe: typeof axe}; // its source was evaluated there
      return here.run({runOnly: only, preload: false, resultTypes: ['violations']});
    },
    [...runOnly],
  );
  return found.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

/** Whatever makes the page itself scroll sideways; a wide table scrolls inside its own frame. */
function overflows(page: Page): Promise<string[]> {
  return page
    .locator('html, main, [role=dialog]')
    .evaluateAll(parts =>
      parts
        .filter(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)
        .map(({tagName, scrollWidth, clientWidth}) => `${tagName} is ${scrollWidth} px wide in ${clientWidth}`),
    );
}

test('the keyboard alone gets everywhere, and comes back to where it was after a dialog', async () => {
  await using opened = await openPage(browser, served);
  const {page, visit} = opened;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await visit('/people');
  await press('Tab');
  await page.getByRole('link', {name: 'Skip to content'}).and(page.locator(':focus')).waitFor();
  await press('Enter');
  await page.locator('#main:focus').waitFor();

  await press('/');
  const search = page.getByRole('searchbox', {name: 'Search by name or id'});
  await search.and(page.locator(':focus')).waitFor();
  await press('g', 'c', '?');
  assert.equal(await search.inputValue(), 'gc?', 'typing is typing');
  await search.fill('');
  await page.getByRole('table', {name: 'People'}).waitFor();

  await page.getByRole('link', {name: 'Import CSV'}).focus();
  await press('?');
  const shortcuts = page.getByRole('dialog', {name: 'Keyboard shortcuts'});
  await shortcuts.getByText('Go to Connections').waitFor();
  await press('Escape');
  await shortcuts.waitFor({state: 'hidden'});
  await page.getByRole('link', {name: 'Import CSV'}).and(page.locator(':focus')).waitFor();

  await press('Enter');
  const dialog = page.getByRole('dialog', {name: 'Import CSV'});
  await dialog.waitFor();
  await press('Escape');
  await dialog.waitFor({state: 'hidden'});
  await page.getByRole('link', {name: 'Import CSV'}).and(page.locator(':focus')).waitFor();

  const person = page.getByRole('link', {name: 'Tama Kingi'});
  await person.focus();
  await press('Enter');
  const panel = page.getByRole('dialog', {name: 'Tama Kingi'});
  await panel.getByRole('button', {name: 'Close'}).focus();
  await press('Enter');
  await panel.waitFor({state: 'hidden'});
  await person.and(page.locator(':focus')).waitFor();

  for (const [key, name] of [
    ['c', 'Connections'],
    ['s', 'Syncs'],
    ['t', 'Schedules'],
    ['h', 'History'],
    ['p', 'People'],
  ] as const) {
    await press('g', key);
    await page.getByRole('heading', {level: 1, name}).waitFor();
  }
  assert.deepEqual(opened.trouble, []);
});

test('on a phone the menu opens, goes somewhere, and is out of the way again', async () => {
  await using opened = await openPage(browser, served, {size: 'phone'});
  const {page, visit} = opened;
  const menu = page.getByRole('navigation', {name: 'Main'});
  await visit('/people');
  await menu.waitFor({state: 'hidden'});
  await page.getByRole('button', {name: 'Open menu'}).click();
  await menu.waitFor();
  await page.evaluate(axe.source);
  assert.deepEqual([...(await violations(page, rules.light)), ...(await overflows(page))], []);
  await menu.getByRole('link', {name: 'History'}).click();
  await page.getByRole('heading', {level: 1, name: 'History'}).waitFor();
  await menu.waitFor({state: 'hidden'});
  assert.deepEqual(opened.trouble, []);
});

test('on a phone a mapping is read from top to bottom: nothing beside each other, nothing to scroll sideways', async () => {
  await using opened = await openPage(browser, served, {size: 'phone'});
  const {page, visit} = opened;
  await visit(`/syncs/${company.syncId}`);
  const table = page.getByRole('table', {name: 'Mapping'});
  const cells = table.getByRole('row').filter({hasText: 'Employee ID'}).getByRole('cell');
  const [field, filling, value] = await Promise.all([0, 1, 2].map(at => cells.nth(at).boundingBox()));
  assert.ok(field && filling && value);
  assert.deepEqual([filling.x, value.x], [field.x, field.x]);
  assert.ok(field.width > 300 && filling.width > 300 && value.width > 300, 'each has the width of the page');
  assert.ok(field.y + field.height <= filling.y && filling.y + filling.height <= value.y, 'one below the other');
  await cells.nth(1).getByText('Filled from').waitFor();
  await cells
    .nth(2)
    .getByText(/^Value for /)
    .waitFor();
  assert.equal(await table.evaluate(({scrollWidth, clientWidth}) => scrollWidth - clientWidth), 0);
  await page.getByRole('button', {name: 'Edit Employee ID'}).click();
  await page.getByRole('textbox', {name: 'Expression for Employee ID'}).waitFor();
  assert.deepEqual(await overflows(page), []);
  assert.equal(await table.evaluate(({scrollWidth, clientWidth}) => scrollWidth - clientWidth), 0);

  // What passes below the bar with the Save button is below it.
  const onTop = await page.evaluate(`(() => {
    const [save] = document.querySelectorAll('.save-bar button');
    const [why] = document.querySelectorAll('[aria-label="Why First name"]');
    scrollBy(0, why.getBoundingClientRect().y - save.getBoundingClientRect().y);
    const {x, y} = why.getBoundingClientRect();
    return why.contains(document.elementFromPoint(x + 10, y + 10)) ? 'the button' : 'the bar';
  })()`);
  assert.equal(onTop, 'the bar');
});

test('when something was is said in full with its zone, also to those who cannot hover', async () => {
  await using opened = await openPage(browser, served, {size: 'phone'});
  const {page, visit} = opened;
  const inFull = /\d{1,2} \w{3,4} \d{4}, \d\d:\d\d:\d\d (NZ[DS]T|GMT\+1[23])/;
  await visit(`/runs/${company.runId}?phase=error`);
  await page.getByText(inFull).waitFor();
  await page.getByRole('table', {name: 'Records'}).getByRole('link', {name: 'Tama Kingi'}).click();
  const panel = page.getByRole('dialog', {name: 'Tama Kingi'});
  await panel.getByText(inFull).waitFor();
  await panel.getByRole('link', {name: 'Open person'}).click();
  await page.getByRole('dialog', {name: 'Tama Kingi'}).getByText('Received').waitFor();
  await page.getByRole('dialog', {name: 'Tama Kingi'}).getByText(inFull).waitFor();
});

test('on a phone the lists say when a run was and how the last run of a sync ended', async () => {
  await using opened = await openPage(browser, served, {size: 'phone'});
  const {page, visit} = opened;
  await visit('/history');
  const rows = page.getByRole('table', {name: 'History'}).getByRole('row');
  await rows.filter({hasText: 'Run · version 1'}).getByRole('time').filter({visible: true}).waitFor();
  await visit('/syncs');
  const sync = page.getByRole('table', {name: 'Syncs'}).getByRole('row').nth(1);
  await sync.getByRole('link', {name: 'Partially successful'}).filter({visible: true}).click();
  await page.getByRole('list', {name: 'Outcome', exact: true}).waitFor();
});

test('a run that is over and had no records says so, and does not promise that they will come', async () => {
  await using opened = await openPage(browser, served);
  const {page, visit} = opened;
  const nobody = {syncId: company.syncId, save: false, inputs: {only: ['A-none']}, startedBy: owner.name};
  const {id} = await startRun(served.hub, served.companyId, nobody);
  await runOver(served, id);
  await visit(`/runs/${id}`);
  await page.getByText('The source had no records for this run.').waitFor();
  assert.equal(await page.getByText('No records yet').count(), 0);
});

test('what is not there leads on instead of being tried again', async () => {
  await using opened = await openPage(browser, served);
  const {page, visit} = opened;
  await visit('/runs/run_none');
  const failed = page.getByRole('alert');
  assert.equal(await failed.getByRole('button', {name: 'Try again'}).count(), 0);
  await failed.getByRole('link', {name: 'Go to the first page'}).click();
  await page.getByRole('heading', {level: 1, name: 'Syncs'}).waitFor();
});

test('support is one click away: in the navigation, before sign-in, and with its request id where something fails', async () => {
  await using opened = await openPage(browser, served);
  await using outside = await openPage(browser, served, {signedIn: false});
  const linkIn = (part: {getByRole: Page['getByRole']}) => part.getByRole('link', {name: 'Contact support'});
  await outside.visit('/sign-in');
  assert.equal(await linkIn(outside.page).getAttribute('href'), supportUrl);

  const {page, visit} = opened;
  await visit('/people');
  assert.equal(await linkIn(page.getByRole('navigation', {name: 'Main'})).getAttribute('href'), supportUrl);
  await visit('/runs/run_none');
  const failed = page.getByRole('alert');
  await failed.getByText('Tell support the id of this request:').waitFor();
  const id = await failed.getByText(/^req_/).textContent();
  const subject = encodeURIComponent(`Muster, request ${id ?? ''}`);
  assert.equal(await linkIn(failed).getAttribute('href'), `${supportUrl}?subject=${subject}`);
  await failed.getByRole('button', {name: 'Copy request'}).waitFor();
});

test('who is not signed in signs in first, and then is where they wanted to go', async () => {
  await using opened = await openPage(browser, served, {signedIn: false});
  const {page} = opened;
  const wanted = `/runs/${company.runId}?phase=error`;
  await page.goto(wanted);
  await page.getByRole('heading', {level: 1, name: 'Sign in'}).waitFor();
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByRole('textbox', {name: 'Password'}).fill(owner.password);
  await page.keyboard.press('Enter');
  await page.getByRole('table', {name: 'Records'}).getByRole('link', {name: 'Tama Kingi'}).waitFor();
  assert.equal(page.url(), served.origin + wanted);
});

test('an address of another site is not gone to after signing in', async () => {
  await using opened = await openPage(browser, served, {signedIn: false});
  const {page} = opened;
  await page.goto(`/sign-in?${new URLSearchParams({to: '//example.com/people'})}`);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByRole('textbox', {name: 'Password'}).fill(owner.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', {level: 1, name: 'Syncs'}).waitFor();
  assert.equal(new URL(page.url()).origin, served.origin);
});
