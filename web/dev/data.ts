import type { Affiliation, Capacity, Kind, MemberDetail, MemberRef, PersonRef, Role, Service, UnitRef } from '../src/api/types.ts';

/** Demo people of the mock: the authorities are real, the people are not. */

const id = (kind: string, number: number) => `00000000-0000-7000-8000-${kind}${String(number).padStart(11, '0')}`;

const authorities: [name: string, siren: string | null, insee: string | null, kind: string, population: number, colour: string][] = [
  ['Vénissieux', '216902593', '69259', 'commune', 66701, 'brick'],
  ['Métropole de Lyon', '200046977', null, 'metropole', 1424069, 'indigo'],
  ['SITIV', null, null, 'syndicat', 0, 'forest'],
  ['Vaulx-en-Velin', '216902569', '69256', 'commune', 53014, 'lagoon'],
  ['Corbas', '216902734', '69273', 'commune', 11312, 'ochre'],
  ['Givors', '216900910', '69091', 'commune', 20520, 'plum'],
  ['Grigny-sur-Rhône', '216900969', '69096', 'commune', 9969, 'copper'],
  ['Saint-Chamond', '214202079', '42207', 'commune', 35608, 'rose'],
  ['Rive-de-Gier', '214201865', '42186', 'commune', 14961, 'olive'],
  ['Lyon', '216901231', '69123', 'commune', 520774, 'violet'],
];

export const memberRefs: MemberRef[] = authorities.map(([name, siren, , , , colour], index) => ({ id: id('1', index + 1), name, siren, colour }));

const memberAt = (index: number): MemberRef => memberRefs[index] as MemberRef;
export const venissieux = memberAt(0);
export const metropole = memberAt(1);
export const sitiv = memberAt(2);

const unitNames = ['Direction générale', 'Systèmes d’information', 'Ressources humaines', 'Petite enfance', 'Urbanisme', 'Finances', 'Voirie', 'Culture', 'Sports', 'Affaires sociales'];
export const unitRefs: UnitRef[] = unitNames.map((name, index) => ({ id: id('2', index + 1), name, fullName: index === 0 ? name : `Direction générale / ${name}` }));

const given = ['Camille', 'Inès', 'Thomas', 'Mélanie', 'Youssef', 'Élodie', 'Karim', 'Sophie', 'Jean-Baptiste', 'Aïcha', 'Marc', 'Léa', 'Rachid', 'Françoise', 'Hugo', 'Anaïs', 'Mehdi', 'Céline', 'Paul', 'Fatima'];
const usual = ['Martin', 'Lefèvre', 'Nguyen', 'Garcia', 'Bouchard', 'Da Silva', 'Perrin', 'Haddad', 'Chevalier', 'Moreau', 'Diallo', 'Blanc-Faure', 'Roux', 'Kowalski', 'Ferreira', 'Gauthier', 'Cohen', 'Mercier', 'Traoré', 'Vidal'];
const functions: [string, Kind][] = [
  ['Gestionnaire de paie', 'agent'],
  ['Agente d’accueil', 'agent'],
  ['Conseiller municipal', 'elu'],
  ['Technicienne informatique', 'agent'],
  ['Chargé de mission mobilités', 'agent'],
  ['Stagiaire communication', 'trainee'],
  ['Instructrice du droit des sols', 'agent'],
  ['Architecte conseil', 'partner'],
  ['Éducatrice de jeunes enfants', 'agent'],
  ['Directeur des sports', 'agent'],
];

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const slug = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z]+/g, '-');

let affiliations = 0;
function affiliation(person: PersonRef, member: MemberRef, kind: Kind, fn: string, more: Partial<Affiliation> = {}): Affiliation {
  affiliations += 1;
  return {
    id: id('3', affiliations),
    person: person.id,
    member,
    kind,
    function: fn,
    unit: kind === 'elu' ? null : at(unitRefs, affiliations),
    address: `${slug(person.givenName).charAt(0)}.${slug(person.usualName)}@${slug(member.name)}.example`,
    phone: kind === 'agent' ? `04 72 ${String(10 + (affiliations % 80))} ${String(10 + ((affiliations * 7) % 80))} 00` : null,
    weeklyShare: kind === 'agent' ? 100 : null,
    from: '2024-03-01T00:00:00Z',
    until: kind === 'trainee' ? '2027-01-31T23:00:00Z' : null,
    phase: 'current',
    source: 'demo',
    reference: `M${String(1000 + affiliations)}`,
    groups: [],
    roles: [],
    version: 1,
    ...more,
  };
}

export interface DemoPerson {
  person: PersonRef & { birthName: string | null; birthDate: string | null; version: number };
  affiliations: Affiliation[];
}

