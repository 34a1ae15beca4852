import { type CalendarDate, parseDate } from '@internationalized/date';
import { useLingui } from '@lingui/react/macro';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Calendar, CalendarCell, CalendarGrid } from 'react-aria-components/Calendar';
import { DateInput, DatePicker, DateSegment } from 'react-aria-components/DatePicker';
import { Dialog } from 'react-aria-components/Dialog';
import { Group } from 'react-aria-components/Group';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import type { IsoDate } from '../api/types';
import { FieldFoot, FieldLabel, type FieldProps } from './FieldParts';

export interface DateFieldProps extends FieldProps {
  /** `yyyy-MM-dd`, as the API speaks. */
  value: IsoDate | null;
  onChange: (value: IsoDate | null) => void;
  min?: IsoDate;
  max?: IsoDate;
  isRequired?: boolean;
  isDisabled?: boolean;
}

/** A day: typed part by part, or picked in a month. */
export function DateField({ label, help, error, value, onChange, min, max, isRequired, isDisabled }: DateFieldProps) {
  const { t } = useLingui();
  return (
    <DatePicker<CalendarDate>
      value={value ? parseDate(value) : null}
      onChange={(date) => onChange(date ? date.toString() : null)}
      minValue={min ? parseDate(min) : undefined}
      maxValue={max ? parseDate(max) : undefined}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={error ? true : undefined} validationBehavior={error ? 'aria' : undefined}
      shouldForceLeadingZeros
      className="e-field"
    >
      <FieldLabel required={isRequired}>{label}</FieldLabel>
      <Group className="e-field__box">
        <DateInput className="e-date">{(segment) => <DateSegment segment={segment} className="e-date__part" />}</DateInput>
        <Button className="e-field__button" aria-label={t`Choisir dans un calendrier`}>
          <CalendarDays size={18} aria-hidden="true" />
        </Button>
      </Group>
      <FieldFoot help={help} error={error} />
      <Popover className="e-popover">
        <Dialog className="e-calendar" aria-label={label}>
          <Calendar>
            <header>
              <Button slot="previous" className="e-field__button" aria-label={t`Mois précédent`}>
                <ChevronLeft size={18} aria-hidden="true" />
              </Button>
              <Heading />
              <Button slot="next" className="e-field__button" aria-label={t`Mois suivant`}>
                <ChevronRight size={18} aria-hidden="true" />
              </Button>
            </header>
            <CalendarGrid>{(date) => <CalendarCell date={date} className="e-calendar__day" />}</CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
