// A ProConnect to test against, with a library that is not ours: the tests of the platform start it. It keeps the rules that services have to keep
// (partenaires.proconnect.gouv.fr, "Implémentation technique"): an unknown parameter is an error, state and nonce have at least 32 characters, userinfo is a signed
// JWT. Who signs in is whoever the form says; a subject that begins with "forged-", "foreign-" or "plain-" has userinfo that must not be believed.
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, LOGOUT_URIS } = process.env;
const BASE = '/api/v2';
const KNOWN = ['client_id', 'acr_values', 'claims', 'response_type', 'nonce', 'login_hint', 'siret_hint', 'state', 'redirect_uri', 'scope', 'prompt', 'idp_hint', 'code_challenge', 'code_challenge_method'];
const LEAST = 32;

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://localhost:${server.address().port}${BASE}`;
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const others = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const people = new Map();
let asked = {};

const provider = new Provider(issuer, {
  jwks: { keys: [{ ...keys.privateKey.export({ format: 'jwk' }), kid: 'of-proconnect', use: 'sig', alg: 'ES256' }] },
  clients: [
    {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uris: [REDIRECT_URI],
      post_logout_redirect_uris: LOGOUT_URIS.split(' '),
      token_endpoint_auth_method: 'client_secret_post',
      id_token_signed_response_alg: 'ES256',
      userinfo_signed_response_alg: 'ES256',
    },
  ],
  clientAuthMethods: ['client_secret_post'],
  claims: { openid: ['sub'], given_name: ['given_name'], usual_name: ['usual_name'], email: ['email'], uid: ['uid'], siret: ['siret'], idp_id: ['idp_id'], acr: null, amr: null },
  acrValues: ['eidas1', 'https://proconnect.gouv.fr/assurance/self-asserted', 'https://proconnect.gouv.fr/assurance/self-asserted-2fa'],
  features: { devInteractions: { enabled: false }, jwtUserinfo: { enabled: true }, claimsParameter: { enabled: true },
    rpInitiatedLogout: { logoutSource: (ctx, form) => { ctx.body = form.replace('</form>', '<button name="logout" value="yes"></button></form>'); } },
  },
  cookies: { keys: ['of one run only'] },
  routes: { authorization: '/authorize', token: '/token', userinfo: '/userinfo', jwks: '/jwks', end_session: '/session/end' },
  interactions: { url: (_, interaction) => `${BASE}/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session.accountId, clientId: ctx.oidc.client.clientId });
    grant.addOIDCScope('openid given_name usual_name email uid siret idp_id');
    grant.addOIDCClaims(['acr', 'amr']);
    await grant.save();
    return grant;
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, uid: id, given_name: 'Camille', usual_name: 'Durand', idp_id: '71144ab3-ee1a-4401-b7b3-79b44f7daeeb', ...people.get(id) }) }),
});
const answer = provider.callback();

async function body(request) {
  let text = '';
  for await (const part of request) text += part;
  return new URLSearchParams(text);
}

/** What is wrong with a call, as ProConnect would find; null when nothing is. */
function wrong(url) {
  const given = Object.fromEntries(url.searchParams);
  if (url.pathname === `${BASE}/authorize`) {
    asked = given;
    const unknown = Object.keys(given).find((name) => !KNOWN.includes(name));
    if (unknown) return `Y000400: ${unknown}`;
    if ((given.state ?? '').length < LEAST || (given.nonce ?? '').length < LEAST) return 'Y000400: state or nonce';
  }
  if (url.pathname === `${BASE}/session/end`) {
    asked = given;
    if (!given.id_token_hint || !given.post_logout_redirect_uri || (given.state ?? '').length < LEAST) return 'Y030111';
  }
  return null;
}

const decoded = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());

/** Userinfo as somebody else than ProConnect would make it, or ProConnect for somebody else. */
function falsified(claims) {
  if (claims.sub.startsWith('plain-')) return { type: 'application/json', text: JSON.stringify(claims) };
  const foreign = claims.sub.startsWith('foreign-');
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const said = `${part({ alg: 'ES256', kid: 'of-proconnect' })}.${part(foreign ? { ...claims, aud: 'another-service' } : claims)}`;
  const signature = sign('sha256', Buffer.from(said), { key: (foreign ? keys : others).privateKey, dsaEncoding: 'ieee-p1363' });
  return { type: 'application/jwt', text: `${said}.${signature.toString('base64url')}` };
}

function withFalsified(response) {
  const end = response.end.bind(response);
  response.end = (text) => {
    const jwt = String(text ?? '');
    const claims = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(jwt) ? decoded(jwt) : {};
    if (!/^(forged|foreign|plain)-/.test(claims.sub ?? '')) return end(text);
    const made = falsified(claims);
    response.setHeader('Content-Type', made.type);
    response.setHeader('Content-Length', Buffer.byteLength(made.text));
    return end(made.text);
  };
}

server.on('request', async (request, response) => {
  const url = new URL(request.url, issuer);
  const fault = wrong(url);
  if (fault) {
    response.writeHead(400, { 'Content-Type': 'text/plain' }).end(fault);
  } else if (url.pathname === '/asked') {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(asked));
  } else if (url.pathname.startsWith(`${BASE}/interaction/`) && request.method === 'POST') {
    const form = await body(request);
    const sub = form.get('sub');
    people.set(sub, { email: form.get('email') || undefined, siret: form.get('siret') || undefined });
    const several = form.get('factors') === 'several';
    await provider.interactionFinished(request, response, {
      login: { accountId: sub, acr: several ? 'https://proconnect.gouv.fr/assurance/self-asserted-2fa' : 'eidas1', amr: several ? ['pwd', 'totp', 'mfa'] : ['pwd'] },
    });
  } else if (url.pathname.startsWith(`${BASE}/interaction/`)) {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<form action="${url.pathname}" method="post"><input name="sub"><input name="email"><input name="siret"><input name="factors"></form>`);
  } else {
    if (url.pathname === `${BASE}/userinfo`) withFalsified(response);
    request.originalUrl = request.url;
    request.url = request.url.slice(BASE.length);
    answer(request, response);
  }
});
console.log(issuer);
