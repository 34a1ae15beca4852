import { useLingui } from '@lingui/react/macro';
import { ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { FieldFoot, FieldLabel, type FieldProps } from './FieldParts';
import type { Option } from './Select';

export interface ComboBoxProps extends FieldProps {
  options: readonly Option[];
  value: string | null;
  onChange: (value: string | null) => void;
  /** With these two, the caller looks the options up as one types; without, the given options are filtered here. */
  text?: string;
  onText?: (text: string) => void;
  placeholder?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
}

/** Choose one among many by typing part of it. */
export function ComboBox(props: ComboBoxProps) {
  const { label, help, error, options, value, onChange, text, onText, placeholder, isRequired, isDisabled } = props;
  const { t } = useLingui();
  return (
    <AriaComboBox
      items={onText ? options : undefined}
      defaultItems={onText ? undefined : options}
      value={value}
      onChange={(key) => onChange(key === null ? null : String(key))}
      inputValue={text}
      onInputChange={onText}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={error ? true : undefined} validationBehavior={error ? 'aria' : undefined}
      allowsEmptyCollection
      menuTrigger="focus"
      className="e-field"
    >
      <FieldLabel required={isRequired}>{label}</FieldLabel>
      <div className="e-field__box">
        <Input className="e-input" placeholder={placeholder} />
        <Button className="e-field__button">
          <ChevronDown size={18} aria-hidden="true" />
        </Button>
      </div>
      <FieldFoot help={help} error={error} />
      <Popover className="e-popover">
        <ListBox<Option> className="e-list" renderEmptyState={() => <p className="e-option e-soft">{t`Rien ne correspond.`}</p>}>
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.label} className="e-option">
              <span>
                {option.label}
                {option.help && <span className="e-choice__help">{option.help}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
