// Every message has an English text, and the catalogues are those of the sources: nothing new is missing, nothing old is left.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rooms = ['src/locales', 'src/members/locales', 'src/operator/locales', 'src/pooling/locales', 'src/files/locales', 'src/office/locales'];
const web = new URL('..', import.meta.url).pathname;

/** The messages of a PO file: id (with its context) → text. */
function messages(path) {
  const unquote = (lines) => lines.map((line) => JSON.parse(line)).join('');
  const found = new Map();
  for (const block of readFileSync(path, 'utf8').split(/\n\n+/)) {
    const part = (name) => new RegExp(`^${name} ((?:".*"\\n?)+)`, 'm').exec(`${block}\n`)?.[1]?.trim().split('\n');
    const id = part('msgid');
    if (!id || unquote(id) === '') continue;
    found.set(`${part('msgctxt') ? unquote(part('msgctxt')) : ''}|${unquote(id)}`, unquote(part('msgstr') ?? ['""']));
  }
  return found;
}

const kept = mkdtempSync(join(tmpdir(), 'entente-messages-'));
let faults = 0;
/** Whichever room was opened last says what a message is in English: all must say the same. */
const said = new Map();
try {
  for (const room of rooms) cpSync(join(web, room), join(kept, room), { recursive: true });
  const { status } = spawnSync('npx', ['--no-install', 'lingui', 'extract', '--clean'], { cwd: web, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) faults += 1;
  for (const room of rooms) {
    const now = messages(join(web, room, 'fr.po'));
    const before = messages(join(kept, room, 'fr.po'));
    const english = messages(join(kept, room, 'en.po'));
    for (const id of now.keys()) {
      if (!before.has(id)) faults += 1, console.error(`${room}: not in the catalogue (npm run extract): ${id.slice(1)}`);
      else if (!english.get(id)) faults += 1, console.error(`${room}: no English text: ${id.slice(1)}`);
    }
    for (const id of before.keys()) if (!now.has(id)) faults += 1, console.error(`${room}: no longer used (npm run extract): ${id.slice(1)}`);
    // A value left out of a translation is a name or a date that the reader does not get.
    for (const [id, text] of english) {
      const other = said.get(id);
      if (text && other && other.text !== text) faults += 1, console.error(`${room}: "${id.slice(1)}" is "${text}" here and "${other.text}" in ${other.room}`);
      else if (text) said.set(id, { room, text });
      const values = (of) => [...new Set(of.match(/\{\w+(?=[,}])/g) ?? [])].sort().join();
      if (text && values(id.slice(id.indexOf('|') + 1)) !== values(text)) faults += 1, console.error(`${room}: other values in English: ${text}`);
    }
    console.log(`${room}: ${now.size} messages`);
  }
} finally {
  for (const room of rooms) cpSync(join(kept, room), join(web, room), { recursive: true });
  rmSync(kept, { recursive: true, force: true });
}
process.exit(faults ? 1 : 0);
