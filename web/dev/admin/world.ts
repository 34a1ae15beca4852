import type { Affiliation, Kind, MemberDetail, PersonRef, Phase, Population, Role, Service, Subscription, Unit } from '../../src/api/types.ts';
import { freshDemo } from '../data.ts';
import { ago, ahead, day, dice, idOf, plain } from './kit.ts';

/** The demo territory as the admin rooms see it: real authorities, people who do not exist. */
export interface Human {
  person: PersonRef & { birthName: string | null; birthDate: string | null; version: number };
  affiliations: Affiliation[];
}

const demo = freshDemo();
export const members: MemberDetail[] = demo.members;
const ven = members[0] as MemberDetail;
ven.domains.push({ domain: 'mediatheque-venissieux.example', token: '5d0f3b7e2a9c4f18b6e4a1d7c3f09b52', verifiedAt: null });
export const refOf = (m: MemberDetail) => ({ id: m.id, name: m.name, siren: m.siren, colour: m.colour });

const tree: [string, number | null][] = [
  ['Direction générale des services', null],
  ['Ressources humaines', 0],
  ['Paie et carrières', 1],
  ['Formation', 1],
  ['Finances', 0],
  ['Systèmes d’information', 0],
  ['Éducation et enfance', null],
  ['Petite enfance', 6],
  ['Vie scolaire', 6],
  ['Restauration', 6],
  ['Cadre de vie', null],
  ['Espaces verts', 10],
  ['Propreté urbaine', 10],
  ['Population', null],
  ['État civil', 13],
  ['Accueil', 13],
  ['Médiathèque Lucie-Aubrac', null],
  ['Police municipale', null],
  ['Cabinet du maire', null],
];
export const units: Record<string, Unit[]> = Object.fromEntries(
  members.map((m, i) => [
    m.id,
    (i === 4 ? [] : tree).map(([name, parent], n) => ({
      id: idOf(2, i * 100 + n + 1),
      parent: parent === null ? null : idOf(2, i * 100 + parent + 1),
      code: `${100 + n * 10}`,
      name,
      closed: false,
      people: 0,
    })),
  ]),
);
export const unitRef = (member: string, id: string | null) => {
  const all = units[member] ?? [];
  const path: string[] = [];
  for (let at = all.find((u) => u.id === id); at; at = all.find((u) => u.id === at?.parent)) path.unshift(at.name);
  const last = path.at(-1);
  return id && last ? { id, name: last, fullName: path.join(' / ') } : null;
};

const given = 'Nadia Karim Claire Mehdi Sophie Thomas Inès Julien Fatou Paul Léa Antoine Samira Hugo Élodie Marc Yasmine Lucas Hélène Bruno Aïcha Gérard Chloé Rachid Zoé Émile Noémie Farid Agnès Loïc Maëlle Driss Anne-Sophie Jean-Pierre Françoise Olivier'.split(' ');
const usual = 'Benali Moreau Diallo Lefèvre Garcia Rousseau Nguyen Fontaine Mercier Haddad Chevalier Perrin Da-Silva Blanc Guérin Kaya Boyer Marchand Ben-Amor Lambert Traoré Gauthier Colin Renaud Bouchet Vidal Aubert Meunier Laroche Picard Belkacem Étienne Charpentier Durand-Noël Baron Roche'.split(' ');
const jobs: [string, number][] = [
  ['Gestionnaire de paie', 2], ['Chargée de formation', 3], ['Comptable', 4], ['Technicien informatique', 5], ['ATSEM', 8], ['Auxiliaire de puériculture', 7],
  ['Cuisinier', 9], ['Jardinier', 11], ['Agent de propreté', 12], ['Officier d’état civil', 14], ['Agent d’accueil', 15], ['Bibliothécaire', 16], ['Gardien de police municipale', 17],
  ['Assistante de direction', 0], ['Responsable RH', 1], ['Éducatrice de jeunes enfants', 7], ['Chargé de communication', 18],
];
const seats = ['Conseillère municipale', 'Conseiller municipal', 'Adjointe au maire', 'Adjoint au maire'];

