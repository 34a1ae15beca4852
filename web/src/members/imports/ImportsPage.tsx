import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import type { Import } from '../../api/types';
import { go } from '../../navigation';
import { DataTable } from '../../ui/DataTable';
import { DateText } from '../../ui/DateText';
import { FileDrop } from '../../ui/FileDrop';
import { formatNumber } from '../../ui/format';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Skeleton } from '../../ui/Skeleton';
import { StateChip } from '../../ui/StateChip';
import { useHere, useMay } from '../common';
import { saveText } from '../save';
import '../members.css';

const busy = (one: Import) => one.state === 'analysing' || one.state === 'applying';

/** A file of the HR software comes in here; nothing changes before it has been read over. */
export function ImportsPage() {
  const { t } = useLingui();
  const { page, api } = useHere();
  const may = useMay();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const imports = useGet<Import[]>(`${api}/imports`, {
    refetchInterval: (query) => (query.state.data?.some(busy) ? 1500 : false),
  });
  const send = async (file: File) => {
    setPending(true);
    setError(null);
    try {
      const form = new FormData();
      form.append('file', file);
      const made = await call.post<Import>(`${api}/imports`, form);
      void refresh(`${api}/imports`);
      go(`${page}/imports/${made.id}`);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <>
      <PageHeader title={t`Imports`} lead={t`Déposez le fichier de votre logiciel RH : il est d’abord lu et comparé. Rien ne change avant que vous l’ayez relu et appliqué.`} action={may.member && <Link variant="quiet" href={`${page}/imports/ldap`}>{t`Annuaire LDAP`}</Link>} />
      {may.people && (
        <section className="m-section e-stack" aria-label={t`Nouveau fichier`}>
          <FileDrop label={t`Déposez ici le fichier du SIRH`} help={t`CSV, UTF-8 ou Windows-1252, séparé par point-virgule, virgule ou tabulation. Le fichier entier : qui n’y est plus est un départ.`} accept={['.csv', '.txt', 'text/csv', 'text/plain']} onFile={(file) => void send(file)} pending={pending} />
          {error !== null && <Message tone="bad">{problemText(error)}</Message>}
          <details className="m-more">
            <summary>
              <Trans>Ce que le fichier doit contenir</Trans>
            </summary>
            <div className="e-stack e-stack--tight">
              <p>
                <Trans>
                  Une ligne par poste ou mandat. Les colonnes peuvent porter vos propres titres et être dans n’importe quel ordre : vous direz laquelle est laquelle, et ce choix est retenu. Le matricule relie une ligne à la même personne d’un fichier au suivant.
                </Trans>
              </p>
              <p>
                <button type="button" className="e-link m-link" onClick={() => saveText('modele-import.csv', sample)}>
                  <Trans>Télécharger un modèle</Trans>
                </button>
              </p>
            </div>
          </details>
        </section>
      )}
      <section className="m-section" aria-labelledby="history">
        <div className="m-section__head">
          <h2 id="history">
            <Trans>Fichiers déjà déposés</Trans>
          </h2>
        </div>
        <Loaded query={imports} skeleton={<Skeleton kind="rows" lines={5} />}>
          {(found) =>
            found.length === 0 ? (
              <p className="e-soft">
                <Trans>Aucun fichier pour l’instant. Le premier peut être petit : rien ne change avant votre accord.</Trans>
              </p>
            ) : (
              <div className="e-stack m-dense">
                <DataTable
                  label={t`Fichiers déjà déposés`}
                  rows={found}
                  rowId={(row) => row.id}
                  rowHref={(row) => `${page}/imports/${row.id}`}
                  columns={[
                    { id: 'file', title: t`Fichier`, rowHeader: true, cell: (row) => row.fileName },
                    { id: 'at', title: t`Déposé`, narrow: true, cell: (row) => <DateText at={row.at} style="datetime" /> },
                    { id: 'by', title: t`Par`, cell: (row) => row.by },
                    { id: 'lines', title: t`Lignes`, align: 'end', narrow: true, cell: (row) => formatNumber(row.counts.lines) },
                    { id: 'arrivals', title: t`Arrivées`, align: 'end', narrow: true, cell: (row) => formatNumber(row.counts.arrivals) },
                    { id: 'departures', title: t`Départs`, align: 'end', narrow: true, cell: (row) => formatNumber(row.counts.departures) },
                    { id: 'errors', title: t`Erreurs`, align: 'end', narrow: true, cell: (row) => formatNumber(row.counts.errors) },
                    { id: 'state', title: t`État`, narrow: true, cell: (row) => <StateChip state={row.state} /> },
                  ]}
                />
              </div>
            )
          }
        </Loaded>
      </section>
    </>
  );
}

const sample = [
  'Matricule;Prénom;Nom;Nom de naissance;Date de naissance;Type;Fonction;Unité;Adresse;Téléphone;Premier jour;Dernier jour',
  '10421;Claire;Exemple;;12/05/1984;agent;Gestionnaire de paie;Ressources humaines;claire.exemple@mairie.example;04 00 00 00 00;01/09/2024;',
].join('\r\n');
