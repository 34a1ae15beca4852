// What an administrator does, from the first press to the last, in the built application on the mock API: each walk is a task of
// the people it is for, found by the words they read.
import assert from 'node:assert/strict';
import { launch, serve } from '../scripts/browser.mjs';

const server = await serve();
const browser = await launch();
const member = '/members/00000000-0000-7000-8000-100000000001';
const hr = [
  'Matricule;Prénom;Nom;Date de naissance;Fonction;Service',
  'W1;Solène;Abgrall;12/06/1988;Comptable;Finances',
  'W2;Nadia;Bénali;;Agente d’accueil;Accueil',
];

async function page(as) {
  await fetch(`${server.origin}/api/mock/reset?as=${as}`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fr', reducedMotion: 'reduce' });
  const made = await context.newPage();
  made.setDefaultTimeout(20_000);
  return made;
}
const seen = (made, text) => made.getByText(text).first().waitFor();

const walks = {
  async 'ending a mandate says what will happen, then shows every act and offers the certificate'() {
    const made = await page('pierre');
    await made.goto(`${server.origin}${member}/people?q=roche`);
    // A press that comes before the page listens is lost, on a slow machine: a person presses again.
    const row = made.getByRole('row', { name: /Roche/ }).first();
    const begin = made.getByRole('link', { name: 'Mettre fin au poste' }).first();
    for (let press = 0; press < 10 && !(await begin.isVisible()); press += 1) {
      if (await row.isVisible()) await row.click();
      await begin.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await begin.click();
    await seen(made, /perdra l’accès à/);
    const end = made.getByRole('button', { name: 'Mettre fin au poste' });
    assert.equal(await end.isDisabled(), true, 'a reason is needed');
    await made.getByRole('button', { name: /Motif/ }).click();
    await made.getByRole('option', { name: 'Mutation' }).click();
    await end.click();
    await made.getByRole('heading', { name: /^Départ de/ }).waitFor();
    await seen(made, 'Tout est coupé.');
    assert.equal(await made.getByText('Échec').count(), 0);
    await made.getByRole('link', { name: 'Télécharger le certificat' }).waitFor();
    await made.getByRole('button', { name: 'Annuler ce départ' }).waitFor();
    await made.context().close();
  },

  async 'a token for the town’s own software is shown once, and revoked when the software goes'() {
    const made = await page('pierre');
    await made.goto(`${server.origin}${member}/settings`);
    await made.getByRole('heading', { name: /Logiciels qui tiennent/ }).waitFor();
    await made.getByRole('button', { name: 'Ajouter un logiciel' }).click();
    await made.getByRole('textbox', { name: /Nom du logiciel/ }).fill('GLPI');
    await made.getByRole('button', { name: 'Créer son jeton' }).click();
    await made.getByRole('heading', { name: 'Jeton de « GLPI »' }).waitFor();
    await made.getByText(/^scim-/).waitFor();
    await made.getByRole('button', { name: 'Je l’ai copié, fermer' }).click();
    await made.getByText(/^scim-/).waitFor({ state: 'detached' });
    await seen(made, 'jamais utilisé');

    await made.getByRole('button', { name: 'Révoquer le jeton de GLPI' }).click();
    await made.getByRole('alertdialog').getByRole('button', { name: 'Révoquer le jeton' }).click();
    await made.getByText('GLPI', { exact: true }).waitFor({ state: 'detached' });
    await made.context().close();
  },

  async 'a town’s own provider is described, tested, tried, and taken away again'() {
    const made = await page('pierre');
    await made.goto(`${server.origin}${member}/settings`);
    await made.getByRole('button', { name: 'Ajouter une connexion' }).click();
    await made.getByRole('textbox', { name: 'Nom' }).fill('Compte du CCAS');
    await made.getByRole('button', { name: 'Préparer la connexion' }).click();
    const dialog = made.getByRole('dialog', { name: 'Compte du CCAS' });
    await dialog.getByText(/\/broker\/.+\/endpoint$/).waitFor();
    await dialog.getByRole('textbox', { name: /Adresse du fournisseur/ }).fill('https://sso.ccas.example');
    await dialog.getByRole('textbox', { name: /Nom du client/ }).fill('entente');
    await dialog.getByLabel('Secret du client').fill('un secret');
    await dialog.getByRole('button', { name: 'Tester', exact: true }).click();
    // The worst first.
    assert.match(await dialog.getByRole('status').locator('.e-message').first().textContent(), /secret est refusé/);
    await dialog.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await seen(made, 'À l’essai');

    await made.getByRole('button', { name: 'Retirer la connexion Compte du CCAS' }).click();
    await made.getByRole('alertdialog').getByRole('button', { name: 'Retirer la connexion' }).click();
    await made.getByText('Compte du CCAS', { exact: true }).waitFor({ state: 'detached' });
    await made.context().close();
  },

  // Last: the mock remembers, and this import ends almost every post of the town.
  async 'an import is read over, its doubt settled, its departures typed out, then applied'() {
    const made = await page('pierre');
    const send = async (name, text) => {
      await made.goto(`${server.origin}${member}/imports`);
      const chooser = made.waitForEvent('filechooser');
      await made.getByRole('button', { name: 'Choisir un fichier' }).click();
      await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
      await made.getByRole('heading', { name }).waitFor();
    };
    const apply = made.getByRole('button', { name: 'Appliquer cet import' });
    await send('agents-fautif.csv', [...hr, ';Tom;Sansmatricule;;Cuisinier;Restauration'].join('\r\n'));
    await seen(made, /Une ligne est en erreur/);
    assert.equal(await apply.isDisabled(), true, 'nothing is applied while a line is wrong');
    await made.getByRole('tab', { name: /Erreurs/ }).click();
    await seen(made, /Le matricule manque/);

    await send('agents.csv', hr.join('\r\n'));
    await seen(made, 'Un doute reste à trancher avant d’appliquer.');
    assert.equal(await apply.isDisabled(), true, 'nothing can be applied while a doubt is open');
    await made.getByRole('tab', { name: /Doutes/ }).click();
    await made.getByRole('button', { name: 'C’est une nouvelle personne' }).click();
    await seen(made, /Vous devrez confirmer ce nombre/);

    await apply.click();
    const dialog = made.getByRole('alertdialog');
    const confirm = dialog.getByRole('button', { name: 'Appliquer l’import' });
    assert.equal(await confirm.isDisabled(), true, 'so many departures are not clicked away');
    const asked = await dialog.getByText(/^Tapez/).innerText();
    await dialog.getByRole('textbox').fill(asked.replaceAll(/\D/g, ''));
    await confirm.click();
    await seen(made, 'Import appliqué.');
    await made.context().close();
  },

  async 'an application is described by its metadata, what is wrong is said by line, and its secret is shown once'() {
    const made = await page('pierre&acting=operator');
    await made.goto(`${server.origin}/operator/services`);
    await made.getByRole('link', { name: 'Ajouter une application' }).click();
    await made.getByText('SAML 2.0').click();
    const next = made.getByRole('button', { name: 'Relire la description' });
    await made.getByLabel('Nom', { exact: true }).fill('Gestion des élus');
    assert.equal(await made.getByLabel('Identifiant', { exact: true }).inputValue(), 'gestion-des-elus');
    await made.getByLabel('Ce qu’on y fait').fill('Mandats et indemnités');
    await made.getByLabel('Adresse qui ouvre').fill('https://elus.example.fr/');
    assert.equal(await next.isDisabled(), true, 'its metadata are needed');
    await made.getByRole('textbox', { name: 'Métadonnées de l’application (XML)' }).fill('rien');
    await made.getByRole('button', { name: 'Lire ces métadonnées' }).click();
    await seen(made, /ne se lisent pas/);
    await made.getByRole('textbox', { name: 'Métadonnées de l’application (XML)' }).fill('<EntityDescriptor/>');
    await made.getByRole('button', { name: 'Lire ces métadonnées' }).click();
    await seen(made, 'https://paie.exemple.fr/saml');

    // One changes one’s mind: what was typed is still there.
    await made.getByText(/La plupart des applications/).click();
    await made.getByLabel('Adresses de retour').fill('https://elus.example.fr/cb');
    await next.click();
    await seen(made, 'La description est bonne.');
    const yaml = made.getByLabel('Description du service (YAML)');
    const good = await yaml.inputValue();
    await yaml.fill(good.replace('elu]', 'mayor]'));
    await seen(made, 'Ligne 12');
    const add = made.getByRole('button', { name: 'Ajouter au catalogue' });
    assert.equal(await add.isDisabled(), true, 'nothing wrong is added');
    await yaml.fill(good);
    await seen(made, 'La description est bonne.');
    await add.click();
    await seen(made, /ne sera plus montré/);
    await seen(made, 'Découverte (OpenID Connect Discovery)');

    await made.goto(`${server.origin}/operator/services/new`);
    await made.getByText('Remplir d’après elles').click();
    await made.getByLabel(/Métadonnées de l’application/).fill('{"client_name": "Wiki"}');
    await made.getByRole('button', { name: 'Lire ces métadonnées' }).click();
    await seen(made, /Ces métadonnées ne se lisent pas/);
    await made.getByLabel(/Métadonnées de l’application/).fill('https://wiki.exemple.fr/client.json');
    await made.getByRole('button', { name: 'Lire ces métadonnées' }).click();
    await seen(made, /Le formulaire est rempli/);
    await seen(made, /groups\.read/);

    await made.goto(`${server.origin}/operator/services/new`);
    await made.getByRole('button', { name: /Quelle application/ }).click();
    await made.getByRole('option', { name: /Nextcloud/ }).click();
    await made.getByLabel('Adresse du serveur').fill('a b');
    await next.click();
    await seen(made, /n’est pas un nom de serveur/);
    await made.getByLabel('Adresse du serveur').fill('fichiers.exemple.fr');
    await next.click();
    await made.getByLabel('Secret kept.nextcloud.password').fill('un mot de passe d’application');
    await made.getByRole('button', { name: 'Garder ce secret' }).click();
    await seen(made, 'La description est bonne.');
    await add.click();
    await seen(made, /OpenID Connect user backend/);
    await seen(made, /ne sera plus montré/);
    await made.context().close();
  },
};

let failed = 0;
for (const [name, walk] of Object.entries(walks).filter(([name]) => name.includes(process.argv[2] ?? ''))) {
  try {
    await walk();
    console.log(`✓ ${name}`);
  } catch (failure) {
    failed += 1;
    console.error(`✗ ${name}\n  ${failure.message}`);
  }
}
await browser.close();
await server.close();
process.exit(failed ? 1 : 0);
