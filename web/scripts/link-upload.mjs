// Puts a file by a link's own page in a real browser, on a line that breaks: the tests of the platform say where.
// LINK: the page; FILE; PAUSE: at the second part it says "half" and waits for a line, so that something may happen meanwhile. It says at last what the page says, and how much more the link takes.
import { once } from 'node:events';
import { launch } from './browser.mjs';

const { LINK, FILE, PAUSE } = process.env;
const browser = await launch();
try {
  const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  let parts = 0;
  await page.route('**/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    parts++;
    if (parts === 2 && PAUSE) {
      console.log('half');
      await once(process.stdin, 'data');
    } else if (parts === 2) {
      return route.abort('connectionreset');
    }
    return route.continue();
  });
  await page.goto(LINK);
  await page.setInputFiles('input[type=file]', FILE);
  await page.click('button');
  await page.waitForFunction(() => !document.querySelector('button').disabled, null, { timeout: 120_000 });
  console.log(await page.textContent('[role=status]'));
  console.log((await page.textContent('#how')).replaceAll('\u00a0', ' '));
} finally {
  await browser.close();
  process.stdin.destroy();
}
