import { useLingui } from '@lingui/react/macro';
import { useParams, useSearch } from '@tanstack/react-router';
import { FolderOpen } from 'lucide-react';
import { go } from '../navigation';
import { Button } from '../ui/Button';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Crumbs, titleOf } from './Crumbs';
import { About } from './DetailsDialog';
import { Room } from './Room';
import { usePlace } from './useListing';

/** One file or folder by itself, where a notice leads: what was said about it first. */
export function AboutPage() {
  const { t } = useLingui();
  const { node: id } = useParams({ strict: false }) as { node: string };
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const place = usePlace(id);
  const open = place.data && (place.data.node.folder ? place.data.node.id : place.data.trail.at(-2)?.id);
  return (
    <Room space={place.data?.node.space}>
      <Loaded query={place} title={t`Fichiers`}>
        {({ node, trail, space }) => (
          <div className="e-stack">
            <PageHeader title={titleOf(node, space)} back={<Crumbs trail={trail} space={space} />} action={open && <Button icon={FolderOpen} onPress={() => go(`/files/${open}`)}>{t`Ouvrir le dossier`}</Button>} />
            <h2 className="e-hidden">{node.folder ? t`Sur ce dossier` : t`Sur ce fichier`}</h2>
            <About key={node.id} node={node} first={tab ?? 'comments'} />
          </div>
        )}
      </Loaded>
    </Room>
  );
}
