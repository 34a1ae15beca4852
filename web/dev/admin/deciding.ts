import type { Ballot, BodyDetail, Decision, MeetingDetail, MyBallot, MyProxy, PoolRequestDetail, Seat, StoredKey, Tally } from '../../src/api/pooling.ts';
import { type Handlers, missing, ok } from './kit.ts';
import { members } from './world.ts';

/** A committee in the middle of its year: one meeting held, one whose ballots are open. */
const towns = members.filter((one) => one.kind === 'commune').slice(0, 7);
const people = ['Nadia Benali', 'Marc Delorme', 'Éléonore D’Haënens', 'Paul Lefèvre', 'Zoé Moreau', 'Ali Dupont', 'Camille Martin'];

const seats: Seat[] = towns.map((town, at) => {
  const [givenName = '', usualName = ''] = (people[at] ?? '').split(/ (.*)/);
  return {
    id: `seat-${at + 1}`, member: town.id, name: town.name, weight: 1 + (at % 3),
    delegates: at === 6 ? [] : [{ id: `delegate-${at + 1}`, affiliation: `post-${at + 1}`, person: { id: `p-${at + 1}`, givenName, usualName }, function: at % 2 ? 'Adjoint au numérique' : 'Maire', substitute: false, live: at !== 5 }],
  };
});
const body: BodyDetail = {
  id: 'committee', name: 'Comité syndical', purpose: 'Vote le budget, les clés et les conventions.', quorumPercent: 50, majority: 'absolute', seats: seats.length, weight: seats.reduce((sum, seat) => sum + seat.weight, 0), mine: true, version: 1, seatList: seats,
};

const tally = (yes: number, no: number, abstain: number, named: boolean): Tally => ({
  for: yes, against: no, abstain, seatsVoted: 6, seats: 7, quorumReached: true, adopted: yes > no + abstain,
  votes: named ? seats.slice(0, 6).map((seat, at) => ({ member: seat.name, choice: at === 4 ? 'against' : 'for', weight: seat.weight, by: people[at] ?? '', proxyOf: at === 3 ? seat.name : null })) : [],
});
const ballot = (id: string, question: string, part: Partial<Ballot>): Ballot => ({
  id, question, secret: false, majority: 'absolute', state: 'planned', openedAt: null, closesAt: null, closedAt: null, voted: 0, seats: 7, tally: null, effect: null, ...part,
});
const adopted = ballot('ballot-1', 'Adoptez-vous la clé « Population et comptes » pour la convention 2025-03 ?', {
  state: 'closed', openedAt: '2026-10-06T12:30:00Z', closedAt: '2026-10-06T14:00:00Z', voted: 6, tally: tally(10, 2, 0, true),
  effect: { kind: 'key', key: 'key-2', agreement: 'agreement-2025-03', effectiveOn: '2027-01-01', text: 'La clé « Population et comptes » s’applique à la convention 2025-03.', state: 'waiting', doneAt: null, error: null },
});
const rejected = ballot('ballot-2', 'Faut-il ouvrir la visioconférence aux associations ?', { secret: true, state: 'closed', closedAt: '2026-10-06T14:20:00Z', voted: 6, tally: tally(4, 7, 1, false) });
const running = ballot('ballot-3', 'Adoptez-vous le budget 2027 ?', {
  state: 'open', openedAt: '2026-11-24T13:00:00Z', closesAt: '2026-12-02T17:00:00Z', voted: 3,
  effect: { kind: 'budget', year: 2027, effectiveOn: '2027-01-01', text: 'Le budget 2027 est adopté.', state: 'proposed', doneAt: null, error: null },
});
const secret = ballot('ballot-4', 'Qui préside la commission des usages ? Élisez-vous la candidature proposée ?', { secret: true, state: 'open', closesAt: '2026-12-02T17:00:00Z', voted: 2 });
const paper = { id: 'paper-1', name: 'rapport-cles-2027.pdf', kind: 'annex' as const, bytes: 184_000, sha256: 'a'.repeat(64), addedAt: '2026-09-28T08:00:00Z', addedBy: 'Claire Fontaine' };

