import { useLingui } from '@lingui/react/macro';
import { PageHeader } from '../../ui/PageHeader';
import { useHere } from '../common';
import { LedgerTable } from './LedgerTable';
import '../members.css';

/** Who did what to whom, from where: this member's part of the territory's ledger. */
export function LedgerPage() {
  const { t } = useLingui();
  const { api } = useHere();
  return (
    <>
      <PageHeader title={t`Journal`} lead={t`Chaque acte d’administration, gardé dans l’ordre et scellé : il ne peut être ni changé ni retiré.`} />
      <LedgerTable path={`${api}/ledger`} />
    </>
  );
}
