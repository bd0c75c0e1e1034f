// The API reference in a real browser: it must work offline and under our content security policy, Try it out included.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {listen} from '../../src/api/listen.ts';
import {testApi} from '../support/api.ts';
import {launchBrowser} from '../support/browser.ts';

test('the API reference lists the routes and tries one out, with nothing blocked and nothing fetched from elsewhere', async () => {
  await using api = await testApi();
  await using server = await listen(api.app, {port: 0, host: '127.0.0.1', stopping: api.stopping});
  await using browser = await launchBrowser();
  const origin = `http://127.0.0.1:${server.port}`;
  const page = await browser.newPage();
  const trouble: string[] = [];
  page.on('console', message => message.type() === 'error' && trouble.push(message.text()));
  page.on('pageerror', error => trouble.push(error.message));
  page.on('request', request => {
    const {protocol, origin: to} = new URL(request.url());
    if (protocol.startsWith('http') && to !== origin) trouble.push(request.url());
  });
  await page.goto(`${origin}/api/docs`);
  await page.getByText('The process is alive').click();
  await page.getByRole('button', {name: 'Try it out'}).click();
  await page.getByRole('button', {name: 'Execute'}).click();
  await page.locator('.live-responses-table').getByText('"ok"').waitFor();
  assert.deepEqual(trouble, []);
});
