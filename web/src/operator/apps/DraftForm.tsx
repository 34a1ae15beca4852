import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { Kind, SamlAppMetadata } from '../../api/types';
import { Button } from '../../ui/Button';
import { Checkbox, Checkboxes, Radios } from '../../ui/Choices';
import { Message } from '../../ui/Message';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { kindWords } from '../../ui/words';
import { type Draft, idOf, type Way } from './describe';
import { OidcPart } from './OidcPart';

/** The questions whose answers describe an application. */
export function DraftForm({ draft, onChange, onDone }: { draft: Draft; onChange: (draft: Draft) => void; onDone: () => void }) {
  const { t, i18n } = useLingui();
  const [ownId, setOwnId] = useState(draft.id !== '' && draft.id !== idOf(draft.nameFr));
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const ways: { value: Way; label: string; help: string }[] = [
    { value: 'oidc', label: 'OpenID Connect', help: t`La plupart des applications récentes : Nextcloud, GLPI, Grist, Moodle…` },
    { value: 'proconnect', label: 'ProConnect', help: t`Une application faite pour ProConnect : seules ses adresses et son identifiant changent.` },
    { value: 'saml', label: 'SAML 2.0', help: t`Vous aurez besoin des métadonnées de l’application.` },
    { value: 'cas', label: 'CAS 2, CAS 3', help: t`Des applications plus anciennes de l’enseignement et des collectivités.` },
    { value: 'link', label: t`Simple lien`, help: t`Un site qui ne connaît pas le territoire.` },
  ];
  const categories = [
    { value: 'work', label: t`Travailler` },
    { value: 'together', label: t`Ensemble` },
    { value: 'learning', label: t`Se former` },
    { value: 'procedures', label: t`Démarches` },
    { value: 'reference', label: t`Se documenter` },
  ];
  const oidc = draft.way === 'oidc' || draft.way === 'proconnect';
  const ready = draft.id && draft.nameFr.trim() && draft.summaryFr.trim() && draft.opens.trim() && draft.suits.length > 0 && (!(oidc || draft.way === 'cas') || draft.redirectUris.trim()) && (draft.way !== 'saml' || draft.metadata);
  const done = (event: FormEvent) => {
    event.preventDefault();
    onDone();
  };
  return (
    <form className="m-form" onSubmit={done}>
      <Radios label={t`Comment y entre-t-on ?`} options={ways} value={draft.way} onChange={(way) => set({ way })} />
      {oidc && <OidcPart draft={draft} onChange={onChange} />}
      <TextField label={t`Nom`} value={draft.nameFr} onChange={(nameFr) => set({ nameFr, ...(ownId ? {} : { id: idOf(nameFr) }) })} isRequired maxLength={60} />
      <TextField
        label={t`Identifiant`}
        value={draft.id}
        onChange={(id) => {
          setOwnId(true);
          set({ id });
        }}
        isRequired
        maxLength={40}
        help={t`Lettres minuscules, chiffres et tirets. Il ne change plus ensuite.`}
      />
      <TextField label={t`Ce qu’on y fait, en une phrase`} value={draft.summaryFr} onChange={(summaryFr) => set({ summaryFr })} isRequired maxLength={200} />
      <div className="m-pair">
        <TextField label={t`Nom en anglais`} value={draft.nameEn} onChange={(nameEn) => set({ nameEn })} isRequired={false} maxLength={60} />
        <TextField label={t`La phrase en anglais`} value={draft.summaryEn} onChange={(summaryEn) => set({ summaryEn })} isRequired={false} maxLength={200} />
      </div>
      <Select label={t`Rubrique de l’accueil`} options={categories} value={draft.category} onChange={(category) => set({ category })} />
      <Checkboxes label={t`Pour qui`} options={(['agent', 'elu', 'partner', 'trainee'] as Kind[]).map((value) => ({ value, label: i18n._(kindWords[value]) }))} value={draft.suits} onChange={(suits) => set({ suits })} />
      <TextField label={draft.way === 'link' ? t`Adresse du site` : t`Adresse qui ouvre l’application`} placeholder="https://" value={draft.opens} onChange={(opens) => set({ opens })} isRequired maxLength={500} />
      {oidc && <TextField label={t`Adresses de retour (redirect URI), une par ligne`} rows={2} value={draft.redirectUris} onChange={(redirectUris) => set({ redirectUris })} isRequired help={t`Celles que l’application affiche dans ses réglages, entières.`} />}
      {draft.way === 'cas' && (
        <>
          <TextField label={t`Adresses du service (service), une par ligne`} rows={2} value={draft.redirectUris} onChange={(redirectUris) => set({ redirectUris })} isRequired help={t`Entières, ou leur début suivi d’une étoile : https://app.exemple.fr/*`} />
          <NameId draft={draft} set={set} />
        </>
      )}
      {draft.way === 'oidc' && (
        <Checkbox isSelected={draft.confidential} onChange={(confidential) => set({ confidential })} help={t`Une application qui tourne sur un serveur. Décochez pour une application du navigateur ou du téléphone : elle prouve alors qui elle est par PKCE.`}>
          <Trans>Elle sait garder un secret</Trans>
        </Checkbox>
      )}
      {draft.way === 'saml' && <SamlPart draft={draft} set={set} />}
      {draft.way !== 'link' && (
        <Checkbox isSelected={draft.secondFactor} onChange={(secondFactor) => set({ secondFactor })} help={t`Qui n’en a pas encore le met en place en entrant.`}>
          <Trans>Personne n’y entre sans seconde preuve</Trans>
        </Checkbox>
      )}
      <div className="m-acts">
        <Button type="submit" variant="primary" isDisabled={!ready}>
          <Trans>Relire la description</Trans>
        </Button>
      </div>
    </form>
  );
}

function SamlPart({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }) {
  const { t } = useLingui();
  const [xml, setXml] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const read = async () => {
    setPending(true);
    setError(null);
    try {
      set({ metadata: await call.post<SamlAppMetadata>('/api/operator/descriptors/saml-metadata', { xml }) });
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const known = draft.metadata;
  return (
    <>
      <TextField label={t`Métadonnées de l’application (XML)`} rows={5} value={xml} onChange={setXml} isRequired={known === null} spellCheck="false" error={error === null ? undefined : problemText(error)} />
      <div>
        <Button pending={pending} isDisabled={!xml.trim()} onPress={() => void read()}>
          <Trans>Lire ces métadonnées</Trans>
        </Button>
      </div>
      <div role="status">
        {known && (
          <Message tone="good" title={known.entityId}>
            {known.certificate ? t`Reçoit les assertions à ${known.assertionConsumerServices.join(', ')}. Ses demandes devront être signées.` : t`Reçoit les assertions à ${known.assertionConsumerServices.join(', ')}.`}
          </Message>
        )}
      </div>
      <NameId draft={draft} set={set} />
    </>
  );
}

function NameId({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }) {
  const { t } = useLingui();
  return (
    <Select
      label={t`Comment la personne y est nommée`}
      value={draft.nameId}
      onChange={(nameId) => set({ nameId })}
      options={[
        { value: 'persistent', label: t`Identifiant propre à l’application`, help: t`Toujours le même, et de nul usage ailleurs.` },
        { value: 'email', label: t`Adresse professionnelle` },
      ]}
    />
  );
}
