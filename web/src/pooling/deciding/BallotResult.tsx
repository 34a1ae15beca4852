import { Trans, useLingui } from '@lingui/react/macro';
import type { Ballot, Effect } from '../../api/pooling';
import { Badge } from '../../ui/Badge';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { formatNumber } from '../../ui/format';
import { ShareBar } from '../charts';
import { choiceWords, effectWords } from './words';

const choices = ['for', 'against', 'abstain'] as const;

/** What came out of a vote: weights by choice, quorum, and who voted what where the vote was open. */
export function BallotResult({ ballot }: { ballot: Ballot }) {
  const { t, i18n } = useLingui();
  const { tally } = ballot;
  if (!tally) return null;
  const cast = tally.for + tally.against + tally.abstain;
  return (
    <div className="e-stack e-stack--tight">
      <p className="e-row">
        <Badge tone={tally.adopted ? 'good' : 'bad'}>{tally.adopted ? t`Adopté` : t`Rejeté`}</Badge>
        <span className="e-soft">
          {tally.quorumReached ? (
            <Trans>
              Quorum atteint : {tally.seatsVoted} sièges sur {tally.seats}
            </Trans>
          ) : (
            <Trans>
              Quorum non atteint : {tally.seatsVoted} sièges sur {tally.seats}
            </Trans>
          )}
        </span>
      </p>
      <dl className="p-tally">
        {choices.map((choice) => (
          <div key={choice} className="p-tally__line">
            <dt>{i18n._(choiceWords[choice])}</dt>
            <dd>
              <ShareBar part={tally[choice]} whole={cast} />
              <span className="e-numbers">
                <Trans>{formatNumber(tally[choice])} voix</Trans>
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {tally.votes.length > 0 && (
        <details>
          <summary>
            <Trans>Qui a voté quoi</Trans>
          </summary>
          <DataTable
            label={t`Votes : ${ballot.question}`}
            rows={tally.votes}
            rowId={(vote) => vote.member}
            columns={[
              { id: 'member', title: t`Collectivité`, cell: (vote) => vote.member, sortBy: (vote) => vote.member },
              { id: 'choice', title: t`Vote`, cell: (vote) => i18n._(choiceWords[vote.choice]), sortBy: (vote) => vote.choice },
              { id: 'weight', title: t`Voix`, align: 'end', cell: (vote) => formatNumber(vote.weight), sortBy: (vote) => vote.weight },
              { id: 'by', title: t`Par`, cell: (vote) => (vote.proxyOf ? t`${vote.by}, par procuration` : vote.by) },
            ]}
          />
        </details>
      )}
    </div>
  );
}

/** What the decision brings about, and how far it is. */
export function EffectLine({ effect }: { effect: Effect }) {
  const { i18n } = useLingui();
  return (
    <p>
      <span className="e-soft">
        <Trans>Effet :</Trans>
      </span>{' '}
      {effect.text} <Badge tone={effect.state === 'done' ? 'good' : effect.state === 'failed' ? 'bad' : 'plain'}>{i18n._(effectWords[effect.state])}</Badge>{' '}
      {effect.doneAt ? (
        <span className="e-soft">
          <DateText at={effect.doneAt} />
        </span>
      ) : (
        effect.state !== 'dropped' && (
          <span className="e-soft">
            <Trans>
              le <DateText at={effect.effectiveOn} />
            </Trans>
          </span>
        )
      )}
      {effect.error && <span className="e-soft"> {effect.error}</span>}
    </p>
  );
}
