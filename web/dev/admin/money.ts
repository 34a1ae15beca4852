import type { BudgetLine, CostKey, KeyComparison, StoredKey, Usage, UsageMetric, WhatIf } from '../../src/api/pooling.ts';
import { keys } from './deciding.ts';
import { type Handlers, missing, ok, refuse } from './kit.ts';
import { members, services } from './world.ts';

/** The budget of the year, what keys make of it, and what is used. Amounts are whole cents. */
const towns = members.filter((one) => one.kind === 'commune').slice(0, 7);
const all = towns.reduce((sum, one) => sum + (one.population ?? 0), 0);
const part = (population: number | null, cost: number) => Math.round((cost * (population ?? 0)) / all);

const line = (id: string, label: string, agreement: string, nature: BudgetLine['nature'], amount: number, years = 1, funding = 0): BudgetLine => ({
  id, label, agreement: `agreement-${agreement}`, agreementNumber: agreement, service: nature === 'people' ? null : agreement === '2024-01' ? 'mail' : 'files', nature, firstYear: 2026, years, amount, funding, funder: funding ? 'État, plan de relance' : null, costKey: null,
  inYear: Math.round(amount / years), fundingInYear: Math.round(funding / years), version: 1,
});
const lines = [
  line('line-1', 'Messagerie : hébergement et licences', '2024-01', 'running', 9_840_000),
  line('line-2', 'Fichiers : stockage et coédition', '2025-03', 'investment', 63_000_000, 5, 12_000_000),
  line('line-3', 'Équipe d’exploitation (2,5 postes)', '2024-01', 'people', 21_350_000),
];
const metrics: UsageMetric[] = services.slice(0, 2).flatMap((service) => [
  { metric: 'accounts', name: 'Comptes', unit: 'comptes', service: service.id, serviceName: service.name, firstDay: '2024-11-01', lastDay: '2026-11-24' },
  { metric: 'active-people', name: 'Personnes actives', unit: 'personnes', service: service.id, serviceName: service.name, firstDay: '2024-11-01', lastDay: '2026-11-24' },
]);
function usage(query: URLSearchParams): Usage {
  const one = metrics.find((metric) => metric.metric === query.get('metric') && metric.service === query.get('service')) ?? metrics[0];
  const [year = 2026, month = 1] = (query.get('from') ?? '2025-12').split('-').map(Number);
  const [endYear = 2026, endMonth = 11] = (query.get('to') ?? '2026-11').split('-').map(Number);
  const periods = Array.from({ length: (endYear - year) * 12 + endMonth - month + 1 }, (_, at) => {
    const index = year * 12 + month - 1 + at;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
  return {
    metric: one?.metric ?? '', name: one?.name ?? '', unit: one?.unit ?? '', kind: 'level', service: one?.service ?? '', serviceName: one?.serviceName ?? { fr: '', en: '' }, periods,
    members: towns.map((town, at) => ({ member: town.id, name: town.name, population: town.population, values: periods.map((_, step) => (at === 6 && step < 3 ? null : Math.round(((town.population ?? 0) / 60) * (1 + step / 40)))) })),
  };
}
/** A key in words, as the platform says it. */
function wordsOf(key: CostKey): string {
  if (key.key === 'equal') return 'à parts égales';
  if (key.key === 'measure') return `selon ${key.measure === 'population' ? 'la population' : key.measure}`;
  if (key.key === 'mix') return key.parts.map((one) => `${one.percent} % ${wordsOf(one.by)}`).join(' + ');
  if (key.key === 'at-least') return `${wordsOf(key.of)} ; au moins ${key.minimum / 100} € par membre et par an`;
  if (key.key === 'capped') return `${wordsOf(key.of)} ; au plus ${key.mostPercent} % du coût par membre`;
  return key.key;
}
const comparison = (names: { name: string }[]): KeyComparison => ({
  total: 43_790_000,
  keys: names.map(({ name }, at) => ({ name, text: keys.find((key) => key.name === name)?.text ?? '', error: at === 2 ? 'Il manque la population de Solaize.' : null })),
  members: towns.map((town) => ({ member: town.id, name: town.name, population: town.population, agents: Math.round((town.population ?? 0) / 45), amounts: names.map((_, at) => (at === 0 ? part(town.population, 43_790_000) : at === 1 ? Math.round(43_790_000 / towns.length) : null)) })),
});
const whatIf: WhatIf = {
  year: 2026, before: 43_790_000, after: 43_790_000,
  members: [
    ...towns.map((town) => {
      const before = part(town.population, 43_790_000);
      const after = part(town.population, 40_200_000);
      return { member: town.id, name: town.name, population: town.population, before, after, difference: after - before, percent: -8.2 };
    }),
    { member: null, name: 'Feyzin', population: 9_900, before: 0, after: 3_590_000, difference: 3_590_000, percent: null },
  ],
};

export const moneyHandlers: Handlers = {
  'GET /api/operator/pooling/keys': () => ok(keys),
  'PUT /api/operator/pooling/keys/:id': ({ params, body }) => {
    const found = keys.find((one) => one.id === params.id);
    if (!found) return missing();
    const { version, formula } = body as { version: number; formula: CostKey };
    if (found.status !== 'draft') return refuse(409, 'pooling.key.adopted', `La clé « ${found.name} » est adoptée : elle ne se modifie plus. Faites-en une nouvelle.`);
    if (found.version !== version) return refuse(409, 'pooling.changed-meanwhile', 'Quelqu’un d’autre vient de modifier cela : rechargez la page.');
    Object.assign(found, { formula, text: wordsOf(formula), version: version + 1 });
    return ok(found);
  },
  'POST /api/operator/pooling/keys': ({ body }) => {
    const { name, formula } = body as { name: string; formula: CostKey };
    if (keys.some((one) => one.name === name)) return refuse(409, 'pooling.key.name-taken', `Une clé s’appelle déjà « ${name} » : choisissez un autre nom.`);
    const made: StoredKey = { id: `key-${keys.length + 1}`, name, formula, text: wordsOf(formula), status: 'draft', adoptedOn: null, version: 1 };
    keys.push(made);
    return ok(made);
  },
  'POST /api/operator/pooling/keys/read': ({ body }) => {
    const { formula } = body as { formula: CostKey };
    const sum = formula.key === 'mix' ? formula.parts.reduce((whole, one) => whole + one.percent, 0) : 100;
    return sum === 100 ? ok({ text: wordsOf(formula) }) : refuse(422, 'pooling.percents.not-hundred', `Les pourcentages font ${sum} au total : ils doivent faire 100.`);
  },
  'POST /api/operator/pooling/keys/:id/:act': ({ params }) => {
    const found = keys.find((one) => one.id === params.id);
    if (!found) return missing();
    found.status = params.act === 'adopt' ? 'adopted' : 'retired';
    if (params.act === 'adopt') found.adoptedOn = '2026-11-25';
    return ok(found);
  },
  'POST /api/operator/pooling/keys/compare': ({ body }) => ok(comparison((body as { keys: { name: string }[] }).keys)),
  'POST /api/operator/pooling/what-if': () => ok(whatIf),
  'GET /api/operator/pooling/budget/:year': ({ params }) => ok(Number(params.year) === 2026 ? lines : []),
  'GET /api/operator/pooling/budget-years': () => ok([{ year: 2025, adoptedOn: '2024-12-17' }]),
  'GET /api/operator/pooling/budget/lines/:id/history': () => ok([{ at: '2026-04-02T09:00:00Z', by: 'Claire Fontaine', reason: 'Révision du marché', amountBefore: 9_200_000, amountAfter: 9_840_000, fundingBefore: 0, fundingAfter: 0 }]),
  'POST /api/operator/pooling/budget': ({ body }) => {
    const { label, agreement, nature, amount, years, funding } = body as BudgetLine;
    if (amount < 0) return refuse(422, 'pooling.budget.negative', `Un coût ne peut pas être négatif (${amount / 100} €).`);
    if (amount > 100_000_000_000_000) return refuse(422, 'money.out-of-range', `Le montant ${amount / 100} dépasse ce qui peut être compté (mille milliards d’euros).`);
    const made = line(`line-${lines.length + 1}`, label, agreement.replace('agreement-', ''), nature, amount, years, funding);
    lines.push(made);
    return ok({ id: made.id });
  },
  'GET /api/operator/pooling/invoicing': () => ok({ name: 'SITIV', siret: '25690238400018', street: '2 rue du Test', postCode: '69200', city: 'Vénissieux', email: 'factures@sitiv.example', iban: 'FR7630001007941234567890185', bic: null }),
  'GET /api/pooling/usage/metrics': () => ok(metrics),
  'GET /api/pooling/usage': ({ query }) => ok(usage(query)),
};
