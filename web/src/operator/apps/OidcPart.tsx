import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { OidcAppMetadata } from '../../api/types';
import { Button } from '../../ui/Button';
import { Message } from '../../ui/Message';
import { TextField } from '../../ui/TextField';
import { type Draft, filledBy } from './describe';

/** Fills the form from what the application prints or publishes of itself (RFC 7591), and says what is not done here. */
export function OidcPart({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { t } = useLingui();
  const [given, setGiven] = useState('');
  const [known, setKnown] = useState<OidcAppMetadata | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const read = async () => {
    setPending(true);
    setError(null);
    const text = given.trim();
    try {
      const answer = await call.post<OidcAppMetadata>('/api/operator/descriptors/oidc-metadata', /^[a-z]+:\/\//i.test(text) ? { url: text } : { json: text });
      setKnown(answer);
      onChange(filledBy(draft, answer));
    } catch (failure) {
      setKnown(null);
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <details className="o-fold">
      <summary>
        <Trans>L’application donne ses métadonnées ? Remplir d’après elles</Trans>
      </summary>
      <div className="e-stack">
        <TextField
          label={t`Métadonnées de l’application (JSON), ou l’adresse où elle les publie`}
          rows={5}
          value={given}
          onChange={setGiven}
          isRequired={false}
          spellCheck="false"
          help={t`Ce qu’elle affiche pour s’enregistrer (RFC 7591) : redirect_uris, backchannel_logout_uri, scope…`}
          error={error === null ? undefined : problemText(error)}
        />
        <div>
          <Button pending={pending} isDisabled={!given.trim()} onPress={() => void read()}>
            <Trans>Lire ces métadonnées</Trans>
          </Button>
        </div>
        <div role="status" className="e-stack">
          {known && (
            <>
              <Message tone="good" title={known.clientId ?? known.name ?? undefined}>
                {known.confidential ? t`Le formulaire est rempli. L’application garde un secret, qui sera créé à l’enregistrement.` : t`Le formulaire est rempli. L’application n’a pas de secret : elle prouve qui elle est par PKCE.`}
              </Message>
              {known.remarks.map((one) => (
                <Message key={`${one.word} ${one.text}`} tone={one.stops ? 'bad' : 'info'} title={one.word}>
                  {one.text}
                </Message>
              ))}
            </>
          )}
        </div>
      </div>
    </details>
  );
}
