import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { PoolRequestDetail } from '../../api/pooling';
import { refresh, useGet, useMyself } from '../../api/queries';
import { useParam } from '../../members/common';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { formatNumber } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { euros } from '../money';
import '../pooling.css';
import { useServiceNames } from '../serviceNames';
import { requestTones, requestWords } from '../words';
import { AnswerDialog } from './AnswerDialog';
import { BackDialog } from './BackDialog';

const changed = () => Promise.all([refresh('/api/pooling/requests'), refresh('/api/pooling/roadmap')]);

/** One need: who asks, who backs, what is said of it, what the operator answers. */
export function RequestPage() {
  const { t } = useLingui();
  const request = useGet<PoolRequestDetail>(`/api/pooling/requests/${useParam('request')}`);
  return (
    <Loaded query={request} title={t`Demande`}>
      {(one) => <Shown one={one} />}
    </Loaded>
  );
}

function Shown({ one }: { one: PoolRequestDetail }) {
  const { t, i18n } = useLingui();
  const nameOf = useServiceNames();
  const { rights, acting } = useMyself();
  const [asked, setAsked] = useState<'back' | 'withdraw' | 'answer' | 'take-back' | null>(null);
  const mine = rights.includes('MANAGE_MEMBER') ? acting?.member : undefined;
  const settled = one.state === 'live' || one.state === 'declined' || one.state === 'withdrawn';
  const own = one.backing.find((backing) => backing.member === mine?.id);
  return (
    <>
      <PageHeader
        title={one.title}
        back={
          <Link href="/pooling/requests">
            <Trans>Demandes</Trans>
          </Link>
        }
        lead={
          <>
            {one.by}, {one.memberName} · <DateText at={one.at} /> <Badge tone={requestTones[one.state]}>{i18n._(requestWords[one.state])}</Badge>
          </>
        }
        action={
          <div className="e-row">
            {mine && !settled && (
              <Button variant={own ? 'quiet' : 'primary'} onPress={() => setAsked('back')}>
                {own ? <Trans>Modifier notre soutien</Trans> : <Trans>Soutenir pour {mine.name}</Trans>}
              </Button>
            )}
            {one.mayTakeBack && (
              <Button variant="quiet" onPress={() => setAsked('take-back')}>
                <Trans>Retirer la demande</Trans>
              </Button>
            )}
            {rights.includes('OPERATE') && one.state !== 'withdrawn' && (
              <Button variant="primary" onPress={() => setAsked('answer')}>
                <Trans>Répondre</Trans>
              </Button>
            )}
          </div>
        }
      />
      <div className="e-stack">
        <p className="e-card p-text">{one.need}</p>
        {(one.service ?? one.release ?? one.expected) && (
          <dl className="e-facts e-card">
            {one.service && (
              <>
                <dt>
                  <Trans>Service</Trans>
                </dt>
                <dd>{nameOf(one.service)}</dd>
              </>
            )}
            {one.release && (
              <>
                <dt>
                  <Trans>Version</Trans>
                </dt>
                <dd>{one.release}</dd>
              </>
            )}
            {one.expected && (
              <>
                <dt>
                  <Trans>Prévu</Trans>
                </dt>
                <dd>
                  <DateText at={one.expected} />
                </dd>
              </>
            )}
          </dl>
        )}
        <section>
          <div className="m-section__head">
            <h2>
              <Plural value={one.backers} _0="Aucun soutien" one="# soutien" other="# soutiens" />
              {one.budget !== null && one.budget > 0 && <span className="e-soft"> · {euros(one.budget)}</span>}
            </h2>
            {own && !settled && (
              <Button variant="plain" onPress={() => setAsked('withdraw')}>
                <Trans>Retirer notre soutien</Trans>
              </Button>
            )}
          </div>
          {one.backing.length > 0 && (
            <DataTable
              label={t`Soutiens`}
              rows={one.backing}
              rowId={(backing) => backing.member}
              columns={[
                { id: 'name', title: t`Collectivité`, cell: (backing) => backing.name, sortBy: (backing) => backing.name },
                { id: 'weight', title: t`Priorité`, cell: (backing) => formatNumber(backing.weight), sortBy: (backing) => backing.weight },
                { id: 'budget', title: t`Budget`, align: 'end', cell: (backing) => (backing.budget === null ? '' : euros(backing.budget)) },
                { id: 'note', title: t`Note`, cell: (backing) => backing.note ?? '' },
              ]}
            />
          )}
        </section>
        <Talk one={one} />
      </div>
      {asked === 'back' && mine && <BackDialog one={one} member={mine} own={own} onClose={() => setAsked(null)} onDone={changed} />}
      {asked === 'answer' && <AnswerDialog one={one} onClose={() => setAsked(null)} onDone={changed} />}
      <ConfirmDialog
        isOpen={asked === 'withdraw'}
        onClose={() => setAsked(null)}
        title={t`Retirer le soutien de ${mine?.name ?? ''} ?`}
        confirm={t`Retirer notre soutien`}
        onConfirm={async () => {
          await call.delete(`/api/members/${mine?.id}/requests/${one.id}/backing`);
          await changed();
          toast(t`Soutien retiré.`);
        }}
      >
        <p>{one.title}</p>
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'take-back'}
        onClose={() => setAsked(null)}
        title={t`Retirer la demande « ${one.title} » ?`}
        confirm={t`Retirer la demande`}
        onConfirm={async () => {
          await call.delete(`/api/pooling/requests/${one.id}`);
          await changed();
          toast(t`Demande retirée.`);
        }}
      >
        <p>
          <Trans>Elle reste lisible, avec ses échanges, mais plus personne ne la soutient ; celles et ceux qui la suivent sont prévenus.</Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}

function Talk({ one }: { one: PoolRequestDetail }) {
  const { t, i18n } = useLingui();
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const say = async () => {
    setPending(true);
    setError(null);
    try {
      await call.post(`/api/pooling/requests/${one.id}/comments`, { text: text.trim() });
      await changed();
      setText('');
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <section>
      <h2>
        <Trans>Échanges</Trans>
      </h2>
      <ol className="p-talk">
        {one.talk.map((said) => (
          <li key={said.id} className={said.answer ? 'e-card p-talk__answer' : 'e-card'}>
            <p className="e-soft">
              {said.by}
              {said.member && `, ${said.member}`} · <DateText at={said.at} style="datetime" /> {said.answer && <Badge tone={requestTones[said.answer]}>{i18n._(requestWords[said.answer])}</Badge>}
            </p>
            <p className="p-text">{said.text}</p>
          </li>
        ))}
      </ol>
      <form
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          void say();
        }}
      >
        <TextField label={t`Votre message`} value={text} onChange={setText} rows={3} maxLength={5000} />
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        <div className="m-acts">
          <Button type="submit" pending={pending} isDisabled={!text.trim()}>
            <Trans>Envoyer</Trans>
          </Button>
        </div>
      </form>
    </section>
  );
}
