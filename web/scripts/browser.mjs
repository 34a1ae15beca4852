// What the browser checks share: the built application served with the mock API on a free port, and a Chromium.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

export async function serve() {
  const server = await preview({ root: new URL('..', import.meta.url).pathname, logLevel: 'warn', preview: { port: 0, strictPort: false } });
  const { port } = server.httpServer.address();
  return { origin: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.httpServer.close(resolve)) };
}

/** @param more arguments of Chromium's own */
export async function launch(more = []) {
  const places = [process.env.ENTENTE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = places.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('No Chromium found: install the package chromium, or say where one is with ENTENTE_CHROMIUM.');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', ...more] });
}
