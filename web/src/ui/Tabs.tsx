import { type ReactNode, useEffect, useRef } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';
import './Tabs.css';

export interface TabsProps {
  label: string;
  tabs: { id: string; title: ReactNode; href?: string; content?: ReactNode }[];
  selected?: string;
  onSelect?: (id: string) => void;
  /** For tabs that are pages (each with `href`): the page of the selected one. */
  children?: ReactNode;
}

/** Views of one thing side by side. With `href` each tab is an address of its own. */
export function Tabs({ label, tabs, selected, onSelect, children }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the tabs are wider than the screen: the one in use must be in sight.
    const tab = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (tab && list.current) list.current.scrollLeft = tab.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2;
  }, [selected]);
  return (
    <AriaTabs selectedKey={selected} onSelectionChange={(key) => onSelect?.(String(key))} className="e-tabs">
      <TabList ref={list} aria-label={label} className="e-tabs__list">
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} href={tab.href} className="e-tab">
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="e-tabs__panel">
          {tab.content ?? children}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