export const humans: Human[] = [];
const roll = dice(69259);
const pick = <T,>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
let nextAffiliation = 1000;
export function affiliate(human: Human, member: MemberDetail, more: Partial<Affiliation> & { kind: Kind; function: string }): Affiliation {
  const from = more.from ?? ago(400 * day);
  const until = more.until ?? null;
  const now = new Date().toISOString();
  const phase: Phase = from > now ? 'planned' : until && until <= now ? 'ended' : 'current';
  const affiliation: Affiliation = {
    id: idOf(4, nextAffiliation++),
    person: human.person.id,
    member: refOf(member),
    unit: null,
    address: null,
    phone: null,
    weeklyShare: null,
    source: 'hr',
    reference: null,
    groups: [],
    roles: [],
    version: 0,
    ...more,
    from,
    until,
    phase,
  };
  human.affiliations.push(affiliation);
  return affiliation;
}
export function addHuman(givenName: string, usualName: string, birthDate: string | null, birthName: string | null = null): Human {
  const human: Human = { person: { id: idOf(3, humans.length + 1000), givenName, usualName, birthName, birthDate, version: 0 }, affiliations: [] };
  humans.push(human);
  return human;
}
const addressOf = (g: string, u: string, m: MemberDetail, n: number) => `${plain(g)}.${plain(u)}${n || ''}@${m.domains[0]?.domain}`.replace(/[^a-z0-9.@-]/g, '');

// The people of the portal's demo are the same here; those of Vénissieux get units, and colleagues by the hundred.
for (const { person, affiliations } of demo.people) {
  humans.push({ person, affiliations });
  affiliations.forEach((a, n) => {
    if (a.unit) a.unit = unitRef(a.member.id, idOf(2, members.findIndex((m) => m.id === a.member.id) * 100 + 1 + ((humans.length + n) % tree.length)));
  });
}

const seen = new Map<string, number>();
members.forEach((m, i) => {
  const size = i === 0 ? 350 : 0;
  for (let n = 0; n < size; n++) {
    const g = pick(given);
    const u = pick(usual).replace('-', n % 3 ? '-' : ' ');
    const same = seen.get(g + u + m.id) ?? 0;
    seen.set(g + u + m.id, same + 1);
    const human = addHuman(g, u, `${1958 + Math.floor(roll() * 46)}-0${1 + Math.floor(roll() * 9)}-1${Math.floor(roll() * 9)}`);
    const [job, unit] = pick(jobs);
    const kind: Kind = n % 19 === 5 ? 'elu' : n % 31 === 7 ? 'trainee' : n % 67 === 9 ? 'partner' : 'agent';
    const roles: Role[] = n === 14 ? ['member_hr'] : n === 47 ? ['auditor'] : [];
    affiliate(human, m, {
      kind,
      function: kind === 'elu' ? pick(seats) : kind === 'trainee' ? 'Apprentie' : kind === 'partner' ? 'Prestataire informatique' : job,
      unit: kind === 'elu' ? null : unitRef(m.id, idOf(2, i * 100 + unit + 1)),
      address: addressOf(g, u, m, same),
      weeklyShare: roll() > 0.85 ? 80 : 100,
      reference: kind === 'agent' ? `V${10_000 + n}` : null,
      from: n % 41 === 11 ? ahead((10 + (n % 20)) * day) : ago((30 + Math.floor(roll() * 3000)) * day),
      until: kind === 'trainee' ? ahead((20 + (n % 200)) * day) : n % 29 === 13 ? ago((3 + (n % 90)) * day) : null,
      roles,
      groups: n % 11 === 3 ? ['télétravail'] : [],
    });
    if (i === 0 && n % 53 === 20) affiliate(human, members[1]!, { kind: 'agent', function: job, weeklyShare: 20 });
  }
});
export const here = (member: string) => humans.filter((h) => h.affiliations.some((a) => a.member.id === member));
export const human = (id: string) => humans.find((h) => h.person.id === id);
export const affiliationOf = (id: string) => humans.flatMap((h) => h.affiliations).find((a) => a.id === id);

