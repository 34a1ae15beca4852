import type { CatalogueEntry, ContributionYear, Matrix, MemberAgreement, MemberUsage, PoolRequest, PoolRequestDetail, Roadmap, Statement } from '../../src/api/pooling.ts';
import { requestHandlers } from './deciding.ts';
import { type Handlers, missing, ok } from './kit.ts';
import { members, services } from './world.ts';

/** A worked year of pooling: two agreements, three services, what they cost, who uses them. Amounts are whole cents. */
const towns = members.filter((one) => one.kind === 'commune');
const all = towns.reduce((sum, one) => sum + (one.population ?? 0), 0);
const year = 2026;
const shared = { mail: 9_840_000, files: 12_600_000, people: 21_350_000 };
const partOf = (member: string, cost: number) => Math.round((cost * (members.find((one) => one.id === member)?.population ?? 0)) / all);
const whole = (value: number) => new Intl.NumberFormat('fr-FR').format(value);

function statementOf(member: string, wanted: number): Statement {
  const population = members.find((one) => one.id === member)?.population ?? 0;
  const share = ((population / all) * 100).toFixed(2).replace('.', ',');
  const lines = Object.entries(shared).map(([id, cost]) => ({
    label: { mail: 'Messagerie : hébergement et licences', files: 'Fichiers : stockage et coédition', people: 'Équipe d’exploitation (2,5 postes)' }[id] ?? id,
    agreement: id === 'mail' ? '2024-01' : '2025-03',
    shared: cost,
    keyName: 'Population',
    keyText: 'Réparti selon la population municipale.',
    amount: partOf(member, cost),
    reasons: [{ rule: 'weight', values: {}, text: `Réparti selon la population : ${whole(population)} sur ${whole(all)}, soit ${share} % de ${whole(cost / 100)} €, pour 365 jours de participation.` }],
  }));
  const amount = lines.reduce((sum, one) => sum + one.amount, 0);
  const paid = wanted < year ? amount : Math.round(amount / 2);
  return {
    year: wanted, call: { id: `call-${wanted}`, year: wanted, kind: wanted < year ? 'final' : 'adjusted', dueOn: `${wanted}-10-31`, total: 43_790_000 } as Statement['call'], countedOn: `${wanted}-01-01`, lines, amount, paid, balance: amount - paid,
    payments: [{ amount: paid, receivedOn: `${wanted}-05-12`, note: 'Mandat 1847, bordereau 212' }], earlier: [{ kind: 'provisional', amount: amount - 120_000 }],
  };
}
const contributions = (member: string): ContributionYear[] =>
  [year, year - 1].map((one) => {
    const { amount, paid, balance, call } = statementOf(member, one);
    return { year: one, kind: call?.kind ?? 'final', dueOn: call?.dueOn ?? '', amount, paid, balance, overdue: balance > 0 };
  });

const agreement = (number: string, title: string, used: MemberAgreement['used']): MemberAgreement => ({
  id: `agreement-${number}`, number, title, startsOn: '2024-01-01', endsOn: '2027-12-31', noticeMonths: 6, renewal: 'tacit', costKey: { id: 'key-1', name: 'Population' }, services: used.map(({ service, quota, storageGb }) => ({ service, quota, storageGb })), status: 'current', parties: 7,
  noticeBy: '2027-06-30', version: 1, since: '2024-01-01', until: null, used,
  documents: [{ id: 'doc-1', name: `Convention ${number} signée.pdf`, kind: 'signed', bytes: 412_330, sha256: 'ab'.repeat(32), addedAt: '2024-01-08T09:00:00Z', addedBy: 'Pierre Roche' }],
} as MemberAgreement);

