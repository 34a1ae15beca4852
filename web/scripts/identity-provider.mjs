// An OpenID Connect provider of a town, with a library that is not ours: the tests of the platform start it. Its people are whoever
// types a name; an address is verified unless the name begins with "new.".
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, DOMAIN } = process.env;

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const provider = new Provider(`http://localhost:${server.address().port}`, {
  clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'client_secret_basic' }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['of one run only'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@${DOMAIN}`, email_verified: !id.startsWith('new.'), given_name: 'Rose', family_name: 'Tyler' }),
  }),
});
server.on('request', provider.callback());
console.log(provider.issuer);