const s = (id: string, fr: string, en: string, icon: string, category: string, signIn: Service['signIn'], connector: string | null, suits: Kind[], roles = ['user']): Service => ({
  id, name: { fr, en }, summary: { fr: '', en: '' }, icon, category, signIn, roles, suits, connector, needs: [],
});
export const services: Service[] = [
  s('mail', 'Messagerie', 'Mail', 'mail', 'communicate', 'built-in', 'keycloak', ['agent', 'elu', 'trainee']),
  s('files', 'Fichiers', 'Files', 'folder', 'work', 'built-in', 'keycloak', ['agent', 'elu', 'trainee']),
  s('rooms', 'Salles de visio', 'Video rooms', 'video', 'communicate', 'built-in', null, ['agent', 'elu', 'partner', 'trainee']),
  s('calendar', 'Agenda', 'Calendar', 'calendar', 'communicate', 'built-in', null, ['agent', 'elu']),
  s('learning', 'Formation', 'Training', 'graduation-cap', 'learn', 'oidc', 'scim', ['agent', 'trainee'], ['learner', 'teacher']),
  s('pastell', 'Dématérialisation', 'Dematerialisation', 'stamp', 'procedures', 'oidc', 'scim', ['agent', 'elu'], ['user', 'signatory']),
  s('parapheur', 'Parapheur', 'Signing book', 'pen-line', 'procedures', 'oidc', 'scim', ['elu', 'agent'], ['user', 'signatory']),
  s('atlas', 'Atlas du territoire', 'Territory atlas', 'map', 'work', 'link', null, ['agent', 'elu']),
];
export const subscriptions: Record<string, Subscription[]> = Object.fromEntries(
  members.map((m, i) => [
    m.id,
    services.map((service, n): Subscription => {
      const everybody: Population = { kinds: [], units: [], groups: [], role: service.roles[0]! };
      const some: Record<number, Population[]> = {
        3: [{ ...everybody, kinds: ['agent', 'elu'] }],
        5: [
          { ...everybody, kinds: ['elu'], role: 'signatory' },
          { ...everybody, kinds: ['agent'], units: [idOf(2, i * 100 + 2), idOf(2, i * 100 + 5)] },
        ],
      };
      const active = i === 0 ? n !== 4 && n !== 6 : n < 4 && i !== 4;
      return { service, active, everyone: n === 7, populations: active ? (some[n] ?? [everybody]) : [], since: active ? ago((300 - n * 20) * day) : null, people: 0 };
    }),
  ]),
);
/** Whom a population holds: an empty list sets no bound; a unit holds for the units below it. */
export function holds(population: Population, a: Affiliation): boolean {
  const { kinds, units: chosen, groups } = population;
  let inUnit = !chosen.length;
  for (let at = (units[a.member.id] ?? []).find((u) => u.id === a.unit?.id); at; at = units[a.member.id]!.find((u) => u.id === at?.parent)) inUnit ||= chosen.includes(at.id);
  return inUnit && (!kinds.length || kinds.includes(a.kind)) && (!groups.length || a.groups.some((g) => groups.includes(g)));
}
export const serves = (sub: Subscription | undefined, a: Affiliation): Population | undefined =>
  sub && (sub.everyone ? { kinds: [], units: [], groups: [], role: 'user' } : sub.active && sub.service.suits.includes(a.kind) ? sub.populations.find((p) => holds(p, a)) : undefined);
export const current = (member: string) => humans.flatMap((h) => h.affiliations).filter((a) => a.member.id === member && a.phase === 'current');
