import { Trans, useLingui } from '@lingui/react/macro';
import { CircleCheck, CircleDashed, Plus, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh } from '../../api/queries';
import type { Domain } from '../../api/types';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { Message } from '../../ui/Message';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { CopyText } from '../CopyText';
import { useHere, useMay } from '../common';

/** Mail domains: a DNS record proves that a domain is the member's, and sign-in then knows whose addresses these are. */
export function Domains({ domains }: { domains: readonly Domain[] }) {
  const { t } = useLingui();
  const { api } = useHere();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState('');
  const [removing, setRemoving] = useState<string | null>(null);
  const add = async () => {
    await call.post(`${api}/domains`, { domain: name.trim().toLowerCase() });
    await refresh(api);
    setName('');
    toast(t`Domaine ajouté. Publiez l’enregistrement, puis vérifiez.`);
  };
  const remove = async () => {
    await call.delete(`${api}/domains/${removing}`);
    await refresh(api);
    toast(t`Domaine retiré.`);
  };
  return (
    <section className="m-section" aria-labelledby="domains">
      <div className="m-section__head">
        <h2 id="domains">
          <Trans>Domaines de messagerie</Trans>
        </h2>
        {may.member && (
          <Button icon={Plus} onPress={() => setAdding(true)}>
            <Trans>Ajouter un domaine</Trans>
          </Button>
        )}
      </div>
      {domains.length === 0 ? (
        <p className="e-soft">
          <Trans>Aucun domaine. Ajoutez celui de vos adresses (par exemple ville.fr) pour que la connexion reconnaisse vos agents.</Trans>
        </p>
      ) : (
        <ul className="m-list">
          {domains.map((one) => (
            <One key={one.domain} one={one} onRemove={() => setRemoving(one.domain)} />
          ))}
        </ul>
      )}
      <ConfirmDialog title={t`Ajouter un domaine`} isOpen={adding} onClose={() => setAdding(false)} confirm={t`Ajouter le domaine`} isDisabled={!name.trim()} onConfirm={add}>
        <TextField label={t`Domaine`} placeholder="ville.fr" value={name} onChange={setName} isRequired maxLength={253} autoFocus help={t`Ce qui suit le @ de vos adresses. Un domaine n’appartient qu’à un adhérent.`} />
      </ConfirmDialog>
      <ConfirmDialog title={t`Retirer ${removing ?? ''} ?`} isOpen={removing !== null} onClose={() => setRemoving(null)} confirm={t`Retirer le domaine`} danger onConfirm={remove}>
        <p>
          <Trans>Les adresses de ce domaine ne seront plus reconnues comme les vôtres à la connexion. Les comptes restent.</Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}

function One({ one, onRemove }: { one: Domain; onRemove: () => void }) {
  const { t } = useLingui();
  const { api } = useHere();
  const may = useMay();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const verify = async () => {
    setPending(true);
    setError(null);
    try {
      await call.post(`${api}/domains/${one.domain}/verify`);
      await refresh(api);
      toast(t`${one.domain} est vérifié.`);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <li className="e-stack e-stack--tight">
      <div className="m-line">
        {one.verifiedAt ? <CircleCheck size={20} aria-hidden="true" className="m-good" /> : <CircleDashed size={20} aria-hidden="true" className="e-soft" />}
        <div className="m-line__main">
          <strong>{one.domain}</strong>{' '}
          {one.verifiedAt ? (
            <span className="e-soft">
              <Trans>
                vérifié le <DateText at={one.verifiedAt} />
              </Trans>
            </span>
          ) : (
            <Badge tone="warn">{t`À vérifier`}</Badge>
          )}
        </div>
        {may.member && !one.verifiedAt && (
          <Button icon={RotateCcw} pending={pending} onPress={() => void verify()}>
            <Trans>Vérifier maintenant</Trans>
          </Button>
        )}
        {may.member && (
          <Button variant="plain" icon={Trash2} onPress={onRemove}>
            <Trans>Retirer</Trans>
          </Button>
        )}
      </div>
      {!one.verifiedAt && may.member && (
        <>
          <p>
            <Trans>Chez votre hébergeur DNS, ajoutez cet enregistrement TXT, puis vérifiez. Il peut mettre une heure à être visible.</Trans>
          </p>
          <div className="m-pair">
            <CopyText label={t`Nom de l’enregistrement`} value={`_entente.${one.domain}`} />
            <CopyText label={t`Valeur (TXT)`} value={one.token} />
          </div>
        </>
      )}
      {error !== null && <Message tone="warn">{problemText(error)}</Message>}
    </li>
  );
}
