import type { Ldap, LdapSettings, SourceState } from '../../src/api/types.ts';
import { type Handlers, ok } from './kit.ts';

const presets: Ldap['presets'] = [
  { id: 'active-directory', filter: '(&(objectCategory=person)(objectClass=user)(givenName=*)(sn=*))', attributes: { key: 'objectGUID', givenName: 'givenName', usualName: 'sn', address: 'mail', function: 'title', unit: 'department', phone: 'telephoneNumber', reference: 'employeeID', until: 'accountExpires', disabled: 'userAccountControl' } },
  { id: 'openldap', filter: '(&(objectClass=inetOrgPerson)(givenName=*)(sn=*))', attributes: { key: 'entryUUID', givenName: 'givenName', usualName: 'sn', address: 'mail', function: 'title', unit: 'ou', phone: 'telephoneNumber', reference: 'employeeNumber', until: 'shadowExpire', disabled: 'pwdAccountLockedTime' } },
];
let ldap: Ldap = {
  settings: { url: 'ldaps://annuaire.ville.example', bindDn: 'cn=entente,ou=services,dc=ville,dc=example', baseDn: 'ou=personnes,dc=ville,dc=example', filter: presets[1]!.filter, attributes: presets[1]!.attributes, ca: null, nightly: 3 },
  version: 1,
  nextAt: '2026-11-26T02:00:00Z',
  presets,
  signIn: { state: 'trial', passwordsToo: false, hint: 'ldap-0190a000-0000-7000-8000-000000000001', trouble: 'annuaire.ville.example:636 refuse la connexion : le serveur est arrêté, ou ce n’est pas le bon port.', troubleAt: '2026-11-25T07:58:12Z' },
  last: { state: 'waiting', at: '2026-11-25T02:00:04Z', message: '2 lignes attendent votre décision.', entries: 1214, run: null },
};

export const ldapHandlers: Handlers = {
  'GET /api/members/:member/ldap': () => ok(ldap),
  'PUT /api/members/:member/ldap': ({ body }) => {
    ldap = { ...ldap, settings: body as LdapSettings, version: ldap.version + 1 };
    return ok(ldap);
  },
  'DELETE /api/members/:member/ldap': () => {
    ldap = { settings: null, version: 0, nextAt: null, presets, last: null, signIn: null };
    return { status: 204 };
  },
  'PUT /api/members/:member/ldap/sign-in': ({ body }) => {
    const { state, passwordsToo } = body as { state: SourceState; passwordsToo: boolean };
    if (ldap.signIn) ldap = { ...ldap, version: ldap.version + 1, signIn: { ...ldap.signIn, state, passwordsToo } };
    return { status: 204 };
  },
  'POST /api/members/:member/ldap/sign-in/check': ({ body }) => ok(body.password === 'faux' ? { said: 'wrong', text: 'L’annuaire ne reconnaît pas ce mot de passe pour votre compte.' } : { said: 'right', text: 'L’annuaire reconnaît ce mot de passe : vous vous connecteriez ainsi.' }),
  'POST /api/members/:member/ldap/check': ({ body }) =>
    body.url.includes('refuse')
      ? ok({ problem: 'annuaire.ville.example:636 refuse la connexion : le serveur est arrêté, ou ce n’est pas le bon port.', field: null, entries: 0, disabled: 0, lacking: {}, people: [] })
      : ok({
          problem: null,
          field: null,
          entries: 1214,
          disabled: 31,
          lacking: { address: 18, unit: 4 },
          people: [{ dn: 'uid=cexemple,ou=personnes,dc=ville,dc=example', givenName: 'Claire', usualName: 'Exemple', address: 'claire.exemple@ville.example', function: 'Gestionnaire de paie', unit: 'Ressources humaines', phone: null, reference: '10421' }],
        }),
};
