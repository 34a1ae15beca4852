import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { CircleAlert, CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import type { Departure, DepartureAct, ToldBy } from '../../api/types';
import { DateText } from '../../ui/DateText';
import { formatNumber } from '../../ui/format';
import './acts.css';

/** From the moment the departure begins to the last act, in milliseconds. */
export function tookOf(one: Departure): number | null {
  const times = one.acts.flatMap((act) => (act.at ? [Date.parse(act.at)] : []));
  return times.length ? Math.max(0, Math.max(...times) - startOf(one)) : null;
}

export function duration(ms: number): string {
  if (ms < 10_000) return `${formatNumber(ms)}\u202fms`;
  if (ms < 120_000) return `${formatNumber(Math.round(ms / 1000))}\u202fs`;
  return ms < 7_200_000 ? `${formatNumber(Math.round(ms / 60_000))}\u202fmin` : `${formatNumber(Math.round(ms / 3_600_000))}\u202fh`;
}

/** A departure asked for now starts when it is asked, one at a date starts then. */
const startOf = (one: Departure) => Math.max(Date.parse(one.at), Date.parse(one.askedAt));

export function Acts({ one }: { one: Departure }) {
  const { t } = useLingui();
  return (
    <ol className="m-list" aria-label={t`Ce qui est coupé`}>
      {one.acts.map((act) => (
        <li key={act.system} className="m-act" data-state={act.state}>
          <Act act={act} start={startOf(one)} />
        </li>
      ))}
    </ol>
  );
}

/** How each application was told; nothing where nobody had any. */
export function ToldApps({ one }: { one: Departure }) {
  const { t } = useLingui();
  if (!one.apps.length) return null;
  return (
    <>
      <h2 className="m-acts__title">
        <Trans>Comment chaque application est prévenue</Trans>
      </h2>
      <ul className="m-list" aria-label={t`Comment chaque application est prévenue`}>
        {one.apps.flatMap((app) =>
          app.means.map((by) => (
            <li key={`${app.service} ${by.means} ${by.state}`} className="m-act" data-state={by.state}>
              <Act act={{ ...by, label: app.label }} start={startOf(one)} />
            </li>
          )),
        )}
      </ul>
    </>
  );
}

type Shown = Pick<DepartureAct, 'label' | 'at' | 'detail' | 'attempts' | 'nextAttemptAt'> & { state: ToldBy['state'] };

function Act({ act, start }: { act: Shown; start: number }) {
  const { t } = useLingui();
  const words = { done: t`Fait`, waiting: t`En attente`, failed: t`Échec`, unsure: t`Non confirmé` };
  const Icon = act.state === 'done' ? CircleCheck : act.state === 'failed' ? CircleX : act.state === 'unsure' ? CircleAlert : LoaderCircle;
  return (
    <>
      <Icon size={22} aria-hidden="true" className="m-act__icon" />
      <div className="m-line__main">
        <strong>{act.label}</strong>
        {act.detail && <p className="e-soft">{act.detail}</p>}
        {act.state === 'failed' && (
          <p>
            <Plural value={act.attempts} one="# essai." other="# essais." />{' '}
            {act.nextAttemptAt && (
              <Trans>
                Prochain à <DateText at={act.nextAttemptAt} style="time" />.
              </Trans>
            )}
          </p>
        )}
      </div>
      <div className="m-act__time">
        <span className="m-act__word">{words[act.state]}</span>
        {act.at && (
          <span className="e-soft e-numbers" title={act.at}>
            {duration(Math.max(0, Date.parse(act.at) - start))}
          </span>
        )}
      </div>
    </>
  );
}
