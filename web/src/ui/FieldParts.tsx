import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import './field.css';

/** What every field has in common: a word above, help under it, and what is wrong in words. */
export interface FieldProps {
  label: string;
  help?: ReactNode;
  /** Shown in place of the browser's own words; also makes the field invalid. */
  error?: string | null;
}

export function FieldLabel({ children, required }: { children: ReactNode; required?: boolean }) {
  return (
    <Label className="e-label">
      {children}
      {required === false && (
        <span className="e-label__optional">
          {' '}
          <Trans>(facultatif)</Trans>
        </span>
      )}
    </Label>
  );
}

export function FieldFoot({ help, error }: Pick<FieldProps, 'help' | 'error'>) {
  return (
    <>
      {help && (
        <Text slot="description" className="e-help">
          {help}
        </Text>
      )}
      <FieldError className="e-error">{error ?? undefined}</FieldError>
    </>
  );
}
