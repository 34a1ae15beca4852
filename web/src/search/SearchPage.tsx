import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { address } from '../api/client';
import { useList } from '../api/queries';
import type { SearchAnswer } from '../api/types';
import { PersonLine } from '../directory/PersonLine';
import { SearchBox } from '../shell/SearchBox';
import { MemberChip } from '../ui/CapacityChip';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { ServiceIcon } from '../ui/ServiceIcon';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { useText2 } from '../ui/text2';
import { useDebounced } from '../ui/useDebounced';
import '../ui/Lines.css';
import './SearchPage.css';

/** Everything that answers to a few letters: people, members, services, functions. */
export function SearchPage() {
  const { t } = useLingui();
  const { q } = useSearch({ from: '/shell/search' });
  const words = useDebounced(q.trim(), 120);
  const found = useList<SearchAnswer>(words.length < 2 ? null : address('/api/search', { q: words }));
  return (
    <>
      <PageHeader title={t`Rechercher`} />
      <div className="e-search-phone">
        <SearchBox />
      </div>
      {words.length < 2 ? (
        <EmptyState icon={Search} title={t`Que cherchez-vous ?`}>
          <Trans>Tapez au moins deux lettres d’un nom, d’une fonction, d’une collectivité ou d’un service. Les accents ne comptent pas.</Trans>
        </EmptyState>
      ) : (
        <Loaded query={found} skeleton={<Skeleton kind="rows" lines={6} />}>
          {(answer) => <Answer answer={answer} words={words} />}
        </Loaded>
      )}
    </>
  );
}

function Answer({ answer, words }: { answer: SearchAnswer; words: string }) {
  const { t } = useLingui();
  const text = useText2();
  const count = answer.people.length + answer.members.length + answer.services.length + answer.functions.length;
  return (
    <div className="e-stack">
      <p role="status" className={count ? 'e-hidden' : undefined}>
        {count > 0 && <Plural value={count} one="# résultat" other="# résultats" />}
      </p>
      {count === 0 && (
        <EmptyState title={t`Rien ne correspond à « ${words} »`}>
          <Trans>Vérifiez l’orthographe, ou essayez avec moins de lettres.</Trans>
        </EmptyState>
      )}
      <Group title={t`Services`} shown={answer.services.length > 0}>
        {answer.services.map((service) => (
          <li key={service.service} className="e-line">
            <ServiceIcon name={service.icon} size={22} />
            <div className="e-line__main">
              <a href={service.url} target={service.external ? '_blank' : undefined} rel={service.external ? 'noreferrer' : undefined} className="e-line__title">
                {text(service.name)}
              </a>
              <span className="e-soft">{text(service.summary)}</span>
            </div>
          </li>
        ))}
      </Group>
      <Group
        title={t`Personnes`}
        shown={answer.people.length > 0}
        more={
          <Link href={address('/directory', { q: words })}>
            <Trans>Toutes les personnes dans l’annuaire</Trans>
          </Link>
        }
      >
        {answer.people.map((entry) => (
          <PersonLine key={entry.person.id} entry={entry} />
        ))}
      </Group>
      <Group title={t`Collectivités`} shown={answer.members.length > 0}>
        {answer.members.map((member) => (
          <li key={member.id} className="e-line">
            <Link href={`/directory/members/${member.id}`} variant="bare">
              <MemberChip member={member} />
            </Link>
          </li>
        ))}
      </Group>
      <Group title={t`Fonctions`} shown={answer.functions.length > 0}>
        {answer.functions.map((one) => (
          <li key={one.function} className="e-line">
            <span className="e-line__main">
              <Link href={address('/directory', { q: one.function })}>{one.function}</Link>
            </span>
            <span className="e-soft e-numbers">
              <Plural value={one.people} one="# personne" other="# personnes" />
            </span>
          </li>
        ))}
      </Group>
    </div>
  );
}

function Group({ title, shown, more, children }: { title: string; shown: boolean; more?: ReactNode; children: ReactNode }) {
  if (!shown) return null;
  return (
    <section className="e-stack e-stack--tight">
      <div className="e-row e-row--apart">
        <h2>{title}</h2>
        {more}
      </div>
      <ul className="e-lines">{children}</ul>
    </section>
  );
}
