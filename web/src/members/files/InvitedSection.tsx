import { Trans, useLingui } from '@lingui/react/macro';
import { UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { api as call, address } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet, useList } from '../../api/queries';
import type { Page } from '../../api/types';
import type { Invited, InviteRule } from '../../files/about';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Choices';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { Pager } from '../../ui/Pager';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { lastDayOf } from '../../ui/time';
import { toast } from '../../ui/Toasts';
import { useHere, useMay } from '../common';

const limit = 50;

/** Outside partners whom the member's people invited to spaces, and whether they may. */
export function InvitedSection() {
  const { t } = useLingui();
  const { api } = useHere();
  const may = useMay();
  const [offset, setOffset] = useState(0);
  const query = useList<Page<Invited>>(address(`${api}/files/invitations`, { offset, limit }));
  const rule = useGet<InviteRule>(`${api}/files/invite-rule`);
  const end = async (one: Invited) => {
    const name = `${one.givenName} ${one.usualName}`;
    try {
      await call.delete(`${api}/files/invitations/${one.id}`);
      await refresh(`${api}/files`);
      toast(t`L’invitation de ${name} a pris fin.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    }
  };
  return (
    <section className="m-section" aria-labelledby="invited">
      <div className="m-section__head">
        <h2 id="invited">
          <Trans>Partenaires invités dans des espaces</Trans>
        </h2>
      </div>
      <Loaded query={rule}>{(found) => (may.member ? <Rule key={JSON.stringify(found)} rule={found} /> : <p>{found.allowed ? t`Permis, pour ${found.days} jours au plus.` : t`Pas permis.`}</p>)}</Loaded>
      <Loaded query={query}>
        {(found) => (
          <>
            <DataTable
              label={t`Partenaires invités`}
              rows={found.items}
              rowId={(row) => row.id}
              columns={[
                {
                  id: 'who',
                  title: t`Partenaire`,
                  rowHeader: true,
                  cell: (row) => (
                    <span className="m-any">
                      {row.givenName} {row.usualName}, {row.organisation}
                      <br />
                      <span className="e-soft e-small">{row.address}</span>
                    </span>
                  ),
                },
                { id: 'space', title: t`Espace`, cell: (row) => <span className="m-any">{row.spaceName}</span> },
                { id: 'why', title: t`Motif`, cell: (row) => <span className="m-any">{row.reason}</span> },
                { id: 'by', title: t`Invité par`, cell: (row) => row.by ?? t`quelqu’un qui n’est plus là` },
                { id: 'until', title: t`Jusqu’au`, cell: (row) => (row.endedAt ? t`retirée` : row.inForce ? <DateText at={lastDayOf(row.until)} /> : t`terminée`) },
                ...(may.member
                  ? [
                      {
                        id: 'act',
                        title: t`Retirer`,
                        narrow: true,
                        cell: (row: Invited) =>
                          row.inForce ? (
                            <Button variant="plain" aria-label={t`Retirer l’invitation de ${row.givenName} ${row.usualName}`} onPress={() => void end(row)}>
                              <Trans>Retirer</Trans>
                            </Button>
                          ) : null,
                      },
                    ]
                  : []),
              ]}
              empty={
                <EmptyState icon={UserRoundPlus} title={t`Aucun partenaire invité`}>
                  <Trans>Qui gère un espace partagé peut y inviter une personne d’ailleurs, jusqu’à une date.</Trans>
                </EmptyState>
              }
            />
            <Pager offset={offset} limit={limit} total={found.total} onOffset={setOffset} label={t`Pages des invitations`} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Rule({ rule }: { rule: InviteRule }) {
  const { t } = useLingui();
  const { api } = useHere();
  const [allowed, setAllowed] = useState(rule.allowed);
  const [days, setDays] = useState(String(rule.days));
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const wrong = !/^[1-9]\d{0,3}$/.test(days.trim());
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      await call.put(`${api}/files/invite-rule`, { allowed, days: Number(days) });
      await refresh(`${api}/files`);
      toast(t`Règle enregistrée. Ce qui a déjà été accordé reste jusqu’à sa date.`);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="m-form">
      <Checkbox isSelected={allowed} onChange={setAllowed}>
        {t`Qui gère un espace partagé peut y inviter des partenaires extérieurs`}
      </Checkbox>
      <TextField
        label={t`Durée la plus longue d’une invitation (jours)`}
        inputMode="numeric"
        value={days}
        onChange={setDays}
        maxLength={4}
        error={wrong ? t`Un nombre de jours, comme 180.` : undefined}
      />
      {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      <div className="m-acts">
        <Button variant="primary" pending={pending} isDisabled={wrong || (allowed === rule.allowed && Number(days) === rule.days)} onPress={() => void save()}>
          <Trans>Enregistrer la règle</Trans>
        </Button>
      </div>
    </div>
  );
}
