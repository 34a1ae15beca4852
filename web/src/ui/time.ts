import { parseAbsolute, parseDate, parseDateTime, toCalendarDate, toZoned } from '@internationalized/date';
import type { Instant, IsoDate } from '../api/types';
import { zone } from './format';

/** HR speaks of days, the platform of instants: a first day starts at midnight, a last day ends at the next midnight, territory time. */
export const startOf = (day: IsoDate): Instant => toZoned(parseDate(day), zone).toAbsoluteString();
export const endOf = (day: IsoDate): Instant => toZoned(parseDate(day).add({ days: 1 }), zone).toAbsoluteString();
export const instantOf = (day: IsoDate, time: string): Instant => toZoned(parseDateTime(`${day}T${time}`), zone).toAbsoluteString();
export const dayOf = (at: Instant): IsoDate => toCalendarDate(parseAbsolute(at, zone)).toString();
export const lastDayOf = (until: Instant): IsoDate => dayOf(new Date(Date.parse(until) - 1).toISOString());
export const today = (): IsoDate => dayOf(new Date().toISOString());
