// Files that are not as they should be, handed in by a person: each time the page says what is wrong, where, and what to
// do about it, and what was good in the file is there.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Locator, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {openPage, photograph} from '../support/pages.ts';
import {servedHub} from '../support/served.ts';

type Case = {readonly name: string; readonly content: string | Buffer; readonly says: readonly string[]};

const header = 'ID,First name,Last name,E-mail,Status';

const unusable: readonly Case[] = [
  {
    name: 'empty.csv',
    content: '',
    says: ['The file is empty.', 'Upload a file with a header line and one line per person.'],
  },
  {
    name: 'header-only.csv',
    content: `${header}\r\n`,
    says: ['The file has a header line but no rows.', 'Upload a file with one line per person.'],
  },
  {
    name: 'other-delimiter.csv',
    content: 'ID~First name~Last name\nA-1~Ana~Ngata\n',
    says: ['No column is known: ID~First name~Last name.', 'with commas, semicolons or tabs between them'],
  },
  {
    name: 'header-twice.csv',
    content: `${header},E-mail\nA-1,Ana,Ngata,ana@example.com,accepted,ana@example.com\n`,
    says: ['The column "E-mail" stands in the header more than once.', 'Rename or remove one of them.'],
  },
  {
    name: 'open-quote.csv',
    content: `${header}\nA-1,Ana,Ngata,ana@example.com,accepted\nA-2,"Ben,Li,ben@example.com,accepted\n`,
    says: ['A quote opened on line 3 is never closed.', 'Close it, or double each quote inside a quoted value.'],
  },
  {
    name: 'sheet.xlsx.csv',
    content: Buffer.from('504b0304140000000000', 'hex'),
    says: ['The file is not readable text', 'Save it as CSV in UTF-8.'],
  },
];

const usableInPart: readonly (Case & {readonly people: readonly string[]})[] = [
  {
    name: 'ragged.csv',
    content: `${header}\nA-1,Ana,Ngata,ana@example.com,accepted\nA-2,Ben,Li\nA-3,Cy,Ó Briain,cy@example.com,accepted,yes\n`,
    says: [
      'The file is read, but not every row can be used',
      '3 rows read, 1 accepted, 2 issues.',
      'Line 3: 3 values where the header has 5 columns.',
      'Line 4: 6 values where the header has 5 columns.',
      'Look for a missing or extra delimiter, or quote the value that holds one.',
    ],
    people: ['Ana Ngata'],
  },
  {
    name: 'semicolons.csv',
    content: `\uFEFF${header.replaceAll(',', ';')};Shoe size\nA-4;Zoë;Müller;zoe@example.com;accepted;38\n`,
    says: [
      'The file is read',
      '1 row read, 1 accepted, 1 issue.',
      'The column "Shoe size" is not a known field and was not used.',
      'Rename it to a field name or label, if it should be used.',
    ],
    people: ['Zoë Müller'],
  },
];

test('a file that cannot be used says what is wrong with it and what to do', async () => {
  await using served = await servedHub();
  await served.claim();
  await using browser = await launchBrowser();
  await using opened = await openPage(browser, served);
  const {page, visit} = opened;
  await visit('/people/import');
  const dialog = page.getByRole('dialog', {name: 'Import CSV'});

  for (const file of unusable) {
    await handIn(page, dialog, file);
    await says(dialog.getByRole('status'), file);
    await photograph(page, `import-${file.name}`);
    await dialog.getByRole('button', {name: 'Import another file'}).click();
  }
  for (const file of usableInPart) {
    await handIn(page, dialog, file);
    await says(dialog, file);
    await photograph(page, `import-${file.name}`);
    await dialog.getByRole('button', {name: 'Import another file'}).click();
  }
  await dialog.getByRole('button', {name: 'Close'}).click();
  const people = page.getByRole('table', {name: 'People'});
  for (const name of usableInPart.flatMap(file => file.people)) await people.getByRole('link', {name}).waitFor();
  assert.equal(await people.getByRole('row').count(), 1 + 2, 'nobody of a file that could not be used');
  assert.deepEqual(opened.trouble, []);
});

async function handIn(page: Page, dialog: Locator, {name, content}: Case): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await dialog.getByRole('button', {name: 'Choose file'}).click();
  await (await choosing).setFiles({name, mimeType: 'text/csv', buffer: Buffer.from(content)});
}

async function says(place: Locator, {name, says: words}: Case): Promise<void> {
  for (const text of words) {
    await place
      .getByText(text)
      .first()
      .waitFor()
      .catch(async error => {
        throw new Error(`${name}: "${text}" is not said, but: ${await place.textContent()}`, {cause: error});
      });
  }
}
