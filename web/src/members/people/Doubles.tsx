import { Trans, useLingui } from '@lingui/react/macro';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { address, api as call } from '../../api/client';
import { refresh, useList } from '../../api/queries';
import type { DirectoryEntry, Double, Page } from '../../api/types';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/Dialog';
import { fullName } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { Pager } from '../../ui/Pager';
import { Skeleton } from '../../ui/Skeleton';
import { EmptyState } from '../../ui/States';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { useFilters } from '../common';
import '../members.css';

const limit = 20;

/** Persons who look like one human being, with what to do. `path` is the API's list; `may` whether one may say that they are two. */
export function Doubles({ path, may, personPage }: { path: string; may: boolean; personPage: (entry: DirectoryEntry) => string }) {
  const { t } = useLingui();
  const { offset, set } = useFilters();
  const [apart, setApart] = useState<Double | null>(null);
  const doubles = useList<Page<Double>>(address(path, { offset, limit }));
  const why: Record<Double['why'], string> = {
    'name-and-birth-date': t`mêmes noms, même naissance`,
    'swapped-names': t`noms échangés, même naissance`,
    'similar-name': t`noms proches, même naissance`,
    name: t`mêmes noms`,
  };
  return (
    <div className="e-stack">
      <Message title={t`Que faire ?`}>
        <Trans>
          Deux fiches ne se fondent jamais en une : comptes, droits et journal restent ceux de chacune. Si c’est la même personne, gardez une fiche : ajoutez-y le rattachement qui manque, puis mettez fin à celui de l’autre ; ses accès passent par un départ, avec certificat. Si l’autre fiche est
          d’une autre collectivité, voyez-le avec elle. Si ce sont deux personnes, dites-le : la raison est gardée au journal.
        </Trans>
      </Message>
      <Loaded query={doubles} skeleton={<Skeleton kind="rows" lines={6} />}>
        {(found) =>
          found.items.length === 0 ? (
            <EmptyState icon={UsersRound} title={t`Aucune fiche en double`}>
              <Trans>Personne ne ressemble à quelqu’un d’autre.</Trans>
            </EmptyState>
          ) : (
            <>
              <ul className="m-list" aria-label={t`Fiches qui se ressemblent`}>
                {found.items.map((pair) => (
                  <li key={`${pair.one.person.id} ${pair.other.person.id}`} className="m-line">
                    <div className="m-line__main e-stack">
                      <div>
                        <Badge tone={pair.why === 'name' ? 'plain' : 'warn'}>{why[pair.why]}</Badge>
                      </div>
                      {[pair.one, pair.other].map((entry) => (
                        <div key={entry.person.id}>
                          <Link href={personPage(entry)}>
                            {fullName(entry.person)}
                          </Link>
                          {entry.affiliations.map((one) => (
                            <p key={one.id} className="e-soft e-small m-any">
                              {[one.function, one.member.name, one.address].filter(Boolean).join(' · ')}
                            </p>
                          ))}
                        </div>
                      ))}
                    </div>
                    {may && <Button onPress={() => setApart(pair)}><Trans>Deux personnes</Trans></Button>}
                  </li>
                ))}
              </ul>
              <Pager offset={offset} limit={limit} total={found.total} onOffset={(next) => set({ offset: next })} />
            </>
          )
        }
      </Loaded>
      {apart && <Apart pair={apart} path={path} onClose={() => setApart(null)} />}
    </div>
  );
}

function Apart({ pair, path, onClose }: { pair: Double; path: string; onClose: () => void }) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const name = fullName(pair.one.person);
  return (
    <ConfirmDialog
      title={t`${name} : deux personnes ?`}
      isOpen
      onClose={onClose}
      confirm={t`Ce sont deux personnes`}
      isDisabled={!reason.trim()}
      onConfirm={async () => {
        await call.post(`${path}/apart`, { one: pair.one.person.id, other: pair.other.person.id, reason });
        toast(t`C’est noté au journal.`);
        await refresh(path);
      }}
    >
      <p>
        <Trans>La paire ne sera plus montrée ici. Rien d’autre ne change.</Trans>
      </p>
      <TextField label={t`Comment le savez-vous ?`} value={reason} onChange={setReason} isRequired maxLength={500} help={t`Gardé au journal : homonymes, matricules différents…`} />
    </ConfirmDialog>
  );
}
