import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { RouterProvider } from 'react-aria-components';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { go } from '../navigation';
import { locale } from '../ui/format';
import { Toasts } from '../ui/Toasts';

/** What stands around every page: the language of the controls, links that do not reload, and what is said aloud. */
export function Frame({ children }: { children: ReactNode }) {
  useLingui(); // follows a change of language
  return (
    <I18nProvider locale={locale()}>
      <RouterProvider navigate={go}>
        {children}
        <Toasts />
        <div id="announcements" className="e-hidden" aria-live="polite" aria-atomic="true" />
      </RouterProvider>
    </I18nProvider>
  );
}
