// People entered by hand: added, sent, corrected at the record that holds the value, removed; and one who may not.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sql} from 'kysely';
import type {Page} from 'playwright-core';
import {demoKey, startHectre} from '../../connectors/hectre/emulator.ts';
import {pushRecords} from '../../src/sync/push-records.ts';
import {startRun} from '../../src/sync/start-run.ts';
import {launchBrowser} from '../support/browser.ts';
import {openPage, photograph} from '../support/pages.ts';
import {runOver} from '../support/runs.ts';
import {servedHub} from '../support/served.ts';

test('somebody enters a person by hand, corrects and removes her, and sees what a run does with her', async () => {
  await using served = await servedHub();
  await served.claim();
  await using hectre = await startHectre({searchLagMs: [0, 0]});
  const hectreId = await served.connect('hectre', {baseUrl: hectre.url}, {apiKey: demoKey});
  const syncId = await served.sync(hectreId, 'employee');
  await using browser = await launchBrowser();
  await using opened = await openPage(browser, served);
  const {page, trouble} = opened;
  const run = async () => {
    const start = {syncId, save: true, inputs: {}, startedBy: 'command line'};
    const {id} = await startRun(served.hub, served.companyId, start);
    await runOver(served, id);
    return id;
  };

  await opened.visit('/people');
  const id = await adds(page);
  const firstRun = await run();
  assert.deepEqual(
    hectre.employees.map(({data}) => [data['firstName'], data['lastName']]),
    [['Ana', 'Ngata']],
  );

  await edits(page);
  await keepsOthersApart(page, id);

  const job = {id: 'J-1', title: 'Picker'};
  await pushRecords(served.hub, served.companyId, {
    connectionId: served.directoryId,
    resource: 'application',
    records: ['A-1', 'A-2'].map(external => ({
      id: external,
      data: {person: {givenName: 'Ben', familyName: external}, job, application: {status: 'declined'}},
    })),
  });
  await editsAtItsRecord(opened);
  await removes(page);

  await run();
  const last = await run();
  await opened.visit(`/runs/${last}`);
  await page.getByText('2 records are unchanged since the run before').waitFor();
  await page.getByText('Started by command line').waitFor();
  await photograph(page, 'run-unchanged');
  await page.getByRole('link', {name: 'the run before'}).click();
  await page.getByRole('table', {name: 'Records'}).getByRole('link', {name: 'Ben A-1'}).waitFor();
  assert.ok(!page.url().includes(firstRun));
  await served.within(tx => sql`update members set role = 'viewer' where company_id = ${tx.companyId}`.execute(tx));
  await mayNot(opened);
  const refused = /status of 400 .*\/records\)$/; // the id that was taken
  assert.deepEqual(
    trouble.filter(said => !refused.test(said)),
    [],
  );
});

/** Answers the id that was made up for her. */
async function adds(page: Page): Promise<string> {
  await page.getByText('Nobody here yet').waitFor();
  await photograph(page, 'by-hand-empty');
  await page.getByRole('link', {name: 'Add person'}).first().click();
  const panel = page.getByRole('dialog', {name: 'Add person'});
  await panel.getByRole('textbox', {name: 'First name'}).fill('Ana');
  await photograph(page, 'by-hand-add');
  await panel.getByRole('textbox', {name: 'Last name'}).fill('Ngata');
  await panel.getByRole('textbox', {name: 'E-mail'}).fill('ana@example.com');
  await panel.getByLabel('Date of birth').fill('1999-04-02');
  await panel.getByRole('textbox', {name: 'Phone'}).first().fill('021 555 123');
  assert.equal(await panel.getByLabel('Status').inputValue(), 'accepted');
  const id = await panel.getByRole('textbox', {name: 'Id'}).inputValue();
  assert.match(id, /^M-[0-9A-Z]{8}$/);
  await panel.getByRole('button', {name: 'Save'}).click();
  const shown = page.getByRole('dialog', {name: 'Ana Ngata'});
  await shown.getByText(id, {exact: true}).waitFor();
  await shown.getByText('1999-04-02').waitFor();
  await photograph(page, 'by-hand-added');
  await page.keyboard.press('Escape');
  const row = page.getByRole('table', {name: 'People'}).getByRole('row').filter({hasText: 'Ana Ngata'});
  await row.getByText('Accepted').waitFor();
  await photograph(page, 'by-hand-people');
  return id;
}

