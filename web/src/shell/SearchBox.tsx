import { useLingui } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import { type Ref, useEffect, useState } from 'react';
import { go } from '../navigation';
import { SearchField } from '../ui/SearchField';

/** Searches everything. On the page of results it follows each key; elsewhere Enter leads there. */
export function SearchBox({ inputRef }: { inputRef?: Ref<HTMLInputElement> }) {
  const { t } = useLingui();
  const here = useLocation({ select: (location) => (location.pathname === '/search' ? String((location.search as { q?: unknown }).q ?? '') : null) });
  const [text, setText] = useState(here ?? '');
  useEffect(() => {
    if (here !== null && document.activeElement?.getAttribute('type') !== 'search') setText(here);
    if (here === null) setText('');
  }, [here]);
  return (
    <div role="search" className="e-top__search">
      <SearchField
        inputRef={inputRef}
        label={t`Rechercher une personne, une collectivité, un service`}
        placeholder={t`Rechercher…`}
        value={text}
        onChange={(next) => {
          setText(next);
          if (here !== null) go(`/search?q=${encodeURIComponent(next)}`);
        }}
        onSubmit={(next) => go(`/search?q=${encodeURIComponent(next)}`)}
      />
      <kbd className="e-key e-top__key" aria-hidden="true">
        /
      </kbd>
    </div>
  );
}
