import { Input } from 'react-aria-components/Input';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField, type TextFieldProps as AriaProps } from 'react-aria-components/TextField';
import { FieldFoot, FieldLabel, type FieldProps } from './FieldParts';

export interface TextFieldProps extends FieldProps, Omit<AriaProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  placeholder?: string;
  /** More than one line, with this many shown. */
  rows?: number;
}

export function TextField({ label, help, error, placeholder, rows, ...props }: TextFieldProps) {
  return (
    <AriaTextField {...props} isInvalid={error ? true : undefined} validationBehavior={error ? 'aria' : undefined} className="e-field">
      <FieldLabel required={props.isRequired}>{label}</FieldLabel>
      {rows ? (
        <TextArea rows={rows} placeholder={placeholder} className="e-input" />
      ) : (
        <Input placeholder={placeholder} className="e-input" />
      )}
      <FieldFoot help={help} error={error} />
    </AriaTextField>
  );
}