async function edits(page: Page): Promise<void> {
  await page.getByRole('link', {name: 'Ana Ngata'}).click();
  await page.getByRole('dialog', {name: 'Ana Ngata'}).getByRole('link', {name: 'Edit'}).click();
  const form = page.getByRole('dialog', {name: 'Edit Ana Ngata'});
  await form.getByRole('textbox', {name: 'Phone'}).first().fill('');
  await form.getByRole('textbox', {name: 'Last name'}).fill('Ngata-Hill');
  await form.getByText('More fields').click();
  await form.getByRole('textbox', {name: 'City'}).fill('Napier');
  await photograph(page, 'by-hand-edit');
  await form.getByRole('button', {name: 'Save'}).click();
  const shown = page.getByRole('dialog', {name: 'Ana Ngata-Hill'});
  await shown.getByText('Napier').waitFor();
  assert.equal(await shown.getByText('021 555 123').count(), 0);
  await shown.getByText('Created in').waitFor();
  await page.keyboard.press('Escape');
}

/** A typed id that somebody else has is refused beside the field. */
async function keepsOthersApart(page: Page, taken: string): Promise<void> {
  await page.getByRole('link', {name: 'Add person'}).click();
  const panel = page.getByRole('dialog', {name: 'Add person'});
  await panel.getByRole('textbox', {name: 'First name'}).fill('Other');
  await panel.getByRole('textbox', {name: 'Id'}).fill(taken);
  await panel.getByRole('button', {name: 'Save'}).click();
  await panel.getByText(`There is ${taken} already. Choose another id.`).first().waitFor();
  await photograph(page, 'by-hand-taken');
  await panel.getByRole('button', {name: 'Cancel'}).click();
  await panel.waitFor({state: 'hidden'});
}

/** A job that two applications share is one: changed in one of them, it is changed in the other. */
async function editsAtItsRecord({page, visit}: Awaited<ReturnType<typeof openPage>>): Promise<void> {
  await visit('/people?search=A-1');
  await page.getByRole('link', {name: 'Ben A-1'}).click();
  await page.getByRole('link', {name: 'Edit'}).click();
  const form = page.getByRole('dialog', {name: 'Edit Ben A-1'});
  await form.getByText('kept in job J-1').waitFor();
  await form.getByLabel('Job title').fill('Packer');
  await photograph(page, 'by-hand-shared');
  await form.getByRole('button', {name: 'Save'}).click();
  await page.getByRole('dialog', {name: 'Ben A-1'}).getByText('Packer').waitFor();
  await visit('/people?search=A-2');
  await page.getByRole('row').filter({hasText: 'Ben A-2'}).getByText('Packer').waitFor();
}

async function removes(page: Page): Promise<void> {
  await page.getByRole('searchbox', {name: 'Search by name or id'}).fill('ngata');
  await page.getByRole('link', {name: 'Ana Ngata-Hill'}).click();
  await page.getByRole('link', {name: 'Remove'}).click();
  const asking = page.getByRole('dialog', {name: 'Remove Ana Ngata-Hill?'});
  await asking.getByText('Nothing is removed from any other system').waitFor();
  await photograph(page, 'by-hand-remove');
  await asking.getByRole('button', {name: 'Remove'}).click();
  const row = page.getByRole('row').filter({hasText: 'Ana Ngata-Hill'});
  await row.getByText('Removed').waitFor();
  await page.getByRole('link', {name: 'Ana Ngata-Hill'}).click();
  await page.getByText('Runs no longer look at it').waitFor();
  await photograph(page, 'by-hand-removed');
  await page.keyboard.press('Escape');
}

/** Who may only look is told so where the others act. */
async function mayNot({page, visit}: Awaited<ReturnType<typeof openPage>>): Promise<void> {
  await visit('/people?search=A-1');
  await page.getByRole('button', {name: 'Add person'}).hover();
  await page.getByRole('tooltip').getByText('Your role does not allow this').waitFor();
  await page.getByRole('link', {name: 'Ben A-1'}).click();
  const panel = page.getByRole('dialog', {name: 'Ben A-1'});
  for (const name of ['Edit', 'Remove']) assert.equal(await panel.getByRole('button', {name}).isDisabled(), true, name);
}
