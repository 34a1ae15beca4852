// Prints what a first visit loads, gzipped, and fails over the limit: an old PC on a poor line pays for each of these.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limit = 200 * 1024;
const dist = new URL('../dist/', import.meta.url);
const size = (path) => gzipSync(readFileSync(new URL(path, dist)), { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(10);

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const first = new Set();
const follow = (key) => {
  const chunk = manifest[key];
  if (!chunk || first.has(chunk.file)) return;
  first.add(chunk.file);
  chunk.css?.forEach((file) => first.add(file));
  chunk.imports?.forEach(follow);
};
// The entry, the first page, and the words in French.
['index.html', 'src/home/HomePage.tsx', 'src/locales/fr.po'].forEach(follow);

let total = size('index.html');
for (const file of [...first].sort()) {
  const bytes = size(file);
  total += bytes;
  console.log(kilobytes(bytes), file);
}
const all = readdirSync(new URL('assets/', dist)).filter((file) => /\.(js|css)$/.test(file));
console.log(kilobytes(total), `first page, gzip (limit ${kilobytes(limit).trim()}; fonts apart)`);
console.log(kilobytes(all.reduce((sum, file) => sum + size(`assets/${file}`), 0)), `everything, ${all.length} files`);
if (total > limit) {
  console.error('The first page is over its limit.');
  process.exit(1);
}
