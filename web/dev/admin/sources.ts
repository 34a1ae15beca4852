import type { IdentitySource, RefusedSignIn, SourceFinding } from '../../src/api/types.ts';
import { type Handlers, ok } from './kit.ts';

let made = 1;
const source = (id: string, kind: IdentitySource['kind'], label: string): IdentitySource => ({
  id,
  kind,
  label,
  state: 'off',
  domains: [],
  passwordsToo: false,
  trustsAddresses: false,
  trustsFactors: true,
  signsOutThere: true,
  hasSignOut: false,
  described: false,
  provider: null,
  clientId: null,
  hasSecret: false,
  ours: { redirectUri: `https://connexion.territoire.example/realms/entente/broker/${id}/endpoint`, entityId: 'https://connexion.territoire.example/realms/entente', metadataUrl: `https://connexion.territoire.example/realms/entente/broker/${id}/endpoint/descriptor`, afterSignOutUri: `https://connexion.territoire.example/realms/entente/broker/${id}/endpoint/logout_response`, backChannelSignOutUri: `https://connexion.territoire.example/realms/entente/protocol/openid-connect/logout/backchannel-logout` },
  version: 1,
});
let sources: IdentitySource[] = [
  { ...source('source-1', 'oidc', 'Compte de la ville'), state: 'on', domains: ['ville.example'], trustsAddresses: true, described: true, hasSignOut: true, provider: 'https://sso.ville.example', clientId: 'entente', hasSecret: true },
  source('source-2', 'saml', 'Compte de la médiathèque'),
];
const refused: RefusedSignIn[] = [
  { at: '2026-11-24T08:12:00Z', address: 'stagiaire@ville.example', text: 'Aucune personne de la collectivité n’a cette adresse.', conflict: false },
  { at: '2026-11-23T16:40:00Z', address: null, text: 'Pas d’adresse : le fournisseur n’a pas donné de courriel.', conflict: false },
  { at: '2026-11-22T09:05:00Z', address: 'karim.diallo@ville.example', text: 'Conflit : ce compte est relié à une personne et donne l’adresse d’une autre.', conflict: true },
];
const findings: SourceFinding[] = [
  { level: 'right', text: 'Le fournisseur https://sso.ville.example se décrit correctement.' },
  { level: 'doubtful', text: 'Ce fournisseur n’annonce pas PKCE (S256). La connexion marchera sans doute, un peu moins protégée.' },
  { level: 'wrong', text: 'Le client « entente » ou son secret est refusé. Recopiez les deux ; vérifiez que le client est « confidentiel » et actif.' },
];

export const sourceHandlers: Handlers = {
  'GET /api/members/:member/identity-sources': () => ok({ domains: ['ville.example', 'mediatheque.example'], sources }),
  'POST /api/members/:member/identity-sources': ({ body }) => {
    made += 1;
    const one = source(`source-${made + 1}`, body.kind, body.label);
    sources = [...sources, one];
    return ok(one);
  },
  'PATCH /api/members/:member/identity-sources/:source': ({ params, body }) => {
    sources = sources.map((one) => (one.id === params.source ? { ...one, ...body, described: true, version: one.version + 1 } : one));
    return ok(sources.find((one) => one.id === params.source));
  },
  'DELETE /api/members/:member/identity-sources/:source': ({ params }) => {
    sources = sources.filter((one) => one.id !== params.source);
    return { status: 204 };
  },
  'POST /api/members/:member/identity-sources/:source/check': () => ok(findings),
  'GET /api/members/:member/identity-sources/:source/refusals': () => ok(refused),
};
