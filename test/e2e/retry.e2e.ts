// Records that did not get through: three fail, one is mended in the directory and tried again; one waits for a decision;
// a link is taken back; and one who may not do any of it.
import assert from 'node:assert/strict';
import {hash} from 'node:crypto';
import {test} from 'node:test';
import {sql} from 'kysely';
import type {Page} from 'playwright-core';
import {demoKey, startHectre} from '../../connectors/hectre/emulator.ts';
import {pushRecords} from '../../src/sync/push-records.ts';
import {startRun} from '../../src/sync/start-run.ts';
import {launchBrowser} from '../support/browser.ts';
import {type Opened, openPage, photograph} from '../support/pages.ts';
import {runOver} from '../support/runs.ts';
import {type Served, servedHub} from '../support/served.ts';

const email = (id: string) => `${id.toLowerCase()}@example.com`;
const wrongPhone = '021 555 1234 5678 9012';

test('somebody mends the phone number of one who failed, retries, decides about one who waits, and takes a link back', async () => {
  await using served = await servedHub();
  await served.claim();
  await using hectre = await startHectre({searchLagMs: [0, 0]});
  const hectreId = await served.connect('hectre', {baseUrl: hectre.url}, {apiKey: demoKey});
  const syncId = await served.sync(hectreId, 'employee');
  await push(served, [
    ['Ana', wrongPhone],
    ['Ben', wrongPhone],
    ['Cleo', wrongPhone],
    ['Dan', '021 555 123'],
  ]);
  const dan = {firstName: 'Dan', lastName: 'Ngata', employeeId: hash('md5', email('Dan'))};
  hectre.seed([dan, dan]);
  const {id: runId} = await startRun(served.hub, served.companyId, {syncId, save: true, inputs: {}, startedBy: 'demo'});
  await runOver(served, runId);
  await using browser = await launchBrowser();
  await using opened = await openPage(browser, served);
  const {page, visit, trouble} = opened;

  await visit(`/runs/${runId}`);
  await page.getByRole('link', {name: 'Retry the 3 failures'}).waitFor();
  await photograph(page, 'retry-run');
  await mends(opened);
  await retriesOne(opened, runId);
  assert.deepEqual(
    hectre.employees.slice(2).map(({data}) => data['firstName']),
    ['Ana'],
  );
  await retriesByCause(opened, runId);
  await decides(opened, runId);
  assert.equal(hectre.employees.length, 3);
  await unlinks(page);
  await served.within(tx => sql`update members set role = 'viewer' where company_id = ${tx.companyId}`.execute(tx));
  await mayNot(opened, runId);
  assert.deepEqual(trouble, []);
});

function push(served: Served, people: readonly (readonly [name: string, phone: string])[]) {
  return pushRecords(served.hub, served.companyId, {
    connectionId: served.directoryId,
    resource: 'application',
    records: people.map(([givenName, phone]) => ({
      id: givenName,
      data: {
        person: {givenName, familyName: 'Ngata', email: email(givenName), phone},
        application: {status: 'accepted'},
      },
    })),
  });
}

async function mends({page, visit}: Opened): Promise<void> {
  await visit('/people?search=Ana');
  await page.getByRole('link', {name: 'Ana Ngata'}).click();
  await page.getByRole('dialog', {name: 'Ana Ngata'}).getByRole('link', {name: 'Edit'}).click();
  const form = page.getByRole('dialog', {name: 'Edit Ana Ngata'});
  await form.getByRole('textbox', {name: 'Phone'}).first().fill('021 555 123');
  await form.getByRole('button', {name: 'Save'}).click();
  await page.getByRole('dialog', {name: 'Ana Ngata'}).getByText('021 555 123').waitFor();
}

