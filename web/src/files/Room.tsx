import { Trans, useLingui } from '@lingui/react/macro';
import { Building2, Clock, FolderHeart, Landmark, type LucideIcon, Share2, Star, Trash2, UserRound, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useGet } from '../api/queries';
import { go } from '../navigation';
import { Link } from '../ui/Link';
import { Meter } from './Meter';
import { SearchField } from '../ui/SearchField';
import { Select } from '../ui/Select';
import type { FileSpace, SpaceKind } from './api';
import { UploadsPanel } from './sending/UploadsPanel';
import { spaceName } from './words';
import './files.css';

const icons: Record<SpaceKind, LucideIcon> = { mine: UserRound, unit: Building2, member: Landmark, shared: Users, handed: FolderHeart };

export function useSpaces() {
  return useGet<FileSpace[]>('/api/files/spaces', { staleTime: 30_000 });
}

export interface RoomProps {
  /** The space one is in, where there is one. */
  space?: string;
  here?: 'shared' | 'search' | 'bin' | 'favourites' | 'recent';
  words?: string;
  children: ReactNode;
}

/** The frame of the files: left the spaces, and what is being sent. */
export function Room({ space, here, words, children }: RoomProps) {
  const { t } = useLingui();
  const spaces = useSpaces();
  const all = spaces.data ?? [];
  const inside = all.find((one) => one.id === space);
  const [text, setText] = useState(words ?? '');
  const places = [
    ...all.map((one) => ({ id: one.id, href: `/files/${one.root}`, name: spaceName(one), icon: icons[one.kind], here: one.id === space && here !== 'bin' })),
    { id: 'favourites', href: '/files/favourites', name: t`Favoris`, icon: Star, here: here === 'favourites' },
    { id: 'recent', href: '/files/recent', name: t`Récents`, icon: Clock, here: here === 'recent' },
    { id: 'shared', href: '/files/shared', name: t`Partagés avec moi`, icon: Share2, here: here === 'shared' },
    ...(inside && inside.role !== 'read' ? [{ id: 'bin', href: `/files/bin/${inside.id}`, name: t`Corbeille`, icon: Trash2, here: here === 'bin' }] : []),
  ];
  const current = places.find((place) => place.here)?.id ?? null;
  return (
    <div className="e-files">
      <div className="e-files__side">
        <SearchField label={t`Chercher un fichier`} value={text} onChange={setText} onSubmit={(q) => q.trim() && go(`/files/search?q=${encodeURIComponent(q.trim())}`)} />
        <nav aria-label={t`Espaces de fichiers`} className="e-files__spaces">
          <ul>
            {places.map(({ icon: Icon, ...place }) => (
              <li key={place.id}>
                <Link variant="bare" href={place.href} className="e-side__link" aria-current={place.here ? 'page' : undefined}>
                  <Icon size={20} aria-hidden="true" />
                  <span>{place.name}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="e-files__choose">
          <Select
            label={t`Espace de fichiers`}
            labelHidden
            options={places.map((place) => ({ value: place.id, label: place.name }))}
            value={current}
            onChange={(id) => {
              const place = places.find((one) => one.id === id);
              if (place) go(place.href);
            }}
          />
        </div>
        {inside && <Meter used={inside.used} quota={inside.quota} />}
        {inside && inside.kind !== 'mine' && (
          <p className="e-soft e-small e-files__whose">
            <Trans>Gardé par {inside.memberName}</Trans>
          </p>
        )}
      </div>
      <div className="e-files__main">{children}</div>
      <UploadsPanel />
    </div>
  );
}
