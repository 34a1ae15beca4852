// Opens a document in the office server of a real platform, as a person does, and saves it there: run by the platform's tests (WopiBrowserTest).
import assert from 'node:assert/strict';
import { launch } from './browser.mjs';

const { ORIGIN, SESSION, CSRF, FOLDER, NAME, OFFICE, PICTURES } = process.env;
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'fr', reducedMotion: 'reduce' });
await context.addCookies([
  { name: 'entente_session', value: SESSION, url: ORIGIN, httpOnly: true, sameSite: 'Lax' },
  { name: 'XSRF-TOKEN', value: CSRF, url: ORIGIN, sameSite: 'Lax' },
]);
const refused = [];
const asked = [];
context.on('console', (message) => /Content Security Policy|Refused/.test(message.text()) && refused.push(message.text()));
context.on('request', (request) => asked.push(request.url()));
const look = async (page, name) => PICTURES && (await page.screenshot({ path: `${PICTURES}/office-${name}.png` }));

const folder = await context.newPage();
folder.setDefaultTimeout(30_000);
await folder.goto(`${ORIGIN}/files/${FOLDER}`);
await folder.getByRole('button', { name: `Actions sur ${NAME}`, exact: true }).click();
await folder.getByRole('menuitem', { name: 'Ouvrir dans Collabora' }).waitFor();
await look(folder, 'menu');
const [page] = await Promise.all([context.waitForEvent('page'), folder.getByRole('menuitem', { name: 'Ouvrir dans Collabora' }).click()]);
page.setDefaultTimeout(30_000);
await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
const frame = page.frameLocator('iframe[name="office-server"]');
await frame.getByText('Bonjour', { exact: true }).waitFor();
await look(page, 'open');
await page.setViewportSize({ width: 360, height: 740 });
assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false, 'nothing scrolls sideways');
await look(page, 'open-360');
await page.setViewportSize({ width: 1280, height: 860 });
await frame.getByRole('textbox').fill('Bonsoir');
await frame.getByRole('button', { name: 'Enregistrer' }).click();
await frame.getByText('Enregistré : 200').waitFor();

// Another page of the portal may not show that server.
const blocked = await folder.evaluate(
  (office) =>
    new Promise((told) => {
      document.addEventListener('securitypolicyviolation', (event) => told(event.effectiveDirective));
      const frame = document.createElement('iframe');
      frame.src = office;
      document.body.append(frame);
      setTimeout(() => told('shown'), 10_000);
    }),
  OFFICE,
);
assert.equal(blocked, 'frame-src');

await frame.getByRole('button', { name: 'Fermer le document' }).click();
await page.waitForURL(`${ORIGIN}/files/${FOLDER}`);
await page.getByRole('button', { name: `Actions sur ${NAME}`, exact: true }).waitFor();
assert.deepEqual(asked.filter((url) => url.startsWith(ORIGIN) && url.includes('token')), [], 'no address of the portal holds a token');
assert.deepEqual(refused.filter((text) => !text.includes(OFFICE) || !text.includes('frame-src')), [], 'the policy refuses nothing that is ours');
await browser.close();
console.log('saved');
