import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Agreement, Change, CostKey } from '../../api/pooling';
import { useGet } from '../../api/queries';
import type { MemberDetail, Page } from '../../api/types';
import { ComboBox } from '../../ui/ComboBox';
import { DateField } from '../../ui/DateField';
import { ConfirmDialog } from '../../ui/Dialog';
import { formatDate, formatNumber } from '../../ui/format';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { euros, readEuros } from '../money';
import { KeyFields, useMeasures } from './KeyFields';
import { newForm } from './keyForm';

/** One change to try. */
export function ChangeDialog({ year, onClose, onAdd }: { year: number; onClose: () => void; onAdd: (change: Change, text: string) => void }) {
  const { t } = useLingui();
  const agreements = useGet<Agreement[]>('/api/operator/pooling/agreements');
  const members = useGet<Page<MemberDetail>>('/api/operator/members?limit=200');
  const measures = useMeasures();
  const [kind, setKind] = useState<Change['kind']>('joins');
  const [agreement, setAgreement] = useState<string | null>(null);
  const [member, setMember] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [population, setPopulation] = useState('');
  const [day, setDay] = useState<string | null>(`${year}-01-01`);
  const [measure, setMeasure] = useState('population');
  const [typed, setTyped] = useState('');
  const [form, setForm] = useState(newForm);
  const [formula, setFormula] = useState<CostKey | null>(null);
  const open = agreements.data?.filter((one) => one.status !== 'ended') ?? [];
  const number = open.find((one) => one.id === agreement)?.number ?? '';
  const who = members.data?.items.find((one) => one.id === member)?.name ?? name.trim();
  const whole = (text: string) => (/^\d{1,9}$/.test(text.replaceAll(/[\s\u202f\u00a0]/g, '')) ? Number(text.replaceAll(/[\s\u202f\u00a0]/g, '')) : null);
  const value = whole(typed);
  const people = population.trim() ? whole(population) : null;
  const amount = readEuros(typed);

  const change = ((): [Change, string] | null => {
    if (kind === 'key') return agreement && formula ? [{ kind, agreement, formula }, t`Convention ${number} : une autre clé`] : null;
    if (kind === 'joins')
      return agreement && day && who && (member !== null || people !== null)
        ? [{ kind, agreement, member, name: member ? null : who, figures: member || people === null ? {} : { population: people }, since: day }, t`${who} rejoint la convention ${number} le ${formatDate(day)}`]
        : null;
    if (kind === 'leaves') return agreement && member && day ? [{ kind, agreement, member, until: day }, t`${who} quitte la convention ${number} le ${formatDate(day)}`] : null;
    if (kind === 'figure') return member && value !== null ? [{ kind, member, measure, value }, t`${who} : ${measures.find((one) => one.value === measure)?.label ?? measure} à ${formatNumber(value)}`] : null;
    return agreement && amount !== null && name.trim() ? [{ kind, agreement, label: name.trim(), amount }, t`Convention ${number} : ${name.trim()}, ${euros(amount)}`] : null;
  })();

  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Ajouter un changement`} confirm={t`Essayer ce changement`} isDisabled={change === null} onConfirm={async () => change && onAdd(...change)}>
      <Select<Change['kind']>
        label={t`Changement`}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'joins', label: t`Une collectivité rejoint une convention` },
          { value: 'leaves', label: t`Une collectivité quitte une convention` },
          { value: 'key', label: t`La clé d’une convention change` },
          { value: 'figure', label: t`Un chiffre d’une collectivité change` },
          { value: 'cost', label: t`Une dépense s’ajoute` },
        ]}
      />
      {kind !== 'figure' && <Select label={t`Convention`} value={agreement} onChange={setAgreement} options={open.map((one) => ({ value: one.id, label: `${one.number} · ${one.title}` }))} />}
      {(kind === 'joins' || kind === 'leaves' || kind === 'figure') && (
        <ComboBox label={t`Collectivité`} value={member} onChange={setMember} options={(members.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} isRequired={kind !== 'joins'} />
      )}
      {kind === 'joins' && !member && (
        <div className="m-pair">
          <TextField label={t`Ou une collectivité qui n’est pas encore là`} value={name} onChange={setName} isRequired={false} maxLength={200} />
          <TextField label={t`Sa population`} value={population} onChange={setPopulation} inputMode="numeric" isRequired={false} error={population.trim() && people === null ? t`Donnez un nombre entier.` : null} />
        </div>
      )}
      {(kind === 'joins' || kind === 'leaves') && <DateField label={kind === 'joins' ? t`Depuis` : t`Dernier jour`} value={day} onChange={setDay} isRequired />}
      {kind === 'figure' && (
        <div className="m-pair">
          <Select label={t`Grandeur`} value={measure} onChange={setMeasure} options={measures} />
          <TextField label={t`Nouvelle valeur`} value={typed} onChange={setTyped} inputMode="numeric" isRequired error={typed.trim() && value === null ? t`Donnez un nombre entier.` : null} />
        </div>
      )}
      {kind === 'cost' && (
        <div className="m-pair">
          <TextField label={t`Libellé`} value={name} onChange={setName} isRequired maxLength={200} />
          <TextField label={t`Montant en euros`} value={typed} onChange={setTyped} inputMode="decimal" isRequired error={typed.trim() && amount === null ? t`Écrivez un montant comme 12 345,67.` : null} />
        </div>
      )}
      {kind === 'key' && <KeyFields form={form} onChange={setForm} onKey={setFormula} />}
    </ConfirmDialog>
  );
}