function usageOf(member: string): MemberUsage {
  const periods = Array.from({ length: 24 }, (_, at) => `${2024 + Math.floor((11 + at) / 12)}-${String(((11 + at) % 12) + 1).padStart(2, '0')}`);
  const curve = (start: number, grow: number, wave: number) => periods.map((_, at) => Math.round(start + grow * at + wave * Math.sin(at / 2)));
  const serie = (service: string, metric: string, name: string, unit: string, mine: (number | null)[], comparableMedian: number[]) => ({ metric, name, unit, service, serviceName: services.find((one) => one.id === service)?.name ?? { fr: service, en: service }, periods, mine, comparableMedian });
  return {
    member,
    comparable: towns.filter((one) => one.id !== member).slice(0, 3).map((one) => ({ member: one.id, name: one.name, population: one.population })),
    series: [
      serie('mail', 'accounts', 'comptes', '', curve(640, 11, 18), curve(590, 7, 10)),
      serie('mail', 'active-people', 'personnes actives', '', curve(420, 14, 40), curve(400, 8, 25)),
      serie('files', 'storage-gib', 'stockage (Gio)', 'Gio', curve(180, 22, 6).map((value, at) => (at < 3 ? null : value)), curve(210, 15, 5)),
    ],
  };
}

const roadmapRequests: PoolRequest[] = (
  [
    ['idea', 'Un agenda partagé des salles', 'Réserver les salles d’une commune voisine sans appeler.', 3, null],
    ['idea', 'Un formulaire commun pour les inscriptions périscolaires', 'Une seule démarche, sept villes.', 2, null],
    ['studied', 'Parapheur sur téléphone', 'Signer entre deux réunions.', 5, null],
    ['accepted', 'Archivage électronique mutualisé', 'Verser les actes sans les imprimer.', 6, '2027-06-30'],
    ['building', 'Formation à la sécurité pour tous', 'Des modules de dix minutes.', 4, '2027-01-31'],
    ['live', 'Visioconférence pour les conseils', 'Tenir un comité à distance.', 7, null],
    ['declined', 'Un réseau social de territoire', 'Échanger entre agents.', 1, null],
  ] as const
).map(([state, title, need, backers, expected], at) => {
  const by = towns[at % towns.length];
  return { id: `request-${at + 1}`, title, need, state, member: by?.id ?? '', memberName: by?.name ?? '', by: 'Nadia Benali', at: '2026-09-14T08:00:00Z', service: null, release: null, expected, backers, weight: backers * 2, budget: 0, comments: backers, backedByMine: at % 2 === 0, mayTakeBack: at === 0, version: 1 };
});
const roadmap: Roadmap = { columns: (['idea', 'studied', 'accepted', 'building', 'live', 'declined'] as const).map((state) => ({ state, requests: roadmapRequests.filter((one) => one.state === state) })) };
const takes = (town: number, service: number) => (town + service) % 4 !== 3;
const catalogue: CatalogueEntry[] = services.map((service, at) => ({
  service: service.id, name: service.name, summary: service.summary, icon: service.icon, category: service.category,
  sheet: at < 5 ? { purpose: { fr: `${service.summary.fr}, pour toutes les collectivités adhérentes.`, en: `${service.summary.en}, for all member authorities.` }, maturity: at === 4 ? 'pilot' : 'production', licence: 'AGPL-3.0', dataLocation: 'Vénissieux (France)', operatedBy: null, prerequisites: { fr: 'Un domaine vérifié.', en: 'A verified domain.' }, contact: null } : null,
  operator: at < 5 ? 'SITIV' : null, members: towns.filter((_, town) => takes(town, at)).map((one) => ({ member: one.id, name: one.name, since: '2024-01-01' })), yearCost: at < 4 ? 4_200_000 + at * 1_150_000 : null, mine: takes(0, at),
}));
const matrix: Matrix = {
  services: catalogue.map(({ service, name, operator, sheet }) => ({ service, name, operatedBy: operator, dataLocation: sheet?.dataLocation ?? null, licence: sheet?.licence ?? null })),
  members: towns.map((one) => ({ member: one.id, name: one.name, grouping: false, population: one.population })),
  cells: towns.flatMap((one, town) => catalogue.flatMap(({ service }, at) => (takes(town, at) ? [{ member: one.id, service, since: '2024-01-01', agreement: at < 5 ? '2024-01' : null }] : []))),
};

