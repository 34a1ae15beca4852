// What is shared and paid together, from the first press to the last, in the built application on the mock API: the operator's year
// (keys, budget, the end of an agreement), a delegate's votes, and a need that finds its backers.
import assert from 'node:assert/strict';
import { launch, serve } from '../scripts/browser.mjs';

const server = await serve();
const browser = await launch();
const operator = 'pierre&acting=operator';

async function at(path, as) {
  await fetch(`${server.origin}/api/mock/reset?as=${as}`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fr', reducedMotion: 'reduce' });
  const made = await context.newPage();
  made.setDefaultTimeout(20_000);
  await open(made, path);
  return made;
}
async function open(made, path) {
  await made.goto(server.origin + path);
  await made.locator('h1').waitFor();
}
const seen = (made, text) => made.getByText(text).first().waitFor();
const press = (made, name) => made.getByRole('button', { name, exact: true }).click();
const write = (made, label, text) => made.getByRole('textbox', { name: label }).fill(text);
const dialog = (made) => made.getByRole('alertdialog');
async function pick(made, label, option) {
  await made.getByRole('button', { name: label }).click();
  await made.getByRole('option', { name: option }).click();
}
/** A day, typed part by part as one does. */
async function day(made, label, digits) {
  await made.getByRole('group', { name: label }).getByRole('spinbutton').first().click();
  await made.keyboard.type(digits);
}

const walks = {
  async 'a key of two parts is refused until they make a hundred, said back in words, kept as a draft and then adopted'() {
    const made = await at('/operator/keys', operator);
    await press(made, 'Écrire une clé');
    const save = dialog(made).getByRole('button', { name: 'Enregistrer ce projet' });
    await write(dialog(made), /^Nom/, 'Moitié égale');
    await press(made, 'Ajouter une part');
    const second = dialog(made).getByRole('group', { name: 'Part 2' });
    await second.getByRole('button', { name: /Réparti/ }).click();
    await made.getByRole('option', { name: 'à parts égales' }).click();
    await write(second, /% du total/, '40');
    await seen(made, 'Les pourcentages font 90 au total : ils doivent faire 100.');
    assert.equal(await save.isDisabled(), true, 'a key that does not add up is not kept');
    await write(second, /% du total/, '50');
    await write(dialog(made), /Au moins, en euros/, '1 500');
    const said = '50 % selon la population + 50 % à parts égales ; au moins 1500 € par membre et par an';
    await dialog(made).getByText(said).waitFor();
    await save.click();
    await dialog(made).waitFor({ state: 'detached' });
    const row = made.getByRole('row', { name: /Moitié égale/ });
    await row.getByText(said).waitFor();
    await row.getByText('Projet').waitFor();

    await press(made, 'Modifier Moitié égale');
    await write(dialog(made), /Au moins, en euros/, '2 000');
    await dialog(made).getByText(/au moins 2000 €/).waitFor();
    await save.click();
    await row.getByText(/au moins 2000 €/).waitFor();

    await press(made, 'Adopter Moitié égale');
    await dialog(made).getByText(/Une clé adoptée ne change plus/).waitFor();
    await press(made, 'Adopter la clé');
    await made.getByRole('button', { name: 'Retirer Moitié égale' }).waitFor();
    await row.getByText('Adoptée', { exact: true }).waitFor();
    await made.context().close();
  },

  async 'keys are compared side by side, one column a key, one line a town'() {
    const made = await at('/operator/keys/compare', operator);
    await made.getByRole('checkbox', { name: /^Population et comptes/ }).waitFor();
    assert.equal(await made.getByRole('checkbox', { name: /^Parts égales/ }).count(), 0, 'a retired key is not proposed any more');
    const compare = made.getByRole('button', { name: 'Comparer', exact: true });
    await write(made, /Montant à répartir/, 'beaucoup');
    await seen(made, 'Écrivez un montant comme 12 345,67.');
    assert.equal(await compare.isDisabled(), true);
    await write(made, /Montant à répartir/, '');
    await compare.click();
    await made.getByRole('heading', { name: /437\s900,00\s€ à répartir/ }).waitFor();
    const table = made.getByRole('grid', { name: 'Ce que verserait chaque collectivité' });
    for (const key of ['Population', 'Population et comptes']) await table.getByRole('columnheader', { name: key, exact: true }).first().waitFor();
    assert.equal(await table.getByRole('row').filter({ hasText: '€' }).count(), 7, 'every party of the agreement is there');
    await made.context().close();
  },

  async 'a town that might join is tried: what each would pay is shown beside what it pays, and can be taken back'() {
    const made = await at('/operator/what-if', operator);
    await press(made, 'Ajouter un changement');
    const tryIt = dialog(made).getByRole('button', { name: 'Essayer ce changement' });
    assert.equal(await tryIt.isDisabled(), true, 'nothing is asked of the platform before it is said whole');
    await pick(made, /Convention/, /^2024-01/);
    await write(dialog(made), /Ou une collectivité/, 'Feyzin');
    await write(dialog(made), /Sa population/, 'dix mille');
    await seen(made, 'Donnez un nombre entier.');
    await write(dialog(made), /Sa population/, '9 900');
    await tryIt.click();
    await seen(made, /Feyzin rejoint la convention 2024-01/);
    const effect = made.getByRole('grid', { name: 'Effet sur chaque collectivité' });
    await effect.getByRole('row', { name: /Feyzin/ }).getByText(/\+35\s900,00\s€/).waitFor();
    await effect.getByText(/-8,2\s%/).first().waitFor();
    await made.getByRole('button', { name: /^Retirer : Feyzin/ }).click();
    await effect.waitFor({ state: 'detached' });
    await seen(made, 'Aucun changement n’est encore posé');
    await made.context().close();
  },

  async 'a budget line with a wrong amount is refused in words, and nothing that was typed is lost'() {
    const made = await at('/operator/budget?year=2026', operator);
    await press(made, 'Ajouter une ligne');
    const add = dialog(made).getByRole('button', { name: 'Ajouter la ligne' });
    const amount = (text) => write(dialog(made), /^Montant en euros/, text);
    await write(dialog(made), /^Libellé/, 'Supervision');
    await pick(made, /Convention/, /^2024-01/);
    await amount('douze');
    await seen(made, 'Écrivez un montant comme 12 345,67.');
    assert.equal(await add.isDisabled(), true, 'what is no amount is not sent');
    for (const [typed, refused] of [
      ['-12', /Un coût ne peut pas être négatif/],
      ['1 000 000 000 001', /dépasse ce qui peut être compté/],
    ]) {
      await amount(typed);
      await add.click();
      await dialog(made).getByText(refused).waitFor();
      assert.equal(await dialog(made).getByRole('textbox', { name: /^Libellé/ }).inputValue(), 'Supervision');
    }
    assert.equal(await dialog(made).getByRole('textbox', { name: /amortissement/ }).count(), 0, 'only an investment weighs on several years');
    await pick(made, /Nature/, 'Investissement');
    await write(dialog(made), /Durée d’amortissement/, '4');
    await amount('10 000');
    await add.click();
    await dialog(made).waitFor({ state: 'detached' });
    await made.getByRole('row', { name: /Supervision/ }).getByText(/2\s500,00\s€/).waitFor();
    await made.context().close();
  },

  async 'an agreement is ended after it was said who loses what, and that the notice is not kept'() {
    const made = await at('/operator/agreements/agreement-2025-03', operator);
    await press(made, 'Mettre fin à la convention');
    const end = dialog(made).getByRole('button', { name: 'Mettre fin à la convention' });
    await write(dialog(made), /Motif/, 'Le marché n’est pas renouvelé.');
    assert.equal(await end.isDisabled(), true, 'nobody ends an agreement without having seen what it takes away');
    await day(made, /Dernier jour/, '31122026');
    await dialog(made).getByText(/Le préavis de 6 mois n’est pas respecté/).waitFor();
    const losses = dialog(made).getByRole('grid', { name: 'Qui perd quoi' });
    assert.equal(await losses.getByRole('row').filter({ hasText: /\d/ }).count(), 4);
    await dialog(made).getByText(/Lignes de budget à revoir/).waitFor();
    await end.click();
    await dialog(made).waitFor({ state: 'detached' });
    await seen(made, 'Fin de la convention 2025-03 enregistrée.');
    await made.locator('dl').getByText('31 décembre 2026').waitFor();
    await made.context().close();
  },

  async 'a delegate changes an open vote, casts a secret one, and is refused a second secret one'() {
    const made = await at('/pooling/votes', 'nadia');
    const open = made.getByRole('article').filter({ hasText: 'Vote public' });
    await open.getByRole('button', { name: /^Changer le vote de/ }).click();
    await dialog(made).getByRole('radio', { name: 'Contre' }).check({ force: true });
    await press(made, 'Enregistrer ce vote');
    await dialog(made).waitFor({ state: 'detached' });
    await open.getByText(/a voté : contre/i).waitFor();

    const secret = (one) => one.getByRole('article').filter({ hasText: 'Vote secret' });
    const vote = async (one) => {
      await secret(one).getByRole('button', { name: /^Voter pour/ }).click();
      await dialog(one).getByText(/Un vote secret ne se change pas/).waitFor();
      await dialog(one).getByRole('radio', { name: 'Pour', exact: true }).check({ force: true });
    };
    // Two windows in which the same seat was about to vote.
    const other = await made.context().newPage();
    await other.goto(`${server.origin}/pooling/votes`);
    await vote(other);
    await vote(made);
    await press(other, 'Enregistrer ce vote');
    await secret(other).getByRole('button', { name: /^Voter pour/ }).waitFor({ state: 'detached' });
    assert.equal(await secret(other).getByText(/a voté :/).count(), 0, 'what was voted is shown to nobody');
    await press(made, 'Enregistrer ce vote');
    await dialog(made).getByText(/Ce siège a déjà voté/).waitFor();
    await made.context().close();
  },

  async 'a meeting shows what was decided and by whom, and its signed minutes'() {
    const made = await at('/pooling/decisions', 'nadia');
    await made.getByRole('row', { name: /Population et comptes/ }).click();
    await made.getByRole('heading', { name: 'Comité du 6 octobre' }).waitFor();
    await made.getByText('Qui a voté quoi').click();
    await made.getByRole('grid', { name: /^Votes/ }).waitFor();
    assert.equal(await made.getByText('Qui a voté quoi').count(), 1, 'a secret ballot names nobody');
    await made.getByRole('link', { name: /Procès-verbal signé/ }).waitFor();
    await made.context().close();
  },

  async 'a convened meeting is moved to another day and then called off, with why'() {
    const made = await at('/pooling/meetings/meeting-5', operator);
    await press(made, 'Reporter');
    assert.equal(await dialog(made).getByRole('textbox', { name: /Heure/ }).inputValue(), '14:00', 'the hour is said as the territory says it');
    await write(dialog(made), /Heure/, '25:00');
    assert.equal(await dialog(made).getByRole('button', { name: 'Reporter et prévenir' }).isDisabled(), true, 'an hour that is none is not sent');
    await write(dialog(made), /Heure/, '18:30');
    await write(dialog(made), /Lieu/, 'Salle des fêtes de Grigny');
    await press(made, 'Reporter et prévenir');
    await seen(made, /18:30 · Salle des fêtes de Grigny/);

    await press(made, 'Annuler la séance');
    const confirm = dialog(made).getByRole('button', { name: 'Annuler et prévenir' });
    assert.equal(await confirm.isDisabled(), true, 'nothing is called off without a reason');
    await write(dialog(made), /Motif/, 'Panne de chauffage.');
    await confirm.click();
    await seen(made, 'Cette séance n’a pas lieu');
    await seen(made, 'Panne de chauffage.');
    assert.equal(await made.getByRole('button', { name: 'Clore la séance' }).count(), 0, 'nothing is left to do with it');
    await made.context().close();
  },

  async 'whoever asked finds the request among all and takes it back'() {
    const made = await at('/pooling/requests', 'nadia');
    await pick(made, /De qui/, 'Que j’ai proposées');
    await made.getByRole('row').nth(1).getByRole('rowheader').click();
    await press(made, 'Retirer la demande');
    await dialog(made).getByRole('button', { name: 'Retirer la demande' }).click();
    await seen(made, 'Retirée');
    assert.equal(await made.getByRole('button', { name: /Soutenir pour/ }).count(), 0, 'what was withdrawn is not backed');
    await made.context().close();
  },

  async 'a need is proposed, talked about, and backed by an authority with a weight and a budget'() {
    const made = await at('/pooling/requests', 'nadia');
    await press(made, 'Proposer un besoin');
    await write(dialog(made), /En une phrase/, 'Une borne d’accueil partagée');
    await write(dialog(made), /Le besoin/, 'Les mairies annexes n’ont personne l’après-midi.');
    await press(made, 'Proposer ce besoin');
    await made.getByRole('heading', { level: 1, name: 'Une borne d’accueil partagée' }).waitFor();
    await seen(made, 'Aucun soutien');
    const page = made.url();
    await write(made, /Votre message/, 'Nous pouvons prêter la nôtre pour un essai.');
    await press(made, 'Envoyer');
    await made.getByRole('listitem').getByText('Nous pouvons prêter la nôtre pour un essai.').waitFor();
    assert.equal(await made.getByRole('textbox', { name: /Votre message/ }).inputValue(), '', 'what was sent is not there to be sent twice');

    // Whoever looks at the roadmap comes to the page of the need.
    await made.goto(`${server.origin}/pooling/roadmap`);
    await made.getByRole('link', { name: 'Parapheur sur téléphone' }).click();
    await made.getByRole('heading', { level: 1, name: 'Parapheur sur téléphone' }).waitFor();
    await made.goBack();
    await made.getByRole('heading', { level: 1, name: 'Feuille de route' }).waitFor();
    await made.goto(page);

    // Only who answers for an authority may bind it.
    assert.equal(await made.getByRole('button', { name: /^Soutenir pour/ }).count(), 0);
    await fetch(`${server.origin}/api/mock/reset?as=pierre`);
    await made.reload();
    await made.getByRole('button', { name: /^Soutenir pour/ }).click();
    await dialog(made).getByRole('radio', { name: 'Indispensable' }).check({ force: true });
    await write(dialog(made), /Budget que nous pourrions/, '-5');
    await seen(made, 'Écrivez un montant comme 12 345,67.');
    await write(dialog(made), /Budget que nous pourrions/, '2 000');
    await press(made, 'Soutenir');
    await dialog(made).waitFor({ state: 'detached' });
    await made.getByRole('heading', { name: /1 soutien/ }).waitFor();
    await made.getByRole('grid', { name: 'Soutiens' }).getByText(/2\s000,00\s€/).waitFor();
    await made.getByRole('button', { name: 'Modifier notre soutien' }).waitFor();
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
