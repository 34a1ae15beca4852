// Files, as a person brings, finds, moves and loses them: in the built application on the mock API.
import assert from 'node:assert/strict';
import { launch, serve } from '../scripts/browser.mjs';

const server = await serve();
const browser = await launch();
const home = '/files/00000000-0000-7000-8000-f00000000001';
const archives = '/files/00000000-0000-7000-8000-f00000000007';

async function at(path) {
  await fetch(`${server.origin}/api/mock/reset`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fr', reducedMotion: 'reduce', acceptDownloads: true });
  const made = await context.newPage();
  made.setDefaultTimeout(20_000);
  await made.goto(server.origin + path);
  await made.locator('h1').waitFor();
  return made;
}
const row = (made, name) => made.getByRole('row', { name, exact: true });
const press = (made, name) => made.getByRole('button', { name, exact: true }).click();
const focused = (made) => made.evaluate(() => document.activeElement?.closest('[role="row"]')?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim());

const walks = {
  async 'a document opens in the office server: its token goes by a form, it is heard from its frame alone, and closing leads back'() {
    const made = await at(home);
    await press(made, 'Actions sur Discours des vœux.docx');
    const [opened] = await Promise.all([made.context().waitForEvent('page'), made.getByRole('menuitem', { name: 'Ouvrir dans Collabora' }).click()]);
    const asked = [];
    opened.on('request', (request) => asked.push(request.url()));
    await opened.getByRole('heading', { level: 1, name: 'Discours des vœux.docx' }).waitFor();
    const frame = opened.frameLocator('iframe[name="office-server"]');
    await frame.getByText('Jeton reçu').waitFor();
    await frame.getByText('Host_PostmessageReady').waitFor();
    assert.deepEqual(asked.filter((url) => url.includes('essai')), [], 'no address holds the token');
    // The page itself is not the frame: it closes nothing.
    await opened.evaluate(
      () =>
        new Promise((heard) => {
          window.addEventListener('message', () => setTimeout(heard));
          window.postMessage(JSON.stringify({ MessageId: 'UI_Close' }), '*');
        }),
    );
    assert.match(opened.url(), /\/office-server\//);
    await frame.getByRole('button', { name: 'Fermer le document' }).click();
    await opened.getByRole('heading', { level: 1, name: 'Mes fichiers' }).waitFor();
    assert.equal(new URL(opened.url()).pathname, home);
  },

  async 'a draft that cannot be opened is given up: asked first, left alone by Escape, gone once and for all'() {
    const made = await at('/office/draft');
    const gone = [];
    made.on('request', (request) => request.method() === 'DELETE' && gone.push(new URL(request.url()).pathname));
    const giveUp = made.getByRole('button', { name: 'Abandonner ce qui n’est pas enregistré…', exact: true });
    await giveUp.focus();
    await made.keyboard.press('Enter');
    const question = made.getByRole('alertdialog', { name: 'Abandonner ce qui n’est pas enregistré de Délibération 12.docx ?' });
    await question.getByText(/est perdu pour de bon/).waitFor();
    await made.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    assert.deepEqual(gone, [], 'a question is no answer');
    assert.equal(await focused(made), 'Abandonner ce qui n’est pas enregistré…');

    await made.keyboard.press('Enter');
    await question.getByRole('button', { name: 'Abandonner', exact: true }).click();
    await giveUp.waitFor({ state: 'detached' });
    await question.waitFor({ state: 'detached' });
    await made.getByRole('button', { name: 'Rouvrir' }).waitFor();
    assert.deepEqual(gone, ['/api/office/draft/sitting/sitting-1']);
    await made.reload();
    await made.getByRole('button', { name: 'Rouvrir' }).waitFor();
    assert.equal(await giveUp.count(), 0);
  },

  async 'the keyboard is enough: into a folder and back, choose, rename, throw away and take back'() {
    const made = await at(home);
    await row(made, 'Archives des actes').focus();
    await made.keyboard.press('ArrowDown');
    await made.keyboard.press('Enter');
    await made.getByRole('heading', { level: 1, name: 'Conseil municipal' }).waitFor();
    await made.getByRole('navigation', { name: 'Dossiers au-dessus' }).getByRole('link', { name: 'Mes fichiers' }).focus();
    await made.keyboard.press('Enter');
    await made.getByRole('heading', { level: 1, name: 'Mes fichiers' }).waitFor();

    await row(made, 'Archives des actes').focus();
    await made.keyboard.type('not');
    assert.equal(await focused(made), 'Notes.txt', 'letters go to the name that begins so');
    await made.keyboard.press('F2');
    await made.getByRole('dialog', { name: /Renommer/ }).waitFor();
    assert.equal(await made.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), 'Notes', 'the ending is left alone');
    await made.keyboard.type('Idées');
    await made.keyboard.press('Enter');
    await row(made, 'Idées.txt').waitFor();

    // Within a second of letters, a space is one of what is typed.
    await made.waitForTimeout(1200);
    await row(made, 'Budget 2027.xlsx').focus();
    await made.keyboard.press('Space');
    await made.keyboard.press('Shift+ArrowDown');
    await made.getByText('2 éléments choisis').waitFor();
    await made.keyboard.press('Delete');
    await row(made, 'Budget 2027.xlsx').waitFor({ state: 'detached' });
    await press(made, 'Annuler');
    await row(made, 'Budget 2027.xlsx').waitFor();
  },

  async 'a small file goes by one request, a large one in parts, over a line that breaks'() {
    const made = await at(home);
    const methods = [];
    made.on('request', (request) => /\/api\/files\/(uploads|nodes\/[^/]+\/files)/.test(request.url()) && methods.push(request.method()));
    const choose = async (...files) => {
      const asked = made.waitForEvent('filechooser');
      await press(made, 'Déposer des fichiers');
      await (await asked).setFiles(files);
    };
    await choose({ name: 'petit.txt', mimeType: 'text/plain', buffer: Buffer.from('petit') });
    await row(made, 'petit.txt').waitFor();
    assert.deepEqual(methods, ['PUT']);
    await fetch(`${server.origin}/api/mock/files/break`, { method: 'POST' });
    await choose({ name: 'grand.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(20_000_000, 7) });
    await row(made, 'grand.bin').waitFor();
    await made.getByText('Envoi terminé', { exact: true }).waitFor();
    assert.equal(methods.filter((one) => one === 'POST').length, 2, 'it was begun once and finished once');
    assert.ok(methods.filter((one) => one === 'PATCH').length >= 3, 'the part that was lost was sent again');
    assert.match(await row(made, 'grand.bin').innerText(), /20\sMo/);
  },

  async 'a name that is taken is asked about: keep both, then replace'() {
    const made = await at(home);
    const choose = async () => {
      const asked = made.waitForEvent('filechooser');
      await press(made, 'Déposer des fichiers');
      await (await asked).setFiles([{ name: 'Notes.txt', mimeType: 'text/plain', buffer: Buffer.from('autre') }]);
    };
    await choose();
    await made.getByText(/Un fichier porte déjà ce nom ici/).waitFor();
    await press(made, 'Garder les deux');
    await row(made, 'Notes (2).txt').waitFor();
    await choose();
    await press(made, 'Remplacer');
    await made.getByText(/Un fichier porte déjà ce nom ici/).waitFor({ state: 'detached' });
    await press(made, 'Fermer les envois');
    await press(made, 'Actions sur Notes.txt');
    await made.getByRole('menuitem', { name: 'Versions' }).click();
    await press(made, 'Rétablir');
    await made.getByText(/de nouveau le contenu du fichier/).waitFor();
  },

  async 'what is moved where its name is taken is asked about'() {
    const made = await at(home);
    await press(made, 'Nouveau dossier');
    await made.getByRole('textbox', { name: /^Nom/ }).fill('Là');
    await press(made, 'Créer le dossier');
    await row(made, 'Là').waitFor();
    for (const how of ['Copier…', 'Déplacer…']) {
      await press(made, 'Actions sur Notes.txt');
      await made.getByRole('menuitem', { name: how }).click();
      await made.getByRole('dialog').getByRole('button', { name: 'Là', exact: true }).click();
      await press(made, how === 'Copier…' ? 'Copier ici' : 'Déplacer ici');
    }
    await made.getByText('Ces noms existent déjà dans ce dossier').waitFor();
    await press(made, 'Garder les deux');
    await row(made, 'Notes.txt').waitFor({ state: 'detached' });
    await row(made, 'Là').dblclick();
    await row(made, 'Notes (2).txt').waitFor();
  },

  async 'fifty thousand entries scroll, and only those in sight are there'() {
    const made = await at(archives);
    await row(made, 'Acte 00001.pdf').waitFor();
    const list = made.getByRole('grid');
    for (let turn = 0; turn < 6; turn += 1) {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await made.waitForTimeout(150);
    }
    await made.waitForFunction(() => Number(/Acte (\d+)/.exec([...document.querySelectorAll('[role="row"]')].at(-2)?.textContent ?? '')?.[1]) > 600);
    assert.ok((await made.getByRole('row').count()) < 80, 'only what is in sight is drawn');
  },

  async 'pictures, PDF and texts are shown, one after the other'() {
    const made = await at(home);
    await row(made, 'Délibération 2026-118 — Schéma directeur du numérique.pdf').dblclick();
    await made.getByText(/Schema directeur du numerique/).waitFor({ state: 'attached' });
    await press(made, 'Suivant');
    await made.getByRole('heading', { name: 'Discours des vœux.docx' }).waitFor();
    // What is set aside is passed over.
    await press(made, 'Suivant');
    await made.getByText(/Rappeler la Métropole/).waitFor();
    await press(made, 'Suivant');
    await made.getByRole('img', { name: 'Plan de la mairie.png' }).waitFor();
    await made.waitForFunction(() => document.querySelector('.e-preview img')?.naturalWidth === 160);
  },

  async 'a folder is shared with a person, who shows with the reason, until it ends'() {
    const made = await at(home);
    await press(made, 'Actions sur Conseil municipal');
    await made.getByRole('menuitem', { name: 'Partager…' }).click();
    await made.getByText('Urbanisme').waitFor();
    await made.getByRole('combobox', { name: /Personne/ }).fill('Mar');
    const option = made.getByRole('option', { name: /^Mar/ }).first();
    await option.waitFor();
    await made.waitForTimeout(500); // the list has come to rest
    const name = (await option.innerText()).split(' · ')[0];
    await option.click();
    await made.getByRole('dialog').getByRole('button', { name: 'Partager', exact: true }).click();
    await press(made, `Mettre fin au partage avec ${name}`);
    await made.getByText(`Le partage avec ${name} a pris fin.`).waitFor();
  },

  async 'a favourite shows its star at once, is found again, and what was done is told'() {
    const made = await at(home);
    await press(made, 'Actions sur Notes.txt');
    await made.getByRole('menuitem', { name: 'Ajouter aux favoris' }).click();
    await row(made, 'Notes.txt').getByRole('img', { name: 'Favori' }).waitFor();
    await made.getByRole('link', { name: 'Favoris' }).click();
    await made.getByRole('heading', { level: 1, name: 'Favoris' }).waitFor();
    await press(made, 'Actions sur Notes.txt');
    await made.getByRole('menuitem', { name: 'Retirer des favoris' }).click();
    await made.getByRole('row').filter({ hasText: 'Notes.txt' }).waitFor({ state: 'detached' });
    await press(made, 'Actions sur Conseil municipal');
    await made.getByRole('menuitem', { name: 'Détails' }).click();
    await made.getByRole('tab', { name: 'Activité' }).click();
    await made.getByText('« Odj.txt » renommé en « Ordre du jour.txt »').waitFor();
    await press(made, 'Montrer la suite');
    await made.getByText('Dossier créé').waitFor();
  },

  async 'a comment names somebody, is changed and removed; a tag leads to what has it'() {
    const made = await at(home);
    await press(made, 'Actions sur Budget 2027.xlsx');
    await made.getByRole('menuitem', { name: 'Commentaires' }).click();
    await made.getByRole('combobox', { name: /Nommer quelqu’un/ }).fill('Pier');
    await made.getByRole('option', { name: /Pierre Garnier/ }).click();
    await made.getByRole('button', { name: 'Ne pas avertir Pierre Garnier' }).waitFor();
    await made.getByRole('textbox', { name: 'Votre commentaire' }).pressSequentially(' <i>ton avis</i> ?');
    await press(made, 'Commenter');
    await made.getByText('<i>ton avis</i> ?').last().waitFor();
    await made.waitForFunction(() => document.activeElement?.matches('textarea'));
    await made.getByRole('button', { name: 'Modifier votre commentaire' }).first().click();
    await made.getByRole('textbox', { name: 'Votre commentaire' }).last().fill('Vu avec Pierre.');
    await press(made, 'Enregistrer');
    await made.getByText('Vu avec Pierre.').waitFor();
    await made.getByRole('tab', { name: 'Détails' }).click();
    await made.getByRole('textbox', { name: 'Ajouter une étiquette' }).fill('voi');
    await press(made, 'Voirie');
    await made.getByRole('link', { name: 'Voirie' }).click();
    await made.getByRole('heading', { level: 1, name: 'Étiquette « Voirie »' }).waitFor();
    await made.getByRole('row').filter({ hasText: 'Budget 2027.xlsx' }).waitFor();
  },

  async 'a partner from outside is invited to a space until a day, and taken back'() {
    const made = await at('/files/about/00000000-0000-7000-8000-f00000000004?tab=access');
    for (const [label, text] of [
      ['Adresse professionnelle', 'a.blanc@bureau.example'],
      ['Prénom', 'Alix'],
      ['Nom', 'Blanc'],
      ['Organisation', 'Bureau Blanc'],
      ['Motif', 'Plans'],
    ])
      await made.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(text);
    const day = made.getByRole('spinbutton', { name: /Jusqu’au/ });
    for (const [index, text] of ['15', '02', '2027'].entries()) {
      await day.nth(index + ((await day.count()) > 3 ? 3 : 0)).click();
      await made.keyboard.type(text);
    }
    await press(made, 'Inviter');
    await made.getByText('Bureau Blanc').waitFor();
    await press(made, 'Retirer l’invitation de Alix Blanc');
    await made.getByText('L’invitation de Alix Blanc a pris fin.').waitFor();
  },

  async 'a link is made for people without an account, told once, and ended'() {
    const made = await at(home);
    await press(made, 'Actions sur Conseil municipal');
    await made.getByRole('menuitem', { name: 'Partager…' }).click();
    await press(made, 'Créer un lien');
    await made.getByLabel(/Mot de passe/).fill('court');
    await press(made, 'Créer le lien');
    await made.getByText(/8 à 200 caractères/).waitFor();
    await made.getByLabel(/Mot de passe/).fill('correct cheval');
    await press(made, 'Créer le lien');
    await made.getByText(new RegExp(`${server.origin}/l/`)).waitFor();
    await made.getByText('avec mot de passe').waitFor();
    await press(made, 'Mettre fin au lien n° 1');
    await made.getByText('Le lien ne mène plus nulle part.').waitFor();
    await made.getByText('avec mot de passe').waitFor({ state: 'detached' });
  },

  async 'the bin gives back and erases for good, after saying what that means'() {
    const made = await at('/files/bin/00000000-0000-7000-8000-e00000000001');
    await made.getByRole('row', { name: /Brouillon/ }).getByRole('checkbox').check({ force: true });
    await press(made, 'Remettre à sa place');
    await made.getByRole('row', { name: /Brouillon/ }).waitFor({ state: 'detached' });
    await press(made, 'Vider la corbeille');
    await made.getByText(/Personne ne pourra le retrouver/).waitFor();
    await made.getByRole('alertdialog').getByRole('button', { name: 'Vider la corbeille' }).click();
    await made.getByText('La corbeille est vide', { exact: true }).waitFor();
  },
};

let failed = 0;
for (const [name, steps] of Object.entries(walks)) {
  if (process.argv[2] && !name.includes(process.argv[2])) continue;
  try {
    await steps();
    console.log(`  ✓ ${name}`);
  } catch (error) {
    failed += 1;
    const pages = browser.contexts().flatMap((context) => context.pages());
    console.error(`  ✗ ${name}\n    ${String(error.message).split('\n').slice(0, 8).join('\n    ')}`);
    if (process.env.ENTENTE_PICTURES) await pages.at(-1)?.screenshot({ path: `${process.env.ENTENTE_PICTURES}/files-${failed}.png` });
  } finally {
    for (const context of browser.contexts()) await context.close();
  }
}
await browser.close();
await server.close();
console.log(failed ? `${failed} walks failed` : 'all walks arrived');
process.exit(failed ? 1 : 0);
