import { useLingui } from '@lingui/react/macro';
import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField as AriaSearchField, type SearchFieldProps as AriaProps } from 'react-aria-components/SearchField';
import './field.css';
import './SearchField.css';

export interface SearchFieldProps extends Omit<AriaProps, 'children' | 'className' | 'style'> {
  label: string;
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
}

/** Looks for something; its word is read aloud and stands in the field, since the place says the rest. */
export function SearchField({ label, placeholder, inputRef, ...props }: SearchFieldProps) {
  const { t } = useLingui();
  return (
    <AriaSearchField {...props} aria-label={label} className="e-search">
      <Search size={18} aria-hidden="true" className="e-search__icon" />
      <Input ref={inputRef} placeholder={placeholder ?? label} className="e-input e-search__input" />
      <Button className="e-field__button e-search__clear" aria-label={t`Effacer la recherche`}>
        <X size={16} aria-hidden="true" />
      </Button>
    </AriaSearchField>
  );
}
