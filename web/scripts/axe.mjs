// axe on every page × light and dark × French and English, and no page scrolls sideways at 360 px or asks anything of another place.
// Which pages and states: pages.mjs; only some of them: node scripts/axe.mjs /operator/services
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, serve } from './browser.mjs';
import { pages } from './pages.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const languages = ['fr', 'en'];
const servers = [];
for (const _ of languages) servers.push(await serve());
const browser = await launch();
let faults = 0;
let runs = 0;

const say = (what, path, text) => {
  faults += 1;
  console.error(`${what} ${path}: ${text}`);
};

async function settle(page) {
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.e-skeleton, [aria-busy="true"], .e-spinner'));
  // Skeletons, spinners and fades would be judged half-drawn.
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity));
}

async function check(page, what, path) {
  runs += 1;
  const found = await page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return result.violations.map((one) => `${one.id}: ${one.help}\n    ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join('\n    ')}`);
  });
  for (const text of found) say(what, path, text);
}

/** A window that became narrow draws itself anew a moment later; only what stays too wide is a fault. */
async function staysTooWide(page) {
  const tooWide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const fits = page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, null, { timeout: 3_000 });
  return fits.then(() => 0, () => page.evaluate(tooWide));
}

async function lookAtAll(language, server, all) {
  for (const colorScheme of ['light', 'dark']) {
    const what = `${language} ${colorScheme}`;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme, locale: language, reducedMotion: 'reduce' });
    await context.addInitScript(axe);
    const page = await context.newPage();
    let path = '';
    page.on('pageerror', (error) => say(what, path, error.message));
    page.on('console', (message) => /Content Security Policy/.test(message.text()) && say(what, path, message.text()));
    page.on('request', (request) => !request.url().startsWith(server.origin) && !request.url().startsWith('blob:') && say(what, path, `asks ${request.url()}`));
    let as = '';
    for (const one of all) {
      path = one.path;
      const who = one.as ?? 'nadia';
      if (who !== as) await fetch(`${server.origin}/api/mock/reset?as=${who}&language=${language}`);
      as = who;
      await page.goto(server.origin + path);
      // A page of the state "slow" never comes to rest; its skeleton is what is looked at.
      if (!path.includes('mock=slow')) await settle(page);
      else await page.waitForFunction(() => document.querySelector('h1') && document.querySelector('.e-skeleton'));
      if (one.open) {
        await (one.open.role === 'text' ? page.getByText(one.open[language]) : page.getByRole(one.open.role ?? 'button', { name: one.open[language], exact: true })).first().click();
        await page.waitForTimeout(150);
      }
      await check(page, what, path);
      if (!(await page.title()).includes('Entente') || (await page.title()) === 'Entente') say(what, path, 'has no title of its own');
      if (language === 'fr' && colorScheme === 'light') {
        await page.setViewportSize({ width: 360, height: 740 });
        const sideways = await staysTooWide(page);
        if (sideways > 0) say('360 px', path, `scrolls sideways by ${sideways} px`);
        if (!one.open) await check(page, '360 px', path);
        await page.setViewportSize({ width: 1280, height: 900 });
      }
    }
    await context.close();
  }
}

// Each language has a server, and so mock people, of its own: both are looked at at the same time.
try {
  await Promise.all(servers.map(async (server, at) => lookAtAll(languages[at], server, (await pages(server.origin)).filter((one) => one.path.startsWith(process.argv[2] ?? '')))));
} finally {
  await browser.close();
  await Promise.all(servers.map((server) => server.close()));
}
console.log(`${runs} runs of axe, ${faults} faults`);
process.exit(faults ? 1 : 0);
