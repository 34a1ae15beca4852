// The main tasks on a real territory, from one sign-in to a certificate: nothing is played here, Keycloak, mail and database answer.
// Needs a demo territory just loaded (`./entente demo`):
//   ENTENTE_URL       where it is
//   ENTENTE_PASSWORD  the password the demo printed
//   ENTENTE_OUTBOX    the folder of the mails that were kept, such as data/outbox
//   ENTENTE_KEEP      where the certificate is put as certificate.pdf; a picture of each page is put there too
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from '../scripts/browser.mjs';
import { signIn } from './sign-in.mjs';

const origin = process.env.ENTENTE_URL.replace(/\/$/, '');
const demo = process.env.ENTENTE_PASSWORD;
const keep = process.env.ENTENTE_KEEP;
const chosen = 'une phrase que personne ne devine 7';
// Another one at each run, so that a territory can be walked again (with ENTENTE_TOTP, the secret of the admin's second factor).
const usual = `Essertier-${[...String(Date.now() % 1e6)].map((digit) => 'abcdefghij'[digit]).join('')}`;
const address = `capucine.${usual.toLowerCase()}@venissieux.example`;
const browser = await launch();
const pages = [];

async function person(name, at = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fr-FR', reducedMotion: 'reduce', ...at });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  pages.push({ name, page });
  page.on('response', (response) => {
    if (response.status() >= 500) throw new Error(`${response.status()} ${response.url()}`);
  });
  return page;
}
const look = (page, name) => keep && page.screenshot({ path: join(keep, `${name}.png`), fullPage: true });
const seen = (page, text) => page.getByText(text).first().waitFor();
const get = (page, path) => page.evaluate(async (url) => (await fetch(url)).status, path);
const read = (page, path) => page.evaluate(async (url) => (await fetch(url)).json(), path);

async function switchTo(page, member) {
  await page.locator('.e-capacity__button').click();
  await page.locator('[role="menuitemradio"]').filter({ hasText: member }).first().click();
  await page.waitForFunction((name) => document.querySelector('.e-capacity__words')?.innerText.includes(name), member);
}

/** Passwords are asked for twice, at a link from an administrator or a mail. */
async function choosePassword(page, password) {
  const proceed = page.locator('#kc-info-message a, a.main, .main a').first();
  const field = page.locator('input[name="password-new"]');
  await field.or(proceed).first().waitFor();
  if (!(await field.count())) await proceed.click();
  await field.fill(password);
  await page.locator('input[name="password-confirm"]').fill(password);
  await page.locator('button[type="submit"]').last().click();
}

/** From the page that says the password is kept to the portal, signing in where that is asked. */
async function comeIn(page, password) {
  await page.getByRole('link', { name: 'Aller au portail' }).click();
  const home = page.locator('.e-capacity');
  const asked = page.locator('input[name="username"]');
  await home.or(asked).first().waitFor();
  if (await asked.count()) await signIn(page, { address, password, origin });
}

async function mailTo(since) {
  for (let tries = 0; tries < 120; tries += 1) {
    const files = await readdir(process.env.ENTENTE_OUTBOX).catch(() => []);
    for (const file of files.sort().reverse()) {
      const mail = await readFile(join(process.env.ENTENTE_OUTBOX, file), 'utf8');
      if (!since.has(file) && mail.toLowerCase().includes(address)) return mail;
    }
    await new Promise((next) => setTimeout(next, 500));
  }
  throw new Error(`No mail to ${address} came`);
}

const nadia = await person('nadia');
const marc = await person('marc');

