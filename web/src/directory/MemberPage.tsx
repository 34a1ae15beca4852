import { useLingui as useRuntime } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { ArrowLeft, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { address } from '../api/client';
import { useGet } from '../api/queries';
import type { MemberCard } from '../api/types';
import { Badge } from '../ui/Badge';
import { MemberChip } from '../ui/CapacityChip';
import { formatDate, formatNumber, formatSiren } from '../ui/format';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { memberKindWord } from '../ui/words';
import './Directory.css';

/** One authority: what identifies it, and the way to its people. */
export function MemberPage() {
  const { t } = useLingui();
  const { member } = useParams({ from: '/shell/directory/members/$member' });
  const card = useGet<MemberCard>(`/api/directory/members/${member}`);
  return <Loaded query={card} title={t`Annuaire`}>{(found) => <Card member={found} />}</Loaded>;
}

function Card({ member }: { member: MemberCard }) {
  const { t } = useLingui();
  const { _ } = useRuntime();
  const population = member.population === null ? null : formatNumber(member.population);
  const source = [member.populationSource, member.populationDate && formatDate(member.populationDate)].filter(Boolean).join(', ');
  return (
    <>
      <PageHeader
        title={member.name}
        back={
          <Link href="/directory/members" icon={ArrowLeft}>
            <Trans>Collectivités</Trans>
          </Link>
        }
        action={
          <Link variant="primary" icon={Users} href={address('/directory', { member: member.id })}>
            <Trans>Voir ses personnes</Trans>
          </Link>
        }
      />
      <div className="e-stack" data-member={member.colour}>
        <div className="e-post">
          <p className="e-row">
            <Badge>{_(memberKindWord(member.kind))}</Badge>
            {member.isOperator && (
              <Badge tone="info">
                <Trans>Opérateur du territoire</Trans>
              </Badge>
            )}
          </p>
          <dl className="e-facts">
            <Fact word={t`SIREN`}>{member.siren ? <span className="e-numbers">{formatSiren(member.siren)}</span> : <Trans>non connu</Trans>}</Fact>
            {member.siret && (
              <Fact word={t`SIRET du siège`}>
                <span className="e-numbers">{formatSiren(member.siret)}</span>
              </Fact>
            )}
            {member.insee && <Fact word={t`Code INSEE`}>{member.insee}</Fact>}
            {population && (
              <Fact word={t`Population`}>
                <Trans>{population} habitants</Trans>
                {source && <span className="e-soft e-small"> ({source})</span>}
              </Fact>
            )}
            {member.parent && (
              <Fact word={t`Membre de`}>
                <Link href={`/directory/members/${member.parent.id}`} variant="bare">
                  <MemberChip member={member.parent} />
                </Link>
              </Fact>
            )}
            <Fact word={t`Domaines de courriel`}>{member.domains.length ? member.domains.join(', ') : <Trans>aucun</Trans>}</Fact>
            <Fact word={t`Personnes`}>{formatNumber(member.people)}</Fact>
          </dl>
        </div>
      </div>
    </>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </>
  );
}
