import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { FieldFoot, FieldLabel, type FieldProps } from './FieldParts';
import type { Option } from './Select';

export interface CheckboxProps {
  children: ReactNode;
  help?: ReactNode;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isIndeterminate?: boolean;
  isDisabled?: boolean;
}

/** Yes or no. */
export function Checkbox({ children, help, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox {...props} className="e-choice">
      <CheckMark />
      <ChoiceText help={help}>{children}</ChoiceText>
    </AriaCheckbox>
  );
}

export interface ChoicesProps<V extends string> extends FieldProps {
  options: readonly Option<V>[];
  isDisabled?: boolean;
}

/** Several of a few. */
export function Checkboxes<V extends string>({ label, help, error, options, value, onChange, isDisabled }: ChoicesProps<V> & { value: readonly V[]; onChange: (value: V[]) => void }) {
  return (
    <CheckboxGroup value={[...value]} onChange={(next) => onChange(next as V[])} isDisabled={isDisabled} isInvalid={error ? true : undefined} validationBehavior={error ? 'aria' : undefined} className="e-field">
      <FieldLabel>{label}</FieldLabel>
      <div className="e-choices">
        {options.map((option) => (
          <AriaCheckbox key={option.value} value={option.value} className="e-choice">
            <CheckMark />
            <ChoiceText help={option.help}>{option.label}</ChoiceText>
          </AriaCheckbox>
        ))}
      </div>
      <FieldFoot help={help} error={error} />
    </CheckboxGroup>
  );
}

/** One of a few, all in sight. */
export function Radios<V extends string>({ label, help, error, options, value, onChange, isDisabled }: ChoicesProps<V> & { value: V | null; onChange: (value: V) => void }) {
  return (
    <RadioGroup value={value} onChange={(next) => onChange(next as V)} isDisabled={isDisabled} isInvalid={error ? true : undefined} validationBehavior={error ? 'aria' : undefined} className="e-field">
      <FieldLabel>{label}</FieldLabel>
      <div className="e-choices">
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="e-choice">
            <span className="e-choice__mark e-choice__mark--dot" aria-hidden="true">
              <svg width="10" height="10" viewBox="0 0 10 10" fill="currentColor">
                <circle cx="5" cy="5" r="4" />
              </svg>
            </span>
            <ChoiceText help={option.help}>{option.label}</ChoiceText>
          </Radio>
        ))}
      </div>
      <FieldFoot help={help} error={error} />
    </RadioGroup>
  );
}

/** Draws the box of a check; also used by tables for their rows. */
export function CheckMark() {
  return (
    <span className="e-choice__mark" aria-hidden="true">
      <Check size={16} strokeWidth={3} className="e-choice__yes" />
      <Minus size={16} strokeWidth={3} className="e-choice__some" />
    </span>
  );
}

function ChoiceText({ children, help }: { children: ReactNode; help?: ReactNode }) {
  return (
    <span>
      {children}
      {help && <span className="e-choice__help">{help}</span>}
    </span>
  );
}
