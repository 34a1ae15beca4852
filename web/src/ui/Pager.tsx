import { Trans, useLingui } from '@lingui/react/macro';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from './Button';
import { formatNumber } from './format';
import './Pager.css';

export interface PagerProps {
  offset: number;
  limit: number;
  total: number;
  onOffset: (offset: number) => void;
  /** What is paged, where a page has more than one such list. */
  label?: string;
}

/** Where one is in a long list, and the way on. Shows only the count when there is one page. */
export function Pager({ offset, limit, total, onOffset, label }: PagerProps) {
  const { t } = useLingui();
  if (total === 0) return null;
  const from = formatNumber(offset + 1);
  const to = formatNumber(Math.min(offset + limit, total));
  const all = formatNumber(total);
  return (
    <nav className="e-pager" aria-label={label ?? t`Pages`}>
      <p className="e-soft e-numbers">
        <Trans>
          {from} à {to} sur {all}
        </Trans>
      </p>
      {total > limit && (
        <div className="e-row">
          <Button icon={ChevronLeft} isDisabled={offset === 0} onPress={() => onOffset(Math.max(0, offset - limit))}>
            <Trans>Précédents</Trans>
          </Button>
          <Button icon={ChevronRight} isDisabled={offset + limit >= total} onPress={() => onOffset(offset + limit)}>
            <Trans>Suivants</Trans>
          </Button>
        </div>
      )}
    </nav>
  );
}
