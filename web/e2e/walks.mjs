// Walks through the application as a person does, by keyboard alone where that is the point. Without settings they run on the mock API, as
// part of `npm test`. With ENTENTE_URL, ENTENTE_ADDRESS and ENTENTE_PASSWORD (see `./entente demo`; ENTENTE_TOTP: the secret of a second
// factor that is already there) those that make sense on any territory run against a real one, its sign-in included.
import assert from 'node:assert/strict';
import { launch, serve } from '../scripts/browser.mjs';
import { signIn } from './sign-in.mjs';

const real = process.env.ENTENTE_URL;
const server = real ? { origin: real.replace(/\/$/, ''), close: () => undefined } : await serve();
const browser = await launch();
const walks = [];
const walk = (name, steps, where = 'anywhere') => walks.push({ name, steps, where });
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
const acting = (page) => page.locator('.e-capacity__words').innerText();

walk('another capacity takes effect at once, without signing in again, and stays after a reload', async (page) => {
  const before = await acting(page);
  const visited = [];
  page.on('framenavigated', (frame) => visited.push(frame.url()));
  await page.locator('.e-capacity__button').focus();
  await page.keyboard.press('Enter');
  const others = page.locator('[role="menuitemradio"][aria-checked="false"]');
  await others.first().waitFor();
  const chosen = (await others.first().locator('.e-capacity-lines__member').innerText()).trim();
  await others.first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((old) => document.querySelector('.e-capacity__words')?.innerText !== old, before);
  assert.match(await acting(page), new RegExp(chosen));
  await page.waitForFunction((name) => document.querySelector('#announcements')?.textContent?.includes(name), chosen);
  assert.deepEqual(visited.filter((url) => !url.startsWith(server.origin)), [], 'nothing but the portal was visited');
  await page.reload();
  await page.waitForSelector('.e-capacity__words');
  assert.match(await acting(page), new RegExp(chosen));
});

walk('the keyboard is enough: skip link, search, a person, back', async (page) => {
  await page.keyboard.press('Tab');
  assert.match(await focused(page), /contenu|content/);
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'search');
  await page.keyboard.type('ma');
  await page.keyboard.press('Enter');
  const person = page.locator('.e-person__name').first();
  await person.waitFor();
  const name = (await person.innerText()).trim();
  await person.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((one) => document.querySelector('h1')?.textContent === one && document.activeElement?.tagName === 'H1', name);
  assert.match(await page.title(), new RegExp(name));
  await page.goBack();
  await person.waitFor();
});

walk('the keys are shown on ? and Escape leaves everything as it was', async (page) => {
  await page.locator('h1').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

walk('an app password is shown once and can be revoked', async (page) => {
  const label = `Essai ${Date.now()}`;
  await page.goto(`${server.origin}/account/app-passwords`);
  await page.getByRole('button', { name: 'Créer un mot de passe d’application' }).click();
  await page.getByRole('textbox', { name: /Pour quel appareil/ }).fill(label);
  await page.keyboard.press('Enter');
  const secret = await page.locator('.e-secret code').innerText();
  assert.ok(secret.length >= 16, 'the secret is long enough');
  await page.getByRole('button', { name: /Je l’ai saisi/ }).click();
  await page.getByText(label).waitFor();
  assert.equal(await page.getByText(secret).count(), 0, 'the secret is nowhere any more');
  await page.getByRole('button', { name: `Révoquer ${label}` }).click();
  await page.getByRole('button', { name: 'Révoquer ce mot de passe' }).click();
  await page.getByRole('button', { name: `Révoquer ${label}` }).waitFor({ state: 'detached' });
});

walk(
  'a change of language is heard everywhere at once',
  async (page) => {
    await page.goto(`${server.origin}/account/display`);
    await page.getByRole('radio', { name: 'English' }).check({ force: true });
    await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await page.getByRole('radio', { name: 'Français' }).check({ force: true });
    await page.getByRole('heading', { level: 1, name: 'Mon compte' }).waitFor();
  },
);

walk(
  'whoever loses the capacity in use is asked for another one, and goes on',
  async (page) => {
    await page.route('**/api/notices**', (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', body: '{"status":409,"code":"capacity.ended","detail":"Ce mandat a pris fin."}' }));
    await fetch(`${server.origin}/api/mock/reset?acting=none`);
    await page.goto(`${server.origin}/notices`);
    await page.getByRole('heading', { level: 1, name: /Au titre de quoi/ }).waitFor();
    await page.unroute('**/api/notices**');
    await page.getByRole('button', { name: /SITIV/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Avis' }).waitFor();
    assert.match(await acting(page), /SITIV/);
  },
  'mock',
);

walk(
  'a phone has everything within reach of the thumb',
  async (page) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: 'Tout', exact: true }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Annuaire' }).click();
    await page.getByRole('heading', { level: 1, name: 'Annuaire' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  },
  'mock',
);

let failed = 0;
let state;
for (const { name, steps, where } of walks) {
  if (real && where === 'mock') continue;
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'fr', reducedMotion: 'reduce', storageState: state });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  try {
    if (!real) await fetch(`${server.origin}/api/mock/reset`);
    await page.goto(`${server.origin}/`);
    if (real && !state) {
      await signIn(page, { address: process.env.ENTENTE_ADDRESS, password: process.env.ENTENTE_PASSWORD, totp: process.env.ENTENTE_TOTP, origin: server.origin });
      state = await context.storageState();
    }
    await page.waitForSelector('.e-capacity__words, .e-choose__one');
    if (await page.locator('.e-choose__one').count()) await page.locator('.e-choose__one').first().click();
    await page.locator('h1').waitFor();
    await steps(page);
    console.log(`  ✓ ${name}`);
  } catch (error) {
    failed += 1;
    console.error(`  ✗ ${name}\n    ${String(error.message).split('\n').slice(0, 8).join('\n    ')}\n    at ${page.url()}`);
    if (process.env.ENTENTE_PICTURES) await page.screenshot({ path: `${process.env.ENTENTE_PICTURES}/${failed}.png` });
  } finally {
    await context.close();
  }
}
await browser.close();
await server.close();
console.log(failed ? `${failed} walks failed` : 'all walks arrived');
process.exit(failed ? 1 : 0);
