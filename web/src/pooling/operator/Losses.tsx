import { Trans, useLingui } from '@lingui/react/macro';
import type { EndPreview } from '../../api/pooling';
import { DataTable } from '../../ui/DataTable';
import { formatNumber } from '../../ui/format';
import { Message } from '../../ui/Message';
import { useText2 } from '../../ui/text2';

/** What an end takes away from whom. */
export function Losses({ preview, noticeMonths }: { preview: EndPreview; noticeMonths: number }) {
  const { t } = useLingui();
  const text = useText2();
  const { withinNotice, losses, budgetLines } = preview;
  return (
    <div className="e-stack">
      {!withinNotice && (
        <Message tone="warn">
          <Trans>Le préavis de {noticeMonths} mois n’est pas respecté à cette date.</Trans>
        </Message>
      )}
      {losses.length === 0 ? (
        <p>
          <Trans>Personne ne perd de service.</Trans>
        </p>
      ) : (
        <DataTable
          label={t`Qui perd quoi`}
          rows={losses}
          rowId={(loss) => `${loss.member} ${loss.service}`}
          columns={[
            { id: 'name', title: t`Collectivité`, cell: (loss) => loss.name },
            { id: 'service', title: t`Service`, cell: (loss) => text(loss.serviceName) },
            { id: 'people', title: t`Personnes`, align: 'end', cell: (loss) => formatNumber(loss.people) },
          ]}
        />
      )}
      {budgetLines.length > 0 && (
        <p>
          <Trans>Lignes de budget à revoir : {budgetLines.join(', ')}.</Trans>
        </p>
      )}
    </div>
  );
}
