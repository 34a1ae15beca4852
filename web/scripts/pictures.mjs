// The pictures of docs/, taken from the built application with its mock API: npm run build && npm run pictures [part of a name]
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { launch, serve } from './browser.mjs';

const docs = new URL('../../docs/', import.meta.url).pathname;
const most = 120_000;

const press = (name) => (page) => page.getByRole('button', { name }).first().click();
const way = (word) => (page) => page.getByRole('radio', { name: word }).first().check({ force: true });
const seen = (text) => (page) => page.getByText(text).first().scrollIntoViewIfNeeded();
const editor = (yaml) => async (page) => {
  const field = page.getByLabel('Description of the service (YAML)');
  await field.fill((await field.inputValue()) + yaml);
  await field.scrollIntoViewIfNeeded();
  await page.waitForTimeout(900);
};

/** Members' pages in French, operators' in English. `at` stands for the administered member's own address. */
const pictures = [
  { file: 'members/images/compte-local.png', path: '/account/security' },
  { file: 'members/images/compte-lien.png', as: 'pierre', path: 'at/people/PERSON' },
  { file: 'members/images/annuaire-ldap.png', as: 'pierre', path: 'at/imports/ldap' },
  { file: 'members/images/connexion-oidc.png', as: 'pierre', path: 'at/settings', steps: [press('Régler la connexion Compte de la ville')] },
  { file: 'members/images/connexion-saml.png', as: 'pierre', path: 'at/settings', steps: [press('Régler la connexion Compte de la médiathèque')] },
  { file: 'members/images/logiciels-scim.png', as: 'pierre', path: 'at/settings', steps: [seen('Logiciels qui tiennent vos personnes')] },
  { file: 'members/images/doublons.png', as: 'pierre', path: 'at/people/doubles' },
  { file: 'members/images/partenaires.png', as: 'pierre', path: 'at/people/partners' },
  { file: 'operators/images/proconnect-service.png', en: true, path: '/operator/proconnect-source' },
  { file: 'operators/images/app-oidc.png', en: true, path: '/operator/services/new', tall: true, steps: [metadata] },
  { file: 'operators/images/app-proconnect.png', en: true, path: '/operator/services/new', steps: [way(/^ProConnect/)] },
  { file: 'operators/images/app-saml.png', en: true, path: '/operator/services/new', steps: [way(/^SAML/), seen('Metadata of the application (XML)')] },
  { file: 'operators/images/app-cas.png', en: true, path: '/operator/services/new', steps: [way(/^CAS/), seen('Addresses of the service')] },
  { file: 'operators/images/app-link.png', en: true, path: '/operator/services/new', steps: [way(/^Plain link/)] },
  { file: 'operators/images/app-connection.png', en: true, path: '/operator/services/SERVICE' },
  { file: 'operators/images/app-try.png', en: true, path: '/operator/services/SERVICE', steps: [press('Try'), somebody] },
  { file: 'operators/images/app-scim.png', en: true, path: '/operator/services/SERVICE', steps: [editor('connector:\n  kind: scim\n  settings: {url: "https://app.example.fr/scim/v2", token: "${secret:kept.app-scim}"}\n')] },
  { file: 'operators/images/app-webhook.png', en: true, path: '/operator/services/SERVICE', steps: [editor('connector:\n  kind: webhook\n  settings: {url: "https://app.example.fr/accounts", secret: "${secret:kept.app-webhook}"}\n')] },
  { file: 'operators/images/app-ldap.png', en: true, path: '/account/app-passwords', steps: [press('Create an app password')], as: 'nadia' },
  { file: 'operators/images/services.png', en: true, path: '/operator/services' },
  { file: 'operators/images/secrets.png', en: true, path: '/operator/secrets' },
];

async function metadata(page) {
  await page.getByText('Fill in from it').click();
  await page.getByLabel(/^The application’s metadata/).fill('https://wiki.exemple.fr/client.json');
  await page.getByRole('button', { name: 'Read this metadata' }).click();
  await page.getByText('The form is filled in').waitFor();
}

async function somebody(page) {
  const field = page.getByRole('combobox');
  await field.fill('a');
  await page.getByRole('option').first().click();
  await page.getByRole('dialog').getByRole('grid').waitFor();
}

const only = process.argv[2] ?? '';
const server = await serve();
const browser = await launch();
const read = (path) => fetch(server.origin + path).then((answer) => answer.json());
await fetch(`${server.origin}/api/mock/reset?as=pierre`);
const at = `/members/${(await read('/api/me')).acting.member.id}`;
const person = (await read(`/api${at}/people`)).items[0].person.id;
let failed = 0;
for (const one of pictures.filter((picture) => picture.file.includes(only))) {
  const language = one.en ? 'en' : 'fr';
  await fetch(`${server.origin}/api/mock/reset?as=${one.as ?? (one.path.startsWith('/operator') ? 'pierre&acting=operator' : 'nadia')}&language=${language}`);
  const service = one.path.includes('SERVICE') ? (await read('/api/operator/services')).find((row) => row.service.signIn === 'oidc').service.id : '';
  const context = await browser.newContext({ viewport: { width: 900, height: one.tall ? 800 : 600 }, locale: language, reducedMotion: 'reduce' });
  const page = await context.newPage();
  try {
    await page.goto(server.origin + one.path.replace(/^at/, at).replace('PERSON', person).replace('SERVICE', service), { waitUntil: 'networkidle' });
    for (const step of one.steps ?? []) await step(page);
    await page.waitForTimeout(250);
    const path = docs + one.file;
    mkdirSync(dirname(path), { recursive: true });
    await page.screenshot({ path });
    const { size } = statSync(path);
    if (size > most) throw new Error(`${size} bytes, at most ${most}`);
    console.log(`${one.file}  ${Math.round(size / 1000)} KB`);
  } catch (failure) {
    failed++;
    console.error(`${one.file}: ${failure.message.split('\n')[0]}`);
  }
  await context.close();
}
await browser.close();
await server.close();
process.exit(failed ? 1 : 0);
