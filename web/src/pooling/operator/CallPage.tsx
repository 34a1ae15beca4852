import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as send } from '../../api/client';
import type { Call, Owed } from '../../api/pooling';
import { refresh, useGet, useMyself } from '../../api/queries';
import { useParam } from '../../members/common';
import '../../members/members.css';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { DateField } from '../../ui/DateField';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { euros, readEuros } from '../money';
import { callWords } from '../words';

/** One call: who owes what, who has paid; and whether it still comes out the same from its frozen figures. */
export function CallPage() {
  const { t, i18n } = useLingui();
  const id = useParam('call');
  const { rights } = useMyself();
  const path = `/api/operator/pooling/calls/${id}`;
  const calls = useGet<Call[]>('/api/operator/pooling/calls');
  const owed = useGet<Owed[]>(path);
  const check = useGet<{ same: boolean }>(`${path}/check`);
  const [payer, setPayer] = useState<Owed | null>(null);
  const call = calls.data?.find((one) => one.id === id);
  const title = call ? t`Contributions ${call.year}` : t`Appel de contributions`;
  return (
    <>
      <PageHeader
        title={title}
        back={
          <Link href="/operator/calls">
            <Trans>Appels de contributions</Trans>
          </Link>
        }
        lead={
          call && (
            <Trans>
              {i18n._(callWords[call.kind])}, {euros(call.total)} à verser avant le <DateText at={call.dueOn} />.
            </Trans>
          )
        }
      />
      <div className="e-stack">
        {check.data &&
          (check.data.same ? (
            <Message tone="good">
              <Trans>Recalculé à partir des chiffres figés le jour de l’appel : le résultat est le même au centime.</Trans>
            </Message>
          ) : (
            <Message tone="bad" title={t`Le recalcul donne un autre résultat`}>
              <Trans>Les chiffres figés de cet appel ont changé. Voyez le journal du territoire.</Trans>
            </Message>
          ))}
        <Loaded query={owed}>
          {(all) => (
            <DataTable
              label={title}
              rows={all}
              rowId={(one) => one.member}
              columns={[
                { id: 'name', title: t`Collectivité`, cell: (one) => (call ? <Link href={`/members/${one.member}/contributions/${call.year}`}>{one.name}</Link> : one.name), sortBy: (one) => one.name },
                { id: 'amount', title: t`Appelé`, align: 'end', cell: (one) => euros(one.amount), sortBy: (one) => one.amount },
                { id: 'paid', title: t`Versé`, align: 'end', cell: (one) => euros(one.paid), sortBy: (one) => one.paid },
                { id: 'balance', title: t`Reste à verser`, align: 'end', cell: (one) => euros(one.balance), sortBy: (one) => one.balance },
                ...(rights.includes('OPERATE') && call
                  ? [
                      {
                        id: 'act',
                        title: t`Versement`,
                        narrow: true,
                        cell: (one: Owed) => (
                          <Button aria-label={t`Noter un versement de ${one.name}`} onPress={() => setPayer(one)}>
                            <Trans>Noter un versement</Trans>
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Loaded>
      </div>
      {payer && call && <Pay payer={payer} year={call.year} onClose={() => setPayer(null)} />}
    </>
  );
}

function Pay({ payer, year, onClose }: { payer: Owed; year: number; onClose: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [receivedOn, setReceivedOn] = useState<string | null>(new Date().toISOString().slice(0, 10));
  const [note, setNote] = useState('');
  const amount = readEuros(typed);
  const pay = async () => {
    await send.post(`/api/operator/pooling/members/${payer.member}/payments/${year}`, { amount, receivedOn, note: note.trim() || null });
    await refresh('/api/operator/pooling/calls');
    toast(t`Versement de ${payer.name} noté.`);
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Versement de ${payer.name}`} confirm={t`Noter le versement`} isDisabled={amount === null || amount === 0 || !receivedOn} onConfirm={pay}>
      <p>
        <Trans>Reste à verser pour {year} : {euros(payer.balance)}.</Trans>
      </p>
      <TextField label={t`Montant en euros`} value={typed} onChange={setTyped} inputMode="decimal" error={typed && amount === null ? t`Écrivez un montant comme 12 345,67.` : null} help={t`Négatif pour un remboursement.`} />
      <DateField label={t`Reçu le`} value={receivedOn} onChange={setReceivedOn} isRequired />
      <TextField label={t`Référence`} value={note} onChange={setNote} isRequired={false} maxLength={200} />
    </ConfirmDialog>
  );
}
