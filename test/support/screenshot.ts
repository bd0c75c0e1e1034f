// Makes docs/images/run.png, the picture of a finished run: `node test/support/screenshot.ts`, after `node setup.js
// --browser` has built the web app. The sample company's thousand people are run for real, so it takes some ten seconds.
import {mkdirSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {samplePeople} from '../../src/demo/people.ts';
import {launchBrowser} from './browser.ts';
import {openPage} from './pages.ts';
import {enterSample, sampleHectre} from './sample-company.ts';
import {servedHub} from './served.ts';

const picture = join(import.meta.dirname, '../../docs/images/run.png');

await using served = await servedHub();
await using hectre = await sampleHectre();
await using browser = await launchBrowser();
await served.claim();
await using opened = await openPage(browser, served);
const {page, visit} = opened;
const {user} = await (await page.request.get('/api/v1/session')).json();
const {runId} = await enterSample(served, hectre, samplePeople(), user.id);
await visit(`/runs/${runId}`);
await page.getByRole('region', {name: 'Problems'}).waitFor();
await page.getByRole('table', {name: 'Records'}).waitFor();
mkdirSync(dirname(picture), {recursive: true});
await page.screenshot({path: picture});
console.log(`docs/images/run.png: ${Math.round(statSync(picture).size / 1000)} kB`);
