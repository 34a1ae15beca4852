import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Vote } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import type { Choice, Meeting, MyBallot, MyProxy } from '../../api/pooling';
import { refresh, useGet } from '../../api/queries';
import '../../members/members.css';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Radios } from '../../ui/Choices';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { formatNumber } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { EmptyState } from '../../ui/States';
import { toast } from '../../ui/Toasts';
import { PoolingTabs } from '../everyone/PoolingTabs';
import '../pooling.css';
import { choiceWords, meetingTones, meetingWords } from './words';

/** What waits for one's voice, to whom one gave it, and the meetings that come. */
export function VotesPage() {
  const { t } = useLingui();
  const ballots = useGet<MyBallot[]>('/api/me/ballots', { refetchInterval: 30_000 });
  const proxies = useGet<MyProxy[]>('/api/me/proxies');
  return (
    <>
      <PageHeader title={t`Votes et séances`} lead={t`Les votes ouverts où vous siégez, vos procurations, et ce que les instances ont à leur ordre du jour.`} />
      <PoolingTabs selected="votes">
        <div className="e-stack">
          <section>
            <h2>
              <Trans>Votes qui vous attendent</Trans>
            </h2>
            <Loaded query={ballots}>
              {(all) =>
                all.length === 0 ? (
                  <EmptyState icon={Vote} title={t`Aucun vote ouvert ne vous attend`}>
                    <Trans>Vous votez à ce titre quand vous siégez dans une instance : vérifiez en haut de page à quel titre vous agissez.</Trans>
                  </EmptyState>
                ) : (
                  <div className="e-stack">
                    {all.map((one) => (
                      <MyVote key={one.ballot.id} one={one} />
                    ))}
                  </div>
                )
              }
            </Loaded>
          </section>
          <Loaded query={proxies} skeleton={<span />}>
            {(all) =>
              all.length > 0 && (
                <section>
                  <h2>
                    <Trans>Procurations</Trans>
                  </h2>
                  <ul className="m-list">
                    {all.map((one) => (
                      <ProxyLine key={`${one.meeting} ${one.seat}`} one={one} />
                    ))}
                  </ul>
                </section>
              )
            }
          </Loaded>
          <Meetings />
        </div>
      </PoolingTabs>
    </>
  );
}

function MyVote({ one }: { one: MyBallot }) {
  const { t, i18n } = useLingui();
  const { ballot } = one;
  const [seat, setSeat] = useState<MyBallot['held'][number] | null>(null);
  return (
    <article className="e-card e-stack e-stack--tight">
      <h3>{ballot.question}</h3>
      <p className="e-soft">
        {one.bodyName} · <Link href={`/pooling/meetings/${one.meeting}`}>{one.meetingTitle}</Link>
        {ballot.closesAt && (
          <>
            {' '}
            ·{' '}
            <Trans>
              clôture le <DateText at={ballot.closesAt} style="datetime" />
            </Trans>
          </>
        )}
      </p>
      <p>
        {ballot.secret ? <Trans>Vote secret : votre choix n’est relié à personne et ne peut être changé.</Trans> : <Trans>Vote public : vous pouvez changer d’avis jusqu’à la clôture.</Trans>}
      </p>
      <ul className="m-list">
        {one.held.map((held) => (
          <li key={held.seat} className="m-line">
            <div className="m-line__main">
              <strong>{held.member}</strong> {held.proxy && <Badge tone="info">{t`procuration`}</Badge>}
              <p className="e-soft">
                <Plural value={held.weight} one="# voix" other="# voix" />
                {held.voted && ` · ${held.choice ? t`a voté : ${i18n._(choiceWords[held.choice])}` : t`a voté`}`}
              </p>
            </div>
            {(!held.voted || !ballot.secret) && (
              <Button variant={held.voted ? 'quiet' : 'primary'} aria-label={held.voted ? t`Changer le vote de ${held.member}` : t`Voter pour ${held.member}`} onPress={() => setSeat(held)}>
                {held.voted ? <Trans>Changer</Trans> : <Trans>Voter</Trans>}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {seat && <Cast one={one} held={seat} onClose={() => setSeat(null)} />}
    </article>
  );
}

function Cast({ one, held, onClose }: { one: MyBallot; held: MyBallot['held'][number]; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { ballot } = one;
  const [choice, setChoice] = useState<Choice | null>(held.choice);
  const vote = async () => {
    await call.post(`/api/me/ballots/${ballot.id}/vote`, { seat: held.seat, choice });
    await Promise.all([refresh('/api/me/ballots'), refresh('/api/pooling/meetings')]);
    toast(t`Le vote de ${held.member} est enregistré.`);
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t`Voter pour ${held.member}`} confirm={t`Enregistrer ce vote`} isDisabled={choice === null} onConfirm={vote}>
      <p>{ballot.question}</p>
      <Radios<Choice> label={t`Votre vote (${formatNumber(held.weight)} voix)`} value={choice} onChange={setChoice} options={(['for', 'against', 'abstain'] as const).map((value) => ({ value, label: i18n._(choiceWords[value]) }))} />
      {ballot.secret && (
        <Message tone="warn">
          <Trans>Un vote secret ne se change pas : personne ne pourrait le retrouver, vous non plus.</Trans>
        </Message>
      )}
    </ConfirmDialog>
  );
}

const nobody = 'none';

function ProxyLine({ one }: { one: MyProxy }) {
  const { t } = useLingui();
  const [error, setError] = useState<unknown>(null);
  const give = async (to: string) => {
    setError(null);
    try {
      await call.put(`/api/me/proxies/${one.meeting}`, { seat: one.seat, to: to === nobody ? null : to });
      await refresh('/api/me/proxies');
      toast(to === nobody ? t`Procuration reprise.` : t`Procuration donnée.`);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <li className="m-line">
      <div className="m-line__main">
        <strong>{one.title}</strong>
        <p className="e-soft">
          {one.bodyName} · <DateText at={one.at} style="datetime" />
        </p>
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      </div>
      <Select label={t`Je donne ma voix à`} value={one.to ?? nobody} onChange={(to) => void give(to)} options={[{ value: nobody, label: t`Personne : je siège` }, ...one.candidates.map((seat) => ({ value: seat.seat, label: seat.name }))]} />
    </li>
  );
}

function Meetings() {
  const { t, i18n } = useLingui();
  const meetings = useGet<Meeting[]>('/api/pooling/meetings');
  return (
    <section>
      <div className="m-section__head">
        <h2>
          <Trans>Séances</Trans>
        </h2>
        <Link href="/pooling/decisions">
          <Trans>Toutes les décisions</Trans>
        </Link>
      </div>
      <Loaded query={meetings}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t`Aucune séance n’a encore été convoquée`} />
          ) : (
            <ul className="m-list">
              {all.map((one) => (
                <li key={one.id} className="m-line">
                  <div className="m-line__main">
                    <Link href={`/pooling/meetings/${one.id}`}>{one.title}</Link>
                    <p className="e-soft">
                      {one.bodyName} · <DateText at={one.at} style="datetime" /> · <Plural value={one.items} one="# point" other="# points" />
                    </p>
                  </div>
                  <Badge tone={one.openBallots > 0 ? 'warn' : meetingTones[one.state]}>{one.openBallots > 0 ? t`Vote ouvert` : i18n._(meetingWords[one.state])}</Badge>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