async function retriesOne({page, visit}: Opened, runId: string): Promise<void> {
  await visit(`/runs/${runId}`);
  await page.getByRole('table', {name: 'Records'}).getByRole('link', {name: 'Ana Ngata'}).click();
  const failed = page.getByRole('dialog', {name: 'Ana Ngata'});
  await failed.getByText('Cannot be sent').first().waitFor();
  await photograph(page, 'retry-event');
  await failed.getByRole('button', {name: 'Retry'}).click();
  await page.getByText('Retries records of').waitFor();
  const row = page.getByRole('table', {name: 'Records'}).getByRole('row').filter({hasText: 'Ana Ngata'});
  await row.getByText('Complete').waitFor();
  await row.getByRole('link', {name: 'Ana Ngata'}).click();
  const created = page.getByRole('dialog', {name: 'Ana Ngata'});
  await created.getByText('Created in').waitFor();
  await created.getByText('Retry of').waitFor();
  await photograph(page, 'retry-created');
  await created.getByRole('link', {name: 'the event before'}).click();
  await created.getByRole('link', {name: 'see the outcome'}).waitFor();
  await photograph(page, 'retry-before');
}

async function retriesByCause({page, visit}: Opened, runId: string): Promise<void> {
  await visit(`/runs/${runId}`);
  await page
    .getByRole('region', {name: 'Problems'})
    .getByRole('link', {name: /^Retry 3: Phone number/})
    .click();
  const asking = page.getByRole('dialog', {name: 'Retry 3 records?'});
  await asking.getByText('Only those with this problem').waitFor();
  await photograph(page, 'retry-cause');
  await asking.getByRole('button', {name: 'Retry'}).click();
  await page.getByText('Retries records of').waitFor();
  await page.getByText('Partially successful').waitFor();
  await page.getByRole('link', {name: 'Retry the 2 failures'}).waitFor();
}

async function decides({page, visit}: Opened, runId: string): Promise<void> {
  await visit(`/runs/${runId}?phase=held`);
  await page.getByRole('table', {name: 'Records'}).getByRole('link', {name: 'Dan Ngata'}).click();
  const held = page.getByRole('dialog', {name: 'Dan Ngata'});
  await held.getByText('None of these').waitFor();
  await photograph(page, 'held-event');
  await held.getByRole('button', {name: 'Link to E2'}).click();
  await page.getByText('Goes on with decided records of').waitFor();
  await page.getByRole('table', {name: 'Records'}).getByRole('link', {name: 'Dan Ngata'}).click();
  await held.getByText('Decided in').waitFor();
  await held.getByText('already as E2').waitFor();
  await photograph(page, 'held-decided');
  await held.getByRole('link', {name: 'Open person'}).click();
}

async function unlinks(page: Page): Promise<void> {
  const panel = page.getByRole('dialog', {name: 'Dan Ngata'});
  const links = panel.getByRole('region', {name: 'In other systems'});
  await links.getByText('by Mia Tamihana').waitFor();
  await photograph(page, 'links-person');
  await links.getByRole('link', {name: /^Unlink hectre/}).click();
  const asking = page.getByRole('dialog', {name: 'Unlink this record?'});
  await asking.getByText('Muster forgets that Dan Ngata is E2').waitFor();
  await photograph(page, 'links-remove');
  await asking.getByRole('button', {name: 'Unlink'}).click();
  await links.getByText('Not linked to a record').waitFor();
}

/** Who may only look is told so where the others act. */
async function mayNot({page, visit}: Opened, runId: string): Promise<void> {
  await visit(`/runs/${runId}`);
  const retry = page.getByRole('button', {name: 'Retry the 3 failures'});
  await retry.hover();
  await page.getByRole('tooltip').getByText('Your role does not allow this').waitFor();
  await page.getByRole('table', {name: 'Records'}).getByRole('link', {name: 'Ben Ngata'}).click();
  const panel = page.getByRole('dialog', {name: 'Ben Ngata'});
  assert.equal(await panel.getByRole('button', {name: 'Retry'}).isDisabled(), true);
}
