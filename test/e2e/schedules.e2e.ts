// A sync that starts by itself: a schedule is made, found on the sync's page, paused and changed; its run is in history
// under its name; and it is deleted again.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sql} from 'kysely';
import type {Page} from 'playwright-core';
import {demoKey, startHectre} from '../../connectors/hectre/emulator.ts';
import {schedulePage} from '../../src/store/schedules.ts';
import {fireDueSchedules} from '../../src/work/schedules.ts';
import {launchBrowser} from '../support/browser.ts';
import {openPage, photograph} from '../support/pages.ts';
import {type Served, servedHub} from '../support/served.ts';

test('somebody has a sync preview itself every Monday, sees that it did, pauses it, changes it and lets go of it', async () => {
  await using served = await servedHub();
  await served.claim();
  await using hectre = await startHectre({searchLagMs: [0, 0]});
  await using browser = await launchBrowser();
  await using opened = await openPage(browser, served);
  const {page, visit, trouble} = opened;

  await visit('/schedules');
  await page.getByText('A sync is needed first').waitFor();
  const hectreId = await served.connect('hectre', {baseUrl: hectre.url}, {apiKey: demoKey});
  const syncId = await served.sync(hectreId, 'employee');
  await visit('/schedules');
  await page.getByText('No schedules yet').waitFor();
  await photograph(page, 'schedules-empty');

  await visit(`/syncs/${syncId}`);
  await page.getByText('Starts only by hand').waitFor();
  await page.getByRole('link', {name: 'Add a schedule'}).click();
  await makes(page);

  await fires(served);
  await visit('/history');
  await page.getByRole('row').filter({hasText: 'Schedule: Every Monday at 06:30'}).getByText('Preview').waitFor();
  await page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name: 'Schedules'}).click();
  await seesLeftOut(page, served);
  await pauses(page);
  await changes(page);
  await visit(`/syncs/${syncId}`);
  await page.getByText('Starts by itself:').waitFor();
  await photograph(page, 'schedules-sync');
  await page.getByRole('link', {name: 'Mondays'}).click();
  await deletes(page);

  await served.within(tx => sql`update members set role = 'viewer' where company_id = ${tx.companyId}`.execute(tx));
  await visit('/schedules');
  await page.getByRole('button', {name: 'New schedule'}).first().hover();
  await page.getByRole('tooltip').getByText('Your role does not allow this').waitFor();
  assert.deepEqual(trouble, []);
});

async function makes(page: Page): Promise<void> {
  const panel = page.getByRole('dialog', {name: 'New schedule'});
  await panel.getByText('Monday to Friday at 07:00').waitFor();
  assert.equal(await panel.getByLabel('Time zone').inputValue(), 'Pacific/Auckland');
  await panel.getByLabel('When').selectOption('By a cron expression');
  const cron = panel.getByRole('textbox', {name: 'Cron expression'});
  await cron.fill('0 25 * * *');
  await panel.getByText('the hour must be 0 to 23').waitFor();
  await photograph(page, 'schedules-wrong');
  await panel.getByLabel('When').selectOption('Every week');
  await panel.getByLabel('On', {exact: true}).selectOption('Monday');
  await panel.getByLabel('At', {exact: true}).fill('06:30');
  await panel.getByText('Every Monday at 06:30').waitFor();
  const starts = panel.getByRole('listitem').filter({hasText: /^Mon.*06:30/});
  await starts.nth(2).waitFor();
  assert.equal(await panel.getByRole('radio', {name: 'A preview'}).isChecked(), true);
  assert.equal(await panel.getByRole('textbox', {name: 'Name'}).inputValue(), 'Every Monday at 06:30');
  await photograph(page, 'schedules-new');
  await panel.getByRole('button', {name: 'Save'}).click();
  await panel.waitFor({state: 'hidden'});
  await page.getByRole('row').filter({hasText: 'Every Monday at 06:30'}).getByText('Not yet').waitFor();
  await photograph(page, 'schedules-list');
}

/** As if its time had come. */
async function fires({hub, within}: Served): Promise<void> {
  const {items} = await within(tx => schedulePage(tx, {}, {limit: 1}));
  await fireDueSchedules(hub, items[0]?.nextAt ?? assert.fail('there is one, and it is on'));
}

/** A start that finds the run before it undone is left out, in words. */
async function seesLeftOut(page: Page, served: Served): Promise<void> {
  await served.within(tx =>
    sql`
      update schedules set last_skipped_at = next_at, skipped_code = 'schedule.skipped_waiting', skipped_params = '{}'
      where company_id = ${tx.companyId}`.execute(tx),
  );
  await page.getByRole('link', {name: 'Every Monday at 06:30'}).click();
  const panel = page.getByRole('dialog', {name: 'Schedule Every Monday at 06:30'});
  await panel.getByText('Not started: the run before it had not been done yet.').waitFor();
  await photograph(page, 'schedules-one');
  await panel.getByRole('button', {name: 'Cancel'}).click();
  await panel.waitFor({state: 'hidden'});
}

async function pauses(page: Page): Promise<void> {
  const row = page.getByRole('row').filter({hasText: 'Every Monday at 06:30'});
  const on = page.getByRole('switch', {name: 'Every Monday at 06:30 is on'});
  await on.focus();
  await page.keyboard.press('Space');
  await row.getByText('Paused').waitFor();
  assert.equal(await on.isChecked(), false);
  await on.focus();
  await page.keyboard.press('Space');
  await row.getByText('Paused').waitFor({state: 'detached'});
}

async function changes(page: Page): Promise<void> {
  await page.getByRole('link', {name: 'Every Monday at 06:30'}).click();
  const panel = page.getByRole('dialog', {name: 'Schedule Every Monday at 06:30'});
  await panel.getByRole('textbox', {name: 'Name'}).fill('Mondays');
  await panel.getByRole('radio', {name: 'A run'}).check();
  await panel.getByRole('button', {name: 'Save'}).click();
  await panel.waitFor({state: 'hidden'});
  await page.getByRole('row').filter({hasText: 'Mondays'}).getByText('· Run').waitFor();
}

async function deletes(page: Page): Promise<void> {
  await page.getByRole('dialog', {name: 'Schedule Mondays'}).getByRole('link', {name: 'Delete'}).click();
  const asking = page.getByRole('dialog', {name: 'Delete Mondays?'});
  await asking.getByText('is no longer started by this schedule').waitFor();
  await photograph(page, 'schedules-delete');
  await asking.getByRole('button', {name: 'Delete'}).click();
  await page.getByText('No schedules yet').waitFor();
}
