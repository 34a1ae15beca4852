import { useLingui } from '@lingui/react/macro';

/** How one enters a service, in a word. */
export function useSignInWord(): (kind: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = { 'built-in': t`intégrée`, oidc: 'OIDC', saml: 'SAML', cas: 'CAS', gateway: t`passerelle`, link: t`lien` };
  return (kind) => words[kind] ?? kind;
}
