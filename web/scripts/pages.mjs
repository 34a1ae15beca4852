// Every page and state that the browser checks look at. `as`: who is signed in at the mock API; `open`: what is pressed first.
const person = '00000000-0000-7000-8000-400000000001';
const member = '00000000-0000-7000-8000-100000000001';

const fileOf = (number) => `00000000-0000-7000-8000-f${String(number).padStart(11, '0')}`;
const binOf = (number) => `00000000-0000-7000-8000-e${String(number).padStart(11, '0')}`;

const everybodys = [
  { path: '/' },
  { path: '/?mock=empty' },
  { path: '/', open: { fr: 'Nadia', en: 'Nadia' } },
  { path: '/search' },
  { path: '/search?q=ma' },
  { path: '/search?q=zzzz' },
  { path: '/search?q=ma&mock=error' },
  { path: '/notices' },
  { path: '/notices?mock=empty' },
  { path: '/notices?mock=error' },
  { path: '/notices?mock=slow' },
  { path: '/account' },
  { path: '/account/security' },
  { path: '/account/security', open: { fr: 'Mettre fin à toutes les autres', en: 'End all others' } },
  { path: '/account/security?mock=empty' },
  { path: '/account/app-passwords' },
  { path: '/account/app-passwords?mock=empty' },
  { path: '/account/app-passwords', open: { fr: 'Créer un mot de passe d’application', en: 'Create an app password' } },
  { path: '/account/data' },
  { path: '/account/display' },
  { path: '/directory' },
  { path: '/directory?q=zzzz' },
  { path: '/directory?mock=error' },
  { path: '/directory?mock=slow' },
  { path: `/directory/people/${person}` },
  { path: '/directory/people/nobody' },
  { path: '/directory/members' },
  { path: '/directory/members?mock=empty' },
  { path: `/directory/members/${member}` },
  { path: '/pooling' },
  { path: '/pooling?mock=empty' },
  { path: '/pooling?mock=error' },
  { path: '/pooling/matrix' },
  { path: '/pooling/roadmap' },
  { path: '/pooling/requests' },
  { path: '/pooling/requests?mock=empty' },
  { path: '/pooling/requests', open: { fr: 'Proposer un besoin', en: 'Propose a need' } },
  { path: '/pooling/requests/request-3' },
  { path: '/pooling/requests/nothing' },
  { path: '/pooling/usage' },
  { path: '/pooling/usage?mock=empty' },
  { path: '/pooling/votes' },
  { path: '/pooling/votes?mock=empty' },
  { path: '/pooling/meetings/meeting-1' },
  { path: '/pooling/meetings/meeting-2' },
  { path: '/pooling/meetings/meeting-4' },
  { path: '/pooling/requests/request-1' },
  { path: '/pooling/decisions' },
  { path: '/pooling/decisions?mock=empty' },
  { path: '/files' },
  { path: '/files?mock=empty' },
  { path: '/files?mock=error' },
  { path: `/files/${fileOf(1)}` },
  { path: `/files/${fileOf(1)}?mock=empty` },
  { path: `/files/${fileOf(1)}?mock=error` },
  { path: `/files/${fileOf(1)}?mock=slow` },
  { path: `/files/${fileOf(1)}`, open: { fr: 'Nouveau dossier', en: 'New folder' } },
  { path: `/files/${fileOf(1)}`, open: { fr: 'Actions sur Notes.txt', en: 'Actions on Notes.txt' } },
  { path: `/files/${fileOf(3)}` },
  { path: `/files/${fileOf(5)}` },
  { path: `/files/${fileOf(7)}` },
  { path: '/files/nothing' },
  { path: '/files/shared' },
  { path: '/files/shared?mock=empty' },
  { path: '/files/search?q=conseil' },
  { path: '/files/search?q=zzzz' },
  { path: `/files/bin/${binOf(1)}` },
  { path: `/files/bin/${binOf(1)}?mock=empty` },
  { path: `/files/bin/${binOf(1)}`, open: { fr: 'Vider la corbeille', en: 'Empty the bin' } },
  { path: '/verify' },
  { path: '/signed-out' },
  { path: '/no-capacity' },
  { path: '/nowhere' },
];

/** The rooms of an administrator, with ids that the mock API knows. */
async function administration(origin) {
  const read = (path) => fetch(origin + path).then((answer) => answer.json());
  const first = (list) => (Array.isArray(list) ? list[0] : list.items[0])?.id;
  await fetch(`${origin}/api/mock/reset?as=pierre`);
  const me = await read('/api/me');
  const at = `/members/${me.acting.member.id}`;
  const people = await read(`/api${at}/people`);
  const human = people.items.find((one) => one.affiliations.some((of) => of.phase === 'current'));
  const post = human.affiliations.find((of) => of.phase === 'current').id;
  const departure = first(await read(`/api${at}/departures`));
  const imported = first(await read(`/api${at}/imports`));
  const subscriptions = await read(`/api${at}/subscriptions`);
  const one = `${at}/people/${human.person.id}`;
  return [
    at,
    `${at}/people`,
    `${at}/people?mock=empty`,
    `${at}/people?mock=error`,
    `${at}/people?mock=slow`,
    `${at}/people/failing`,
    `${at}/people/failing?mock=empty`,
    `${at}/people/new`,
    one,
    `${one}/rights/${post}`,
    `${one}/affiliations/new`,
    `${one}/affiliations/${post}`,
    `${one}/affiliations/${post}/end`,
    `${at}/departures`,
    departure && `${at}/departures/${departure}`,
    `${at}/imports`,
    `${at}/imports/ldap`,
    `${at}/imports/ldap?mock=error`,
    imported && `${at}/imports/${imported}`,
    `${at}/units`,
    `${at}/services`,
    `${at}/services/${(subscriptions.items ?? subscriptions)[0].service.id}`,
    `${at}/contributions`,
    `${at}/contributions?mock=empty`,
    `${at}/contributions/2026`,
    `${at}/contributions/1999`,
    `${at}/agreements`,
    `${at}/agreements?mock=empty`,
    `${at}/usage`,
    `${at}/roles`,
    `${at}/ledger`,
    `${at}/settings`,
    '/operator/members',
    '/operator/members/new',
    '/operator/services',
    '/operator/services/new',
    '/operator/services/parapheur',
    '/operator/services/annuaire',
    '/operator/proconnect',
    '/operator/proconnect?mock=empty',
    '/operator/pooling',
    '/operator/joining',
    '/operator/budget',
    '/operator/budget?year=2027',
    '/operator/keys',
    '/operator/keys?mock=empty',
    '/operator/keys/compare',
    '/operator/what-if',
    '/operator/bodies',
    '/operator/bodies?mock=empty',
    '/operator/bodies/committee',
    '/pooling/meetings/meeting-3',
    '/operator/agreements',
    '/operator/agreements?mock=empty',
    '/operator/agreements/agreement-2024-01',
    '/operator/calls',
    '/operator/calls?mock=empty',
    '/operator/calls/call-2026',
    '/operator/engines',
    '/operator/jobs',
    '/operator/ledger',
  ]
    .filter(Boolean)
    .map((path) => ({ path, as: /^.(operator|pooling)/.test(path) ? 'pierre&acting=operator' : 'pierre' }))
    .concat(
      { path: '/operator/services/parapheur', as: 'pierre&acting=operator', open: { fr: 'Essayer', en: 'Try' } },
      { path: `${at}/settings`, as: 'pierre', open: { fr: 'Régler la connexion Compte de la ville', en: 'Set up the sign-in Compte de la ville' } },
    );
}

export async function pages(origin) {
  return [...everybodys, ...(await administration(origin))];
}
