import { useLingui } from '@lingui/react/macro';
import { useGet } from '../../api/queries';
import type { Affiliation, IsoDate, Kind, MemberDetail, Unit } from '../../api/types';
import { Radios } from '../../ui/Choices';
import { ComboBox } from '../../ui/ComboBox';
import { DateField } from '../../ui/DateField';
import { TextField } from '../../ui/TextField';
import { kindWords } from '../../ui/words';
import { useHere } from '../common';
import { dayOf, endOf, lastDayOf, startOf, today } from '../../ui/time';
import { flat, unitTree } from '../units/tree';

export interface AffiliationDraft {
  kind: Kind;
  function: string;
  unit: string | null;
  address: string;
  phone: string;
  weeklyShare: string;
  from: IsoDate | null;
  until: IsoDate | null;
  reference: string;
  groups: string;
}

export const emptyDraft = (): AffiliationDraft => ({
  kind: 'agent', function: '', unit: null, address: '', phone: '', weeklyShare: '', from: today(), until: null, reference: '', groups: '',
});

export const draftOf = (a: Affiliation): AffiliationDraft => ({
  kind: a.kind,
  function: a.function,
  unit: a.unit?.id ?? null,
  address: a.address ?? '',
  phone: a.phone ?? '',
  weeklyShare: a.weeklyShare === null ? '' : String(a.weeklyShare),
  from: dayOf(a.from),
  until: a.until && lastDayOf(a.until),
  reference: a.reference ?? '',
  groups: a.groups.join(', '),
});

const orNull = (value: string) => value.trim() || null;

/** As the API takes it. An instant that was not touched goes back as it came, to the second. */
export function bodyOf(draft: AffiliationDraft, was?: Affiliation) {
  return {
    kind: draft.kind,
    function: draft.function.trim(),
    unit: draft.unit,
    address: orNull(draft.address)?.toLowerCase() ?? null,
    phone: orNull(draft.phone),
    weeklyShare: draft.weeklyShare.trim() ? Number(draft.weeklyShare.replace(',', '.').replace('%', '')) : null,
    from: was && dayOf(was.from) === draft.from ? was.from : draft.from && startOf(draft.from),
    until: was?.until && lastDayOf(was.until) === draft.until ? was.until : draft.until && endOf(draft.until),
    reference: orNull(draft.reference),
    groups: draft.groups.split(',').map((group) => group.trim()).filter(Boolean),
  };
}

interface Props {
  draft: AffiliationDraft;
  onChange: (draft: AffiliationDraft) => void;
  errors: Record<string, string>;
  /** The end is not moved here once the affiliation runs: ending it is an act of its own. */
  withUntil: boolean;
}

export function AffiliationFields({ draft, onChange, errors, withUntil }: Props) {
  const { t, i18n } = useLingui();
  const { api } = useHere();
  const units = useGet<Unit[]>(`${api}/units`);
  const member = useGet<MemberDetail>(api);
  const put = <K extends keyof AffiliationDraft>(key: K) => (value: AffiliationDraft[K]) => onChange({ ...draft, [key]: value });
  const domain = member.data?.domains.find((one) => one.verifiedAt)?.domain ?? member.data?.domains[0]?.domain;
  return (
    <>
      <div className="m-inline">
      <Radios
        label={t`Type de rattachement`}
        value={draft.kind}
        onChange={put('kind')}
        options={(Object.keys(kindWords) as Kind[]).map((kind) => ({ value: kind, label: i18n._(kindWords[kind]) }))}
      />
      </div>
      <div className="m-pair">
        <TextField label={t`Fonction`} value={draft.function} onChange={put('function')} isRequired maxLength={200} error={errors.function} help={t`Par exemple : gestionnaire de paie, adjointe au maire.`} />
        <ComboBox
          label={t`Unité`}
          value={draft.unit}
          onChange={put('unit')}
          options={flat(unitTree(units.data ?? [])).filter((u) => !u.closed || u.id === draft.unit).map((u) => ({ value: u.id, label: u.fullName }))}
          error={errors.unit}
          isRequired={false}
        />
        <TextField label={t`Adresse professionnelle`} type="email" value={draft.address} onChange={put('address')} maxLength={254} error={errors.address} isRequired={false} placeholder={domain && `prenom.nom@${domain}`} />
        <TextField label={t`Téléphone`} type="tel" value={draft.phone} onChange={put('phone')} maxLength={40} error={errors.phone} isRequired={false} />
        <DateField label={t`Premier jour`} value={draft.from} onChange={put('from')} isRequired error={errors.from ?? errors.validFrom} />
        {withUntil && <DateField label={t`Dernier jour`} value={draft.until} onChange={put('until')} min={draft.from ?? undefined} error={errors.until ?? errors.validUntil} isRequired={false} help={t`Ce soir-là, tous les accès de ce rattachement seront coupés.`} />}
        <TextField label={t`Matricule`} value={draft.reference} onChange={put('reference')} maxLength={100} error={errors.reference} isRequired={false} help={t`Le numéro du SIRH : il relie cette personne à vos fichiers d’import.`} />
        <TextField label={t`Quotité de travail (%)`} inputMode="numeric" value={draft.weeklyShare} onChange={put('weeklyShare')} maxLength={4} error={errors.weeklyShare} isRequired={false} />
        <TextField label={t`Groupes`} value={draft.groups} onChange={put('groups')} error={errors.groups} isRequired={false} help={t`Séparés par des virgules. Un abonnement peut être réservé à un groupe.`} />
      </div>
    </>
  );
}
