import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh, useGet } from '../../api/queries';
import type { Ldap, LdapSettings, LdapTried } from '../../api/types';
import { go } from '../../navigation';
import { Button } from '../../ui/Button';
import { DateText } from '../../ui/DateText';
import { ConfirmDialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { PageHeader } from '../../ui/PageHeader';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { useHere, useMay } from '../common';
import { LdapAnswer } from './LdapAnswer';
import { LdapSignIn } from './LdapSignIn';
import { ldapFields, ldapWord } from './ldap';
import '../members.css';
import './imports.css';

/** The member's own directory: where it is, whether it answers, and when it is read. What is read becomes an import. */
export function LdapPage() {
  const { t } = useLingui();
  const { page, api } = useHere();
  const may = useMay();
  const known = useGet<Ldap>(may.member ? `${api}/ldap` : null);
  return (
    <>
      <PageHeader
        title={t`Annuaire LDAP`}
        back={
          <Link href={`${page}/imports`}>
            <Trans>Imports</Trans>
          </Link>
        }
        lead={t`Votre annuaire est lu, jamais changé. Ce qui est lu devient un import : rien ne change avant que vous l’ayez relu.`}
      />
      {may.member ? <Loaded query={known}>{(ldap) => <Form key={ldap.version} ldap={ldap} />}</Loaded> : <Message tone="info">{t`Seule l’administration de la collectivité règle son annuaire.`}</Message>}
    </>
  );
}

function Form({ ldap }: { ldap: Ldap }) {
  const { t, i18n } = useLingui();
  const { page, api } = useHere();
  const path = `${api}/ldap`;
  const [form, setForm] = useState<LdapSettings>(ldap.settings ?? { url: '', bindDn: '', baseDn: '', filter: ldap.presets[0]?.filter ?? '', attributes: ldap.presets[0]?.attributes ?? {}, ca: null, nightly: null });
  const [preset, setPreset] = useState<string | null>(ldap.settings ? null : (ldap.presets[0]?.id ?? null));
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState<LdapTried | null>(null);
  const [busy, setBusy] = useState<'check' | 'save' | 'read' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [leaving, setLeaving] = useState(false);
  const set = (change: Partial<LdapSettings>) => setForm({ ...form, ...change });
  const wrong = tried?.problem ? tried.field : null;
  const at = (field: string) => (wrong === field ? (tried?.problem ?? undefined) : undefined);
  const body = () => ({ ...form, password: password || undefined, version: ldap.settings ? ldap.version : undefined });
  const during = async (what: 'check' | 'save' | 'read', work: () => Promise<void>) => {
    setBusy(what);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(null);
    }
  };
  const check = () => during('check', async () => setTried(await call.post<LdapTried>(`${path}/check`, body())));
  const save = () =>
    during('save', async () => {
      await call.put(path, body());
      toast(t`Annuaire enregistré.`);
      await refresh(path);
    });
  const read = () =>
    during('read', async () => {
      const { run } = await call.post<{ run: string }>(`${path}/readings`, {});
      void refresh(`${api}/imports`);
      go(`${page}/imports/${run}`);
    });
  const remove = async () => {
    await call.delete(path);
    toast(t`Annuaire retiré. Personne n’est parti.`);
    await refresh(path);
  };
  const names: Record<string, string> = { 'active-directory': 'Active Directory', openldap: 'OpenLDAP, supann' };
  return (
    <div className="e-stack">
      {ldap.settings && <Last ldap={ldap} reading={busy === 'read'} onRead={() => void read()} />}
      <form
        className="e-card e-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Select
          label={t`Modèle`}
          value={preset}
          placeholder={t`Repartir d’un modèle…`}
          options={ldap.presets.map((one) => ({ value: one.id, label: names[one.id] ?? one.id }))}
          onChange={(id) => {
            setPreset(id);
            const one = ldap.presets.find((p) => p.id === id);
            if (one) set({ filter: one.filter, attributes: one.attributes });
          }}
          help={t`Remplit le filtre et les attributs ; vous corrigez ce qui est propre à votre annuaire.`}
        />
        <TextField label={t`Adresse du serveur`} value={form.url} onChange={(url) => set({ url })} placeholder="ldaps://annuaire.ville.fr" isRequired maxLength={300} error={at('url')} help={t`ldaps:// ou ldap:// (qui passe en TLS par StartTLS). Sans TLS, rien n’est lu.`} />
        <TextField label={t`Compte de lecture`} value={form.bindDn} onChange={(bindDn) => set({ bindDn })} placeholder="cn=entente,ou=services,dc=ville,dc=fr" isRequired maxLength={500} autoComplete="off" error={at('bindDn')} />
        <TextField label={t`Mot de passe du compte de lecture`} type="password" value={password} onChange={setPassword} isRequired={!ldap.settings} maxLength={500} autoComplete="new-password" error={at('password')} help={ldap.settings ? t`Laissez vide pour garder celui qui est enregistré. Il n’est jamais montré.` : undefined} />
        <TextField label={t`Base des personnes`} value={form.baseDn} onChange={(baseDn) => set({ baseDn })} placeholder="ou=personnes,dc=ville,dc=fr" isRequired maxLength={500} error={at('baseDn')} />
        <TextField label={t`Filtre`} value={form.filter} onChange={(filter) => set({ filter })} isRequired maxLength={2000} error={at('filter')} help={t`Laissez de côté les comptes de service et les machines.`} />
        <details className="m-more" open={wrong?.startsWith('attributes.') || undefined}>
          <summary>
            <Trans>Attributs</Trans>
          </summary>
          <div className="m-mapping">
            {ldapFields.map((field) => (
              <TextField
                key={field}
                label={i18n._(ldapWord(field))}
                value={form.attributes[field] ?? ''}
                onChange={(attribute) => set({ attributes: { ...form.attributes, [field]: attribute } })}
                maxLength={100}
                error={at(`attributes.${field}`)}
                help={field === 'unit' ? t`@parent : le nom de l’OU où est la personne.` : field === 'key' ? t`Ne change jamais : une personne renommée reste la même.` : undefined}
              />
            ))}
          </div>
        </details>
        <TextField label={t`Certificat de votre autorité (PEM)`} rows={4} value={form.ca ?? ''} onChange={(ca) => set({ ca: ca || null })} error={at('ca')} help={t`Seulement si le certificat du serveur n’est pas reconnu de tous.`} />
        <Select
          label={t`Lecture`}
          value={form.nightly === null ? 'hand' : String(form.nightly)}
          options={[{ value: 'hand', label: t`À la main` }, ...Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: t`Chaque jour à ${hour} h` }))]}
          onChange={(value) => set({ nightly: value === 'hand' ? null : Number(value) })}
          help={t`Elle s’applique seule s’il n’y a aucun doute et pas plus de départs que votre limite ; sinon elle vous attend.`}
        />
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        <div className="m-acts">
          <Button variant="primary" type="submit" pending={busy === 'save'}>
            <Trans>Enregistrer</Trans>
          </Button>
          <Button pending={busy === 'check'} onPress={() => void check()}>
            <Trans>Essayer</Trans>
          </Button>
          {ldap.settings && (
            <Button variant="plain" onPress={() => setLeaving(true)}>
              <Trans>Retirer cet annuaire</Trans>
            </Button>
          )}
        </div>
      </form>
      <div aria-live="polite">{tried && <LdapAnswer tried={tried} />}</div>
      {ldap.signIn && <LdapSignIn path={path} signIn={ldap.signIn} version={ldap.version} />}
      <ConfirmDialog title={t`Retirer cet annuaire ?`} isOpen={leaving} onClose={() => setLeaving(false)} confirm={t`Retirer l’annuaire`} danger onConfirm={remove}>
        <p>
          <Trans>Il ne sera plus lu, et son mot de passe est effacé. Les personnes restent telles qu’elles sont.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}

