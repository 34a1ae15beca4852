// How soon the home page can be used on an old PC: CPU slowed four times, an empty cache, the mock API. Prints the median of runs.
// Usable: the tiles are drawn and the main thread has been free of long tasks since; shifts: what moved meanwhile (CLS).
import { launch, serve } from './browser.mjs';

const runs = Number(process.argv[2] ?? 5);
// With other work on the machine, `speed.mjs 5 1` tells what one's own processor takes; times four of it is the old PC.
const throttle = Number(process.argv[3] ?? 4);
const server = await serve();
const browser = await launch();
await fetch(`${server.origin}/api/mock/reset`);
const times = [];
for (let run = 0; run < runs; run += 1) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  await context.addInitScript(() => {
    globalThis.measured = { longest: 0, lastLong: 0, shift: 0, tiles: 0 };
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) {
        measured.lastLong = Math.max(measured.lastLong, task.startTime + task.duration);
        measured.longest = Math.max(measured.longest, task.duration);
      }
    }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) measured.shift += one.value;
    }).observe({ type: 'layout-shift', buffered: true });
    new MutationObserver(() => {
      if (!measured.tiles && document.querySelector('.e-tile')) measured.tiles = performance.now();
    }).observe(document, { childList: true, subtree: true });
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await page.goto(server.origin);
  await page.waitForSelector('.e-tile');
  await page.waitForTimeout(1500);
  const { tiles, lastLong, shift, longest } = await page.evaluate(() => measured);
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  times.push({ paint, tiles, usable: Math.max(tiles, lastLong), shift, longest });
  await context.close();
}
await browser.close();
await server.close();
const median = (name) => times.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(runs / 2)];
console.log(`first paint ${median('paint').toFixed(0)} ms, tiles ${median('tiles').toFixed(0)} ms, usable ${median('usable').toFixed(0)} ms, longest task ${median('longest').toFixed(0)} ms, shift ${median('shift').toFixed(3)} (median of ${runs}, CPU slowed ${throttle} times)`);
