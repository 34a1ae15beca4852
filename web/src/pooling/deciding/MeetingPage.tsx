import { Trans, useLingui } from '@lingui/react/macro';
import { Download, Plus } from 'lucide-react';
import { useState } from 'react';
import type { AgendaItem, MeetingDetail } from '../../api/pooling';
import { useGet, useMyself } from '../../api/queries';
import { useParam } from '../../members/common';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import '../pooling.css';
import { BallotResult, EffectLine } from './BallotResult';
import { ItemActs } from './ItemActs';
import { MeetingActs } from './MeetingActs';
import { NewItemDialog } from './NewItemDialog';
import { ballotWords, majorityWords, meetingTones, meetingWords } from './words';

/** A meeting: what is on its agenda, what is being voted, what came out; and for the operator, how it is run. */
export function MeetingPage() {
  const { t } = useLingui();
  const meeting = useGet<MeetingDetail>(`/api/pooling/meetings/${useParam('meeting')}`, { refetchInterval: 15_000 });
  return (
    <Loaded query={meeting} title={t`Séance`}>
      {(one) => <Shown one={one} />}
    </Loaded>
  );
}

function Shown({ one }: { one: MeetingDetail }) {
  const { t, i18n } = useLingui();
  const { rights } = useMyself();
  const runs = rights.includes('OPERATE');
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title={one.title}
        back={
          <Link href="/pooling/votes">
            <Trans>Votes et séances</Trans>
          </Link>
        }
        lead={
          <>
            {one.bodyName} · <DateText at={one.at} style="datetime" />
            {one.place && ` · ${one.place}`} <Badge tone={meetingTones[one.state]}>{i18n._(meetingWords[one.state])}</Badge>
          </>
        }
        action={
          one.minute ? (
            <a className="e-button e-button--primary" href={`/api/pooling/meetings/${one.id}/minute.pdf`} download>
              <Download size={18} aria-hidden="true" />
              <span>
                <Trans>Procès-verbal signé (PDF)</Trans>
              </span>
            </a>
          ) : (
            runs && one.state !== 'closed' && one.state !== 'cancelled' && <MeetingActs one={one} />
          )
        }
      />
      <div className="e-stack">
        {one.state === 'cancelled' && (
          <Message tone="warn" title={t`Cette séance n’a pas lieu`}>
            <p className="p-text">{one.reason}</p>
          </Message>
        )}
        {one.agenda.length === 0 && (
          <EmptyState title={t`L’ordre du jour est vide`}>
            <Trans>Ajoutez les points à examiner et ce qui sera mis au vote, puis convoquez la séance.</Trans>
          </EmptyState>
        )}
        {one.agenda.map((item) => (
          <Item key={item.id} item={item} meeting={one} runs={runs} />
        ))}
        {runs && one.state === 'draft' && (
          <div>
            <Button icon={Plus} onPress={() => setAdding(true)}>
              <Trans>Ajouter un point</Trans>
            </Button>
          </div>
        )}
        {one.proxies.length > 0 && (
          <section>
            <h2>
              <Trans>Procurations</Trans>
            </h2>
            <ul>
              {one.proxies.map((proxy) => (
                <li key={`${proxy.from} ${proxy.to}`}>
                  <Trans>
                    {proxy.from} donne sa voix à {proxy.to}
                  </Trans>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {adding && <NewItemDialog meeting={one} onClose={() => setAdding(false)} />}
    </>
  );
}

function Item({ item, meeting, runs }: { item: AgendaItem; meeting: MeetingDetail; runs: boolean }) {
  const { i18n } = useLingui();
  const { ballot } = item;
  return (
    <article className="e-card e-stack e-stack--tight">
      <h2>
        {item.position}. {item.title}
      </h2>
      {item.text && <p className="p-text">{item.text}</p>}
      {item.documents.length > 0 && (
        <ul>
          {item.documents.map((file) => (
            <li key={file.id}>
              <a href={`/api/pooling/meetings/${meeting.id}/documents/${file.id}`} download>
                {file.name}
              </a>
            </li>
          ))}
        </ul>
      )}
      {ballot && (
        <section className="e-stack e-stack--tight p-ballot">
          <h3>{ballot.question}</h3>
          <p className="e-row">
            <Badge tone={ballot.state === 'open' ? 'warn' : ballot.state === 'closed' ? 'plain' : 'info'}>{i18n._(ballotWords[ballot.state])}</Badge>
            <span className="e-soft">
              {ballot.secret ? <Trans>Vote secret</Trans> : <Trans>Vote public</Trans>} · {i18n._(majorityWords[ballot.majority])}
              {ballot.state === 'open' && (
                <>
                  {' '}
                  ·{' '}
                  <Trans>
                    {ballot.voted} sièges sur {ballot.seats} ont voté
                  </Trans>
                  {ballot.closesAt && (
                    <>
                      {' '}
                      ·{' '}
                      <Trans>
                        clôture le <DateText at={ballot.closesAt} style="datetime" />
                      </Trans>
                    </>
                  )}
                </>
              )}
            </span>
          </p>
          <BallotResult ballot={ballot} />
          {ballot.effect && <EffectLine effect={ballot.effect} />}
        </section>
      )}
      {runs && <ItemActs item={item} meeting={meeting} />}
    </article>
  );
}
