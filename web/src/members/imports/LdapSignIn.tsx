import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api as call } from '../../api/client';
import { problemText } from '../../api/problem';
import { refresh } from '../../api/queries';
import type { LdapSaid, LdapSignIn as SignIn, SourceState } from '../../api/types';
import { Button } from '../../ui/Button';
import { Checkbox, Radios } from '../../ui/Choices';
import { DateText } from '../../ui/DateText';
import { Message } from '../../ui/Message';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/Toasts';
import { CopyText } from '../CopyText';

/** Whether people sign in with the directory's password, and a try with one's own. */
export function LdapSignIn({ path, signIn, version }: { path: string; signIn: SignIn; version: number }) {
  const { t } = useLingui();
  const [state, setState] = useState<SourceState>(signIn.state);
  const [passwordsToo, setPasswordsToo] = useState(signIn.passwordsToo);
  const [password, setPassword] = useState('');
  const [said, setSaid] = useState<LdapSaid | null>(null);
  const [busy, setBusy] = useState<'save' | 'check' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const during = async (what: 'save' | 'check', work: () => Promise<void>) => {
    setBusy(what);
    setError(null);
    setSaid(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(null);
    }
  };
  const save = () =>
    during('save', async () => {
      await call.put(`${path}/sign-in`, { state, passwordsToo, version });
      toast(t`Connexion enregistrée.`);
      await refresh(path);
    });
  const check = () =>
    during('check', async () => {
      setSaid(await call.post<LdapSaid>(`${path}/sign-in/check`, { password }));
      setPassword('');
    });
  const link = `${window.location.origin}/sign-in?idp=${signIn.hint}`;
  return (
    <section className="m-section e-stack" aria-labelledby="sign-in">
      <h2 id="sign-in">
        <Trans>Se connecter avec le mot de passe de l’annuaire</Trans>
      </h2>
      {signIn.trouble && signIn.troubleAt && (
        <Message tone="warn">
          <Trans>
            Le <DateText at={signIn.troubleAt} style="datetime" />, un mot de passe n’a pas pu être vérifié :
          </Trans>{' '}
          {signIn.trouble}
        </Message>
      )}
      <form
        className="e-card e-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Radios
          label={t`Connexion par l’annuaire`}
          value={state}
          onChange={(value) => setState(value as SourceState)}
          options={[
            { value: 'off', label: t`Arrêtée`, help: t`Chacun se connecte avec le mot de passe du territoire.` },
            { value: 'trial', label: t`À l’essai`, help: t`Seul le lien d’essai demande le mot de passe de l’annuaire.` },
            { value: 'on', label: t`En service`, help: t`Qui a été lu de l’annuaire se connecte avec son mot de passe de là-bas. Les autres gardent celui du territoire, et les administrateurs un accès de secours.` },
          ]}
        />
        <Checkbox isSelected={passwordsToo} onChange={setPasswordsToo} help={t`Utile pendant le passage. Sinon, fermer un compte dans l’annuaire ferme aussi la connexion ici, dès l’essai suivant.`}>
          <Trans>Le mot de passe du territoire reste admis aussi</Trans>
        </Checkbox>
        {signIn.state !== 'off' && <CopyText label={t`Lien d’essai, à ouvrir dans une fenêtre privée`} value={link} />}
        {error !== null && <Message tone="bad">{problemText(error)}</Message>}
        <div className="m-acts">
          <Button variant="primary" type="submit" pending={busy === 'save'}>
            <Trans>Enregistrer la connexion</Trans>
          </Button>
        </div>
      </form>
      <form
        className="e-card e-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        <TextField label={t`Votre propre mot de passe de l’annuaire`} type="password" value={password} onChange={setPassword} isRequired maxLength={500} autoComplete="off" help={t`Pour un essai avec votre compte. Il va à votre annuaire et nulle part ailleurs. Quatre essais manqués, puis une demi-heure d’attente.`} />
        <div className="m-acts">
          <Button type="submit" pending={busy === 'check'}>
            <Trans>Essayer avec mon compte</Trans>
          </Button>
        </div>
        <div role="status">{said && <Message tone={said.said === 'right' ? 'good' : 'warn'}>{said.text}</Message>}</div>
      </form>
    </section>
  );
}
