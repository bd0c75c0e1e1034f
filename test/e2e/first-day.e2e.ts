// The first day of somebody new, in a real browser: from the one-time link to a thousand people in Hectre, and knowing
// who is not there and why. Only what a person can see or hear is used to find things.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Page} from 'playwright-core';
import {demoKey, type HectreEmulator} from '../../connectors/hectre/emulator.ts';
import {peopleCsv, samplePeople} from '../../src/demo/people.ts';
import {launchBrowser} from '../support/browser.ts';
import {openPage, photograph} from '../support/pages.ts';
import {sampleHectre} from '../support/sample-company.ts';
import {owner, servedHub} from '../support/served.ts';

/** One who was refused for a while holds the run up for some seconds, and the machine may be busy. */
const runMs = 60_000;

test('someone new brings a thousand people to Hectre and learns who is missing, why, and who can mend it', async () => {
  await using served = await servedHub();
  await using hectre = await sampleHectre();
  await using browser = await launchBrowser();
  await using opened = await openPage(browser, served, {signedIn: false});
  const {page, trouble} = opened;

  await claims(page, await served.welcomeLink());
  await importsPeople(page);
  await connects(page, hectre);
  await makesSync(page);

  await previews(page);
  assert.equal(hectre.journal.length, 0, 'a preview writes nothing');
  await runs(page);
  assert.equal(hectre.journal.length, 953);

  await findsWhoFailed(page);
  await readsCreated(page, hectre);
  await looksUp(page);
  await seesHistory(page);
  assert.deepEqual(trouble, []);
  await leavesAndReturns(page);
});

async function claims(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('heading', {name: 'Welcome to Muster'}).waitFor();
  await photograph(page, 'welcome');
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByRole('textbox', {name: 'Password'}).fill('too short');
  await page.getByText('3 more characters needed').waitFor();
  await page.getByRole('textbox', {name: 'Password'}).fill(owner.password);
  await page.getByRole('button', {name: 'Create account'}).click();
  await heading(page, 'Syncs');
  await page.getByText('No syncs yet').waitFor();
  await photograph(page, 'syncs-empty');
}

async function importsPeople(page: Page): Promise<void> {
  await goTo(page, 'People');
  await page.getByText('Nobody here yet').waitFor();
  await photograph(page, 'people-empty');
  await page.getByRole('link', {name: 'Import CSV'}).first().click();
  const dialog = page.getByRole('dialog', {name: 'Import CSV'});
  await dialog.waitFor();
  await photograph(page, 'import');
  const reading = dialog.getByRole('status').filter({hasText: 'Reading the file'}).waitFor();
  const choosing = page.waitForEvent('filechooser');
  await dialog.getByRole('button', {name: 'Choose file'}).click();
  const buffer = Buffer.from(peopleCsv(samplePeople()));
  await (await choosing).setFiles({name: 'sample-orchard.csv', mimeType: 'text/csv', buffer});
  await reading;
  await dialog.getByText('The file is read').waitFor();
  await dialog.getByText('1,000 rows read, 1,000 accepted, 0 issues.').waitFor();
  await photograph(page, 'import-done');
  await dialog.getByRole('button', {name: 'Done'}).click();
  await page.getByRole('table', {name: 'People'}).getByRole('link', {name: 'Hana García'}).first().waitFor();
  await photograph(page, 'people');
}

async function connects(page: Page, hectre: HectreEmulator): Promise<void> {
  await goTo(page, 'Connections');
  await photograph(page, 'connections');
  await page.getByRole('link', {name: 'New connection'}).click();
  await page.getByRole('link', {name: 'Hectre', exact: true}).waitFor();
  await photograph(page, 'products');
  await page.getByRole('link', {name: 'Hectre', exact: true}).click();
  await page.getByLabel('Address').fill(hectre.url);
  await page.getByRole('textbox', {name: 'API key'}).fill('not-the-key');
  await photograph(page, 'connection-new');
  await page.getByRole('button', {name: 'Save'}).click();

  await heading(page, 'Orchard - Hectre');
  const check = page.getByRole('region', {name: 'Check'});
  await check.getByText('Orchard - Hectre rejected the credentials.').waitFor();
  await check.getByText('Enter valid credentials on the connection').waitFor();
  await check.getByRole('button', {name: 'Test connection'}).click();
  await check.getByText('The connection does not work yet').waitFor();
  await photograph(page, 'connection-refused');

  const settings = page.getByRole('region', {name: 'Settings'});
  await settings.getByRole('textbox', {name: 'API key'}).fill(demoKey);
  await settings.getByRole('button', {name: 'Save'}).click();
  await settings.getByText('Saved and tested.').waitFor();
  await check.getByRole('button', {name: 'Test connection'}).click();
  await check.getByText('The connection works').waitFor();
  await photograph(page, 'connection');
}

