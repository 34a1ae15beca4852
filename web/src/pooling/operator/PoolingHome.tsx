import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { Agreement, BudgetLine, Call, Meeting, Owed, PoolRequest } from '../../api/pooling';
import { useGet } from '../../api/queries';
import '../../members/members.css';
import { DateText } from '../../ui/DateText';
import { formatDate } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { PageHeader } from '../../ui/PageHeader';
import { euros } from '../money';
import '../pooling.css';
import { callWords } from '../words';
import { OperatorTabs } from './OperatorTabs';

/** What waits for the syndicate: money to come, agreements that end, votes that run, requests without an answer. */
export function PoolingHome() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`Mutualisation`} lead={t`Ce qui attend le syndicat.`} />
      <OperatorTabs selected="dashboard">
        <div className="p-grid-cards">
          <Budget />
          <Calls />
          <Endings />
          <Votes />
          <Waiting />
        </div>
      </OperatorTabs>
    </>
  );
}

function Card({ title, href, more, children }: { title: string; href: string; more: string; children: ReactNode }) {
  return (
    <section className="e-card e-stack e-stack--tight">
      <h2>{title}</h2>
      {children}
      <p>
        <Link href={href}>{more}</Link>
      </p>
    </section>
  );
}

function Budget() {
  const { t } = useLingui();
  const year = new Date().getFullYear();
  const lines = useGet<BudgetLine[]>(`/api/operator/pooling/budget/${year}`);
  return (
    <Card title={t`Budget ${year}`} href="/operator/budget" more={t`Voir le budget`}>
      <Loaded query={lines}>
        {(all) => {
          const cost = all.reduce((sum, one) => sum + one.inYear, 0);
          const funded = all.reduce((sum, one) => sum + one.fundingInYear, 0);
          return (
            <p className="m-figure">
              <span className="m-figure__number">{euros(cost - funded)}</span>
              <span className="m-figure__word">
                <Trans>à répartir, sur {euros(cost)} de dépenses</Trans>
              </span>
            </p>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Calls() {
  const { t } = useLingui();
  const calls = useGet<Call[]>('/api/operator/pooling/calls');
  return (
    <Card title={t`Contributions`} href="/operator/calls" more={t`Voir les appels`}>
      <Loaded query={calls}>
        {(all) =>
          all.length > 0 ? (
            lastOfEachYear(all).map((call) => <LastCall key={call.id} call={call} />)
          ) : (
            <p className="e-soft">
              <Trans>Aucun appel n’a encore été fait.</Trans>
            </p>
          )
        }
      </Loaded>
    </Card>
  );
}

/** Each call says its whole year anew: the last one of a year is what is owed for it. The three newest years. */
function lastOfEachYear(calls: readonly Call[]): Call[] {
  const last = new Map<number, Call>();
  for (const call of calls) if ((last.get(call.year)?.madeOn ?? '') <= call.madeOn) last.set(call.year, call);
  return [...last.values()].sort((a, b) => b.year - a.year).slice(0, 3);
}

function LastCall({ call }: { call: Call }) {
  const { i18n } = useLingui();
  const owed = useGet<Owed[]>(`/api/operator/pooling/calls/${call.id}`);
  return (
    <Loaded query={owed}>
      {(all) => {
        const late = all.filter((one) => one.balance > 0);
        return (
          <>
            <p className="m-figure">
              <span className="m-figure__number">{euros(late.reduce((sum, one) => sum + one.balance, 0))}</span>
              <span className="m-figure__word">
                <Plural value={late.length} _0="tout est versé" one="restent dus par # collectivité" other="restent dus par # collectivités" />
              </span>
            </p>
            <p className="e-soft">
              <Trans>
                {call.year}, {i18n._(callWords[call.kind]).toLowerCase()}, à verser avant le {formatDate(call.dueOn)}
              </Trans>
            </p>
          </>
        );
      }}
    </Loaded>
  );
}

function Endings() {
  const { t } = useLingui();
  const agreements = useGet<Agreement[]>('/api/operator/pooling/agreements');
  const soon = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
  return (
    <Card title={t`Conventions`} href="/operator/agreements" more={t`Voir les conventions`}>
      <Loaded query={agreements}>
        {(all) => {
          const ending = all.filter((one) => one.status === 'current' && one.endsOn && one.endsOn <= soon);
          return ending.length === 0 ? (
            <p className="e-soft">
              <Trans>Aucune ne se termine dans l’année qui vient.</Trans>
            </p>
          ) : (
            <ul>
              {ending.map((one) => (
                <li key={one.id}>
                  <Link href={`/operator/agreements/${one.id}`}>
                    {one.number} · {one.title}
                  </Link>{' '}
                  <span className="e-soft">
                    {one.noticeBy ? (
                      <Trans>
                        préavis avant le <DateText at={one.noticeBy} />
                      </Trans>
                    ) : (
                      one.endsOn && <DateText at={one.endsOn} />
                    )}
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Votes() {
  const { t } = useLingui();
  const meetings = useGet<Meeting[]>('/api/pooling/meetings');
  return (
    <Card title={t`Séances et votes`} href="/operator/bodies" more={t`Voir les instances`}>
      <Loaded query={meetings}>
        {(all) => {
          const live = all.filter((one) => one.state !== 'closed');
          return live.length === 0 ? (
            <p className="e-soft">
              <Trans>Aucune séance n’est en cours.</Trans>
            </p>
          ) : (
            <ul>
              {live.slice(0, 5).map((one) => (
                <li key={one.id}>
                  <Link href={`/pooling/meetings/${one.id}`}>{one.title}</Link>{' '}
                  <span className="e-soft">
                    <DateText at={one.at} />
                    {one.openBallots > 0 && (
                      <>
                        {' '}
                        · <Plural value={one.openBallots} one="# vote ouvert" other="# votes ouverts" />
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Waiting() {
  const { t } = useLingui();
  const requests = useGet<PoolRequest[]>('/api/pooling/requests');
  return (
    <Card title={t`Demandes à étudier`} href="/pooling/requests" more={t`Voir les demandes`}>
      <Loaded query={requests}>
        {(all) => {
          const waiting = all.filter((one) => one.state === 'idea' || one.state === 'studied').sort((a, b) => b.weight - a.weight);
          return waiting.length === 0 ? (
            <p className="e-soft">
              <Trans>Aucune demande n’attend de réponse.</Trans>
            </p>
          ) : (
            <ul>
              {waiting.slice(0, 5).map((one) => (
                <li key={one.id}>
                  <Link href={`/pooling/requests/${one.id}`}>{one.title}</Link>{' '}
                  <span className="e-soft">
                    <Plural value={one.backers} one="# soutien" other="# soutiens" />
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}
