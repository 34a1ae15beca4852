import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Ballot, Choice, Effect, Majority, MeetingState } from '../../api/pooling';

export const choiceWords: Record<Choice, MessageDescriptor> = {
  for: msg`Pour`,
  against: msg`Contre`,
  abstain: msg`Abstention`,
};

export const majorityWords: Record<Majority, MessageDescriptor> = {
  simple: msg`Majorité simple`,
  absolute: msg`Majorité absolue`,
  'two-thirds': msg`Majorité des deux tiers`,
};

export const meetingWords: Record<MeetingState, MessageDescriptor> = {
  draft: msg`En préparation`,
  convened: msg`Convoquée`,
  closed: msg`Close`,
  cancelled: msg`Annulée`,
};

export const meetingTones: Record<MeetingState, 'plain' | 'info' | 'good' | 'bad'> = {
  draft: 'plain',
  convened: 'info',
  closed: 'good',
  cancelled: 'bad',
};

export const ballotWords: Record<Ballot['state'], MessageDescriptor> = {
  planned: msg`À ouvrir`,
  open: msg`Vote ouvert`,
  closed: msg`Vote clos`,
};

export const effectWords: Record<Effect['state'], MessageDescriptor> = {
  proposed: msg`si la décision est adoptée`,
  waiting: msg`à sa date`,
  done: msg`fait`,
  failed: msg`n’a pas pu être fait`,
  dropped: msg`sans suite`,
};
