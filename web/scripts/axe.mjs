// axe on every page × light and dark × French and English, and no page scrolls sideways at 360 px or asks anything of another place.
// Which pages and states: pages.mjs; only some of them: node scripts/axe.mjs /operator/services
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, serve } from './browser.mjs';
import { pages } from './pages.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const languages = ['fr', 'en'];
const wide = { width: 1280, height: 900 };
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const servers = [];
for (const _ of languages) servers.push(await serve());
const browser = await launch();
const spent = { loading: 0, axe: 0 };
let faults = 0;
let runs = 0;

const say = (what, path, text) => {
  faults += 1;
  console.error(`${what} ${path}: ${text}`);
};

async function timed(on, work) {
  const start = performance.now();
  try {
    return await work();
  } finally {
    spent[on] += performance.now() - start;
  }
}

/** Fades would be judged half-drawn. */
const still = (page) =>
  page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity));

/** So would skeletons and spinners. */
async function settle(page) {
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.e-skeleton, [aria-busy="true"], .e-spinner'));
  await still(page);
}

/** @param runOnly tags of rules, or rules */
async function check(page, what, path, runOnly = tags) {
  runs += 1;
  const found = await timed('axe', () =>
    page.evaluate(async (runOnly) => {
      const result = await window.axe.run(document, { resultTypes: ['violations'], runOnly });
      return result.violations.map((one) => `${one.id}: ${one.help}\n    ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join('\n    ')}`);
    }, runOnly),
  );
  for (const text of found) say(what, path, text);
}

/** Whether a style is for dark alone; what `light-dark()` says is a colour. */
const asksForDark = (page) =>
  page.evaluate(() => {
    const asks = (rules) => [...rules].some((rule) => /prefers-color-scheme/.test(rule.media?.mediaText ?? '') || (rule.cssRules && asks(rule.cssRules)));
    return [...document.styleSheets].some((sheet) => asks(sheet.cssRules));
  });

/** A window that became narrow draws itself anew a moment later; only what stays too wide is a fault. */
async function staysTooWide(page) {
  const tooWide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const fits = page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, null, { timeout: 3_000 });
  return fits.then(() => 0, () => page.evaluate(tooWide));
}

/** What a press opens is there once the page was changed by it, and nothing is being fetched any more. */
async function press(page, pending, what) {
  await page.evaluate(() => {
    window.changed = false;
    new MutationObserver(() => (window.changed = true)).observe(document.body, { childList: true, attributes: true, characterData: true, subtree: true });
  });
  await what.click();
  await page.waitForFunction(() => window.changed);
  do {
    await settle(page);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  } while (pending.size > 0);
  await settle(page);
}

async function lookAtAll(language, server, all) {
  const context = await browser.newContext({ viewport: wide, colorScheme: 'light', locale: language, reducedMotion: 'reduce' });
  await context.addInitScript(axe);
  const page = await context.newPage();
  const pending = new Set();
  let path = '';
  let what = language;
  page.on('pageerror', (error) => say(what, path, error.message));
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && say(what, path, message.text()));
  page.on('request', (request) => {
    pending.add(request);
    if (!request.url().startsWith(server.origin) && !request.url().startsWith('blob:')) say(what, path, `asks ${request.url()}`);
  });
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => pending.delete(request));
  let as = '';
  const look = async (one) => {
    path = one.path;
    what = `${language} light`;
    const who = one.as ?? 'nadia';
    if (who !== as) await fetch(`${server.origin}/api/mock/reset?as=${who}&language=${language}`);
    as = who;
    await timed('loading', async () => {
      pending.clear();
      await page.goto(server.origin + path);
      // A page of the state "slow" never comes to rest; its skeleton is what is looked at.
      if (!path.includes('mock=slow')) await settle(page);
      else await page.waitForFunction(() => document.querySelector('h1') && document.querySelector('.e-skeleton'));
      if (one.open) {
        const name = one.open[language];
        await press(page, pending, (one.open.role === 'text' ? page.getByText(name) : page.getByRole(one.open.role ?? 'button', { name, exact: true })).first());
      }
    });
    await check(page, what, path);
    if (!(await page.title()).includes('Entente') || (await page.title()) === 'Entente') say(what, path, 'has no title of its own');
    if (language === 'fr') {
      await page.setViewportSize({ width: 360, height: 740 });
      const sideways = await staysTooWide(page);
      if (sideways > 0) say('360 px', path, `scrolls sideways by ${sideways} px`);
      if (!one.open) await check(page, '360 px', path);
      await page.setViewportSize(wide);
    }
    what = `${language} dark`;
    await page.emulateMedia({ colorScheme: 'dark' });
    await still(page);
    // The same page in other colours, as long as no style asks for more than colours: only what looks at colours can say something else.
    await check(page, what, path, (await asksForDark(page)) ? tags : ['color-contrast', 'link-in-text-block']);
    await page.emulateMedia({ colorScheme: 'light' });
  };
  for (const one of all) {
    try {
      await look(one);
    } catch (error) {
      say(what, path, error.message); // the others are still to be judged
    }
  }
  await context.close();
}

// Each language has a server, and so mock people, of its own: both are looked at at the same time.
const start = performance.now();
try {
  await Promise.all(servers.map(async (server, at) => lookAtAll(languages[at], server, (await pages(server.origin)).filter((one) => one.path.startsWith(process.argv[2] ?? '')))));
} finally {
  await browser.close();
  await Promise.all(servers.map((server) => server.close()));
}
const seconds = (milliseconds) => `${Math.round(milliseconds / 1000)} s`;
console.log(`${runs} runs of axe, ${faults} faults, ${seconds(performance.now() - start)} (in each of both languages: loading ${seconds(spent.loading / 2)}, axe ${seconds(spent.axe / 2)})`);
process.exit(faults ? 1 : 0);