export function freshDemo() {
  affiliations = 0;
  const named = (number: number, givenName: string, usualName: string) => ({ id: id('4', number), givenName, usualName, birthName: null, birthDate: '1978-05-14', version: 1 });
  const nadia = named(1, 'Nadia', 'Benali');
  const pierre = named(2, 'Pierre', 'Roche');
  const all: DemoPerson[] = [
    {
      person: nadia,
      affiliations: [
        affiliation(nadia, venissieux, 'elu', 'Adjointe au maire déléguée au numérique', { from: '2026-03-22T00:00:00Z' }),
        affiliation(nadia, metropole, 'elu', 'Conseillère métropolitaine', { from: '2026-03-29T00:00:00Z' }),
        affiliation(nadia, sitiv, 'elu', 'Vice-présidente', { from: '2026-04-16T00:00:00Z' }),
      ],
    },
    {
      person: pierre,
      affiliations: [
        affiliation(pierre, venissieux, 'agent', 'Responsable des systèmes d’information', { roles: ['member_admin', 'member_hr'] as Role[] }),
        affiliation(pierre, sitiv, 'agent', 'Administrateur du territoire', { roles: ['operator_admin'] as Role[], weeklyShare: 20 }),
      ],
    },
  ];
  for (let number = 3; number <= 160; number += 1) {
    const who = named(number, at(given, number * 7), at(usual, number * 3 + Math.floor(number / 20)));
    const [fn, kind] = at(functions, number);
    all.push({ person: who, affiliations: [affiliation(who, number % 3 === 0 ? venissieux : at(memberRefs, number), kind, fn)] });
  }
  return { people: all, members: authorities.map(detail), services };
}

export function capacityOf(of: Affiliation): Capacity {
  return { id: of.id, member: of.member, kind: of.kind, function: of.function, unit: of.unit, address: of.address, from: of.from, until: of.until, roles: of.roles };
}

function detail([name, siren, insee, kind, population, colour]: (typeof authorities)[number], index: number): MemberDetail {
  return {
    id: id('1', index + 1),
    name,
    siren,
    colour,
    siret: siren === '216902593' ? '21690259300015' : null,
    insee,
    kind,
    population: population || null,
    populationSource: population ? 'INSEE, populations municipales' : null,
    populationDate: population ? '2023-01-01' : null,
    parent: kind === 'commune' && insee?.startsWith('69') ? metropole : null,
    isOperator: name === 'SITIV',
    status: 'active',
    joinedOn: '2025-09-01',
    leftOn: null,
    departureLimit: 10,
    secondFactor: index === 1 ? 'everyone' : 'admins',
    domains: [{ domain: `${slug(name)}.example`, token: 'a3f1c29d77e04b5b8f0e6a9912cd34ef', verifiedAt: index % 4 === 3 ? null : '2025-09-02T08:00:00Z' }],
    counts: { people: 40 + index * 13, agents: 30 + index * 10, elus: 6 + index, services: 7 },
    version: 1,
  };
}

const service = (key: string, fr: string, en: string, summaryFr: string, summaryEn: string, icon: string, category: string, signIn: Service['signIn'] = 'built-in'): Service => ({
  id: key,
  name: { fr, en },
  summary: { fr: summaryFr, en: summaryEn },
  icon,
  category,
  signIn,
  roles: ['user'],
  suits: ['agent', 'elu', 'trainee'],
  connector: signIn === 'link' ? null : 'scim',
  needs: [],
});

export const services: Service[] = [
  service('mail', 'Messagerie', 'Mail', 'Courriels et listes de diffusion', 'Mail and mailing lists', 'mail', 'communicate'),
  service('chat', 'Discussion', 'Chat', 'Salons par service et par projet', 'Rooms by department and project', 'chat', 'communicate', 'oidc'),
  service('video', 'Visioconférence', 'Video calls', 'Réunions à distance, salles publiques', 'Remote meetings, public rooms', 'video', 'communicate', 'oidc'),
  service('files', 'Fichiers', 'Files', 'Dossiers partagés et coédition', 'Shared folders and co-editing', 'files', 'work', 'oidc'),
  service('calendar', 'Agenda', 'Calendar', 'Vos rendez-vous et ceux de vos équipes', 'Your appointments and your teams’', 'calendar', 'work'),
  service('learning', 'Formation', 'Training', 'Parcours et modules en ligne', 'Online courses', 'learning', 'work', 'oidc'),
  service('signature', 'Parapheur', 'Signing', 'Circuits de visa et de signature', 'Approval and signature', 'signature', 'procedures', 'oidc'),
  service('deliberations', 'Délibérations', 'Council decisions', 'Préparer et transmettre les actes', 'Prepare and transmit acts', 'vote', 'procedures', 'link'),
  service('map', 'Carte du territoire', 'Territory map', 'Plans, cadastre et réseaux', 'Plans, land registry and networks', 'map', 'procedures', 'link'),
];
