import { useLingui as useRuntime } from '@lingui/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Building2 } from 'lucide-react';
import { useState } from 'react';
import { address } from '../api/client';
import { useList } from '../api/queries';
import type { MemberCard, Page } from '../api/types';
import { formatNumber } from '../ui/format';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { Pager } from '../ui/Pager';
import { SearchField } from '../ui/SearchField';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { useDebounced } from '../ui/useDebounced';
import { memberKindWord } from '../ui/words';
import { DirectoryTabs } from './DirectoryTabs';
import './Directory.css';

const limit = 60;

/** The authorities of the territory. */
export function MembersPage() {
  const { t } = useLingui();
  const [words, setWords] = useState('');
  const [offset, setOffset] = useState(0);
  const q = useDebounced(words);
  const members = useList<Page<MemberCard>>(address('/api/directory/members', { q, offset, limit }));
  return (
    <DirectoryTabs selected="members">
      <div className="e-stack">
        <div className="e-narrow">
          <SearchField
            label={t`Nom de la collectivité`}
            value={words}
            onChange={(next) => {
              setWords(next);
              setOffset(0);
            }}
          />
        </div>
        <Loaded query={members} skeleton={<Skeleton kind="tiles" lines={9} />}>
          {(page) =>
            page.total === 0 ? (
              <EmptyState icon={Building2} title={q ? t`Aucune collectivité ne porte ce nom` : t`Le territoire n’a pas encore d’adhérent`}>
                {q ? <Trans>Essayez avec moins de lettres.</Trans> : <Trans>L’opérateur les ajoute depuis « Territoire ».</Trans>}
              </EmptyState>
            ) : (
              <>
                <ul className="e-member-cards">
                  {page.items.map((member) => (
                    <li key={member.id}>
                      <Card member={member} />
                    </li>
                  ))}
                </ul>
                <Pager offset={page.offset} limit={limit} total={page.total} onOffset={setOffset} />
              </>
            )
          }
        </Loaded>
      </div>
    </DirectoryTabs>
  );
}

function Card({ member }: { member: MemberCard }) {
  const { _ } = useRuntime();
  const population = member.population === null ? null : formatNumber(member.population);
  return (
    <span data-member={member.colour}>
      <Link href={`/directory/members/${member.id}`} variant="bare" className="e-member-card">
        <span className="e-member-card__name">{member.name}</span>
        <span className="e-soft">{_(memberKindWord(member.kind))}</span>
        <span className="e-member-card__foot">
          {population && (
            <span className="e-numbers">
              <Trans>{population} habitants</Trans>
            </span>
          )}
          <span className="e-numbers">
            <Plural value={member.people} one="# personne" other="# personnes" />
          </span>
        </span>
      </Link>
    </span>
  );
}
