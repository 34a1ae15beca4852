// Three people in one document, each in a Chromium of their own, on a real platform: two write, one reads, and the browser of one is killed while they write.
// Called by WrittenInBrowsersTest of the platform with what it needs in ENTENTE_TOGETHER; the application comes from dist/, everything else and the content
// security policy from the platform. Prints what was seen, as JSON.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { launch } from './browser.mjs';

const { origin, node, commented, broken, people, pictures } = JSON.parse(process.env.ENTENTE_TOGETHER);
const dist = new URL('../dist', import.meta.url).pathname;
const types = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
const policy = (await fetch(`${origin}/office/${node}`)).headers.get('content-security-policy');
if (!policy) throw new Error('The platform says no content security policy');
mkdirSync(pictures, { recursive: true });

const seen = { outside: [], refusedByPolicy: [], errors: [], sideways: [] };

async function person(name, viewport = { width: 1280, height: 860 }) {
  // A page that was put in here by hand counts as one from elsewhere, which may not reach this machine.
  const browser = await launch(['--disable-features=LocalNetworkAccessChecks']);
  const context = await browser.newContext({ viewport, locale: 'fr', colorScheme: 'light' });
  const { hostname } = new URL(origin);
  await context.addCookies([{ name: 'entente_session', value: people[name], domain: hostname, path: '/' }]);
  await context.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.startsWith('/api/')) return route.continue();
    const file = join(dist, pathname);
    const path = extname(pathname) && existsSync(file) ? file : join(dist, 'index.html');
    return route.fulfill({ body: readFileSync(path), headers: { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'content-security-policy': policy } });
  });
  const page = await context.newPage();
  page.on('request', (request) => !/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin) && seen.outside.push(request.url()));
  page.on('websocket', (socket) => !socket.url().startsWith(origin.replace('http', 'ws')) && seen.outside.push(socket.url()));
  page.on('pageerror', (error) => seen.errors.push(`${name}: ${error.message}`));
  page.on('console', (message) => {
    // Style attributes of the hidden copy that the editor types into are refused, and change nothing that is seen; anything else would be news.
    if (/Content Security Policy/.test(message.text()) && !/^Applying inline style violates/.test(message.text())) seen.refusedByPolicy.push(message.text().slice(0, 200));
  });
  return { name, browser, page };
}

const shown = (page) => page.locator('.e-office__page').innerText();
async function until(what, condition, ms = 60_000) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`Not in time: ${what}`);
}
const flat = (text) => text.replaceAll(/[\s\u00a0\u200b-\u200d\ufeff]+/g, ' ');
const reads = (who, words) => until(`${who.name} reads "${words}"`, async () => flat(await shown(who.page)).includes(words));
const state = (who) => who.page.locator('.e-office__state [role=status]').innerText();

async function open(who, path = `/office/${node}`) {
  await who.page.goto(origin + path);
  await who.page.locator('.e-office__page .superdoc-line').first().waitFor({ timeout: 90_000 });
  await who.page.waitForTimeout(500);
}
async function write(who, line, words) {
  await who.page.locator('.e-office__page .superdoc-line').nth(line).click();
  await who.page.keyboard.press('End');
  await who.page.keyboard.type(words, { delay: 15 });
}
async function picture(who, name) {
  await who.page.screenshot({ path: join(pictures, `${name}.png`) });
  if (await who.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) seen.sideways.push(name);
}

let anne, bruno, reader;
try {
  anne = await person('anne');
  bruno = await person('bruno');
  reader = await person('reader', { width: 360, height: 740 });
  // At once: one of them makes the first state, the other waits for it.
  await Promise.all([open(anne), open(bruno)]);
  await open(reader);

  await Promise.all([write(anne, 0, ' Anne vote le budget.'), write(bruno, 2, ' Bruno relit le procès-verbal.')]);
  for (const who of [anne, bruno, reader]) {
    await reads(who, 'Anne vote le budget.');
    await reads(who, 'Bruno relit le procès-verbal.');
  }
  await until('names', async () => (await anne.page.locator('.e-office__people').innerText()).includes('Bruno') && (await bruno.page.locator('.e-office__people').innerText()).includes('Anne'));
  await until('the draft is kept', async () => (await state(anne)).includes('Tout est gardé'));
  await picture(anne, 'together-1280');
  await picture(reader, 'reader-360');

  // A reader has no bar, and what they type goes nowhere.
  if (await reader.page.locator('#e-office-toolbar').isVisible()) throw new Error('A reader has a bar to write with');
  await reader.page.locator('.e-office__page .superdoc-line').first().click();
  await reader.page.keyboard.type('INTRUS');

  // The browser of Anne dies: what was kept is there for Bruno.
  await write(anne, 0, ' Dernier mot d’Anne.');
  await until('the last word is kept', async () => (await state(anne)).includes('Tout est gardé'));
  await reads(bruno, 'Dernier mot d’Anne.');
  const { processInfo } = await (await anne.browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  process.kill(processInfo.find(({ type }) => type === 'browser').id, 'SIGKILL');
  await until('the browser of Anne is dead', () => !anne.browser.isConnected());
  await until('Anne is gone', async () => !(await bruno.page.locator('.e-office__people').innerText().catch(() => '')).includes('Anne'));
  await write(bruno, 2, ' Bruno termine.');

  await bruno.page.getByRole('button', { name: 'Enregistrer' }).click();
  await until('saved', async () => (await state(bruno)).includes('Enregistré dans le fichier'));
  seen.bruno = flat(await shown(bruno.page));
  await picture(bruno, 'saved-1280');
  await bruno.page.setViewportSize({ width: 360, height: 740 });
  await bruno.page.waitForTimeout(800);
  await picture(bruno, 'writer-360');

  // Comments of Word stay, whoever writes.
  await bruno.page.setViewportSize({ width: 1280, height: 860 });
  await open(bruno, `/office/${commented}`);
  await write(bruno, 0, ' Relu.');
  await reads(bruno, 'Relu.');
  await until('the draft with a comment is kept', async () => (await state(bruno)).includes('Tout est gardé'));
  await bruno.page.getByRole('button', { name: 'Enregistrer' }).click();
  await until('saved with its comment', async () => (await state(bruno)).includes('Enregistré dans le fichier'));
  await picture(bruno, 'commented-1280');

  // What is no document is said to be so, and can be fetched.
  await bruno.page.goto(`${origin}/office/${broken}`);
  await bruno.page.getByText('ne se laisse pas ouvrir ici').waitFor({ timeout: 100_000 });
  await bruno.page.getByRole('link', { name: 'Télécharger le fichier' }).waitFor();
  await picture(bruno, 'broken-1280');
} catch (failure) {
  for (const who of [anne, bruno, reader]) await who?.page.screenshot({ path: join(pictures, `failed-${who.name}.png`) }).catch(() => undefined);
  seen.failure = String(failure.stack ?? failure);
} finally {
  for (const who of [anne, bruno, reader]) await who?.browser.close().catch(() => undefined);
}
console.log(`SEEN ${JSON.stringify(seen)}`);
