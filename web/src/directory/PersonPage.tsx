import { useLingui as useRuntime } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { ArrowLeft, Mail, Phone } from 'lucide-react';
import { useGet } from '../api/queries';
import type { Affiliation, DirectoryEntry } from '../api/types';
import { Avatar } from '../ui/Avatar';
import { Badge } from '../ui/Badge';
import { formatDate, fullName } from '../ui/format';
import { Link } from '../ui/Link';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/States';
import { kindWords } from '../ui/words';
import './Directory.css';

/** One person's card: what they do, for whom, and how to reach them there. Professional data only. */
export function PersonPage() {
  const { t } = useLingui();
  const { person } = useParams({ from: '/shell/directory/people/$person' });
  const entry = useGet<DirectoryEntry>(`/api/directory/people/${person}`);
  return <Loaded query={entry} title={t`Annuaire`}>{(found) => <Card entry={found} />}</Loaded>;
}

function Card({ entry }: { entry: DirectoryEntry }) {
  const { t } = useLingui();
  const name = fullName(entry.person);
  const live = entry.affiliations.filter((one) => one.phase === 'current');
  return (
    <>
      <PageHeader
        title={name}
        back={
          <Link href="/directory" icon={ArrowLeft}>
            <Trans>Annuaire</Trans>
          </Link>
        }
      />
      <div className="e-stack">
        <div className="e-person-head">
          <Avatar person={entry.person} large />
          <p className="e-soft">{live.map((one) => one.member.name).join(' · ')}</p>
        </div>
        {live.length === 0 && (
          <EmptyState title={t`${name} n’a pas de rattachement en cours`}>
            <Trans>Cette personne a quitté le territoire, ou son mandat ou son poste ne commence pas encore.</Trans>
          </EmptyState>
        )}
        <ul className="e-posts">
          {live.map((one) => (
            <Post key={one.id} post={one} name={name} />
          ))}
        </ul>
      </div>
    </>
  );
}

function Post({ post, name }: { post: Affiliation; name: string }) {
  const { t } = useLingui();
  const { _ } = useRuntime();
  const until = post.until && formatDate(post.until);
  return (
    <li className="e-post" data-member={post.member.colour}>
      <div>
        <p className="e-row e-row--apart">
          <Link href={`/directory/members/${post.member.id}`} variant="bare" className="e-post__member">
            {post.member.name}
          </Link>
          <Badge>{_(kindWords[post.kind])}</Badge>
        </p>
        <h2>{post.function}</h2>
        {post.unit && <p className="e-soft">{post.unit.fullName}</p>}
        {until && (
          <p className="e-soft e-small">
            <Trans>Jusqu’au {until}</Trans>
          </p>
        )}
      </div>
      {(post.address || post.phone) && (
        <p className="e-row">
          {post.address && (
            <a className="e-button e-button--quiet" href={`mailto:${post.address}`} aria-label={t`Écrire à ${name}, ${post.address}`}>
              <Mail size={18} aria-hidden="true" />
              <span>{post.address}</span>
            </a>
          )}
          {post.phone && (
            <a className="e-button e-button--quiet" href={`tel:${post.phone.replaceAll(' ', '')}`} aria-label={t`Appeler ${name} au ${post.phone}`}>
              <Phone size={18} aria-hidden="true" />
              <span className="e-numbers">{post.phone}</span>
            </a>
          )}
        </p>
      )}
    </li>
  );
}
