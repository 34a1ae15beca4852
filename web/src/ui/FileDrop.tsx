import { Trans } from '@lingui/react/macro';
import { FileUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Text } from 'react-aria-components/Text';
import { Button } from './Button';
import './FileDrop.css';

export interface FileDropProps {
  /** What to bring: "Déposez ici le certificat (PDF)". */
  label: string;
  help?: ReactNode;
  /** MIME types and endings taken by the picker: `['.csv', 'text/csv']`. What is dropped is checked by the server. */
  accept: string[];
  onFile: (file: File) => void;
  pending?: boolean;
}

/** One file, dropped or picked. */
export function FileDrop({ label, help, accept, onFile, pending }: FileDropProps) {
  return (
    <DropZone
      className="e-drop"
      isDisabled={pending}
      onDrop={async (event) => {
        const item = event.items.find((one) => one.kind === 'file');
        if (item?.kind === 'file') onFile(await item.getFile());
      }}
    >
      <FileUp size={32} strokeWidth={1.5} aria-hidden="true" className="e-soft" />
      <Text slot="label" className="e-drop__label">
        {label}
      </Text>
      {help && <p className="e-help">{help}</p>}
      <FileTrigger
        acceptedFileTypes={accept}
        onSelect={(files) => {
          const file = files?.[0];
          if (file) onFile(file);
        }}
      >
        <Button pending={pending}>
          <Trans>Choisir un fichier</Trans>
        </Button>
      </FileTrigger>
    </DropZone>
  );
}