const meetings: MeetingDetail[] = [
  {
    id: 'meeting-2', body: body.id, bodyName: body.name, title: 'Comité du 24 novembre', at: '2026-11-24T13:00:00Z', place: 'Hôtel de ville de Vénissieux', state: 'convened', items: 2, openBallots: 2, minute: false, reason: null,
    agenda: [
      { id: 'item-3', position: 1, title: 'Budget 2027', text: 'Le projet de budget a été examiné par le bureau le 12 novembre.', documents: [paper], ballot: running },
      { id: 'item-4', position: 2, title: 'Commission des usages', text: '', documents: [], ballot: secret },
      { id: 'item-5', position: 3, title: 'Questions diverses', text: '', documents: [], ballot: ballot('ballot-5', 'Prochaine séance en mars ?', {}) },
    ],
    proxies: [{ from: towns[3]?.name ?? '', to: towns[0]?.name ?? '' }],
  },
  {
    id: 'meeting-1', body: body.id, bodyName: body.name, title: 'Comité du 6 octobre', at: '2026-10-06T12:00:00Z', place: 'Visioconférence', state: 'closed', items: 2, openBallots: 0, minute: true, reason: null,
    agenda: [
      { id: 'item-1', position: 1, title: 'Clés de répartition 2027', text: 'Trois clés ont été comparées.', documents: [paper], ballot: adopted },
      { id: 'item-2', position: 2, title: 'Visioconférence', text: '', documents: [], ballot: rejected },
    ],
    proxies: [],
  },
  { id: 'meeting-3', body: body.id, bodyName: body.name, title: 'Comité de mars', at: '2027-03-16T13:00:00Z', place: '', state: 'draft', items: 1, openBallots: 0, minute: false, reason: null, agenda: [{ id: 'item-6', position: 1, title: 'Compte rendu d’activité', text: '', documents: [], ballot: null }], proxies: [] },
  { id: 'meeting-5', body: body.id, bodyName: body.name, title: 'Comité du 15 décembre', at: '2026-12-15T13:00:00Z', place: 'Hôtel de ville de Givors', state: 'convened', items: 1, openBallots: 0, minute: false, reason: null, agenda: [{ id: 'item-8', position: 1, title: 'Point d’étape', text: '', documents: [], ballot: null }], proxies: [] },
  { id: 'meeting-4', body: body.id, bodyName: body.name, title: 'Comité du 9 novembre', at: '2026-11-09T13:00:00Z', place: 'Hôtel de ville de Givors', state: 'cancelled', items: 1, openBallots: 0, minute: false, reason: 'Alerte neige : la salle est fermée.', agenda: [{ id: 'item-7', position: 1, title: 'Point d’étape', text: '', documents: [], ballot: null }], proxies: [] },
];
const decisions: Decision[] = [adopted, rejected].map((one) => ({ id: one.id, question: one.question, body: body.name, meeting: 'meeting-1', meetingTitle: 'Comité du 6 octobre', closedAt: one.closedAt ?? '', adopted: one.tally?.adopted ?? false, tally: one.tally ?? tally(0, 0, 0, false), effect: one.effect }));

const mine: MyBallot[] = [running, secret].map((one, at) => ({
  ballot: one, meeting: 'meeting-2', meetingTitle: 'Comité du 24 novembre', bodyName: body.name, title: at === 0 ? 'Budget 2027' : 'Commission des usages',
  held: [
    { seat: 'seat-1', member: towns[0]?.name ?? '', weight: 1, proxy: false, voted: at === 1, choice: null },
    { seat: 'seat-4', member: towns[3]?.name ?? '', weight: 1, proxy: true, voted: at === 0, choice: at === 0 ? 'for' : null },
  ],
}));
const proxies: MyProxy[] = [{ meeting: 'meeting-2', title: 'Comité du 24 novembre', bodyName: body.name, at: '2026-11-24T13:00:00Z', seat: 'seat-1', to: null, toName: null, candidates: seats.slice(1, 5).map((seat) => ({ seat: seat.id, name: seat.name })) }];

export const keys: StoredKey[] = [
  { id: 'key-1', name: 'Population', formula: { key: 'measure', measure: 'population' }, text: 'Réparti selon la population municipale.', status: 'adopted', adoptedOn: '2023-12-18', version: 1 },
  { id: 'key-2', name: 'Population et comptes', formula: { key: 'mix', parts: [{ percent: 60, by: { key: 'measure', measure: 'population' } }, { percent: 40, by: { key: 'measure', measure: 'accounts.mail' } }] }, text: '60 % selon la population, 40 % selon les comptes de messagerie.', status: 'draft', adoptedOn: null, version: 1 },
  { id: 'key-3', name: 'Parts égales', formula: { key: 'equal' }, text: 'À parts égales entre les parties.', status: 'retired', adoptedOn: '2021-03-02', version: 2 },
];

