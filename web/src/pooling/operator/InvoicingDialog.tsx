import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Invoicing } from '../../api/pooling';
import { refresh, useGet } from '../../api/queries';
import { wrongFields } from '../../members/problems';
import { ConfirmDialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';

const path = '/api/operator/pooling/invoicing';
const blank: Invoicing = { name: '', siret: '', street: '', postCode: '', city: '', email: '', iban: '', bic: null };

/** Who sends the invoices, and where they are paid: what Chorus Pro asks of every one. */
export function InvoicingDialog({ onClose }: { onClose: () => void }) {
  const known = useGet<Invoicing>(path);
  const none = known.error instanceof Problem && known.error.status === 404;
  if (none) return <Form known={blank} onClose={onClose} />;
  return <Loaded query={known}>{(found) => <Form known={found} onClose={onClose} />}</Loaded>;
}

function Form({ known, onClose }: { known: Invoicing; onClose: () => void }) {
  const { t } = useLingui();
  const [form, setForm] = useState(known);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const set = (part: Partial<Invoicing>) => setForm({ ...form, ...part });
  const save = async () => {
    setWrong({});
    try {
      await call.put(path, { ...form, siret: form.siret.replaceAll(/\s/g, ''), iban: form.iban.replaceAll(/\s/g, ''), bic: form.bic?.trim() || null });
    } catch (failure) {
      setWrong(wrongFields(failure));
      throw failure;
    }
    await refresh(path);
    toast(t`Coordonnées de facturation enregistrées.`);
  };
  const complete = [form.name, form.siret, form.street, form.postCode, form.city, form.email, form.iban].every((value) => value.trim());
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={t`Coordonnées de facturation`} confirm={t`Enregistrer`} isDisabled={!complete} onConfirm={save}>
      <p className="e-soft">
        <Trans>Elles figurent sur les décomptes et sur les factures destinées à Chorus Pro.</Trans>
      </p>
      <TextField label={t`Nom du syndicat`} value={form.name} onChange={(name) => set({ name })} isRequired maxLength={200} error={wrong.name} />
      <div className="m-pair">
        <TextField label="SIRET" value={form.siret} onChange={(siret) => set({ siret })} isRequired inputMode="numeric" maxLength={18} error={wrong.siret} />
        <TextField label={t`Adresse de messagerie`} value={form.email} onChange={(email) => set({ email })} isRequired type="email" maxLength={200} error={wrong.email} />
      </div>
      <TextField label={t`Rue`} value={form.street} onChange={(street) => set({ street })} isRequired maxLength={200} error={wrong.street} />
      <div className="m-pair">
        <TextField label={t`Code postal`} value={form.postCode} onChange={(postCode) => set({ postCode })} isRequired inputMode="numeric" maxLength={10} error={wrong.postCode} />
        <TextField label={t`Ville`} value={form.city} onChange={(city) => set({ city })} isRequired maxLength={100} error={wrong.city} />
      </div>
      <div className="m-pair">
        <TextField label="IBAN" value={form.iban} onChange={(iban) => set({ iban })} isRequired maxLength={42} error={wrong.iban} />
        <TextField label="BIC" value={form.bic ?? ''} onChange={(bic) => set({ bic })} isRequired={false} maxLength={11} error={wrong.bic} />
      </div>
    </ConfirmDialog>
  );
}
