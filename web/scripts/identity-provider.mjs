// An OpenID Connect provider of a town, with a library that is not ours: the tests of the platform start it. Its people are whoever
// types a name; an address is verified unless the name begins with "new.". It tells its client by the back channel of who signs out.
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, BACK_CHANNEL, DOMAIN } = process.env;

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const client = {
  client_id: CLIENT_ID,
  client_secret: CLIENT_SECRET,
  redirect_uris: [REDIRECT_URI],
  post_logout_redirect_uris: [`${REDIRECT_URI}/logout_response`],
  token_endpoint_auth_method: 'client_secret_basic',
  ...(BACK_CHANNEL && { backchannel_logout_uri: BACK_CHANNEL, backchannel_logout_session_required: true }),
};
const provider = new Provider(`http://localhost:${server.address().port}`, {
  clients: [client],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
  // Its own refuses addresses of this machine, where these tests are.
  fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
  cookies: { keys: ['of one run only'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@${DOMAIN}`, email_verified: !id.startsWith('new.'), given_name: 'Rose', family_name: 'Tyler' }),
  }),
});
// What could not be told is worth a line in whoever's log runs this.
provider.on('backchannel.error', (_, error) => console.error(`Back-channel logout: ${error.message}`, error.cause ?? ''));
server.on('request', provider.callback());
console.log(provider.issuer);
