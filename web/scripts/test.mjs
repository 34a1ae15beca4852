// Runs every check of the browser application, without network, and ends with a line that says how it went. Two run side by side: what one writes
// is shown when it has ended. Some of them only: node scripts/test.mjs build accessibility
import { spawn } from 'node:child_process';

// The longest first, so that none is left alone at the end.
const checks = [
  { name: 'build', command: ['npx', '--no-install', 'vite', 'build', '--logLevel', 'warn'] },
  { name: 'accessibility', command: ['node', 'scripts/axe.mjs'], after: 'build' },
  { name: 'types', command: ['npx', '--no-install', 'tsc', '--noEmit'] },
  { name: 'files', command: ['node', 'e2e/files.mjs'], after: 'build' },
  { name: 'components', command: ['npx', '--no-install', 'vitest', 'run'] },
  { name: 'pooling', command: ['node', 'e2e/pooling.mjs'], after: 'build' },
  { name: 'administration', command: ['node', 'e2e/administration.mjs'], after: 'build' },
  { name: 'walks', command: ['node', 'e2e/walks.mjs'], after: 'build' },
  { name: 'messages', command: ['node', 'scripts/messages.mjs'] },
  { name: 'size', command: ['node', 'scripts/sizes.mjs'], after: 'build' },
].filter(({ name }) => process.argv.length < 3 || process.argv.includes(name));

const waiting = [...checks];
const ended = new Map();
const running = new Map();

function run({ name, command: [program, ...args] }) {
  const start = performance.now();
  return new Promise((resolve) => {
    const written = [];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: new URL('..', import.meta.url) });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => written.push(bytes));
    child.on('error', (error) => written.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (status) => {
      console.log(`\n── web: ${name} (${Math.round((performance.now() - start) / 1000)} s)`);
      process.stdout.write(Buffer.concat(written));
      resolve(status === 0);
    });
  });
}

/** Its turn is when what it needs has been made; without it, it cannot be run. */
const ready = ({ after }) => ended.has(after) || !checks.some(({ name }) => name === after);

while (waiting.length > 0 || running.size > 0) {
  for (let next = waiting.find(ready); next && running.size < 2; next = waiting.find(ready)) {
    const { name, after } = next;
    waiting.splice(waiting.indexOf(next), 1);
    if (ended.get(after) === false) ended.set(name, false);
    else running.set(name, run(next).then((passed) => [name, passed]));
  }
  if (running.size > 0) {
    const [name, passed] = await Promise.race(running.values());
    running.delete(name);
    ended.set(name, passed);
  }
}
const failed = checks.map(({ name }) => name).filter((name) => !ended.get(name));
console.log(failed.length ? `\nweb: FAILED (${failed.join(', ')})` : `\nweb: all ${checks.length} checks passed`);
process.exit(failed.length ? 1 : 0);
