import type { Affiliation, AppDoor, AppPassword, Home, Me, MemberCard, MemberDetail, MyData, Notice, Right, SearchAnswer, SecondFactors, Service, Session, Tile } from '../src/api/types.ts';
import { capacityOf, services, unitRefs } from './data.ts';
import { type Call, fold, get, type Handler, ok, on, paged, problem, type State } from './kit.ts';

const categories = [
  { id: 'communicate', name: { fr: 'Communiquer', en: 'Communicate' } },
  { id: 'work', name: { fr: 'Travailler ensemble', en: 'Work together' } },
  { id: 'procedures', name: { fr: 'Actes et démarches', en: 'Acts and procedures' } },
];

/** `as=pierre` is an administrator of a member and of the territory, anything else the élue with three mandates. */
function mine(state: State): { person: Me['person']; affiliations: Affiliation[] } {
  const found = state.demo.people[state.as === 'pierre' ? 1 : 0];
  if (!found) throw new Error('the demo has nobody');
  return found;
}

function meOf(state: State): Me {
  const { person, affiliations } = mine(state);
  const capacities = affiliations.map(capacityOf);
  const acting = state.acting === 'none' ? null : (capacities.find((one) => one.id === state.acting) ?? capacities[0] ?? null);
  const roles = acting?.roles ?? [];
  const rights = new Set<Right>();
  if (roles.includes('member_admin')) ['READ_MEMBER', 'MANAGE_PEOPLE', 'MANAGE_MEMBER'].forEach((right) => rights.add(right as Right));
  if (roles.includes('operator_admin')) ['READ_MEMBER', 'MANAGE_PEOPLE', 'MANAGE_MEMBER', 'READ_TERRITORY', 'OPERATE'].forEach((right) => rights.add(right as Right));
  return {
    person: { id: person.id, givenName: person.givenName, usualName: person.usualName },
    acting,
    capacities,
    unconfirmed: state.limited ? capacities.filter((one) => one.member.id !== acting?.member.id).map((one) => one.id) : [],
    rights: [...rights],
    language: state.language,
    density: state.density,
    unreadNotices: state.noticesRead ? 0 : 2,
  };
}

function homeOf({ state, empty }: Call): Home {
  const me = meOf(state);
  if (empty) return { categories: [], elsewhere: [] };
  // Each capacity opens other services: the first all of them, the others fewer.
  const index = me.capacities.findIndex((one) => one.id === me.acting?.id);
  const open = services.filter((_, number) => index === 0 || number % (index + 2) === 0 || number < 3);
  return {
    categories: categories
      .map((category) => ({
        ...category,
        tiles: open
          .filter((service) => service.category === category.id)
          .map(tile),
      }))
      .filter((category) => category.tiles.length > 0),
    elsewhere: me.capacities
      .filter((one) => one.id !== me.acting?.id)
      .flatMap((capacity) => services.slice(3, 4).map((service) => ({ service: service.id, name: service.name, capacity }))),
  };
}

function tile(service: Service): Tile {
  const external = service.signIn === 'link';
  return {
    service: service.id,
    name: service.name,
    summary: service.summary,
    icon: service.icon,
    category: service.category,
    url: external ? `https://${service.id}.example/` : `/services/${service.id}`,
    external,
  };
}

function card({ siret, insee, kind, population, populationSource, populationDate, parent, isOperator, status, domains, counts, ...member }: MemberDetail): MemberCard {
  const { id, name, siren, colour } = member;
  return { id, name, siren, colour, siret, insee, kind, population, populationSource, populationDate, parent, isOperator, status, domains: domains.map((one) => one.domain), people: counts.people };
}

function dataOf(state: State): MyData {
  const { person, affiliations } = mine(state);
  return {
    sections: [
      {
        id: 'identity',
        title: 'Votre identité',
        why: 'Pour que vous ne soyez inscrit qu’une fois dans le territoire, même avec plusieurs mandats ou postes.',
        facts: [
          { label: 'Nom d’usage', value: person.usualName },
          { label: 'Prénom', value: person.givenName },
          { label: 'Date de naissance', value: '14 mai 1978' },
        ],
      },
      {
        id: 'affiliations',
        title: 'Vos rattachements',
        why: 'Pour calculer les services auxquels vous avez droit, et les couper à la fin.',
        facts: affiliations.map((one) => ({ label: one.member.name, value: `${one.function}, depuis le 22 mars 2026, ${one.address ?? ''}` })),
      },
      {
        id: 'accounts',
        title: 'Vos comptes',
        why: 'Pour savoir où vos accès devront être coupés.',
        facts: services.slice(0, 4).map((service) => ({ label: service.name.fr, value: 'actif' })),
      },
    ],
  };
}

