import { useLingui } from '@lingui/react/macro';
import { Dialog } from '../ui/Dialog';
import { SideBar, type SideBarProps } from './SideBar';

/** The side bar as a sheet, for a phone. */
export function Everything({ onClose, ...props }: SideBarProps & { onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog title={t`Tout Entente`} isOpen onClose={onClose}>
      <SideBar {...props} />
    </Dialog>
  );
}