async function makesSync(page: Page): Promise<void> {
  await goTo(page, 'Syncs');
  await page.getByRole('link', {name: 'New sync'}).first().click();
  await page.getByLabel('From', {exact: true}).selectOption({label: 'Directory: applications'});
  await page.getByLabel('To', {exact: true}).selectOption({label: 'Orchard - Hectre: employees'});
  await page.getByText("application.status in ['accepted', 'completed', 'terminated']").waitFor();
  await page.getByText('All required fields are filled.').waitFor();

  const mapping = page.getByRole('region', {name: 'Mapping'});
  await mapping.getByRole('columnheader', {name: /^Value for /}).waitFor();
  const row = (field: string) => mapping.getByRole('row').filter({has: page.getByText(field, {exact: true})});
  await mapping.getByLabel('Show values for').selectOption({label: "Kiri D'Souza"});
  await row('Phone number').getByText('64 21 495 7965', {exact: true}).waitFor();
  await photograph(page, 'sync-new');
  await mapping.getByRole('button', {name: 'Why Phone number'}).click();
  const why = page.getByRole('dialog', {name: 'Why Phone number'});
  await why.getByText('person.phone', {exact: true}).waitFor();
  await why.getByText('+64 21  495  7965', {exact: true}).waitFor();
  await page.keyboard.press('Escape');
  await why.waitFor({state: 'hidden'});
  await page.getByRole('button', {name: 'Save'}).click();
  await heading(page, 'Orchard - Directory to Hectre');
  await photograph(page, 'sync');
}

async function previews(page: Page): Promise<void> {
  await page.getByRole('link', {name: 'Run', exact: true}).click();
  const asking = page.getByRole('dialog', {name: /^Run /});
  await asking.getByText('This version has not been previewed').waitFor();
  await asking.getByRole('button', {name: 'Cancel'}).click();

  await page.getByRole('link', {name: 'Preview'}).click();
  const dialog = page.getByRole('dialog', {name: 'Preview Orchard - Directory to Hectre?'});
  await dialog.getByText('Nothing is written.').waitFor();
  await dialog.getByRole('button', {name: 'Start preview'}).click();
  const expected = page.getByRole('list', {name: 'Expected outcome'});
  await expected.getByRole('link', {name: '953 would be created'}).waitFor({timeout: runMs});
  await page.getByRole('heading', {level: 1}).locator('..').getByText('3 would fail').waitFor({timeout: runMs});
  assert.equal(await page.getByText(/successful/i).count(), 0, 'a preview has done nothing');
  for (const word of await expected.getByRole('listitem').allInnerTexts()) assert.match(word, /would/);
  await page.getByText('There would be 3 errors').waitFor();
  await page.getByRole('table', {name: 'Records'}).getByText('Would be sent').first().waitFor();
  await expected.getByRole('link', {name: '40 would be skipped'}).waitFor();
  await expected.getByRole('link', {name: '3 would fail'}).waitFor();
  await page.getByText('It is no guarantee').waitFor();
  await photograph(page, 'preview');
}

async function runs(page: Page): Promise<void> {
  await page.getByRole('link', {name: 'Open sync'}).click();
  await page.getByRole('link', {name: 'Run', exact: true}).click();
  const dialog = page.getByRole('dialog', {name: 'Run Orchard - Directory to Hectre?'});
  await dialog.getByText('Of 1,000 records: 953 would be created').waitFor();
  await photograph(page, 'run-confirm');
  await dialog.getByRole('button', {name: 'Start run'}).click();

  await page.getByRole('progressbar', {name: 'Progress'}).waitFor();
  await page
    .getByRole('status')
    .filter({hasText: /Delivering\s*\d+ of 1,000 records/})
    .waitFor({timeout: runMs});
  await photograph(page, 'running');
  await page.getByText('Partially successful').waitFor({timeout: runMs});
  await page.getByRole('progressbar', {name: 'Progress'}).waitFor({state: 'hidden'});
  const outcome = page.getByRole('list', {name: 'Outcome', exact: true});
  for (const counted of ['1,000 records', '953 created', '40 skipped', '3 failures']) {
    await outcome.getByRole('link', {name: counted}).waitFor();
  }
  await photograph(page, 'run');
}