/** Requests as their pages show them, made from what the roadmap tells of them. */
export function requestHandlers(requests: PoolRequestDetail[]): Handlers {
  return {
    'GET /api/pooling/requests': ({ query }) => ok(requests.filter((one) => (query.get('of') !== 'mine' || one.mayTakeBack) && (!query.get('state') || one.state === query.get('state')) && one.title.toLowerCase().includes((query.get('q') ?? '').toLowerCase()))),
    'GET /api/pooling/requests/:id': ({ params }) => {
      const found = requests.find((one) => one.id === params.id);
      return found ? ok(found) : missing();
    },
    'POST /api/pooling/requests': ({ body: said }) => {
      const [like] = requests;
      if (!like) return missing();
      const { title, need } = said as { title: string; need: string };
      const made: PoolRequestDetail = { ...like, id: `request-${requests.length + 1}`, title, need, state: 'idea', backers: 0, weight: 0, comments: 0, backedByMine: false, mayTakeBack: true, backing: [], talk: [], next: ['studied', 'declined'] };
      requests.push(made);
      return ok(made);
    },
    'POST /api/pooling/requests/:id/comments': ({ params, body: said }) => {
      const found = requests.find((one) => one.id === params.id);
      if (!found) return missing();
      found.talk.push({ id: `said-${found.talk.length + 1}`, at: '2026-11-25T08:00:00Z', by: 'Nadia Benali', member: found.memberName, text: (said as { text: string }).text, answer: null });
      return ok(found);
    },
    'PUT /api/members/:member/requests/:id/backing': ({ params, body: said }) => {
      const found = requests.find((one) => one.id === params.id);
      const town = members.find((one) => one.id === params.member);
      if (!found || !town) return missing();
      const { weight, budget, note } = said as { weight: 1 | 2 | 3; budget: number | null; note: string | null };
      found.backing = [...found.backing.filter((one) => one.member !== town.id), { member: town.id, name: town.name, weight, budget, note, at: '2026-11-25T08:00:00Z' }];
      found.backers = found.backing.length;
      return ok(found);
    },
    'DELETE /api/members/:member/requests/:id/backing': ({ params }) => {
      const found = requests.find((one) => one.id === params.id);
      if (!found) return missing();
      found.backing = found.backing.filter((one) => one.member !== params.member);
      found.backers = found.backing.length;
      return { status: 204 };
    },
    'DELETE /api/pooling/requests/:id': ({ params }) => {
      const found = requests.find((one) => one.id === params.id);
      if (!found) return missing();
      Object.assign(found, { state: 'withdrawn', mayTakeBack: false });
      return { status: 204 };
    },
    'POST /api/operator/pooling/requests/:id/answer': () => ok(requests[0]),
  };
}

export const decidingHandlers: Handlers = {
  'GET /api/pooling/bodies': () => ok([body]),
  'GET /api/pooling/bodies/:id': ({ params }) => (params.id === body.id ? ok(body) : missing()),
  'GET /api/pooling/meetings': () => ok(meetings),
  'GET /api/pooling/meetings/:id': ({ params }) => {
    const found = meetings.find((one) => one.id === params.id);
    return found ? ok(found) : missing();
  },
  'GET /api/pooling/decisions': () => ok(decisions),
  'GET /api/me/ballots': () => ok(mine),
  'GET /api/me/proxies': () => ok(proxies),
  'PUT /api/me/proxies/:meeting': ({ body: asked }) => {
    const [one] = proxies;
    if (one) one.to = (asked as { to: string | null }).to;
    return ok(one);
  },
  'POST /api/me/ballots/:ballot/vote': ({ params, body: asked }) => {
    const { seat, choice } = asked as { seat: string; choice: 'for' | 'against' | 'abstain' };
    const one = mine.find((found) => found.ballot.id === params.ballot);
    const held = one?.held.find((found) => found.seat === seat);
    if (!one || !held) return missing();
    if (held.voted && one.ballot.secret) return { status: 409, body: { status: 409, code: 'pooling.ballot.voted', detail: 'Ce siège a déjà voté : un vote à bulletin secret ne se change pas.' } };
    held.voted = true;
    held.choice = one.ballot.secret ? null : choice;
    return ok(one);
  },
  'POST /api/operator/pooling/ballots/:id/open': () => ok(running),
  'POST /api/operator/pooling/ballots/:id/close': () => ok(running),
  'POST /api/operator/pooling/meetings/:id/convene': () => ok(meetings[0]),
  'POST /api/operator/pooling/meetings/:id/close': () => ok(meetings[0]),
  'PUT /api/operator/pooling/meetings/:id': ({ params, body: said }) => {
    const found = meetings.find((one) => one.id === params.id);
    return found ? ok(Object.assign(found, said)) : missing();
  },
  'POST /api/operator/pooling/meetings/:id/cancel': ({ params, body: said }) => {
    const found = meetings.find((one) => one.id === params.id);
    return found ? ok(Object.assign(found, said, { state: 'cancelled' })) : missing();
  },
  'DELETE /api/operator/pooling/meetings/:id': ({ params }) => {
    meetings.splice(
      meetings.findIndex((one) => one.id === params.id),
      1,
    );
    return { status: 204 };
  },
  'POST /api/operator/pooling/meetings/:id/items': () => ok(meetings[2]),
};
