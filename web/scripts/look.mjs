// Pictures of pages to look at: node scripts/look.mjs FOLDER [/path …] [--as pierre] [--en]
import { mkdirSync } from 'node:fs';
import { launch, serve } from './browser.mjs';

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args.splice(args.indexOf(name), 2)[1] : undefined);
const flag = (name) => args.includes(name) && args.splice(args.indexOf(name), 1).length > 0;
const as = option('--as') ?? 'nadia';
const language = flag('--en') ? 'en' : 'fr';
const only = option('--only');
const [folder, ...given] = args;
mkdirSync(folder, { recursive: true });
const looks = { desktop: { width: 1280, height: 860 }, phone: { width: 360, height: 740 }, dark: { width: 1280, height: 860, dark: true } };

const server = await serve();
const browser = await launch();
await fetch(`${server.origin}/api/mock/reset?as=${as}&language=${language}`);
for (const [name, { dark, ...viewport }] of Object.entries(looks)) {
  if (only && only !== name) continue;
  const context = await browser.newContext({ viewport, colorScheme: dark ? 'dark' : 'light', locale: language, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(name, page.url(), error.message));
  page.on('console', (message) => message.type() === 'error' && console.error(name, page.url(), message.text()));
  for (const path of given.length ? given : ['/']) {
    await page.goto(server.origin + path, { waitUntil: 'networkidle' });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    if (wide) console.error(`${name} ${path}: scrolls sideways`);
    await page.screenshot({ path: `${folder}/${path.replaceAll(/\W+/g, '_')}-${name}.png`, fullPage: true });
  }
  await context.close();
}
await browser.close();
await server.close();