const notices = (state: State): Notice[] => [
  { id: 'n1', at: ago(0.4), kind: 'departure', title: 'Le mandat de Marc Perrin a pris fin', body: 'Ses accès à Vénissieux sont coupés. Le certificat est prêt.', to: null, read: state.noticesRead },
  { id: 'n2', at: ago(5), kind: 'sign-in', title: 'Nouvelle connexion depuis Firefox sous Windows', body: 'Si ce n’était pas vous, mettez fin à cette session dans « Sécurité et appareils ».', to: '/account/security', read: state.noticesRead },
  { id: 'n3', at: ago(52), kind: 'service', title: 'Le parapheur vous est ouvert', body: 'Au titre d’Adjointe au maire, Vénissieux.', to: '/', read: true },
];

function ago(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}

function sessionsOf(state: State): Session[] {
  const { capacities } = meOf(state);
  const closed = (state.rooms.closedSessions ?? []) as string[];
  const all: Session[] = [
    { id: 's1', where: 'portal', app: 'Entente', capacity: capacities[0] ?? null, device: 'Firefox, Windows', address: '192.0.2.17', since: ago(2), lastSeen: ago(0), current: true },
    { id: 's2', where: 'portal', app: 'Entente', capacity: capacities[1] ?? null, device: 'Safari, iPhone', address: '198.51.100.4', since: ago(49), lastSeen: ago(3), current: false },
    { id: 's3', where: 'app', app: 'Fichiers', capacity: capacities[0] ?? null, device: 'Firefox, Windows', address: '192.0.2.17', since: ago(1.5), lastSeen: ago(1), current: false },
  ];
  return all.filter((one) => !closed.includes(one.id));
}

const doors: AppDoor[] = [
  { door: 'files', name: null },
  { door: 'mail', name: null },
  { door: 'ldap:ged', name: { fr: 'Gestion des documents', en: 'Document management' } },
];

function passwordsOf(state: State): AppPassword[] {
  const kept = state.rooms.appPasswords as AppPassword[] | undefined;
  if (kept) return kept;
  const capacity = meOf(state).capacities[0];
  const first: AppPassword[] = capacity
    ? [
        { id: 'p1', label: 'Thunderbird du bureau', capacity, opens: [{ door: 'mail', name: null }, { door: 'ldap', name: null }], madeAt: '2026-05-04T09:12:00Z', lastUsedAt: ago(1), lastUsedFrom: '192.0.2.17', revokedAt: null },
        { id: 'p2', label: 'Agenda du téléphone', capacity, opens: [doors[2] as AppDoor], madeAt: '2026-04-02T16:40:00Z', lastUsedAt: null, lastUsedFrom: null, revokedAt: null },
      ]
    : [];
  state.rooms.appPasswords = first;
  return first;
}

