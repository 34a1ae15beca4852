import { Trans, useLingui } from '@lingui/react/macro';
import { ShieldCheck, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { refresh, useGet } from '../../api/queries';
import type { Affiliation, DirectoryEntry, MemberDetail, MemberPerson, PersonRef, Role } from '../../api/types';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Checkboxes, Radios } from '../../ui/Choices';
import { DataTable } from '../../ui/DataTable';
import { ConfirmDialog } from '../../ui/Dialog';
import { fullName } from '../../ui/format';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { EmptyState } from '../../ui/States';
import { toast } from '../../ui/Toasts';
import { roleWords } from '../../ui/words';
import { useHere, useMay } from '../common';
import { PersonChoice } from '../departures/EndPage';
import '../members.css';

/** One line an affiliation: the same person may hold a role in one post and none in another. */
export const holdersOf = (entries: readonly DirectoryEntry[]): Holder[] => entries.flatMap(({ person, affiliations }) => affiliations.map((affiliation) => ({ person, affiliation })));

export interface Holder {
  person: PersonRef;
  affiliation: Affiliation;
}

/** Who may do more than be a person here. A role belongs to an affiliation and ends with it. */
export function RolesPage() {
  const { t, i18n } = useLingui();
  const { page, api } = useHere();
  const may = useMay();
  const holders = useGet<DirectoryEntry[]>(`${api}/roles`);
  const [editing, setEditing] = useState<Holder | 'new' | null>(null);
  return (
    <>
      <PageHeader
        title={t`Rôles`}
        lead={t`Qui administre la collectivité, tient les personnes, ou contrôle en lecture seule. Un rôle prend fin avec le mandat ou le poste qui le porte.`}
        action={
          may.member && (
            <Button variant="primary" icon={UserPlus} onPress={() => setEditing('new')}>
              <Trans>Donner un rôle</Trans>
            </Button>
          )
        }
      />
      <Loaded query={holders}>
        {(entries) => {
          const all = holdersOf(entries);
          return all.length === 0 ? (
            <EmptyState icon={ShieldCheck} title={t`Personne n’a encore de rôle ici`}>
              <Trans>Donnez au moins à deux personnes l’administration de la collectivité : l’une pourra remplacer l’autre.</Trans>
            </EmptyState>
          ) : (
            <div className="e-stack">
              {all.filter((one) => one.affiliation.roles.includes('member_admin')).length < 2 && (
                <Message tone="warn">
                  <Trans>Moins de deux personnes administrent la collectivité. Si l’une s’absente, personne ne peut la remplacer.</Trans>
                </Message>
              )}
              <div className="m-dense">
                <DataTable
                  label={t`Rôles`}
                  rows={all}
                  rowId={(row) => row.affiliation.id}
                  rowHref={may.member ? undefined : (row) => `${page}/people/${row.person.id}`}
                  onRow={may.member ? setEditing : undefined}
                  columns={[
                    {
                      id: 'name',
                      title: t`Personne`,
                      rowHeader: true,
                      sortBy: (row) => row.person.usualName,
                      cell: (row) => (
                        <>
                          {row.person.usualName} <span className="m-light">{row.person.givenName}</span>
                        </>
                      ),
                    },
                    { id: 'function', title: t`Au titre de`, cell: (row) => row.affiliation.function },
                    {
                      id: 'roles',
                      title: t`Rôles`,
                      cell: (row) => (
                        <span className="m-tags">
                          {row.affiliation.roles.map((role) => (
                            <Badge key={role} tone="info">
                              {i18n._(roleWords[role])}
                            </Badge>
                          ))}
                        </span>
                      ),
                    },
                  ]}
                />
              </div>
            </div>
          );
        }}
      </Loaded>
      {editing !== null && <RoleDialog holder={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function RoleDialog({ holder, onClose }: { holder: Holder | null; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { api } = useHere();
  const [person, setPerson] = useState<string | null>(holder?.person.id ?? null);
  const [affiliation, setAffiliation] = useState<string | null>(holder?.affiliation.id ?? null);
  const [roles, setRoles] = useState<Role[]>(holder?.affiliation.roles ?? []);
  const found = useGet<MemberPerson>(holder || !person ? null : `${api}/people/${person}`);
  const member = useGet<MemberDetail>(api);
  const posts = found.data?.affiliations.filter((one) => one.phase === 'current') ?? [];
  const chosen = holder?.affiliation.id ?? affiliation ?? (posts.length === 1 ? (posts[0]?.id ?? null) : null);
  const offered: Role[] = ['member_admin', 'member_hr', 'auditor', ...(member.data?.isOperator ? (['operator_admin'] as const) : [])];
  const help: Record<Role, string> = {
    member_admin: t`Tout ce qui est sous « Administrer » : personnes, unités, abonnements, rôles, réglages.`,
    member_hr: t`Les personnes, les imports et les départs.`,
    auditor: t`Voit tout, ne change rien.`,
    operator_admin: t`Tout le territoire : adhérents, services, moteurs.`,
  };
  const save = async () => {
    await call.put(`${api}/affiliations/${chosen}/roles`, { roles });
    await refresh(`${api}/`);
    toast(t`Rôles enregistrés. Ils valent dès la prochaine page.`);
  };
  return (
    <ConfirmDialog title={holder ? t`Rôles de ${fullName(holder.person)}` : t`Donner un rôle`} isOpen onClose={onClose} confirm={t`Enregistrer les rôles`} isDisabled={!chosen || (!holder && roles.length === 0)} onConfirm={save}>
      {!holder && (
        <PersonChoice
          value={person}
          onChange={(next) => {
            setPerson(next);
            setAffiliation(null);
          }}
        />
      )}
      {!holder && posts.length > 1 && <Radios label={t`Au titre de`} value={affiliation} onChange={setAffiliation} options={posts.map((one) => ({ value: one.id, label: one.function }))} />}
      {holder && <p className="e-soft">{holder.affiliation.function}</p>}
      <Checkboxes<Role> label={t`Rôles`} value={roles} onChange={setRoles} options={offered.map((role) => ({ value: role, label: i18n._(roleWords[role]), help: help[role] }))} />
      <p className="e-soft e-small">
        <Trans>Qui a un rôle doit se connecter avec un second facteur.</Trans>
      </p>
    </ConfirmDialog>
  );
}
