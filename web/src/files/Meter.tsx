import { useLingui } from '@lingui/react/macro';
import { Label } from 'react-aria-components/Label';
import { Meter as AriaMeter } from 'react-aria-components/Meter';
import { formatSize } from '../ui/format';

/** How full a space is. Nothing where there is no limit, but what is used. */
export function Meter({ used, quota }: { used: number; quota: number | null }) {
  const { t } = useLingui();
  if (quota === null) return <p className="e-soft e-small">{t`Utilisé : ${formatSize(used)}`}</p>;
  const share = quota === 0 ? 100 : Math.min(100, (100 * used) / quota);
  const full = share >= 90;
  return (
    <AriaMeter value={share} className="e-files__meter" valueLabel={t`Utilisé : ${formatSize(used)} sur ${formatSize(quota)}`}>
      {({ valueText }) => (
        <>
          <span className="e-progress__track">
            <span className={full ? 'e-progress__done e-files__full' : 'e-progress__done'} style={{ width: `${share}%` }} />
          </span>
          <Label className="e-small e-soft">{valueText}</Label>
          {full && <p className="e-small e-files__nearly">{t`Presque plein : videz la corbeille, ou demandez davantage de place à votre administrateur.`}</p>}
        </>
      )}
    </AriaMeter>
  );
}
