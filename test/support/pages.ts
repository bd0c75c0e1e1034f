// Pages of a served hub in a browser: signed in or not, wide or narrow, light or dark, with everything that went wrong
// in them collected. Screenshots are taken only where MUSTER_TEST_SCREENSHOTS names a folder for them.
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {owner, type Served} from './served.ts';

export const sizes = {wide: {width: 1440, height: 900}, phone: {width: 390, height: 844}} as const;

export type PageOptions = {
  readonly size?: keyof typeof sizes;
  readonly scheme?: 'light' | 'dark';
  readonly signedIn?: boolean;
};

export type Opened = AsyncDisposable & {
  readonly page: Page;
  /** What the browser complained of: errors of scripts, of the console, and blocked by the content security policy. */
  readonly trouble: readonly string[];
  /** By the web app's own address, such as `/people`. */
  visit(path: string): Promise<void>;
};

/** A browser profile of its own; `signedIn` needs an owner, see `Served.claim`. */
export async function openPage(browser: Browser, served: Served, options: PageOptions = {}): Promise<Opened> {
  const {size = 'wide', scheme = 'light', signedIn = true} = options;
  const context = await browser.newContext({
    baseURL: served.origin,
    viewport: sizes[size],
    colorScheme: scheme,
    locale: 'en-NZ',
    timezoneId: 'Pacific/Auckland',
  });
  // Far more than anything takes, but for a run, and there each test says how long: the machine may be busy.
  context.setDefaultTimeout(20_000);
  if (signedIn) await signIn(context.request, served);
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', error => trouble.push(error.message));
  page.on('console', message => {
    // A blocked style or script comes as such an error too.
    if (message.type() === 'error') trouble.push(`${message.text()} (${message.location().url})`);
  });
  return {
    page,
    trouble,
    async visit(path) {
      await page.goto(path);
      await page.getByRole('heading', {level: 1}).waitFor();
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

type Requests = ReturnType<Browser['contexts']>[number]['request'];

async function signIn(requests: Requests, served: Served): Promise<void> {
  const {email, password} = owner;
  const answer = await requests.post('/api/auth/sign-in/email', {
    data: {email, password},
    headers: {origin: served.origin},
  });
  if (!answer.ok()) throw new Error(`signing in was answered with ${answer.status()}: ${await answer.text()}`);
}

/** For people to look at: one picture as it is, one of the same page on a phone. */
export async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env['MUSTER_TEST_SCREENSHOTS'];
  if (!folder) return;
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await page.screenshot({path: join(folder, `${name}-${size}.png`)});
  }
  await page.setViewportSize(sizes.wide);
}
