import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { Partner } from '../../api/types';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { Dialog } from '../../ui/Dialog';
import { Message } from '../../ui/Message';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { CopyText } from '../CopyText';
import { useHere } from '../common';
import { wrongFields } from '../problems';

/** For which organisation a partner is invited; who and until when is said by the affiliation. */
export function InviteDialog({ partner, onClose, onDone }: { partner: Partner; onClose: () => void; onDone: () => Promise<unknown> }) {
  const { t } = useLingui();
  const { api } = useHere();
  const [siret, setSiret] = useState(partner.siret ?? '');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const wrong = wrongFields(error);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await call.put(`${api}/partners/${partner.affiliation}`, { siret: siret.trim() });
      await onDone();
      toast(t`${partner.name} est invité par ProConnect.`);
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t`Inviter ${partner.name} par ProConnect`}
      isOpen
      onClose={onClose}
      foot={
        <Button variant="primary" pending={busy} isDisabled={siret.trim() === ''} onPress={() => void save()}>
          <Trans>Inviter</Trans>
        </Button>
      }
    >
      <div className="e-stack">
        <p>
          {partner.address ?? <Trans>sans adresse</Trans>}
          {partner.until && (
            <>
              {' · '}
              <Trans>
                jusqu’au <DateText at={partner.until} />
              </Trans>
            </>
          )}
        </p>
        <TextField
          label={t`SIRET de son organisation`}
          placeholder="130 025 265 00013"
          value={siret}
          onChange={setSiret}
          isRequired
          maxLength={20}
          inputMode="numeric"
          autoFocus
          error={wrong.siret}
          help={t`Les 14 chiffres de l’établissement où la personne travaille, tels que son compte ProConnect les donne. annuaire-entreprises.data.gouv.fr les dit.`}
        />
        <CopyText label={t`Lien à lui envoyer`} value={`${window.location.origin}/sign-in?idp=proconnect${partner.address ? `&hint=${encodeURIComponent(partner.address)}` : ''}`} />
        {error !== null && !wrong.siret && <Message tone="bad">{problemText(error)}</Message>}
      </div>
    </Dialog>
  );
}
