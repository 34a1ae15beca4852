import { describe as group, expect, it } from 'vitest';
import { describe, emptyDraft, filledBy, idOf } from './describe';

group('an identifier out of a name', () => {
  it.each([
    ['Gestion électronique de documents', 'gestion-electronique-de-documents'],
    ['  2e Étage !', 'e-etage'],
    ['42', ''],
    ['x'.repeat(39) + ' y', 'x'.repeat(39)],
  ])('%s', (name, id) => expect(idOf(name)).toBe(id));
});

group('what an application says of itself', () => {
  const known = { name: 'Le wiki', clientId: 'wiki-ville', redirectUris: ['https://wiki.example/cb'], afterSignOut: ['https://wiki.example/'], backChannelLogout: 'https://wiki.example/end', opens: 'https://wiki.example/', confidential: false, es256: false, remarks: [] };

  it('fills what was not typed, and is described as it is', () => {
    const draft = filledBy({ ...emptyDraft, nameFr: 'Wiki des agents', id: 'wiki' }, known);
    expect(draft.nameFr).toBe('Wiki des agents');
    expect(draft.opens).toBe('https://wiki.example/');
    const yaml = describe({ ...draft, summaryFr: 'Écrire' });
    expect(yaml).toContain('  clientId: "wiki-ville"\n');
    expect(yaml).toContain('  postLogoutRedirectUris: ["https://wiki.example/"]\n');
    expect(yaml).toContain('  backChannelLogoutUri: "https://wiki.example/end"\n');
    expect(yaml).not.toContain('secret');
  });

  it('gives name and identifier where none was typed', () => {
    expect(filledBy(emptyDraft, known)).toMatchObject({ nameFr: 'Le wiki', id: 'le-wiki' });
  });
});

group('a description', () => {
  const draft = { ...emptyDraft, id: 'ged', nameFr: 'GED', summaryFr: 'Documents', opens: 'https://ged.example/', redirectUris: ' https://ged.example/cb\nhttps://ged.example/cb2 ' };

  it('says what was typed, with a secret that is kept', () => {
    expect(describe(draft)).toBe(`id: "ged"
name: {fr: "GED", en: "GED"}
summary: {fr: "Documents", en: "Documents"}
icon: files
category: work
signIn:
  kind: oidc
  clientId: "ged"
  redirectUris: ["https://ged.example/cb", "https://ged.example/cb2"]
  secret: "\${secret:kept.ged}"
  initiateUrl: "https://ged.example/"
roles: [user]
suits: [agent, elu]
`);
  });

  it('takes a text for a text, whatever is in it', () => {
    expect(describe({ ...draft, nameFr: 'a"}\nsignIn: {kind: link}' })).toContain('{fr: "a\\"}\\nsignIn: {kind: link}", en:');
  });

  it('asks for a second factor only where people sign in here', () => {
    expect(describe({ ...draft, secondFactor: true })).toContain('secondFactor: true');
    expect(describe({ ...draft, secondFactor: true, way: 'link' })).not.toContain('secondFactor');
  });

  it('says where CAS sends tickets', () => {
    expect(describe({ ...draft, way: 'cas', redirectUris: 'https://ged.example/*' })).toContain('  kind: cas\n  serviceUrls: ["https://ged.example/*"]\n  user: persistent\n');
  });

  it('has what SAML metadata said', () => {
    const metadata = { entityId: 'https://paie.example', assertionConsumerServices: ['https://paie.example/acs'], singleLogoutService: null, singleLogoutSoap: 'https://paie.example/soap', certificate: 'MIIC' };
    const saml = describe({ ...draft, way: 'saml', metadata, nameId: 'email' });
    expect(saml).toContain('  entityId: "https://paie.example"\n  assertionConsumerService: ["https://paie.example/acs"]\n  singleLogoutSoap: "https://paie.example/soap"\n  nameId: email\n  certificate: "MIIC"\n');
    expect(saml).not.toContain('singleLogoutService');
    expect(saml).toContain('singleLogoutSoap: "https://paie.example/soap"');
    expect(saml).not.toContain('secret');
  });
});
