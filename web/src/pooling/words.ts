import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { CallKind, Nature, Renewal, RequestState, ServiceSheet, StoredKey } from '../api/pooling';

export const callWords: Record<CallKind, MessageDescriptor> = {
  provisional: msg`Provisoire`,
  adjusted: msg`Ajustée`,
  final: msg`Définitive`,
};

export const keyStateWords: Record<StoredKey['status'], MessageDescriptor> = {
  draft: msg`Projet`,
  adopted: msg`Adoptée`,
  retired: msg`Retirée`,
};

export const natureWords: Record<Nature, MessageDescriptor> = {
  running: msg`Fonctionnement`,
  people: msg`Personnel`,
  investment: msg`Investissement`,
};

export const renewalWords: Record<Renewal, MessageDescriptor> = {
  tacit: msg`Reconduction tacite`,
  explicit: msg`Reconduction expresse`,
  none: msg`Sans reconduction`,
};

export const requestWords: Record<RequestState, MessageDescriptor> = {
  idea: msg`Idée`,
  studied: msg`À l’étude`,
  accepted: msg`Retenue`,
  building: msg`En construction`,
  live: msg`En service`,
  declined: msg`Non retenue`,
  withdrawn: msg`Retirée`,
};

export const requestTones: Record<RequestState, 'plain' | 'info' | 'good' | 'warn' | 'bad'> = {
  idea: 'plain',
  studied: 'info',
  accepted: 'info',
  building: 'warn',
  live: 'good',
  declined: 'bad',
  withdrawn: 'plain',
};

export const maturityWords: Record<ServiceSheet['maturity'], MessageDescriptor> = {
  pilot: msg`Pilote`,
  production: msg`En production`,
  mature: msg`Éprouvé`,
  ending: msg`En fin de vie`,
};
