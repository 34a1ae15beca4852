import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Header } from 'react-aria-components/Header';
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { LateMenu } from './lateMenu';
import { MenuPopover } from './MenuPopover';
import './field.css';
import './Menu.css';

export interface MenuEntry {
  id: string;
  label: string;
  help?: ReactNode;
  icon?: LucideIcon;
  href?: string;
  target?: string;
  onAction?: () => void;
  danger?: boolean;
  isDisabled?: boolean;
}

export interface MenuSections {
  label: string;
  sections: { id: string; title?: string; entries: MenuEntry[] }[];
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactNode;
  label: string;
  entries: MenuEntry[];
  placement?: 'bottom start' | 'bottom end';
}

/** Acts on one thing, or ways from here. */
export function Menu({ trigger, label, entries, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="e-popover" placement={placement}>
        <AriaMenu aria-label={label} className="e-list e-menu">
          <Sections label={label} sections={[{ id: 'all', entries }]} />
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

/** As `Menu`, for a button of `useLateMenu`. */
export function LateEntries({ at, label, sections }: MenuSections & { at: LateMenu }) {
  return (
    <MenuPopover at={at} aria-label={label} placement="bottom end" className="e-list e-menu">
      <Sections label={label} sections={sections} />
    </MenuPopover>
  );
}

function Sections({ label, sections }: MenuSections) {
  return sections.map((group) => (
    <MenuSection key={group.id} aria-label={group.title ? undefined : label} className="e-menu__group">
      {group.title && <Header className="e-menu__title">{group.title}</Header>}
      {group.entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </MenuSection>
  ));
}

function Entry({ entry }: { entry: MenuEntry }) {
  const Icon = entry.icon;
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.label}
      href={entry.href}
      target={entry.target}
      onAction={entry.onAction}
      isDisabled={entry.isDisabled}
      className={entry.danger ? 'e-option e-menu__danger' : 'e-option'}
    >
      {Icon && <Icon size={18} aria-hidden="true" />}
      <span>
        {entry.label}
        {entry.help && <span className="e-choice__help">{entry.help}</span>}
      </span>
    </MenuItem>
  );
}