export const me: Handler[] = [
  get('/sign-in', ({ query }) => ({ status: 302, headers: { Location: query.get('to') ?? '/' } })),
  on('POST', '/sign-out', () => ok({ to: '/signed-out' })),
  get('/api/signed-out', ({ empty }) =>
    ok(
      empty
        ? { apps: [], source: null }
        : {
            apps: [
              { name: 'Messagerie', means: 'oidc_back_channel', outcome: 'answered' },
              { name: 'Gestion électronique des documents', means: 'browser', outcome: 'shown' },
              { name: 'Marchés publics', means: 'none', outcome: 'untold' },
              { name: 'Parapheur', means: 'saml_soap', outcome: 'silent' },
            ],
            source: { name: 'Compte de la ville de Vénissieux', outcome: 'unreached' },
          },
    ),
  ),
  get('/api/territory', () => ok({ name: 'Territoire lyonnais', operator: 'SITIV', demo: true })),
  get('/api/me', ({ state }) => ok(meOf(state))),
  on('PUT', '/api/me/capacity', ({ state, body }) => {
    state.acting = (body as { capacity: string }).capacity;
    return ok(meOf(state));
  }),
  on('PATCH', '/api/me/preferences', ({ state, body }) => {
    Object.assign(state, body as object);
    return ok(meOf(state));
  }),
  get('/api/me/home', (call) => ok(homeOf(call))),
  get('/api/me/sessions', ({ state, empty }) => ok(empty ? [] : sessionsOf(state))),
  on('DELETE', '/api/me/sessions', ({ state }) => {
    state.rooms.closedSessions = ['s2', 's3'];
    return ok();
  }),
  on('DELETE', '/api/me/sessions/{id}', ({ state, params }) => {
    state.rooms.closedSessions = [...((state.rooms.closedSessions ?? []) as string[]), params.id as string];
    return ok();
  }),
  get('/api/me/app-passwords', ({ state, empty }) => ok(empty ? [] : passwordsOf(state))),
  get('/api/me/app-passwords/doors', () => ok(doors)),
  on('POST', '/api/me/app-passwords', ({ state, body }) => {
    const { label, capacity, door } = body as { label: string; capacity: string; door: string };
    const found = meOf(state).capacities.find((one) => one.id === capacity);
    if (!label.trim() || !found) return problem(422, 'app-password.label', 'Donnez un nom à cet appareil.', { label: 'required' });
    const made: AppPassword = { id: `p${Date.now()}`, label, capacity: found, opens: doors.filter((one) => one.door === door), madeAt: new Date().toISOString(), lastUsedAt: null, lastUsedFrom: null, revokedAt: null };
    state.rooms.appPasswords = [made, ...passwordsOf(state)];
    return ok({ ...made, secret: 'nuit-verre-colline-7fk2-pont-ardoise' });
  }),
  on('DELETE', '/api/me/app-passwords/{id}', ({ state, params }) => {
    state.rooms.appPasswords = passwordsOf(state).map((one) => (one.id === params.id ? { ...one, revokedAt: new Date().toISOString() } : one));
    return ok();
  }),
  get('/api/me/device-requests/{request}', ({ params }) =>
    params.request === 'gone'
      ? problem(404, 'device-request.gone', 'Cette demande n’existe plus.')
      : ok({ client: 'poste-nadia (Desktop Client - Linux)', address: '198.51.100.4', near: params.request !== 'far', at: ago(0.01) }),
  ),
  on('POST', '/api/me/device-requests/{request}/grant', () => ok()),
  on('DELETE', '/api/me/device-requests/{request}', () => ok()),
  get('/api/me/second-factors', ({ empty }) =>
    ok({
      required: true,
      factors: empty ? [] : [{ id: 'f1', type: 'totp', label: 'Téléphone', madeAt: '2026-03-24T10:00:00Z', remove: '/account/security?remove=f1' }],
      addTotp: '/account/security?add=totp',
      addPasskey: '/account/security?add=passkey',
      changePassword: '/account/security?change=password',
      passwordAt: ['Vénissieux'],
    } satisfies SecondFactors),
  ),
  get('/api/me/held-mail', ({ state, empty }) => ok(empty || state.rooms.mailConfirmed ? [] : [{ capacity: meOf(state).capacities[1]?.id ?? 'none', address: 'nadia.benali@grandlyon.example' }])),
  on('POST', '/api/me/held-mail/{id}/confirmed', ({ state }) => {
    state.rooms.mailConfirmed = true;
    return ok();
  }),
  get('/api/me/data', ({ state }) => ok(dataOf(state))),
  get('/api/me/data/export', ({ state }) => ({ body: dataOf(state), headers: { 'Content-Disposition': 'attachment; filename="mes-donnees.json"' } })),
  get('/api/notices', (call) => paged(call, notices(call.state), (notice) => notice.title)),
  on('POST', '/api/notices/read', ({ state }) => {
    state.noticesRead = true;
    return ok();
  }),
  get('/api/search', ({ query, state, empty }) => {
    const words = fold(query.get('q') ?? '');
    const nothing: SearchAnswer = { people: [], members: [], services: [], functions: [] };
    if (empty || words.length < 2) return ok(nothing);
    const functions = new Map<string, number>();
    for (const one of state.demo.people.flatMap((entry) => entry.affiliations)) {
      if (fold(one.function).includes(words)) functions.set(one.function, (functions.get(one.function) ?? 0) + 1);
    }
    return ok({
      people: state.demo.people.filter(({ person }) => fold(`${person.givenName} ${person.usualName}`).includes(words)).slice(0, 8),
      members: state.demo.members.filter((member) => fold(member.name).includes(words)),
      services: services.filter((service) => fold(service.name.fr).includes(words)).map(tile),
      functions: [...functions].map(([name, people]) => ({ function: name, people })).slice(0, 8),
    } satisfies SearchAnswer);
  }),
  get('/api/directory/people', (call) => {
    const member = call.query.get('member');
    const kind = call.query.get('kind');
    const unit = call.query.get('unit');
    const people = call.state.demo.people.filter(({ affiliations }) => affiliations.some((one) => (!member || one.member.id === member) && (!unit || one.unit?.id === unit) && (!kind || one.kind === kind)));
    return paged(call, people, ({ person, affiliations }) => `${person.givenName} ${person.usualName} ${affiliations.map((one) => one.function).join(' ')}`);
  }),
  get('/api/directory/people/{person}', ({ params, state }) => {
    const found = state.demo.people.find(({ person }) => person.id === params.person);
    return found ? ok(found) : problem(404, 'person.unknown', 'Cette personne n’est pas dans l’annuaire.');
  }),
  get('/api/directory/members', (call) => paged(call, call.state.demo.members.map(card), (member) => member.name)),
  get('/api/directory/members/{id}/units', () => ok(unitRefs)),
  get('/api/directory/members/{id}', ({ params, state }) => {
    const found = state.demo.members.find((member) => member.id === params.id);
    return found ? ok(card(found)) : problem(404, 'member.unknown', 'Cette collectivité n’est pas dans le territoire.');
  }),
  on('POST', '/api/certificates/verify', ({ body }) =>
    String(body).includes('%PDF')
      ? ok({ genuine: true, unchanged: true, territory: 'Territoire lyonnais', signedAt: '2026-11-24T17:00:12Z', person: 'Marc Perrin', capacity: 'Conseiller municipal, Vénissieux', text: 'Ce certificat a été établi par le Territoire lyonnais et n’a pas été modifié.' })
      : problem(422, 'certificate.not-pdf', 'Ce fichier n’est pas un PDF. Choisissez le certificat tel que vous l’avez reçu.'),
  ),
];
