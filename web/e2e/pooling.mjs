// What a syndicate, a delegate and a member do with pooling, on the mock API; part of `npm test`.
import assert from 'node:assert/strict';
import { launch, serve } from '../scripts/browser.mjs';

const server = await serve();
const browser = await launch();

async function page(as) {
  await fetch(`${server.origin}/api/mock/reset?as=${as}&language=fr`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fr', reducedMotion: 'reduce' });
  const made = await context.newPage();
  made.setDefaultTimeout(15_000);
  return made;
}
const seen = (made, text) => made.getByText(text).first().waitFor();
const choose = async (made, label, option) => {
  await made.getByRole('button', { name: label }).last().click();
  await made.getByRole('option', { name: option }).first().click();
};

const walks = {
  async 'a key is written in parts, said back in words, and refused while they are not a hundred'() {
    const made = await page('pierre&acting=operator');
    await made.goto(`${server.origin}/operator/keys`);
    await made.getByRole('button', { name: 'Écrire une clé' }).click();
    const dialog = made.getByRole('alertdialog');
    await dialog.getByLabel('Nom').fill('Moitié-moitié');
    await seen(dialog, 'Réparti selon la population municipale.');
    await dialog.getByRole('button', { name: 'Ajouter une part' }).click();
    await choose(made.getByRole('group', { name: 'Part 2' }).page(), /Réparti/, 'à parts égales');
    await seen(dialog, '60 % selon la population');
    await dialog.getByRole('group', { name: 'Part 1' }).getByLabel('% du total').fill('60');
    await seen(dialog, 'Les parts doivent faire 100 % ensemble.');
    const save = dialog.getByRole('button', { name: 'Enregistrer ce projet' });
    assert.equal(await save.isDisabled(), true, 'a key that makes no sense is not saved');
    await dialog.getByRole('group', { name: 'Part 1' }).getByLabel('% du total').fill('50');
    await seen(dialog, '60 % selon la population');
    await save.click();
    await seen(made, 'Clé enregistrée comme projet.');
    await made.context().close();
  },

  async 'keys are compared side by side, and a change is tried before anybody votes'() {
    const made = await page('pierre&acting=operator');
    await made.goto(`${server.origin}/operator/keys/compare`);
    await made.getByRole('button', { name: 'Comparer' }).click();
    await made.getByRole('columnheader', { name: 'Population et comptes' }).waitFor();
    await made.goto(`${server.origin}/operator/what-if`);
    await made.getByRole('button', { name: 'Ajouter un changement' }).click();
    await choose(made, /Convention/, /2024-01/);
    await made.getByLabel(/qui n’est pas encore là/).fill('Feyzin');
    const trial = made.getByRole('button', { name: 'Essayer ce changement' });
    assert.equal(await trial.isDisabled(), true, 'an authority that is not there needs its population');
    await made.getByLabel(/Sa population/).fill('9 900');
    await trial.click();
    await seen(made, 'Effet sur 2026');
    await seen(made, /Feyzin rejoint la convention 2024-01/);
    await made.context().close();
  },

  async 'an amount that is none is said beside its field'() {
    const made = await page('pierre&acting=operator');
    await made.goto(`${server.origin}/operator/budget`);
    await made.getByRole('button', { name: 'Ajouter une ligne' }).click();
    await made.getByLabel(/^Montant en euros/).fill('douze');
    await seen(made, 'Écrivez un montant comme 12 345,67.');
    assert.equal(await made.getByRole('button', { name: 'Ajouter la ligne' }).isDisabled(), true);
    await made.context().close();
  },

  async 'an agreement ends only after one has seen who loses what'() {
    const made = await page('pierre&acting=operator');
    await made.goto(`${server.origin}/operator/agreements/agreement-2024-01`);
    await made.getByRole('button', { name: 'Mettre fin à la convention' }).click();
    const dialog = made.getByRole('alertdialog');
    await dialog.getByLabel('Motif').fill('Reprise en régie');
    const end = dialog.getByRole('button', { name: 'Mettre fin à la convention' });
    assert.equal(await end.isDisabled(), true, 'nobody ends an agreement without its date');
    await dialog.getByRole('spinbutton').first().focus();
    await made.keyboard.type('31122026');
    await dialog.getByRole('grid', { name: 'Qui perd quoi' }).waitFor();
    await seen(dialog, /préavis de 6 mois n’est pas respecté/);
    assert.equal(await end.isDisabled(), false);
    await made.context().close();
  },

  async 'a delegate votes, changes an open vote, and may not change a secret one'() {
    const made = await page('nadia');
    await made.goto(`${server.origin}/pooling/votes`);
    await made.getByRole('button', { name: /^Voter pour/ }).first().click();
    await made.getByText('Contre', { exact: true }).click();
    await made.getByRole('button', { name: 'Enregistrer ce vote' }).click();
    await seen(made, /a voté : Contre/);
    assert.ok((await made.getByRole('button', { name: /^Changer le vote/ }).count()) > 0, 'an open vote may be changed');
    const secret = made.getByRole('article').filter({ hasText: 'Vote secret' });
    assert.equal(await secret.getByRole('button', { name: /^Changer/ }).count(), 0, 'a secret vote may not');
    await made.context().close();
  },

  async 'a meeting shows what was decided and by whom, and its signed minutes'() {
    const made = await page('nadia');
    await made.goto(`${server.origin}/pooling/decisions`);
    await made.getByRole('row', { name: /Population et comptes/ }).click();
    await made.getByRole('heading', { name: 'Comité du 6 octobre' }).waitFor();
    await made.getByText('Qui a voté quoi').click();
    await made.getByRole('grid', { name: /^Votes/ }).waitFor();
    assert.equal(await made.getByText('Qui a voté quoi').count(), 1, 'a secret ballot names nobody');
    await made.getByRole('link', { name: /Procès-verbal signé/ }).waitFor();
    await made.context().close();
  },

  async 'a need is proposed, talked over and found again on the roadmap'() {
    const made = await page('nadia');
    await made.goto(`${server.origin}/pooling/roadmap`);
    await made.getByRole('link', { name: 'Parapheur sur téléphone' }).click();
    await made.getByRole('heading', { name: 'Parapheur sur téléphone' }).waitFor();
    await made.getByLabel('Votre message').fill('Nous voulons bien essayer.');
    await made.getByRole('button', { name: 'Envoyer' }).click();
    await seen(made, 'Nous voulons bien essayer.');
    await made.goto(`${server.origin}/pooling/requests`);
    await made.getByRole('button', { name: 'Proposer un besoin' }).click();
    const propose = made.getByRole('button', { name: 'Proposer ce besoin' });
    assert.equal(await propose.isDisabled(), true);
    await made.getByLabel('En une phrase').fill('Un parapheur');
    await made.getByLabel('Le besoin').fill('Signer sans imprimer.');
    await propose.click();
    await made.waitForURL(/requests\/request-1/);
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