/** By the counter, then by the problem, then the three by name. */
async function findsWhoFailed(page: Page): Promise<void> {
  const records = page.getByRole('table', {name: 'Records'});
  await page.getByRole('link', {name: '3 failures', exact: true}).click();
  for (const name of ['Tama Kingi', 'Ioana Popescu', 'Sam Whaanga']) {
    await records.getByRole('link', {name}).waitFor();
  }
  assert.equal(await records.getByRole('row').count(), 1 + 3);
  await photograph(page, 'run-failed');

  await page.getByRole('link', {name: 'Clear filters'}).click();
  const problems = page.getByRole('region', {name: 'Problems'});
  await problems.getByText(/^For example “Phone number: 1\d digits given/).waitFor();
  await problems.getByRole('link', {name: /^Phone number: too many digits/}).click();
  await records.getByRole('link', {name: 'Sam Whaanga'}).waitFor({state: 'hidden'});
  await page.getByRole('link', {name: 'Clear filters (Phone number: too many digits'}).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('field'), 'phoneNumber');
  await records.getByRole('link', {name: 'Tama Kingi'}).click();

  const panel = page.getByRole('dialog', {name: 'Tama Kingi'});
  await panel
    .getByText(/Phone number: 1\d digits given, 15 at most/)
    .first()
    .waitFor();
  await panel.getByText('To be mended in the source system').first().waitFor();
  const values = panel.getByRole('table', {name: 'Values'});
  await values.getByText('Kingi', {exact: true}).waitFor();
  await values.getByText('person.familyName').waitFor();
  const refused = values.getByRole('row').filter({hasText: 'Refused'});
  const {phone = ''} = samplePeople().find(({familyName}) => familyName === 'Kingi') ?? {};
  await refused.getByText(phone, {exact: true}).waitFor();
  await refused.getByText(/^Phone number: 1\d digits given/).waitFor();
  await panel.getByText('No call was made to the other system.').waitFor();
  await photograph(page, 'event-failed');
  await page.keyboard.press('Escape');
  await panel.waitFor({state: 'hidden'});
}

/** One whose first answer was a failure after storing: found there, never sent twice. */
async function readsCreated(page: Page, hectre: HectreEmulator): Promise<void> {
  await page.getByRole('link', {name: /^Clear filters/}).click();
  await page.getByRole('searchbox', {name: 'Search by name or id'}).fill('failafter');
  const records = page.getByRole('table', {name: 'Records'});
  await records.getByRole('link', {name: 'Amiria Failafter'}).click();
  const panel = page.getByRole('dialog', {name: 'Amiria Failafter'});
  await panel.getByText('Created in Orchard - Hectre; found there afterwards.').waitFor();
  const stored = hectre.employees.filter(({data}) => data['lastName'] === 'Failafter');
  assert.equal(stored.length, 1);
  await panel
    .getByText(stored[0]?.id ?? 'nobody', {exact: true})
    .first()
    .waitFor();
  const [posted, looked] = [0, 1].map(at => panel.getByRole('region', {name: 'Calls'}).getByRole('listitem').nth(at));
  await posted?.getByText('POST').waitFor();
  await posted?.getByText('500', {exact: true}).waitFor();
  await posted?.getByText('Request body').click();
  // The values themselves stand above; of a call only its shape is kept.
  await posted?.getByText('"lastName": "(9 characters)"').waitFor();
  await looked?.getByText('GET').waitFor();
  await photograph(page, 'event-created');
  await page.keyboard.press('Escape');
}

async function looksUp(page: Page): Promise<void> {
  await goTo(page, 'People');
  await page.getByRole('searchbox', {name: 'Search by name or id'}).fill('whaanga');
  const people = page.getByRole('table', {name: 'People'});
  await people.getByRole('link', {name: 'Hana García'}).first().waitFor({state: 'hidden'});
  await people.getByRole('link', {name: 'Sam Whaanga'}).click();
  const panel = page.getByRole('dialog', {name: 'Sam Whaanga'});
  await panel.getByText('Cannot be sent: 1 to correct').first().waitFor();
  await photograph(page, 'person');
  await page.keyboard.press('Escape');
}

async function seesHistory(page: Page): Promise<void> {
  await goTo(page, 'History');
  const rows = page.getByRole('table', {name: 'History'}).getByRole('row');
  await rows.filter({hasText: 'Run · version 1'}).filter({hasText: 'Partially successful'}).waitFor();
  await rows
    .filter({hasText: 'Preview · version 1'})
    .filter({hasText: owner.name})
    .filter({hasText: '3 would fail'})
    .waitFor();
  await photograph(page, 'history');
}

async function leavesAndReturns(page: Page): Promise<void> {
  await page.getByRole('button', {name: 'Sign out'}).click();
  await heading(page, 'Sign in');
  await photograph(page, 'sign-in');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByRole('textbox', {name: 'Password'}).fill('some other words');
  await page.getByRole('button', {name: 'Sign in'}).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('textbox', {name: 'Password'}).fill(owner.password);
  await page.getByRole('button', {name: 'Sign in'}).click();
  await heading(page, 'Syncs');
  await page.getByRole('link', {name: 'Orchard - Directory to Hectre'}).waitFor();
  await photograph(page, 'syncs');
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name}).click();
  await heading(page, name);
}

async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', {level: 1, name}).waitFor();
}
