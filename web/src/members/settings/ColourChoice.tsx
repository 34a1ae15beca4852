import { useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { MemberChip } from '../../ui/CapacityChip';
import './colour.css';

/** The twelve colours of the tokens; each one passes contrast in light and dark. */
export function ColourChoice({ value, onChange, name }: { value: string; onChange: (colour: string) => void; name: string }) {
  const { t } = useLingui();
  const words: Record<string, string> = {
    river: t`Rivière`,
    forest: t`Forêt`,
    brick: t`Brique`,
    plum: t`Prune`,
    ochre: t`Ocre`,
    slate: t`Ardoise`,
    lagoon: t`Lagon`,
    rose: t`Rose`,
    indigo: t`Indigo`,
    olive: t`Olive`,
    copper: t`Cuivre`,
    violet: t`Violet`,
  };
  return (
    <RadioGroup value={value} onChange={onChange} className="e-field">
      <Label className="e-label">{t`Couleur de la collectivité`}</Label>
      <p className="e-help">{t`Un bandeau de cette couleur rappelle à chacun au titre de quelle collectivité il agit.`}</p>
      <div className="m-colours">
        {Object.entries(words).map(([colour, word]) => (
          <Radio key={colour} value={colour} className="m-colour" data-member={colour}>
            <span className="m-colour__dot" aria-hidden="true">
              <Check size={18} strokeWidth={3} />
            </span>
            {word}
          </Radio>
        ))}
      </div>
      <div>
        <MemberChip member={{ name, colour: value }} />
      </div>
    </RadioGroup>
  );
}
