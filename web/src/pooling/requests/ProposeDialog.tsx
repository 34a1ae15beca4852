import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import type { PoolRequestDetail } from '../../api/pooling';
import { refresh } from '../../api/queries';
import { go } from '../../navigation';
import { ConfirmDialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';

/** A need in one's own words, or the wish to have a service that others have. */
export function ProposeDialog({ service, onClose }: { service?: { id: string; name: string }; onClose: () => void }) {
  const { t } = useLingui();
  const [title, setTitle] = useState(service ? t`Rejoindre le service ${service.name}` : '');
  const [need, setNeed] = useState('');
  const propose = async () => {
    const made = await call.post<PoolRequestDetail>('/api/pooling/requests', { title: title.trim(), need: need.trim(), service: service?.id ?? null });
    await Promise.all([refresh('/api/pooling/requests'), refresh('/api/pooling/roadmap')]);
    go(`/pooling/requests/${made.id}`);
  };
  return (
    <ConfirmDialog wide isOpen onClose={onClose} title={service ? t`Demander ${service.name}` : t`Proposer un besoin`} confirm={service ? t`Envoyer la demande` : t`Proposer ce besoin`} isDisabled={!title.trim() || !need.trim()} onConfirm={propose}>
      <TextField label={t`En une phrase`} value={title} onChange={setTitle} isRequired maxLength={200} />
      <TextField label={t`Le besoin`} value={need} onChange={setNeed} isRequired rows={6} maxLength={5000} help={t`Qui en a besoin, pour faire quoi, et ce qui manque aujourd’hui.`} />
      <p className="e-soft">
        <Trans>Votre nom et votre collectivité apparaissent ; toutes les collectivités peuvent lire et soutenir.</Trans>
      </p>
    </ConfirmDialog>
  );
}
