// Runs every check of the browser application, without network, and ends with a line that says how it went.
import { spawnSync } from 'node:child_process';

const checks = [
  ['types', 'npx', ['--no-install', 'tsc', '--noEmit']],
  ['messages', 'node', ['scripts/messages.mjs']],
  ['components', 'npx', ['--no-install', 'vitest', 'run']],
  ['build', 'npx', ['--no-install', 'vite', 'build', '--logLevel', 'warn']],
  ['size', 'node', ['scripts/sizes.mjs']],
  ['walks', 'node', ['e2e/walks.mjs']],
  ['administration', 'node', ['e2e/administration.mjs']],
  ['pooling', 'node', ['e2e/pooling.mjs']],
  ['files', 'node', ['e2e/files.mjs']],
  ['accessibility', 'node', ['scripts/axe.mjs']],
];
const failed = [];
for (const [name, command, args] of checks) {
  console.log(`\n── web: ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', cwd: new URL('..', import.meta.url) });
  if (status !== 0) failed.push(name);
}
console.log(failed.length ? `\nweb: FAILED (${failed.join(', ')})` : `\nweb: all ${checks.length} checks passed`);
process.exit(failed.length ? 1 : 0);