const territorial = ({ number, title }: { number: string; title: string }) => {
  const { documents, used, ...one } = agreement(number, title, [{ service: number === '2024-01' ? 'mail' : 'files', accounts: 0, quota: number === '2024-01' ? 1000 : null, storageGb: null }]);
  const { endsOn, noticeMonths, renewal, services: agreed } = one;
  return {
    ...one, documents, partyList: towns.map((town) => ({ member: town.id, name: town.name, since: '2024-01-01', until: null })),
    amendments: [{ number: 0, effectiveOn: '2024-01-01', signedOn: '2023-12-18', summary: 'Convention signée', terms: { title, endsOn, noticeMonths, renewal, costKey: 'key-1', services: agreed }, inForce: true }],
  };
};
const agreements = [territorial({ number: '2024-01', title: 'Messagerie et agenda' }), territorial({ number: '2025-03', title: 'Fichiers et coédition' })];
const calls = [year, year - 1].map((one) => ({ ...statementOf(towns[0]?.id ?? '', one).call }));
const owed = (of: number) =>
  towns.map((town) => {
    const { amount, paid, balance } = statementOf(town.id, of);
    return { member: town.id, name: town.name, amount, paid, balance };
  });

const requests: PoolRequestDetail[] = roadmapRequests.map((one, at) => ({
  ...one,
  backing: towns.slice(0, one.backers).map((town, index) => ({ member: town.id, name: town.name, weight: 1 + (index % 3), budget: index === 0 ? 500_000 : null, note: index === 1 ? 'Dès la rentrée si possible.' : null, at: '2026-09-20T08:00:00Z' })),
  talk: [
    { id: 'said-1', at: '2026-09-15T08:00:00Z', by: 'Marc Delorme', member: towns[1]?.name ?? '', text: 'Nous avons le même besoin.', answer: null },
    ...(at > 1 ? [{ id: 'said-2', at: '2026-10-01T08:00:00Z', by: 'Claire Fontaine', member: 'SITIV', text: 'Le bureau l’a examinée : voici où elle en est.', answer: one.state }] : []),
  ],
  next: one.state === 'idea' ? ['studied', 'declined'] : one.state === 'studied' ? ['accepted', 'declined'] : [],
}));

export const poolingHandlers: Handlers = {
  ...requestHandlers(requests),
  'GET /api/operator/pooling/agreements': () => ok(agreements),
  'GET /api/operator/pooling/agreements/:id': ({ params }) => {
    const found = agreements.find((one) => one.id === params.id);
    return found ? ok(found) : missing();
  },
  'GET /api/operator/pooling/agreements/:id/end-preview': ({ query }) =>
    ok({ until: query.get('until'), withinNotice: (query.get('until') ?? '') > '2027-06-30', losses: towns.slice(0, 4).map((town, at) => ({ member: town.id, name: town.name, service: 'mail', serviceName: services[0]?.name, people: 210 - at * 37 })), budgetLines: ['Messagerie : hébergement et licences'] }),
  'POST /api/operator/pooling/agreements/:id/end': ({ params, body }) => {
    const found = agreements.find((one) => one.id === params.id);
    if (!found) return missing();
    found.lastOn = (body as { until: string }).until;
    found.endsOn = found.lastOn;
    return ok(found);
  },
  'GET /api/operator/pooling/calls': () => ok(calls),
  'GET /api/operator/pooling/calls/:id': ({ params }) => ok(owed(Number(params.id?.slice(5)))),
  'GET /api/operator/pooling/calls/:id/check': () => ok({ same: true }),
  'GET /api/operator/pooling/contributions/:year/preview': ({ params }) => ok(Object.fromEntries(owed(Number(params.year)).map((one) => [one.member, one.amount]))),
  'GET /api/members/:member/contributions': ({ params }) => ok(contributions(params.member ?? '')),
  'GET /api/members/:member/contributions/:year': ({ params }) => (Number(params.year) >= year - 1 && Number(params.year) <= year ? ok(statementOf(params.member ?? '', Number(params.year))) : missing()),
  'GET /api/members/:member/agreements': () => ok([agreement('2024-01', 'Messagerie et agenda', [{ service: 'mail', accounts: 894, quota: 1000, storageGb: null }]), agreement('2025-03', 'Fichiers et coédition', [{ service: 'files', accounts: 610, quota: null, storageGb: 500 }])]),
  'GET /api/members/:member/usage': ({ params }) => ok(usageOf(params.member ?? '')),
  'GET /api/pooling/catalogue': () => ok(catalogue),
  'GET /api/pooling/matrix': () => ok(matrix),
  'GET /api/pooling/roadmap': () => ok(roadmap),
};
