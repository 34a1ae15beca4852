import type { Kind, OidcAppMetadata, SamlAppMetadata } from '../../api/types';

/** How people enter the application, as the form asks for it. */
export type Way = 'oidc' | 'proconnect' | 'saml' | 'cas' | 'link';

/** What the form knows of an application. */
export interface Draft {
  way: Way;
  id: string;
  nameFr: string;
  nameEn: string;
  summaryFr: string;
  summaryEn: string;
  category: string;
  suits: Kind[];
  secondFactor: boolean;
  /** Where a tile leads. */
  opens: string;
  redirectUris: string;
  /** Whether the application can keep a secret; if not it proves itself by PKCE. */
  confidential: boolean;
  /** What the application calls itself, when it says so; else it is called by the id. */
  clientId: string;
  afterSignOut: string[];
  backChannelLogout: string | null;
  metadata: SamlAppMetadata | null;
  nameId: 'persistent' | 'email';
}

export const emptyDraft: Draft = {
  way: 'oidc',
  id: '',
  nameFr: '',
  nameEn: '',
  summaryFr: '',
  summaryEn: '',
  category: 'work',
  suits: ['agent', 'elu'],
  secondFactor: false,
  opens: '',
  redirectUris: '',
  confidential: true,
  clientId: '',
  afterSignOut: [],
  backChannelLogout: null,
  metadata: null,
  nameId: 'persistent',
};

const icons: Record<string, string> = { work: 'files', together: 'message', learning: 'learning', procedures: 'send', reference: 'book' };

/** An identifier out of a name: what a descriptor takes, and people can still read. */
export function idOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  return plain.replace(/-+$/, '');
}

/** The draft with what the application says of itself; what it does not say stays as it was typed. */
export function filledBy(draft: Draft, known: OidcAppMetadata): Draft {
  const nameFr = draft.nameFr.trim() || (known.name ?? '');
  return {
    ...draft,
    nameFr,
    id: draft.id || idOf(nameFr),
    clientId: known.clientId ?? '',
    redirectUris: known.redirectUris.join('\n'),
    afterSignOut: known.afterSignOut,
    backChannelLogout: known.backChannelLogout,
    opens: draft.opens.trim() || (known.opens ?? ''),
    confidential: known.confidential,
  };
}

/** Whether the description refers to a secret that the platform makes for this application. */
export const hasSecret = (draft: Draft) => draft.way === 'proconnect' || (draft.way === 'oidc' && draft.confidential);

/** The descriptor of what was typed. A JSON string is a YAML string, so nothing that is typed can be taken for more than a text. */
export function describe(draft: Draft): string {
  const text = JSON.stringify;
  const lines = [
    `id: ${text(draft.id)}`,
    `name: {fr: ${text(draft.nameFr.trim())}, en: ${text(draft.nameEn.trim() || draft.nameFr.trim())}}`,
    `summary: {fr: ${text(draft.summaryFr.trim())}, en: ${text(draft.summaryEn.trim() || draft.summaryFr.trim())}}`,
    `icon: ${icons[draft.category] ?? 'web'}`,
    `category: ${draft.category}`,
    'signIn:',
    ...signIn(draft).map((line) => `  ${line}`),
    'roles: [user]',
    `suits: [${draft.suits.join(', ')}]`,
    ...(draft.secondFactor && draft.way !== 'link' ? ['secondFactor: true'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function signIn(draft: Draft): string[] {
  const text = JSON.stringify;
  const list = (values: readonly string[]) => `[${values.map((one) => text(one)).join(', ')}]`;
  switch (draft.way) {
    case 'link':
      return ['kind: link', `url: ${text(draft.opens.trim())}`];
    case 'cas':
      return ['kind: cas', `serviceUrls: ${list(draft.redirectUris.split(/\s+/).filter(Boolean))}`, `user: ${draft.nameId}`, `initiateUrl: ${text(draft.opens.trim())}`];
    case 'saml':
      return [
        'kind: saml',
        `entityId: ${text(draft.metadata?.entityId ?? '')}`,
        `assertionConsumerService: ${list(draft.metadata?.assertionConsumerServices ?? [])}`,
        ...(draft.metadata?.singleLogoutService ? [`singleLogoutService: ${text(draft.metadata.singleLogoutService)}`] : []),
        ...(draft.metadata?.singleLogoutSoap ? [`singleLogoutSoap: ${text(draft.metadata.singleLogoutSoap)}`] : []),
        `nameId: ${draft.nameId}`,
        ...(draft.metadata?.certificate ? [`certificate: ${text(draft.metadata.certificate)}`] : []),
        `initiateUrl: ${text(draft.opens.trim())}`,
      ];
    default:
      return [
        'kind: oidc',
        `clientId: ${text(draft.clientId || draft.id)}`,
        `redirectUris: ${list(draft.redirectUris.split(/\s+/).filter(Boolean))}`,
        ...(draft.afterSignOut.length > 0 ? [`postLogoutRedirectUris: ${list(draft.afterSignOut)}`] : []),
        ...(draft.backChannelLogout ? [`backChannelLogoutUri: ${text(draft.backChannelLogout)}`] : []),
        ...(hasSecret(draft) ? [`secret: "\${secret:kept.${draft.id}}"`] : []),
        ...(draft.way === 'proconnect' ? ['proconnect: true'] : []),
        `initiateUrl: ${text(draft.opens.trim())}`,
      ];
  }
}