const steps = {
  async 'an élue with three mandates signs in and switches capacity without signing in again'() {
    await nadia.goto(origin);
    await look(nadia, '01-sign-in');
    await signIn(nadia, { address: 'nadia.benali@venissieux.example', password: demo, origin });
    const visited = [];
    nadia.on('framenavigated', (frame) => visited.push(frame.url()));
    const me = await read(nadia, '/api/me');
    assert.equal(me.capacities.length, 3);
    await switchTo(nadia, 'Métropole');
    await switchTo(nadia, 'Vénissieux');
    assert.deepEqual(visited.filter((url) => !url.startsWith(origin)), []);
    await look(nadia, '02-home');
  },

  async 'an admin signs in for the first time and must set up a second factor'() {
    await marc.goto(origin);
    const secret = await signIn(marc, { address: 'marc.delorme@venissieux.example', password: demo, origin, totp: process.env.ENTENTE_TOTP });
    assert.ok(secret, 'a second factor was set up on the way');
    await look(marc, '03-admin-home');
  },

  async 'the second factor is in the account, with the way to another'() {
    await marc.goto(`${origin}/account/security`);
    await marc.getByRole('heading', { name: 'Mot de passe et second facteur' }).waitFor();
    await marc.getByRole('link', { name: /Changer de mot de passe/ }).waitFor();
    const factors = await read(marc, '/api/me/second-factors');
    assert.equal(factors.required, true);
    assert.equal(factors.factors.length, 1);
    await look(marc, '04-account');
  },

  async 'a file of HR is read over, refused where it would end too much, then applied'() {
    const { member } = (await read(marc, '/api/me')).acting;
    const head = ['Matricule;Prénom;Nom;Fonction'];
    const here = (await read(marc, `/api/members/${member.id}/people?limit=200`)).items;
    const kept = here.flatMap((one) => one.affiliations.filter((post) => post.reference && post.phase === 'current').map((post) => [post.reference, one.person.givenName, one.person.usualName, post.function].join(';')));
    const coming = [`${usual}1;Solène;Abgrall ${usual};Comptable`, `${usual}2;Ewen;Le Bihan ${usual};Jardinier`];
    const send = async (rows) => {
      await marc.goto(`${origin}/members/${member.id}/imports`);
      const chooser = marc.waitForEvent('filechooser');
      await marc.getByRole('button', { name: 'Choisir un fichier' }).click();
      await (await chooser).setFiles({ name: 'agents.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
      await marc.getByRole('heading', { name: 'agents.csv' }).waitFor();
      await seen(marc, 'À relire');
      await marc.getByRole('button', { name: 'Appliquer cet import' }).click();
      const dialog = marc.getByRole('alertdialog');
      await dialog.waitFor();
      return dialog;
    };

    // The file is cut short, so that nearly everybody would go, the admin with them.
    const short = await send([...head, ...coming]);
    assert.equal(await short.getByRole('button', { name: 'Appliquer l’import' }).isDisabled(), true);
    await short.getByRole('textbox').fill((await short.getByText(/^Tapez/).innerText()).replaceAll(/\D/g, ''));
    await short.getByRole('button', { name: 'Appliquer l’import' }).click();
    await seen(marc, /votre propre poste/);
    await look(marc, '05-import-refused');

    const whole = await send([...head, ...kept, ...coming]);
    await seen(whole, /2 personnes arrivent/);
    await whole.getByRole('button', { name: 'Appliquer l’import' }).click();
    await seen(marc, 'Import appliqué.');
    await look(marc, '05-import');
    await marc.goto(`${origin}/members/${member.id}/people?q=${usual}`);
    await marc.getByRole('row', { name: /Abgrall/ }).waitFor();
  },

  async 'a member admin is shut out of another member'() {
    const me = await read(nadia, '/api/me');
    const other = me.capacities.find((one) => !one.member.name.includes('Vénissieux')).member.id;
    for (const path of ['people', 'ledger', 'subscriptions', 'roles', 'departures']) assert.equal(await get(marc, `/api/members/${other}/${path}`), 403, path);
    await marc.goto(`${origin}/members/${other}/people`);
    await seen(marc, 'Cette page ne vous est pas ouverte à ce titre');
    await look(marc, '04-shut-out');
  },

  async 'a newcomer is added and comes in by the link the admin hands over'() {
    const { member } = (await read(marc, '/api/me')).acting;
    await marc.goto(`${origin}/members/${member.id}/people/new`);
    await marc.getByRole('textbox', { name: 'Prénom' }).fill('Capucine');
    await marc.getByRole('textbox', { name: 'Nom d’usage' }).fill(usual);
    await marc.getByRole('textbox', { name: 'Fonction' }).fill('Chargée d’accueil');
    await marc.getByRole('textbox', { name: 'Adresse professionnelle' }).fill(address);
    await marc.getByRole('button', { name: 'Ajouter la personne' }).click();
    await marc.getByRole('heading', { name: `Capucine ${usual}` }).waitFor();
    await look(marc, '05-newcomer');
    const link = marc.getByRole('button', { name: 'Créer un lien de première connexion' });
    const dialog = marc.getByRole('dialog', { name: 'Lien de première connexion' });
    // The account follows the person by itself, a moment later; until then the answer says so.
    for (let press = 0; press < 20 && !(await dialog.isVisible()); press += 1) {
      if (await link.isVisible()) await link.click();
      await marc.getByRole('button', { name: 'Créer le lien' }).click();
      await dialog.waitFor({ timeout: 3000 }).catch(() => undefined);
      if (!(await dialog.isVisible())) await marc.keyboard.press('Escape');
    }
    const url = await dialog.locator('code').innerText();
    await look(marc, '06-link');
    await dialog.getByRole('button', { name: 'J’ai copié le lien' }).click();
    const newcomer = await person('newcomer', { viewport: { width: 360, height: 740 } });
    await newcomer.goto(url);
    await look(newcomer, '07-welcome');
    await choosePassword(newcomer, chosen);
    await comeIn(newcomer, chosen);
    await look(newcomer, '08-home-narrow');
    await newcomer.context().close();
  },

  async 'a forgotten password comes by mail'() {
    const forgetful = await person('forgetful', { viewport: { width: 360, height: 740 } });
    const before = new Set(await readdir(process.env.ENTENTE_OUTBOX).catch(() => []));
    await forgetful.goto(origin);
    await forgetful.locator('input[name="username"]').fill(address);
    await forgetful.keyboard.press('Enter');
    await forgetful.locator('a[href*="reset-credentials"]').click();
    const field = forgetful.locator('input[name="username"]');
    if (await field.count()) {
      await look(forgetful, '09-forgotten');
      await forgetful.locator('button[type="submit"]').last().click();
    }
    await seen(forgetful, /Si cette adresse est connue/);
    const mail = await mailTo(before);
    const link = mail.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=').replaceAll('&amp;', '&').match(/https?:\/\/[^\s"<>]*action-token[^\s"<>]*/)[0];
    await forgetful.goto(link);
    await choosePassword(forgetful, `${chosen}, autrement`);
    await comeIn(forgetful, `${chosen}, autrement`);
    await forgetful.context().close();
  },

  async 'ending one mandate cuts it at once and a certificate proves it'() {
    await switchTo(nadia, 'Vénissieux');
    const me = await read(nadia, '/api/me');
    const { member } = me.acting;
    const mandate = me.capacities.find((one) => one.id === me.acting.id) ?? me.acting;
    await marc.goto(`${origin}/members/${member.id}/people/${me.person.id}`);
    await look(marc, '10-person');
    await marc.getByRole('link', { name: /Mettre fin/ }).first().click();
    await seen(marc, /perdra l’accès à/);
    await look(marc, '11-preview');
    await marc.getByRole('button', { name: /Motif/ }).click();
    await marc.getByRole('option', { name: 'Fin de mandat' }).click();
    await marc.getByRole('button', { name: /Mettre fin/ }).click();
    await marc.getByRole('heading', { name: /^Départ de/ }).waitFor();
    assert.notEqual(await get(nadia, '/api/me/home'), 200, `the portal still answers as ${mandate.function}`);
    await seen(marc, 'Tout est coupé.');
    const certificate = marc.getByRole('link', { name: 'Télécharger le certificat' });
    await certificate.waitFor();
    await look(marc, '12-departure');
    const pdf = await marc.request.get(new URL(await certificate.getAttribute('href'), origin).href);
    assert.equal(pdf.status(), 200);
    if (keep) await writeFile(join(keep, 'certificate.pdf'), await pdf.body());

    await nadia.goto(origin);
    await seen(nadia, 'Métropole');
    await look(nadia, '13-after');
    await nadia.getByRole('button', { name: /Métropole/ }).click();
    await nadia.waitForFunction(() => document.querySelector('.e-capacity__words')?.innerText.includes('Métropole'));
    assert.equal(await get(nadia, '/api/me/home'), 200, 'the other mandates go on');
  },
};

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    console.log(`✓ ${name}`);
  } catch (failure) {
    failed += 1;
    console.error(`✗ ${name}\n  ${failure.stack}`);
    for (const { name: who, page } of pages) if (!page.isClosed()) console.error(`  ${who}: ${page.url()}\n    ${(await page.locator('body').innerText()).slice(0, 600).replaceAll('\n', '\n    ')}`);
    for (const { name: who, page } of pages) if (!page.isClosed()) await look(page, `failed-${who}`);
    break;
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
