import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { CatalogueEntry, ServiceSheet } from '../../api/pooling';
import { refresh, useGet } from '../../api/queries';
import type { MemberDetail, Page } from '../../api/types';
import { ConfirmDialog } from '../../ui/Dialog';
import { Select } from '../../ui/Select';
import { useText2 } from '../../ui/text2';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { maturityWords } from '../words';

const none = 'none';
const blank: ServiceSheet = { purpose: { fr: '', en: '' }, maturity: 'production', licence: '', dataLocation: '', operatedBy: null, prerequisites: { fr: '', en: '' }, contact: null };

/** What the catalogue says of a service, kept by the operator. */
export function SheetDialog({ one, onClose }: { one: CatalogueEntry; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const text = useText2();
  const members = useGet<Page<MemberDetail>>('/api/operator/members?limit=200');
  const [sheet, setSheet] = useState<ServiceSheet>(one.sheet ?? { ...blank, purpose: one.summary });
  const set = (part: Partial<ServiceSheet>) => setSheet({ ...sheet, ...part });
  const complete = [sheet.purpose.fr, sheet.purpose.en, sheet.licence, sheet.dataLocation, sheet.prerequisites.fr, sheet.prerequisites.en].every((value) => value.trim());
  const save = async () => {
    await call.put(`/api/operator/pooling/catalogue/${one.service}`, { ...sheet, contact: sheet.contact?.trim() || null });
    await refresh('/api/pooling/');
    toast(t`Fiche de ${text(one.name)} enregistrée.`);
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Fiche de ${text(one.name)}`} confirm={t`Enregistrer la fiche`} isDisabled={!complete} onConfirm={save}>
      <TextField label={t`À quoi il sert`} value={sheet.purpose.fr} onChange={(fr) => set({ purpose: { ...sheet.purpose, fr } })} isRequired maxLength={1000} rows={2} />
      <TextField label={t`À quoi il sert, en anglais`} value={sheet.purpose.en} onChange={(en) => set({ purpose: { ...sheet.purpose, en } })} isRequired maxLength={1000} rows={2} />
      <div className="m-pair">
        <Select<ServiceSheet['maturity']> label={t`Maturité`} value={sheet.maturity} onChange={(maturity) => set({ maturity })} options={(['pilot', 'production', 'mature', 'ending'] as const).map((value) => ({ value, label: i18n._(maturityWords[value]) }))} />
        <Select label={t`Exploité par`} value={sheet.operatedBy ?? none} onChange={(by) => set({ operatedBy: by === none ? null : by })} options={[{ value: none, label: t`non précisé` }, ...(members.data?.items ?? []).map((member) => ({ value: member.id, label: member.name }))]} />
      </div>
      <div className="m-pair">
        <TextField label={t`Licence`} value={sheet.licence} onChange={(licence) => set({ licence })} isRequired maxLength={200} />
        <TextField label={t`Où sont les données`} value={sheet.dataLocation} onChange={(dataLocation) => set({ dataLocation })} isRequired maxLength={200} />
      </div>
      <TextField label={t`Ce qu’il faut pour l’utiliser`} value={sheet.prerequisites.fr} onChange={(fr) => set({ prerequisites: { ...sheet.prerequisites, fr } })} isRequired maxLength={1000} />
      <TextField label={t`Ce qu’il faut pour l’utiliser, en anglais`} value={sheet.prerequisites.en} onChange={(en) => set({ prerequisites: { ...sheet.prerequisites, en } })} isRequired maxLength={1000} />
      <TextField label={t`Contact`} value={sheet.contact ?? ''} onChange={(contact) => set({ contact })} isRequired={false} maxLength={200} />
    </ConfirmDialog>
  );
}
