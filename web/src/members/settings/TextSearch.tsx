import { Trans, useLingui } from '@lingui/react/macro';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import { Checkbox } from '../../ui/Choices';
import { toast } from '../../ui/Toasts';
import { useHere, useMay } from '../common';

interface Choice {
  /** Whether the operator has it on at all. */
  territory: boolean;
  on: boolean;
}

/** Whether files of the member are found by what they say. Nothing is shown where nobody's are. */
export function TextSearch() {
  const { t } = useLingui();
  const { api } = useHere();
  const may = useMay();
  const path = `${api}/text-search`;
  const known = useGet<Choice>(path);
  if (!known.data?.territory) return null;
  const choose = async (on: boolean) => {
    try {
      await call.put(path, { on });
      toast(on ? t`Les fichiers seront lus d’ici quelques minutes.` : t`Ce qui avait été lu des fichiers est effacé.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      await refresh(path);
    }
  };
  return (
    <section className="m-section" aria-labelledby="text-search">
      <div className="m-section__head">
        <h2 id="text-search">
          <Trans>Recherche dans les fichiers</Trans>
        </h2>
      </div>
      <Checkbox
        isSelected={known.data.on}
        isDisabled={!may.member}
        onChange={(on) => void choose(on)}
        help={t`Les mots des fichiers sont gardés chiffrés avec la clé de la collectivité. Chacun ne trouve que ce qu’il peut voir.`}
      >
        <Trans>Chercher aussi dans le texte des fichiers</Trans>
      </Checkbox>
    </section>
  );
}
