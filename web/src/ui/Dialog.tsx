import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { problemText } from '../api/problem';
import { Button } from './Button';
import { Message } from './Message';
import './field.css';
import './Dialog.css';

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** The buttons under the text, the main one last. */
  foot?: ReactNode;
  wide?: boolean;
  /** `alertdialog` for a question that must be answered. */
  role?: 'dialog' | 'alertdialog';
}

/** Something to read or fill in before going on; Escape and the cross leave without a change. */
export function Dialog({ title, isOpen, onClose, children, foot, wide, role = 'dialog' }: DialogProps) {
  const { t } = useLingui();
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable={role === 'dialog'} className="e-veil">
      <Modal className={wide ? 'e-dialog e-dialog--wide' : 'e-dialog'}>
        <AriaDialog role={role} className="e-dialog__page">
          <header className="e-dialog__head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <AriaButton className="e-field__button" aria-label={t`Fermer`} onPress={onClose}>
              <X size={20} aria-hidden="true" />
            </AriaButton>
          </header>
          <div className="e-dialog__body">{children}</div>
          {foot && <footer className="e-dialog__foot">{foot}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps {
  /** A question: "Mettre fin à ce mandat ?" */
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** What will happen, to whom and when, said before the act. */
  children: ReactNode;
  /** The verb of the act, never "OK". */
  confirm: string;
  danger?: boolean;
  /** Holds the act back until something has been filled in. */
  isDisabled?: boolean;
  /** The dialog stays open and busy until it is done; a refusal is shown in it and nothing is lost. */
  onConfirm: () => Promise<unknown>;
  wide?: boolean;
}

export function ConfirmDialog({ title, isOpen, onClose, children, confirm, danger, isDisabled, onConfirm, wide }: ConfirmDialogProps) {
  const { t } = useLingui();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const leave = () => {
    if (pending) return;
    setError(null);
    onClose();
  };
  const act = async () => {
    setPending(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={leave}
      role="alertdialog"
      wide={wide}
      foot={
        <>
          <Button onPress={leave} isDisabled={pending}>{t`Ne rien changer`}</Button>
          <Button variant={danger ? 'danger' : 'primary'} pending={pending} isDisabled={isDisabled} onPress={() => void act()}>
            {confirm}
          </Button>
        </>
      }
    >
      <div className="e-stack">
        {children}
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
      </div>
    </Dialog>
  );
}
