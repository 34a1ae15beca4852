import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { AccountState, DepartureState, Engine, ImportState, MemberDetail, Phase } from '../api/types';
import { Badge, type BadgeProps } from './Badge';

type State = AccountState | DepartureState | Engine['state'] | ImportState | MemberDetail['status'] | Phase | 'waiting' | 'done';

const states: Record<State, { word: MessageDescriptor; tone: BadgeProps['tone'] }> = {
  planned: { word: msg`Prévu`, tone: 'info' },
  current: { word: msg`En cours`, tone: 'good' },
  ended: { word: msg`Terminé`, tone: 'plain' },
  active: { word: msg`Actif`, tone: 'good' },
  suspended: { word: msg`Suspendu`, tone: 'warn' },
  closed: { word: msg`Fermé`, tone: 'plain' },
  scheduled: { word: msg`Programmé`, tone: 'info' },
  cutting: { word: msg`Coupure en cours`, tone: 'warn' },
  complete: { word: msg`Achevé`, tone: 'good' },
  cancelled: { word: msg`Abandonné`, tone: 'plain' },
  undone: { word: msg`Annulé`, tone: 'plain' },
  up: { word: msg`En marche`, tone: 'good' },
  degraded: { word: msg`Ralenti`, tone: 'warn' },
  down: { word: msg`Arrêté`, tone: 'bad' },
  analysing: { word: msg`Analyse en cours`, tone: 'info' },
  analysed: { word: msg`À relire`, tone: 'warn' },
  applying: { word: msg`Application en cours`, tone: 'info' },
  applied: { word: msg`Appliqué`, tone: 'good' },
  failed: { word: msg`Échec`, tone: 'bad' },
  invited: { word: msg`Invité`, tone: 'info' },
  left: { word: msg`Parti`, tone: 'plain' },
  waiting: { word: msg`En attente`, tone: 'info' },
  done: { word: msg`Fait`, tone: 'good' },
};

/** The state of anything that has one, always in the same word and colour. */
export function StateChip({ state }: { state: State }) {
  const { _ } = useLingui();
  const { word, tone } = states[state];
  return <Badge tone={tone}>{_(word)}</Badge>;
}
