import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setApiHandlers } from './api/client';
import { askEarly, queryClient, refresh } from './api/queries';
import { guessLanguage, i18n, speak } from './i18n';
import { setNavigator } from './navigation';
import { router } from './router';
import { Frame } from './shell/Frame';

setNavigator({
  go: (href) => void router.navigate({ href }),
  preload: (href) => void router.preloadRoute({ to: href } as never).catch(() => undefined),
});
setApiHandlers({ capacityEnded: () => void refresh('/api/me') });

const open = /^\/(verify|signed-out|no-capacity)$/.test(window.location.pathname);
askEarly(open ? ['/api/territory'] : ['/api/me', '/api/territory', '/api/me/home']);
// The language first: the rooms wait for it to learn their words.
const ready = speak(guessLanguage());
void router.load();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

void ready.then(() => {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <Frame>
            <RouterProvider router={router} />
          </Frame>
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
});