function Last({ ldap, reading, onRead }: { ldap: Ldap; reading: boolean; onRead: () => void }) {
  const { t } = useLingui();
  const { page } = useHere();
  const last = ldap.last;
  const words: Record<string, string> = {
    never: t`Pas encore lu.`,
    read: t`Lu à la main : relisez l’import et appliquez-le.`,
    unchanged: t`Lu : rien n’a changé.`,
    applied: t`Lu et appliqué.`,
    waiting: t`Lu, mais l’import attend votre relecture.`,
    failed: t`La dernière lecture n’a pas abouti. Personne n’est parti ni arrivé.`,
  };
  const state = last?.state ?? 'never';
  return (
    <section className="m-section e-stack" aria-labelledby="last">
      <div className="m-section__head">
        <h2 id="last">
          <Trans>Lectures</Trans>
        </h2>
        <Button variant="primary" pending={reading} onPress={onRead}>
          <Trans>Lire maintenant</Trans>
        </Button>
      </div>
      <Message tone={state === 'failed' ? 'bad' : state === 'waiting' ? 'warn' : state === 'applied' || state === 'unchanged' ? 'good' : 'info'}>
        {words[state]} {last?.message}{' '}
        {last?.run && (state === 'waiting' || state === 'read') && (
          <Link href={`${page}/imports/${last.run}`}>
            <Trans>Relire l’import</Trans>
          </Link>
        )}
      </Message>
      <p className="e-soft">
        {last?.at && (
          <>
            <Trans>
              Dernière lecture <DateText at={last.at} style="datetime" />.
            </Trans>{' '}
          </>
        )}
        {last?.entries != null && <Plural value={last.entries} one="# personne trouvée." other="# personnes trouvées." />}{' '}
        {ldap.nextAt && (
          <Trans>
            Prochaine lecture <DateText at={ldap.nextAt} style="datetime" />.
          </Trans>
        )}
      </p>
    </section>
  );
}
