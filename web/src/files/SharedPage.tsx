import { Trans, useLingui } from '@lingui/react/macro';
import { Share2 } from 'lucide-react';
import { useGet } from '../api/queries';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { EmptyState } from '../ui/States';
import type { FileNode } from './api';
import { Found } from './Found';
import { Room } from './Room';

/** What others have opened to this person, folder by folder. */
export function SharedPage() {
  const { t } = useLingui();
  const shared = useGet<FileNode[]>('/api/files/shared', { staleTime: 0, refetchOnWindowFocus: 'always' });
  return (
    <Room here="shared">
      <PageHeader title={t`Partagés avec moi`} lead={<Trans>Les dossiers et fichiers d’autres espaces qui vous sont ouverts au titre où vous agissez.</Trans>} />
      <Loaded query={shared}>
        {(nodes) =>
          nodes.length === 0 ? (
            <EmptyState icon={Share2} title={t`Rien n’est partagé avec vous`}>
              <Trans>Quand quelqu’un vous ouvrira un dossier ou un fichier, vous le trouverez ici.</Trans>
            </EmptyState>
          ) : (
            <Found label={t`Partagés avec moi`} nodes={nodes} />
          )
        }
      </Loaded>
    </Room>
  );
}
