import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { DeparturePreview, Kind } from '../../api/types';
import { CapacityChip } from '../../ui/CapacityChip';
import { DateText } from '../../ui/DateText';
import { fullName } from '../../ui/format';
import { Message } from '../../ui/Message';
import { ofMember, text } from '../words';

/** In plain words, before the act: who loses what and when, and what does not change. */
export function WhatWillHappen({ said, now, kind }: { said: DeparturePreview; now: boolean; kind: Kind }) {
  const { i18n } = useLingui();
  const name = fullName(said.person);
  const of = i18n.locale === 'fr' ? ofMember(said.member.name) : said.member.name;
  const services = said.services.length;
  const others = said.remaining.length;
  const mandates = kind === 'elu' && said.remaining.every((one) => one.kind === 'elu');
  return (
    <div className="m-said m-said--bad e-stack e-stack--tight">
      <p className="m-said__sentence">
        {now ? (
          <Trans>Dès maintenant, {name} perdra l’accès à</Trans>
        ) : (
          <Trans>
            Le <DateText at={said.at} /> à <DateText at={said.at} style="time" />, {name} perdra l’accès à
          </Trans>
        )}{' '}
        <strong>
          <Plural value={services} _0={`aucun service ${of}`} one={`# service ${of}`} other={`# services ${of}`} />
        </strong>
        .{' '}
        {others === 0 ? (
          <Trans>Rien d’autre ne lui reste dans le territoire : toute connexion lui sera fermée.</Trans>
        ) : mandates ? (
          <Plural value={others} one="Son autre mandat ne change pas." other="Ses # autres mandats ne changent pas." />
        ) : (
          <Plural value={others} one="Son autre rattachement ne change pas." other="Ses # autres rattachements ne changent pas." />
        )}
      </p>
      {services > 0 && (
        <p>
          <span className="e-soft">
            <Trans>Services coupés :</Trans>
          </span>{' '}
          {said.services.map((one) => text(one.name, i18n.locale)).join(', ')}.
        </p>
      )}
      {(said.sessions > 0 || said.appPasswords > 0) && (
        <p className="e-soft">
          <Plural value={said.sessions} _0="Aucune session ouverte" one="# session sera fermée" other="# sessions seront fermées" />
          {', '}
          <Plural value={said.appPasswords} _0="aucun mot de passe d’application." one="# mot de passe d’application révoqué." other="# mots de passe d’application révoqués." />
        </p>
      )}
      {others > 0 && (
        <ul className="m-chips">
          {said.remaining.map((one) => (
            <li key={one.id}>
              <CapacityChip capacity={one} />
            </li>
          ))}
        </ul>
      )}
      {said.warnings.map((warning) => (
        <Message key={warning} tone="warn">
          {warning}
        </Message>
      ))}
    </div>
  );
}
