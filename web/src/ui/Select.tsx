import { useLingui } from '@lingui/react/macro';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { FieldFoot, FieldLabel, type FieldProps } from './FieldParts';
import './Select.css';

export interface Option<V extends string = string> {
  value: V;
  label: string;
  help?: ReactNode;
}

export interface SelectProps<V extends string> extends FieldProps {
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  placeholder?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  /** The word is read aloud only: for filters in a row above a table. */
  labelHidden?: boolean;
}

export function Select<V extends string>(props: SelectProps<V>) {
  const { label, help, error, options, value, onChange, placeholder, isRequired, isDisabled, labelHidden } = props;
  const { t } = useLingui();
  return (
    <AriaSelect
      value={value}
      onChange={(key) => key !== null && onChange(key as V)}
      placeholder={placeholder ?? t`Choisir…`}
      aria-label={labelHidden ? label : undefined}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={error ? true : undefined} validationBehavior={error ? 'aria' : undefined}
      className="e-field e-select"
    >
      {!labelHidden && <FieldLabel required={isRequired}>{label}</FieldLabel>}
      <Button className="e-field__box e-select__button">
        <SelectValue className="e-select__value" />
        <ChevronDown size={18} aria-hidden="true" className="e-soft" />
      </Button>
      <FieldFoot help={help} error={error} />
      <Popover className="e-popover">
        <ListBox className="e-list">
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.label} className="e-option">
              {({ isSelected }) => (
                <>
                  <span>
                    {option.label}
                    {option.help && <span className="e-choice__help">{option.help}</span>}
                  </span>
                  {isSelected && <Check size={18} aria-hidden="true" className="e-option__check" />}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
