import { useLingui } from '@lingui/react/macro';
import { Badge } from '../ui/Badge';

/** Whether an agreement holds; one that waits for a decision holds nothing yet. */
export function AgreementChip({ status }: { status: string }) {
  const { t } = useLingui();
  if (status === 'current') return <Badge tone="good">{t`En vigueur`}</Badge>;
  if (status === 'planned') return <Badge tone="info">{t`À venir`}</Badge>;
  if (status === 'proposed') return <Badge tone="warn">{t`Proposée`}</Badge>;
  return <Badge>{t`Terminée`}</Badge>;
}
