// Keeping a directory identical: the plan is looked at and applied as it was shown, a changed value shows what it was, and a
// plan that deactivates too many waits until somebody lets it go on.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Page} from 'playwright-core';
import {demoToken, startScim} from '../../connectors/scim/emulator.ts';
import {pushRecords, removeRecord} from '../../src/sync/push-records.ts';
import {startRun} from '../../src/sync/start-run.ts';
import {launchBrowser} from '../support/browser.ts';
import {type Opened, openPage, photograph} from '../support/pages.ts';
import {runOver, runUntil} from '../support/runs.ts';
import {type Served, servedHub} from '../support/served.ts';

const set = {resource: 'application'} as const;

async function push(served: Served, id: string, familyName: string): Promise<void> {
  const person = {givenName: 'Ana', familyName, email: `${id.toLowerCase()}@example.com`};
  const records = [{id, data: {person, application: {status: 'accepted'}}}];
  await pushRecords(served.hub, served.companyId, {connectionId: served.directoryId, ...set, records});
}

test('somebody keeps a directory identical: applies a plan, sees what changed, and lets a held one go on', async () => {
  await using served = await servedHub();
  await served.claim();
  await using scim = await startScim({searchLagMs: [0, 0]});
  await served.connect('scim', {baseUrl: `${scim.url}/scim/v2`}, {token: demoToken});
  const ids = Array.from({length: 13}, (_, at) => `A-${at + 10}`);
  for (const id of ids) await push(served, id, 'Ngata');
  await using browser = await launchBrowser();
  await using opened = await openPage(browser, served);
  const {page, trouble} = opened;

  const syncId = await makesSync(opened);
  const run = async (save: boolean) => {
    const start = {syncId, save, inputs: {}, startedBy: 'command line'};
    return (await startRun(served.hub, served.companyId, start)).id;
  };

  const preview = await run(false);
  await runOver(served, preview);
  await opened.visit(`/runs/${preview}`);
  await appliesPlan(page);
  assert.equal(scim.users.size, 13);

  await push(served, 'A-10', 'Parata');
  const changed = await run(true);
  await runOver(served, changed);
  await opened.visit(`/runs/${changed}`);
  await page.getByRole('link', {name: 'Ana Parata'}).click();
  const values = page.getByRole('table', {name: 'Values'});
  await values.getByText('Ngata', {exact: true}).waitFor();
  await values.getByText('Parata', {exact: true}).waitFor();
  await photograph(page, 'changed-value');

  for (const id of ids.slice(1)) {
    await removeRecord(served.hub, served.companyId, {connectionId: served.directoryId, ...set, externalId: id});
  }
  const held = await run(true);
  await runUntil(served, held, ({status}) => status === 'held');
  await opened.visit(`/runs/${held}`);
  await page.getByText('12 of 13 would be deactivated, more than 10').waitFor();
  await photograph(page, 'held');
  await page.getByRole('link', {name: 'Release run'}).click();
  const dialog = page.getByRole('dialog', {name: 'Release this run?'});
  await dialog.getByText('12 records are sent').waitFor();
  await photograph(page, 'release');
  await dialog.getByRole('button', {name: 'Release run'}).click();
  await dialog.waitFor({state: 'hidden'});
  await runOver(served, held);
  await page.getByText('Deactivated in').first().waitFor();
  assert.equal(scim.users.listed().filter(({resource}) => resource['active'] === false).length, 12);
  assert.deepEqual(trouble, []);
});

async function makesSync({page, visit}: Opened): Promise<string> {
  await visit('/syncs/new');
  await page.getByLabel('From', {exact: true}).selectOption({label: 'Directory: applications'});
  const users = page.getByLabel('To', {exact: true}).locator('option', {hasText: ': users'});
  await page.getByLabel('To', {exact: true}).selectOption(await users.getAttribute('value'));
  await page.getByLabel('Mode').selectOption({label: 'Keep identical'});
  await page.getByRole('table', {name: 'Mapping'}).waitFor();
  await photograph(page, 'sync-mirror');
  await page.getByRole('button', {name: 'Save'}).click();
  await page.waitForURL(/\/syncs\/syn_\w+$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function appliesPlan(page: Page): Promise<void> {
  await photograph(page, 'plan');
  await page.getByRole('link', {name: 'Apply this plan'}).click();
  const dialog = page.getByRole('dialog', {name: 'Apply this plan?'});
  await dialog.getByText('13 would be created').waitFor();
  await photograph(page, 'apply');
  await dialog.getByRole('button', {name: 'Apply this plan'}).click();
  await page
    .getByText(/^Created in scim/)
    .nth(12)
    .waitFor();
}
