import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { refresh, useGet } from '../../api/queries';
import { problemText } from '../../api/problem';
import type { ScimClient, ScimClients } from '../../api/types';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Choices';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog, Dialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { CopyText } from '../CopyText';
import { useHere } from '../common';
import { UnknownUnits } from './UnknownUnits';

/** The member's own software that keeps its people by SCIM: each has a token, shown once, and loses it when it is revoked. */
export function Software() {
  const { t } = useLingui();
  const { api } = useHere();
  const path = `${api}/scim-clients`;
  const known = useGet<ScimClients>(path);
  const [asked, setAsked] = useState<'make' | ScimClient | null>(null);
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ client: ScimClient; token: string } | null>(null);
  const make = async () => {
    setMade(await call.post<{ client: ScimClient; token: string }>(path, { name: name.trim() }));
    await refresh(path);
    setName('');
  };
  const letMakeUnits = async (one: ScimClient, makesUnits: boolean) => {
    try {
      await call.patch(`${path}/${one.id}`, { makesUnits });
      toast(makesUnits ? t`Ce logiciel fait créer les unités qui manquent.` : t`Une unité qui manque vous sera demandée.`);
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' });
    } finally {
      await refresh(path);
    }
  };
  const leaving = typeof asked === 'object' ? asked : null;
  const revoke = async () => {
    await call.delete(`${path}/${leaving?.id}`);
    await refresh(path);
    toast(t`Jeton révoqué.`);
  };
  return (
    <section className="m-section" aria-labelledby="software">
      <div className="m-section__head">
        <h2 id="software">
          <Trans>Logiciels qui tiennent vos personnes (SCIM)</Trans>
        </h2>
        {known.data?.url && (
          <Button icon={Plus} onPress={() => setAsked('make')}>
            <Trans>Ajouter un logiciel</Trans>
          </Button>
        )}
      </div>
      <Loaded query={known}>
        {({ url, users, clients, unknownUnits }) =>
          url === null ? (
            <Message tone="info">
              <Trans>L’adresse SCIM d’une collectivité porte son SIREN, qui n’est pas encore connu : demandez à l’opérateur de le compléter.</Trans>
            </Message>
          ) : clients.length === 0 ? (
            <EmptyState icon={Plug} title={t`Aucun logiciel n’a de jeton`}>
              <Trans>Votre annuaire ou votre gestion des identités peut créer, changer et faire partir vos personnes ici. Donnez-lui un jeton ; l’import de fichiers reste possible à côté.</Trans>
            </EmptyState>
          ) : (
            <div className="e-stack">
              <CopyText label={t`Adresse SCIM 2.0 de votre collectivité`} value={url} />
              <p className="e-soft">
                <Plural value={users} _0="Aucune personne n’est tenue ainsi pour l’instant." one="# personne est tenue ainsi." other="# personnes sont tenues ainsi." />
              </p>
              <ul className="m-list">
                {clients.map((one) => (
                  <li key={one.id} className="m-line">
                    <div className="m-line__main">
                      <strong>{one.name}</strong>
                      <p className="e-soft">
                        <Trans>
                          Jeton donné par {one.madeBy} le <DateText at={one.madeAt} />
                        </Trans>
                        {' · '}
                        {one.lastUsedAt ? (
                          <Trans>
                            dernier usage <DateText at={one.lastUsedAt} style="datetime" />
                          </Trans>
                        ) : (
                          <Trans>jamais utilisé</Trans>
                        )}
                      </p>
                      <Checkbox isSelected={one.makesUnits} onChange={(makes) => void letMakeUnits(one, makes)} help={t`Sinon, une unité que personne ne connaît ici vous est demandée.`}>
                        <Trans>Créer les unités que {one.name} nomme et qui manquent</Trans>
                      </Checkbox>
                    </div>
                    <Button variant="plain" aria-label={t`Révoquer le jeton de ${one.name}`} onPress={() => setAsked(one)}>
                      <Trans>Révoquer le jeton</Trans>
                    </Button>
                  </li>
                ))}
              </ul>
              {unknownUnits.length > 0 && <UnknownUnits unknown={unknownUnits} />}
            </div>
          )
        }
      </Loaded>
      <ConfirmDialog title={t`Ajouter un logiciel`} isOpen={asked === 'make'} onClose={() => setAsked(null)} confirm={t`Créer son jeton`} isDisabled={!name.trim()} onConfirm={make}>
        <TextField label={t`Nom du logiciel`} placeholder="Entra ID, LemonLDAP::NG, GLPI…" value={name} onChange={setName} isRequired maxLength={100} autoFocus help={t`Il paraîtra au journal pour tout ce que ce logiciel fera.`} />
      </ConfirmDialog>
      <Dialog
        title={t`Jeton de « ${made?.client.name ?? ''} »`}
        isOpen={made !== null}
        onClose={() => setMade(null)}
        foot={
          <Button variant="primary" onPress={() => setMade(null)}>
            <Trans>Je l’ai copié, fermer</Trans>
          </Button>
        }
      >
        {made && (
          <div className="e-stack">
            <p>
              <Trans>Collez-le dans le logiciel maintenant : il ne sera plus jamais montré, nous n’en gardons qu’une empreinte. Il permet de faire arriver et partir toutes les personnes tenues ainsi.</Trans>
            </p>
            <CopyText label={t`Adresse`} value={known.data?.url ?? ''} />
            <CopyText label={t`Jeton (Bearer)`} value={made.token} />
          </div>
        )}
      </Dialog>
      <ConfirmDialog title={t`Révoquer le jeton de ${leaving?.name ?? ''} ?`} isOpen={leaving !== null} onClose={() => setAsked(null)} confirm={t`Révoquer le jeton`} danger onConfirm={revoke}>
        <p>
          <Trans>Ce logiciel ne pourra plus rien changer ici, aussitôt. Les personnes qu’il tient restent telles qu’elles sont.</Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}
