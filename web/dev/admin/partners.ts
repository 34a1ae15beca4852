import type { Partner, ProConnectSource, RefusedArrival, SourceFinding } from '../../src/api/types.ts';
import { done, type Handlers, idOf, ok } from './kit.ts';

const partner = (number: number, name: string, of: Partial<Partner>): Partner => ({ affiliation: idOf(30, number), person: idOf(31, number), name, function: 'Correspondant', address: null, until: null, siret: null, account: null, ...of });
let partners: Partner[] = [
  partner(1, 'Camille Durand', { function: 'Chargée de mission, DDT', address: 'camille.durand@rhone.gouv.example', until: '2027-06-30T22:00:00Z', siret: '13002526500013', account: { linkedAt: '2026-10-02T08:00:00Z', lastAt: '2026-11-24T08:12:00Z', address: 'c.durand@rhone.gouv.example' } }),
  partner(2, 'Sacha Lefèvre', { function: 'Conseiller aux décideurs locaux', address: 'sacha.lefevre@dgfip.finances.gouv.example', until: '2027-12-31T23:00:00Z', siret: '13000495500017' }),
  partner(3, 'Alix Bernard', { function: 'Bureau d’études', address: 'alix@etudes.example', until: '2027-03-31T22:00:00Z' }),
];
let agents = false;
const refused: RefusedArrival[] = [
  { at: '2026-11-24T09:40:00Z', member: 'Vénissieux', address: 'sacha.lefevre@dgfip.finances.gouv.example', siret: '13002526500013', times: 3, text: 'Conflit : l’adresse est connue, mais pour une autre organisation que celle que dit ProConnect.', conflict: true },
  { at: '2026-11-23T14:05:00Z', member: null, address: 'dominique.petit@rhone.gouv.example', siret: '13002526500013', times: 1, text: 'Personne n’a invité cette adresse pour cette organisation.', conflict: false },
];
const redirectUri = 'https://connexion.territoire.example/realms/entente/broker/proconnect/endpoint';
const logoutUris = ['https://connexion.territoire.example/realms/entente/broker/proconnect/endpoint/logout_response'];
const scopes = 'openid given_name usual_name email uid siret idp_id';
let source: ProConnectSource = {
  state: 'on', trustsFactors: true, described: true, issuer: 'https://fca.integ01.dev-agentconnect.fr/api/v2', clientId: 'entente-territoire', hasSecret: true, accounts: 1,
  declared: { redirectUri, logoutUris, scopes, signatures: 'RS256, ES256' },
  sheet: `ProConnect : fiche du fournisseur de service\n\nURL de redirection de connexion (redirect_uri), telle quelle :\n  ${redirectUri}\nURL de redirection de déconnexion :\n  ${logoutUris.join('\n  ')}\nScopes demandés : ${scopes}\n`,
  version: 1,
};
const findings: SourceFinding[] = [
  { level: 'right', text: 'Le fournisseur https://fca.integ01.dev-agentconnect.fr/api/v2 se décrit correctement.' },
  { level: 'right', text: 'L’identité (userinfo) peut être signée en RS256 ou ES256 : choisissez l’un des deux chez ProConnect.' },
  { level: 'wrong', text: 'Le client « entente-territoire » ou son secret est refusé. Recopiez les deux ; vérifiez que le client est « confidentiel » et actif.' },
];
const change = (affiliation: string | undefined, of: Partial<Partner>) => {
  partners = partners.map((one) => (one.affiliation === affiliation ? { ...one, ...of } : one));
  return partners.find((one) => one.affiliation === affiliation);
};

export const partnerHandlers: Handlers = {
  'GET /api/members/:member/partners': ({ query }) => {
    const items = partners.filter((one) => `${one.name} ${one.address}`.toLowerCase().includes((query.get('q') ?? '').toLowerCase()));
    return ok({ items, total: items.length, offset: 0 });
  },
  'PUT /api/members/:member/partners/:affiliation': ({ params, body }) => ok(change(params.affiliation, { siret: body.siret })),
  'DELETE /api/members/:member/partners/:affiliation': ({ params }) => {
    change(params.affiliation, { siret: null, account: null });
    return done;
  },
  'DELETE /api/members/:member/partners/:affiliation/account': ({ params }) => {
    change(params.affiliation, { account: null });
    return done;
  },
  'GET /api/members/:member/proconnect': () => ok({ state: source.state, agents, refused }),
  'PUT /api/members/:member/proconnect': ({ body }) => {
    agents = body.agents;
    return done;
  },
  'GET /api/operator/proconnect-source': () => ok(source),
  'PATCH /api/operator/proconnect-source': ({ body }) => {
    source = { ...source, ...body, described: true, hasSecret: true, version: source.version + 1 };
    return ok(source);
  },
  'POST /api/operator/proconnect-source/check': () => ok(findings),
  'GET /api/operator/proconnect-source/refusals': () => ok(refused),
};
