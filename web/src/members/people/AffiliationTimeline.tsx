import { Trans, useLingui } from '@lingui/react/macro';
import { CalendarX2, ListChecks, Pencil } from 'lucide-react';
import type { Affiliation } from '../../api/types';
import { DateText } from '../../ui/DateText';
import { Link } from '../../ui/Link';
import { StateChip } from '../../ui/StateChip';
import { Badge } from '../../ui/Badge';
import { kindWords, roleWords } from '../../ui/words';
import { useHere, useMay } from '../common';
import { lastDayOf } from '../../ui/time';
import { endWords } from '../words';
import './timeline.css';

const year = 31_557_600_000;

/** Past, present and future on one line of time: what is running stands out, what comes is announced, what was stays legible. */
export function AffiliationTimeline({ all, person }: { all: Affiliation[]; person: string }) {
  const now = Date.now();
  const start = Math.min(now - year, ...all.map((a) => Date.parse(a.from)));
  const end = Math.max(now + year / 2, ...all.map((a) => (a.until ? Date.parse(a.until) : 0)));
  const place = (at: number) => ((at - start) / (end - start)) * 100;
  const order = { current: 0, planned: 1, ended: 2 };
  const sorted = [...all].sort((a, b) => order[a.phase] - order[b.phase] || b.from.localeCompare(a.from));
  return (
    <ul className="m-times">
      {sorted.map((one) => (
        <li key={one.id} className={`m-time m-time--${one.phase}`}>
          <One one={one} person={person} />
          <div className="m-time__axis" aria-hidden="true">
            <span
              className={one.until ? 'm-time__bar' : 'm-time__bar m-time__bar--open'}
              style={{ insetInlineStart: `${place(Date.parse(one.from))}%`, insetInlineEnd: `${one.until ? 100 - place(Date.parse(one.until)) : 0}%` }}
            />
            <span className="m-time__now" style={{ insetInlineStart: `${place(now)}%` }} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function One({ one, person }: { one: Affiliation; person: string }) {
  const { i18n } = useLingui();
  const { page } = useHere();
  const may = useMay();
  const at = `${page}/people/${person}`;
  const facts = [i18n._(kindWords[one.kind]), one.unit?.fullName, one.address, one.phone, one.weeklyShare && one.weeklyShare < 100 ? `${one.weeklyShare} %` : null].filter(Boolean);
  return (
    <div className="m-line">
      <div className="m-line__main">
        <p className="e-row">
          <strong className="m-time__title">{one.function}</strong>
          <StateChip state={one.phase} />
          {one.roles.map((role) => (
            <Badge key={role} tone="info">
              {i18n._(roleWords[role])}
            </Badge>
          ))}
        </p>
        <p className="e-soft m-address">{facts.join(' · ')}</p>
        <p>
          {one.until ? (
            <Trans>
              Du <DateText at={one.from} /> au <DateText at={lastDayOf(one.until)} />
            </Trans>
          ) : (
            <Trans>
              Depuis le <DateText at={one.from} />, sans date de fin
            </Trans>
          )}
          {one.reference && (
            <span className="e-soft">
              {' · '}
              <Trans>Matricule {one.reference}</Trans>
            </span>
          )}
        </p>
      </div>
      <div className="e-row">
        <Link variant="plain" icon={ListChecks} href={`${at}/rights/${one.id}`}>
          <Trans>Droits</Trans>
        </Link>
        {may.people && one.phase !== 'ended' && (
          <>
            <Link variant="plain" icon={Pencil} href={`${at}/affiliations/${one.id}`}>
              <Trans>Modifier</Trans>
            </Link>
            <Link variant="quiet" icon={CalendarX2} href={`${at}/affiliations/${one.id}/end`}>
              {i18n._(endWords[one.kind])}
            </Link>
          </>
        )}
      </div>
    </div>
  );
}
