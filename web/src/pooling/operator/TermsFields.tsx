import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Renewal, StoredKey, Terms } from '../../api/pooling';
import { useGet } from '../../api/queries';
import { Button } from '../../ui/Button';
import { DateField } from '../../ui/DateField';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { useServiceList } from '../serviceNames';
import { renewalWords } from '../words';

export const noTerms: Terms = { title: '', endsOn: null, noticeMonths: 6, renewal: 'tacit', costKey: null, services: [] };

const none = 'none';

/** What an agreement says, as signed or as amended. */
export function TermsFields({ terms, onChange }: { terms: Terms; onChange: (terms: Terms) => void }) {
  const { t, i18n } = useLingui();
  const keys = useGet<StoredKey[]>('/api/operator/pooling/keys');
  const set = (part: Partial<Terms>) => onChange({ ...terms, ...part });
  return (
    <>
      <TextField label={t`Objet`} value={terms.title} onChange={(title) => set({ title })} isRequired maxLength={200} />
      <div className="m-pair">
        <DateField label={t`Dernier jour`} value={terms.endsOn} onChange={(endsOn) => set({ endsOn })} help={t`Vide : sans terme.`} />
        <TextField label={t`Préavis, en mois`} value={String(terms.noticeMonths)} onChange={(typed) => set({ noticeMonths: Number(typed.replace(/\D/g, '').slice(0, 2)) })} inputMode="numeric" maxLength={2} />
      </div>
      <div className="m-pair">
        <Select<Renewal> label={t`Reconduction`} value={terms.renewal} onChange={(renewal) => set({ renewal })} options={(['tacit', 'explicit', 'none'] as const).map((value) => ({ value, label: i18n._(renewalWords[value]) }))} />
        <Select
          label={t`Clé de répartition`}
          value={terms.costKey ?? none}
          onChange={(key) => set({ costKey: key === none ? null : key })}
          options={[{ value: none, label: t`aucune` }, ...(keys.data ?? []).filter((key) => key.status !== 'retired').map((key) => ({ value: key.id, label: key.name, help: key.text }))]}
        />
      </div>
      <ServiceFields terms={terms} onChange={(services) => set({ services })} />
    </>
  );
}

/** The service that keeps to a room in all. */
const filesService = 'files';

function ServiceFields({ terms, onChange }: { terms: Terms; onChange: (services: Terms['services']) => void }) {
  const { t } = useLingui();
  const services = useServiceList();
  const [service, setService] = useState<string | null>(null);
  const nameOf = (id: string) => services.find((one) => one.value === id)?.label ?? id;
  const change = (id: string, what: 'quota' | 'storageGb', typed: string) => {
    const digits = typed.replace(/\D/g, '').slice(0, 7);
    onChange(terms.services.map((one) => (one.service === id ? { ...one, [what]: digits ? Number(digits) : null } : one)));
  };
  return (
    <fieldset className="p-seats">
      <legend>
        <Trans>Services</Trans>
      </legend>
      {terms.services.length > 0 && (
        <ul className="m-list">
          {terms.services.map((one) => (
            <li key={one.service} className="m-line">
              <strong className="m-line__main">{nameOf(one.service)}</strong>
              <TextField label={t`Plafond de comptes de ${nameOf(one.service)}`} value={one.quota === null ? '' : String(one.quota)} onChange={(typed) => change(one.service, 'quota', typed)} inputMode="numeric" isRequired={false} />
              {one.service === filesService && (
                <TextField label={t`Place par collectivité (Go)`} value={one.storageGb === null ? '' : String(one.storageGb)} onChange={(typed) => change(one.service, 'storageGb', typed)} inputMode="numeric" isRequired={false} />
              )}
              <Button variant="plain" aria-label={t`Retirer ${nameOf(one.service)}`} onPress={() => onChange(terms.services.filter((kept) => kept.service !== one.service))}>
                <Trans>Retirer</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="p-add">
        <Select label={t`Service`} value={service} onChange={setService} options={services.filter((one) => terms.services.every((kept) => kept.service !== one.value))} />
        <Button
          isDisabled={!service}
          onPress={() => {
            if (service) onChange([...terms.services, { service, quota: null, storageGb: null }]);
            setService(null);
          }}
        >
          <Trans>Ajouter un service</Trans>
        </Button>
      </div>
    </fieldset>
  );
}
