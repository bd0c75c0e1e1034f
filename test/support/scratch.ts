import {samplePeople} from '../../src/demo/people.ts';
import {launchBrowser} from './browser.ts';
import {openPage} from './pages.ts';
import {enterSample, sampleHectre} from './sample-company.ts';
import {servedHub} from './served.ts';
await using served = await servedHub();
await using hectre = await sampleHectre();
await served.claim();
let t = performance.now();
const made = await enterSample(served, hectre, samplePeople().slice(560, 640), 'usr_x');
console.log('sample', performance.now() - t);
await using browser = await launchBrowser();
await using opened = await openPage(browser, served);
const {page} = opened;
await opened.visit(`/syncs/${made.syncId}`);
await page.getByRole('button', {name: 'Why Phone number'}).click();
await page.getByRole('dialog', {name: 'Why Phone number'}).waitFor();
console.log(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300)));
await page.keyboard.press('Escape');
await new Promise(r => setTimeout(r, 500));
console.log('open', await page.getByRole('dialog', {name: 'Why Phone number'}).count());
console.log(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)));
let lost = 0;
for (let i = 0; i < 120; i++) {
  await page.goto('/people');
  await page.getByRole('heading', {level: 1}).waitFor({timeout: 3000}).catch(async e => { await page.screenshot({path: '/tmp/e2e/head.png'}); console.log(i, page.url(), opened.trouble, await page.content()); throw e; });
  await page.getByRole('link', {name: 'Import CSV'}).first().click();
  const choosing = page.waitForEvent('filechooser', {timeout: 3000});
  try {
    await page.getByRole('dialog', {name: 'Import CSV'}).getByRole('button', {name: 'Choose file'}).click({timeout: 3000});
    await choosing;
  } catch (error) { lost++; console.log(i, page.url(), await page.getByRole('dialog').count(), String(error).slice(0, 300)); await choosing.catch(() => {}); await page.screenshot({path: '/tmp/e2e/lost.png'}); }
}
console.log({lost});
