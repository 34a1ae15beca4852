import { formatNumber, locale } from '../ui/format';
import './pooling.css';

export interface Serie {
  name: string;
  values: readonly (number | null)[];
}

/** A month (`yyyy-MM`) in words: « nov. 2026 ». */
export function formatMonth(month: string): string {
  return new Intl.DateTimeFormat(locale(), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01`));
}

/** `yyyy-MM` so many months before now. */
export function monthsAgo(count: number, now = new Date()): string {
  const month = now.getFullYear() * 12 + now.getMonth() - count;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** The next round number a scale may end at: 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10);
}

/** The points of a line; where nothing was measured it breaks, rather than fall to zero. */
export function linePath(values: readonly (number | null)[], top: number, width: number, height: number): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let open = false;
  return values
    .map((value, index) => {
      if (value === null) {
        open = false;
        return '';
      }
      const point = `${open ? 'L' : 'M'}${(index * step).toFixed(1)} ${(height - (value / top) * height).toFixed(1)}`;
      open = true;
      return point;
    })
    .join('');
}

/** Values with nothing before and after them, which a line would not show. */
export function lonePoints(values: readonly (number | null)[], top: number, width: number, height: number): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const there = (index: number) => (values[index] ?? null) !== null;
  return values
    .map((value, index) => (value === null || there(index - 1) || there(index + 1) ? '' : `M${(index * step).toFixed(1)} ${(height - (value / top) * height).toFixed(1)}h0`))
    .join('');
}

const width = 600;
const height = 180;

/** Lines over time. What it shows stands in a table beside it: the picture itself only has a name. */
export function LineChart({ label, periods, series }: { label: string; periods: readonly string[]; series: readonly Serie[] }) {
  const top = roundUp(Math.max(0, ...series.flatMap((one) => one.values.filter((value) => value !== null))));
  return (
    <figure className="p-chart">
      <figcaption className="p-legend">
        {series.map((one, index) => (
          <span key={one.name} className="p-legend__item">
            <svg width="28" height="10" aria-hidden="true">
              <line x1="1" x2="27" y1="5" y2="5" className={`p-line p-line--${index}`} />
            </svg>
            {one.name}
          </span>
        ))}
      </figcaption>
      <div className="p-plot">
        <div className="p-scale" aria-hidden="true">
          <span>{formatNumber(top)}</span>
          <span>{formatNumber(top / 2)}</span>
          <span>0</span>
        </div>
        <svg viewBox={`0 -4 ${width} ${height + 8}`} preserveAspectRatio="none" role="img" aria-label={label} className="p-plot__lines">
          {[0, 0.5, 1].map((at) => (
            <line key={at} x1="0" x2={width} y1={at * height} y2={at * height} className="p-grid" />
          ))}
          {series.map((one, index) => (
            <path key={one.name} d={linePath(one.values, top, width, height)} className={`p-line p-line--${index}`} />
          ))}
          {series.map((one, index) => (
            <path key={`${one.name} alone`} d={lonePoints(one.values, top, width, height)} className={`p-line p-line--${index} p-line--alone`} />
          ))}
        </svg>
      </div>
      <div className="p-ends e-soft e-small" aria-hidden="true">
        <span>{periods[0] && formatMonth(periods[0])}</span>
        <span>{periods.length > 1 && formatMonth(periods.at(-1)!)}</span>
      </div>
    </figure>
  );
}

/** A part of a whole, beside the number that says it. */
export function ShareBar({ part, whole }: { part: number; whole: number }) {
  const percent = whole > 0 ? Math.max(0, Math.min(100, (part / whole) * 100)) : 0;
  return (
    <svg className="p-share" width="100%" height="10" aria-hidden="true">
      <rect width="100%" height="10" rx="5" className="p-share__whole" />
      <rect width={`${percent}%`} height="10" rx="5" className="p-share__part" />
    </svg>
  );
}
