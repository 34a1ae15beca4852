import { Trans, useLingui } from '@lingui/react/macro';
import { FolderX } from 'lucide-react';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { EmptyState } from '../ui/States';
import { FolderAt } from './FolderPage';
import { Room, useSpaces } from './Room';

/** The files begin with one's own; who has none in this capacity begins with the first space there is. */
export function FirstPage() {
  const { t } = useLingui();
  const spaces = useSpaces();
  return (
    <Loaded query={spaces} title={t`Fichiers`} skeleton={<Skeleton lines={6} />}>
      {([first]) =>
        first ? (
          <FolderAt id={first.root} />
        ) : (
          <Room>
            <Title />
            <EmptyState icon={FolderX} title={t`Aucun espace de fichiers`}>
              <Trans>Au titre où vous agissez, le service Fichiers ne vous est pas ouvert. Votre administrateur peut vous y abonner ; changez sinon de titre, en haut de la page.</Trans>
            </EmptyState>
          </Room>
        )
      }
    </Loaded>
  );
}

function Title() {
  const { t } = useLingui();
  return <PageHeader title={t`Fichiers`} />;
}
