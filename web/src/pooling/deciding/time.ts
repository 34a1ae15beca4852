import { parseAbsolute, parseDateTime, toCalendarDateTime, toZoned } from '@internationalized/date';
import { zone } from '../../ui/format';

/** A day and an hour as one says them in the territory ("18:00"), as an instant of the API; null when the hour is none. */
export function instantOf(day: string, time: string): string | null {
  const match = /^([01]?\d|2[0-3])[:hH]([0-5]\d)$/.exec(time.trim());
  return match ? toZoned(parseDateTime(`${day}T${match[1]?.padStart(2, '0')}:${match[2]}`), zone).toAbsoluteString() : null;
}

/** An instant of the API as one says it in the territory. */
export function localDayAndTime(at: string): { day: string; time: string } {
  const local = toCalendarDateTime(parseAbsolute(at, zone)).toString();
  return { day: local.slice(0, 10), time: local.slice(11, 16) };
}

/** When a vote that opens now usually ends: an hour from now, at the next quarter; never in the past, late in the evening neither. */
export function inAnHour(now = Date.now()): { day: string; time: string } {
  const quarter = 15 * 60_000;
  return localDayAndTime(new Date(Math.ceil((now + 4 * quarter) / quarter) * quarter).toISOString());
}
