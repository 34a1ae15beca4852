// An application built for ProConnect, with a client library that is not ours: the tests of the platform drive it line by line.
// Each line of the input is one JSON command, each line of the output its answer.
import { createInterface } from 'node:readline';
import * as oidc from 'openid-client';

const { ISSUER, CLIENT_ID, CLIENT_SECRET, ALGORITHM, REDIRECT_URI } = process.env;

const config = await oidc.discovery(
  new URL(ISSUER),
  CLIENT_ID,
  { id_token_signed_response_alg: ALGORITHM, userinfo_signed_response_alg: ALGORITHM, client_secret: CLIENT_SECRET },
  oidc.ClientSecretPost(CLIENT_SECRET),
  { execute: [oidc.allowInsecureRequests] },
);
oidc.enableNonRepudiationChecks(config);

let asked = {};
let held;
let refreshed;

const acts = {
  /** Where the browser is sent. */
  begin({ scope, parameters }) {
    asked = { expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT_URI,
      scope,
      state: asked.expectedState,
      nonce: asked.expectedNonce,
      ...parameters,
    });
    return { url: url.href };
  },
  /** The browser came back: the code is exchanged and everything signed is verified. */
  async finish({ url, checks }) {
    held = await oidc.authorizationCodeGrant(config, new URL(url), { ...asked, idTokenExpected: true, ...checks });
    return { claims: held.claims(), idToken: held.id_token };
  },
  async userinfo() {
    const answer = await fetch(config.serverMetadata().userinfo_endpoint, { headers: { Authorization: `Bearer ${held.access_token}` } });
    const claims = await oidc.fetchUserInfo(config, held.access_token, held.claims().sub);
    return { type: answer.headers.get('content-type'), claims };
  },
  async refresh() {
    refreshed = await oidc.refreshTokenGrant(config, held.refresh_token);
    return { claims: refreshed.claims() };
  },
  async introspect() {
    return { claims: await oidc.tokenIntrospection(config, held.access_token) };
  },
  logout({ to }) {
    const url = oidc.buildEndSessionUrl(config, { id_token_hint: held.id_token, post_logout_redirect_uri: to, state: asked.expectedState });
    return { url: url.href, state: asked.expectedState };
  },
};

console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...input } = JSON.parse(line);
  try {
    console.log(JSON.stringify(await acts[act](input)));
  } catch (failure) {
    console.log(JSON.stringify({ failure: failure.error ?? failure.code ?? failure.name, because: failure.error_description ?? failure.cause?.message ?? failure.message }));
  }
}
