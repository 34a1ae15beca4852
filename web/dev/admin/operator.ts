import type { Engine, Job, MemberDetail, ServiceState } from '../../src/api/types.ts';
import { current, members, services } from './world.ts';
import { ago, ahead, day, done, type Handlers, idOf, missing, ok, page, plain, refuse } from './kit.ts';
import { record } from './ledger.ts';

const national = [
  ['Bron', '216900290', '69029', 'commune', 43_163], ['Décines-Charpieu', '216902759', '69275', 'commune', 30_034], ['Feyzin', '216902767', '69276', 'commune', 10_300], ['Saint-Fons', '216901991', '69199', 'commune', 19_466],
  ['Saint-Priest', '216902908', '69290', 'commune', 48_267], ['Villeurbanne', '216902668', '69266', 'commune', 163_684], ['Vénissieux', '216902593', '69259', 'commune', 66_701], ['Mions', '216902981', '69283', 'commune', 14_000],
] as const;
const engines: Engine[] = [
  { id: 'postgres', name: 'PostgreSQL', state: 'up', detail: '17.5, 312 Mo, 14 connexions', since: ago(3 * day) },
  { id: 'keycloak', name: 'Keycloak', state: 'up', detail: '26.7.3, 640 Mo', since: ago(3 * day) },
  { id: 'antivirus', name: 'Antivirus (ClamAV)', state: 'up', detail: 'ClamAV 1.4.3/27830/Fri Nov 27 09:21:14 2026', since: ago(3 * day) },
  { id: 's3', name: 'Stockage S3', state: 'degraded', detail: 'Réponses lentes : 1,8 s en moyenne depuis 10 minutes', since: ago(3 * day) },
  { id: 'pastell', name: 'Dématérialisation (SCIM)', state: 'down', detail: 'Le serveur ne répond pas (délai dépassé)', since: ago(1_500_000) },
];
const jobs: Job[] = [
  { id: idOf(11, 1), kind: 'account', state: 'failing', title: 'Dématérialisation : Sophie Garcia', detail: 'Le serveur ne répond pas (délai dépassé).', at: ago(1_400_000), attempts: 4, nextAttemptAt: ahead(180_000) },
  { id: idOf(11, 2), kind: 'account', state: 'failing', title: 'Dématérialisation : Karim Diallo', detail: 'Le serveur ne répond pas (délai dépassé).', at: ago(1_300_000), attempts: 3, nextAttemptAt: ahead(90_000) },
  { id: idOf(11, 3), kind: 'import', state: 'applying', title: 'Import : agents-novembre.csv (Givors)', detail: '212 lignes sur 240', at: ago(30_000), attempts: 1, nextAttemptAt: null },
  { id: idOf(11, 4), kind: 'reconciliation', state: 'done', title: 'Rapprochement de nuit : Messagerie', detail: '3 écarts réparés', at: ago(0.8 * day), attempts: 1, nextAttemptAt: null },
];
const kept = new Set<string>();
let forgotten = false;
const yamlOf = (id: string, name: string) => `id: ${id}
name: {fr: "${name}", en: "${name}"}
summary: {fr: "${name}", en: "${name}"}
icon: files
category: work
signIn:
  kind: oidc
  clientId: ${id}
  redirectUris: ["https://${id}.exemple.fr/cb"]
  secret: "\${secret:kept.${id}}"
  initiateUrl: "https://${id}.exemple.fr/"
roles: [user]
suits: [agent, elu]
`;
export const operatorHandlers: Handlers = {
  'GET /api/operator/proconnect-enrolment': ({ query }) => {
    const given = query.get('identityProvider');
    const value = given ? `proconnect-identity-provider-${given}` : null;
    return ok({
      sheets: [
        {
          service: 'proconnect', name: 'ProConnect', issuer: 'https://connexion.territoire.example/realms/entente', discovery: 'https://connexion.territoire.example/realms/entente/.well-known/openid-configuration', clientId: 'proconnect', algorithm: 'ES256',
          doubts: ['Givors n’a pas de SIRET : ProConnect mettrait celui par défaut à sa place. Saisissez-le dans Adhérents.'],
          text: 'Fiche d’enrôlement à ProConnect, fournisseur d’identité : ProConnect\nclient_id: proconnect\n\nEnregistrements DNS, un par domaine :\nvenissieux.example. IN TXT "proconnect-identity-provider-…"\n',
          members: [
            { name: 'Givors', siret: null, domains: [{ domain: 'givors.example', verified: true, record: { name: 'givors.example', value } }] },
            { name: 'Vénissieux', siret: '21690259300013', domains: [{ domain: 'venissieux.example', verified: true, record: { name: 'venissieux.example', value } }] },
          ],
        },
      ],
    });
  },
  'GET /api/operator/members': ({ query }) => {
    const q = plain(query.get('q') ?? '');
    return ok(page(members.filter((m) => !q || plain(`${m.name} ${m.siren ?? ''} ${m.insee ?? ''}`).includes(q)).map((m) => {
      const live = current(m.id);
      return { ...m, counts: { people: new Set(live.map((a) => a.person)).size, agents: live.filter((a) => a.kind === 'agent').length, elus: live.filter((a) => a.kind === 'elu').length, services: live.length ? 5 : 0 } };
    }), query));
  },
  'POST /api/operator/members': ({ body }) => {
    if (body.siren && members.some((m) => m.siren === body.siren)) return refuse(409, 'member.known', 'Cette collectivité est déjà adhérente.', { fields: { siren: 'taken' } });
    const m: MemberDetail = {
      id: idOf(1, members.length + 1), name: body.name, siren: body.siren ?? null, siret: null, insee: body.insee ?? null, kind: body.kind ?? 'other', population: body.population ?? null, populationSource: 'Insee', populationDate: '2022-01-01', parent: null, colour: 'river',
      isOperator: false, status: 'invited', joinedOn: new Date().toISOString().slice(0, 10), leftOn: null, departureLimit: 10, secondFactor: 'admins', domains: [], counts: { people: 0, agents: 0, elus: 0, services: 0 }, version: 0,
    };
    members.push(m);
    record('member.added', 'Adhérent ajouté', m.name, m.id, {}, body);
    return { status: 201, body: m };
  },
  'PATCH /api/operator/members/:id': ({ params, body }) => {
    const m = members.find((x) => x.id === params.id);
    if (!m) return missing();
    Object.assign(m, body);
    return ok(m);
  },
  'GET /api/operator/authorities': ({ query }) => {
    const q = plain(query.get('q') ?? '');
    return ok(national.filter(([name, siren, insee]) => q.length > 1 && (plain(name).includes(q) || siren.includes(q) || insee.includes(q))).map(([name, siren, insee, kind, population]) => ({ name, siren, insee, kind, population, parent: '200046977', departement: '69' })));
  },
  'GET /api/operator/services': () =>
    ok(services.map((service, n): ServiceState => ({ service, accounts: service.connector ? { planned: n === 5 ? 2 : 0, active: 520 - n * 31, suspended: 12, closed: 4 } : { planned: 0, active: 0, suspended: 0, closed: 0 }, failing: n === 5 ? 2 : 0, lastReconciliation: service.connector ? { at: ago(0.8 * day), repaired: n === 0 ? 3 : 0 } : null }))),
  'GET /api/operator/services/:id/claims': ({ query }) => {
    const one = members.flatMap((m) => current(m.id)).find((a) => a.id === query.get('capacity'));
    if (!one) return refuse(409, 'claims.not-given', 'Ce service n’est pas donné à ce titre : l’application refuserait l’entrée.');
    return ok({
      protocol: 'openid-connect', scopes: ['openid', 'email', 'siret'], missing: ['siret'],
      idToken: { iss: 'https://connexion.exemple.fr/realms/entente', aud: 'application', sub: idOf(9, 1), acr: 'https://proconnect.gouv.fr/assurance/consistency-checked' },
      userinfo: { sub: idOf(9, 1), email: one.address, belonging_population: one.kind, custom: { roles: ['user'] } },
    });
  },
  'GET /api/operator/services/:id/descriptor': ({ params }) => {
    const one = services.find((service) => service.id === params.id);
    if (!one) return missing();
    const ours = one.signIn !== 'built-in';
    return ok({ id: one.id, yaml: yamlOf(one.id, one.name.fr), revision: ours ? 3 : null, writtenAt: ours ? ago(2 * day) : null, writtenBy: ours ? 'Pierre Fabre' : null });
  },
  'PUT /api/operator/services/:id/descriptor': ({ params, body }) => ok({ id: params.id, yaml: body.yaml, revision: 4, writtenAt: ago(0), writtenBy: 'Pierre Fabre' }),
  'DELETE /api/operator/services/:id/descriptor': () => done,
  'GET /api/operator/services/:id/connection': () => ok([
    { name: 'discovery', value: 'https://connexion.exemple.fr/realms/entente/.well-known/openid-configuration' },
    { name: 'issuer', value: 'https://connexion.exemple.fr/realms/entente' },
    { name: 'client_id', value: 'ged' },
  ]),
  'GET /api/operator/service-templates': () => ok([
    {
      id: 'nextcloud', name: 'Nextcloud', category: 'work', icon: 'files', summary: { fr: 'Fichiers partagés', en: 'Shared files' }, signIn: 'oidc', proof: 'documented', source: null,
      questions: [
        { id: 'id', kind: 'id', label: { fr: 'Identifiant du service', en: 'Id of the service' }, example: 'nextcloud' },
        { id: 'name', kind: 'text', label: { fr: 'Nom que les gens liront', en: 'Name that people will read' }, example: 'Nextcloud' },
        { id: 'host', kind: 'host', label: { fr: 'Adresse du serveur', en: 'Address of the server' }, example: 'fichiers.exemple.fr' },
        { id: 'secret', kind: 'secret', label: { fr: 'Secret', en: 'Secret' }, example: 'NEXTCLOUD' },
        { id: 'password', kind: 'secret', label: { fr: 'Mot de passe du connecteur', en: 'Password of the connector' }, example: 'NEXTCLOUD' },
      ],
    },
  ]),
  'POST /api/operator/service-templates/:id': ({ body }) =>
    body.answers.host.includes(' ')
      ? refuse(422, 'template.host', '« a b » n’est pas un nom de serveur.', { fields: { host: 'template.host' } })
      : ok({ file: 'nextcloud.yaml', yaml: `${yamlOf(body.answers.id, body.answers.name)}connector:\n  kind: nextcloud\n  settings: {url: "https://${body.answers.host}", password: "\${secret:${body.answers.password}}"}\n`, problems: [], steps: { fr: 'Installez l’application « OpenID Connect user backend ».\nCréez un mot de passe d’application.', en: 'Install the app.\nMake an app password.' } }),
  'PUT /api/operator/secrets/:name': ({ params }) => {
    kept.add(`kept.${params.name}`);
    return done;
  },
  'POST /api/operator/descriptors/check': ({ body }) => {
    const wrong = /mayor/.test(body.yaml);
    const secrets = [...body.yaml.matchAll(/secret:(kept\.[^}]+)}/g)].map((found) => String(found[1])).filter((name) => !kept.has(name) && !services.some((service) => name === `kept.${service.id}`));
    const problems = [
      ...(wrong ? [{ line: 12, text: '« suits » : « mayor » n’est pas une catégorie (agent, elu, partner, trainee).' }] : []),
      ...secrets.map((name) => ({ line: 1, text: `Le secret « ${name} » n’est pas encore gardé : saisissez-le ou faites-le créer.` })),
    ];
    return ok({ service: wrong ? null : services[0], problems, secrets });
  },
  'POST /api/operator/descriptors/oidc-metadata': ({ body }) =>
    body.url?.startsWith('https://') || body.json?.includes('redirect_uris')
      ? ok({
          name: 'Wiki', clientId: 'wiki', redirectUris: ['https://wiki.exemple.fr/retour'], afterSignOut: ['https://wiki.exemple.fr/'], backChannelLogout: 'https://wiki.exemple.fr/fin', opens: 'https://wiki.exemple.fr/', confidential: true, es256: false,
          remarks: [
            { word: 'scope', stops: true, text: 'Ces portées n’existent pas ici et seraient refusées (invalid_scope) : groups.read. Retirez-les des réglages de l’application.' },
            { word: 'jwks_uri', stops: false, text: 'Les clés de l’application ne servent pas : ni requêtes signées, ni jetons chiffrés, ni private_key_jwt.' },
          ],
        })
      : refuse(422, 'oidc-metadata.unreadable', 'Ces métadonnées ne se lisent pas : donnez l’objet JSON entier que l’application affiche.', { fields: { json: 'oidc-metadata.unreadable' } }),
  'POST /api/operator/descriptors/saml-metadata': ({ body }) =>
    body.xml.includes('EntityDescriptor')
      ? ok({ entityId: 'https://paie.exemple.fr/saml', assertionConsumerServices: ['https://paie.exemple.fr/acs'], singleLogoutService: null, singleLogoutSoap: null, certificate: null })
      : refuse(422, 'saml-metadata.unreadable', 'Ces métadonnées ne se lisent pas : collez le document XML entier.', { fields: { xml: 'saml-metadata.unreadable' } }),
  'GET /api/operator/secrets': () => ok([...services.map((service) => ({ name: service.id, keptAt: ago(40 * day), keptBy: 'Pierre Fabre', usedBy: [service.id] })), ...(forgotten ? [] : [{ name: 'ancien-wiki', keptAt: ago(300 * day), keptBy: null, usedBy: [] }])]),
  'DELETE /api/operator/secrets/:name': () => {
    forgotten = true;
    return done;
  },
  'POST /api/operator/secrets/:name/generate': () => ok({ value: 'n3c8QyJXb1uV0e7cPzT4kqHf2sWm9aLr5dGx6iYoKtE' }),
  'POST /api/operator/services/:id/reconcile': () => done,
  'GET /api/operator/engines': () => ok(engines),
  'GET /api/operator/office-server': () => ok({ url: 'https://office.sitiv.example', name: 'Collabora', platform: 'https://entente.sitiv.example/wopi/files/', edits: ['docx', 'ods', 'odt', 'xlsx'], views: ['sxw'], signs: true, fetchedAt: ago(4 * 3_600_000), calledAt: null }),
  'POST /api/operator/office-server/check': () =>
    ok([
      { level: 'right', text: 'Modifie : docx, ods, odt, xlsx. Montre seulement : sxw.' },
      { level: 'right', text: 'Le serveur signe ses appels ; un appel sans sa signature est refusé.' },
      { level: 'doubtful', text: 'Il ne nous a encore jamais appelés. Il doit pouvoir joindre https://entente.sitiv.example/wopi/files/ : ouvrez un document pour essayer.' },
    ]),
  'GET /api/operator/antivirus': () =>
    ok({ on: true, answers: true, detail: null, since: ago(3 * day), signatures: 'ClamAV 1.4.3/27830/Fri Nov 27 09:21:14 2026', signaturesSince: ago(0.3 * day), waiting: 12, again: 3480, clean: 184_213, found: 2, failed: 0, large: 318, released: 1, servesLarge: true, most: 100_000_000 }),
  'POST /api/operator/antivirus/rescan': () => done,
  'GET /api/operator/jobs': ({ query }) => ok(page(jobs, query)),
  'POST /api/operator/jobs/:id/retry': ({ params }) => {
    const j = jobs.find((x) => x.id === params.id);
    if (j) Object.assign(j, { attempts: j.attempts + 1, nextAttemptAt: ahead(60_000) });
    return done;
  },
};
