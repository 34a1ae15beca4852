import { Trans, useLingui } from '@lingui/react/macro';
import { useGet } from '../api/queries';
import { Loaded } from '../ui/Loaded';
import { Message } from '../ui/Message';
import { Skeleton } from '../ui/Skeleton';
import { at, type FileNode, type OfficePreview } from './api';
import { PdfPages } from './PdfPages';

/** An office document as the PDF that LibreOffice makes of it, once it is made. */
export function OfficePages({ node, onFailed }: { node: FileNode; onFailed: () => void }) {
  const { t } = useLingui();
  const preview = useGet<OfficePreview>(`${at(node.id)}/preview`, {
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.state === 'WAITING' ? 1500 : false),
  });
  return (
    <Loaded query={preview} skeleton={<Skeleton lines={6} />}>
      {({ state, reason }) => {
        if (state === 'MADE') return <PdfPages source={`${at(node.id)}/preview.pdf`} name={node.name} onFailed={onFailed} />;
        if (state === 'WAITING') {
          return (
            <Message tone="info" title={t`L’aperçu se prépare…`}>
              <Trans>La première fois, cela prend quelques secondes.</Trans>
            </Message>
          );
        }
        return (
          <Message tone="info">
            {state === 'OFF' ? (
              <Trans>Les documents bureautiques ne se montrent pas ici : LibreOffice n’est pas installé sur le serveur. Téléchargez le fichier pour l’ouvrir.</Trans>
            ) : reason === 'LARGE' ? (
              <Trans>Ce document est trop gros pour être montré ici. Téléchargez-le pour l’ouvrir.</Trans>
            ) : reason === 'SLOW' ? (
              <Trans>Ce document demande trop de travail pour être montré ici. Téléchargez-le pour l’ouvrir.</Trans>
            ) : (
              <Trans>Ce document ne se laisse pas montrer ici : il est abîmé, ou protégé par un mot de passe. Téléchargez-le pour l’ouvrir.</Trans>
            )}
          </Message>
        );
      }}
    </Loaded>
  );
}
