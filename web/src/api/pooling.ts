/**
 * Pooling: what members share, how they pay for it, how they decide it. Money is whole cents; dates are ISO; a change of something that has a
 * `version` sends the one it read (409 `pooling.changed-meanwhile` when somebody was quicker). Every refusal has a `detail` ready to show.
 */
import type { Id, Instant, IsoDate, MemberRef, PersonRef, Text2 } from './types';

export type Cents = number;

/* ───────────────────────────── Cost keys ─────────────────────────────
 * GET  /api/operator/pooling/keys                          READ_TERRITORY  StoredKey[]
 * POST /api/operator/pooling/keys {name, formula}          OPERATE         201 StoredKey (a draft); 409 pooling.key.name-taken; 422 with the reason (percents not 100 …)
 * PUT  /api/operator/pooling/keys/{id} {version, formula}  OPERATE         StoredKey; 409 pooling.key.adopted (an adopted key never changes)
 * POST /api/operator/pooling/keys/{id}/adopt | /retire     OPERATE         StoredKey; 409 pooling.key.not-draft | not-adopted
 * POST /api/operator/pooling/keys/read {formula}           READ_TERRITORY  {text}: the formula in words, or the refusal, while it is being written
 * POST /api/operator/pooling/keys/compare KeyComparisonAsk READ_TERRITORY  KeyComparison
 * POST /api/operator/pooling/what-if WhatIfAsk             READ_TERRITORY  WhatIf: nothing is kept
 */
export type CostKey =
  | { key: 'measure'; measure: string }
  | { key: 'tapered'; measure: string; slices: { upTo?: number; coefficient: number }[] }
  | { key: 'equal' }
  | { key: 'fixed'; percents: Record<Id, number> }
  | { key: 'mix'; parts: { percent: number; by: CostKey }[] }
  | { key: 'capped'; of: CostKey; mostPercent: number }
  | { key: 'at-least'; of: CostKey; minimum: Cents };
/** Measures: 'population', 'agents', or a usage metric and service: 'accounts.mail', 'active-people.portal', 'storage-gib.files'. */
export interface StoredKey { id: Id; name: string; formula: CostKey; text: string; status: 'draft' | 'adopted' | 'retired'; adoptedOn: IsoDate | null; version: number }
export interface KeyRef { id: Id; name: string }
/** total null: what the agreement costs that year by the budget. 1 to 6 keys, in the order shown. */
export interface KeyComparisonAsk { agreement: Id; year: number; total: Cents | null; keys: { name: string; formula: CostKey }[] }
export interface KeyComparison {
  total: Cents; keys: { name: string; text: string; error: string | null }[];
  /** amounts: one a key, in their order; null where that key could not be computed (its error says why). */
  members: { member: Id; name: string; population: number | null; agents: number; amounts: (Cents | null)[] }[];
}
export type Change =
  | { kind: 'key'; agreement: Id; formula: CostKey }
  /** An authority of the territory (member), or one that is not there yet (name and figures). */
  | { kind: 'joins'; agreement: Id; member: Id | null; name: string | null; figures: Record<string, number>; since: IsoDate }
  | { kind: 'leaves'; agreement: Id; member: Id; until: IsoDate }
  | { kind: 'figure'; member: Id; measure: string; value: number }
  | { kind: 'cost'; agreement: Id; label: string; amount: Cents };
export interface WhatIfAsk { year: number; changes: Change[] }
export interface WhatIf {
  year: number; before: Cents; after: Cents;
  members: { member: Id | null; name: string; population: number | null; before: Cents; after: Cents; difference: Cents; percent: number | null }[];
}

/* ───────────────────────────── Agreements ─────────────────────────────
 * GET  /api/operator/pooling/agreements                       READ_TERRITORY  Agreement[]
 * POST /api/operator/pooling/agreements NewAgreement          OPERATE         201 Agreement; 409 pooling.agreement.number-taken; 422 endsOn
 * GET  /api/operator/pooling/agreements/{id}                  READ_TERRITORY  AgreementDetail
 * POST /api/operator/pooling/agreements/{id}/amendments NewAmendment  OPERATE 201 AgreementDetail; 409 pooling.amendment.same-day, pooling.changed-meanwhile
 * GET  …/agreements/{id}/parties                              READ_TERRITORY  Party[]
 * POST …/agreements/{id}/parties {member, since}              OPERATE         204; 409 pooling.party.already (overlapping), 422 pooling.party.outside
 * GET  …/agreements/{id}/parties/{party}/leave-preview?until= READ_TERRITORY  EndPreview
 * DELETE …/agreements/{id}/parties/{party}?until=             OPERATE         204; its subscriptions end after that day
 * GET  …/agreements/{id}/end-preview?until=                   READ_TERRITORY  EndPreview: who would lose what
 * POST …/agreements/{id}/end {until, reason}                  OPERATE         AgreementDetail; 422 until
 * POST …/agreements/{id}/documents (multipart file, kind)     OPERATE         201 PoolingDocument; PDF up to 20 MB; 422 pooling.document.not-pdf
 * GET  …/agreements/{id}/documents/{document}                 READ_TERRITORY  the file
 * POST /api/operator/pooling/joining Joining                  OPERATE         201 Joined: the whole joining, all or nothing; 409 person.maybe with candidates (as for a new person) unless the admin has a decision
 * GET  /api/members/{member}/agreements                       READ_MEMBER     MemberAgreement[]: mine
 * GET  /api/members/{member}/agreements/{id}/documents/{document}  READ_MEMBER  the file; 404 when the member is no party
 * GET  /api/pooling/matrix                                    PERSON          Matrix
 */
export type Renewal = 'tacit' | 'explicit' | 'none';
export interface Terms { title: string; endsOn: IsoDate | null; noticeMonths: number; renewal: Renewal; costKey: Id | null; services: AgreedService[] }
/** quota: the most accounts a member has of this service under the agreement; null: no bound. */
export interface AgreedService { service: string; quota: number | null; storageGb: number | null }
/** proposed: it holds nothing and costs nothing until a decision adopts it. */
export interface NewAgreement extends Terms { number: string; startsOn: IsoDate; proposed?: boolean }
export interface Agreement {
  id: Id; number: string; title: string; startsOn: IsoDate; endsOn: IsoDate | null; noticeMonths: number; renewal: Renewal; costKey: KeyRef | null;
  services: AgreedService[]; status: 'proposed' | 'planned' | 'current' | 'ended'; lastOn: IsoDate | null; parties: number;
  /** Last day to give notice of an end at endsOn. */
  noticeBy: IsoDate | null; version: number;
}
export interface Party { member: Id; name: string; since: IsoDate; until: IsoDate | null }
export interface PoolingDocument { id: Id; name: string; kind: 'signed' | 'annex' | 'amendment'; bytes: number; sha256: string; addedAt: Instant; addedBy: string }
/** The first one (number 0) is the agreement as signed; each later one holds from its date on, and says all terms anew. */
export interface Amendment { number: number; effectiveOn: IsoDate; signedOn: IsoDate | null; summary: string; terms: Terms; inForce: boolean }
export interface NewAmendment { version: number; effectiveOn: IsoDate; signedOn: IsoDate | null; summary: string; terms: Terms }
export interface AgreementDetail extends Agreement { partyList: Party[]; amendments: Amendment[]; documents: PoolingDocument[] }
/** withinNotice: false warns that the notice of the agreement is not kept; it is not refused. */
export interface EndPreview { until: IsoDate; withinNotice: boolean; losses: { member: Id; name: string; service: string; serviceName: Text2; people: number }[]; budgetLines: string[] }
/** siren of the national list (GET /api/operator/authorities?q=); domains are vouched for by the operator when verified. */
export interface Joining {
  siren: string; joinedOn: IsoDate; domains: { domain: string; verified: boolean }[];
  admins: { givenName: string; usualName: string; function: string; address: string; decision?: { decision: 'same' | 'new'; person?: Id } }[];
  agreement: Id | null; services: string[];
}
export interface Joined { member: MemberRef; admins: { person: PersonRef; affiliation: Id }[]; subscriptions: string[] }
export interface MemberAgreement extends Agreement { since: IsoDate; until: IsoDate | null; documents: PoolingDocument[]; used: { service: string; accounts: number; quota: number | null; storageGb: number | null }[] }
export interface Matrix {
  services: { service: string; name: Text2; operatedBy: string | null; dataLocation: string | null; licence: string | null }[];
  members: { member: Id; name: string; grouping: boolean; population: number | null }[];
  /** Only where a member takes the service; agreement null: taken outside any agreement. */
  cells: { member: Id; service: string; since: IsoDate; agreement: string | null }[];
}

/* ───────────────────────────── Budget and contributions ─────────────────────────────
 * GET    /api/operator/pooling/budget/{year}                 READ_TERRITORY  BudgetLine[] weighing on that year
 * POST   /api/operator/pooling/budget NewBudgetLine          OPERATE         201 {id}; 422 negative, over 10¹² €, funding above amount, unknown agreement or key
 * PUT    /api/operator/pooling/budget/lines/{id} {version, amount, funding, reason}  OPERATE  BudgetLine: an amendment, the figures before are kept
 * GET    /api/operator/pooling/budget/lines/{id}/history     READ_TERRITORY  BudgetChange[]
 * DELETE /api/operator/pooling/budget/lines/{id}             OPERATE         204; 409 pooling.budget.adopted (an adopted budget is only amended; adding too)
 * GET    /api/operator/pooling/budget-years                 READ_TERRITORY  {year, adoptedOn}[]: budgets that a decision adopted
 * GET    /api/operator/pooling/contributions/{year}/preview  READ_TERRITORY  Record<member Id, Cents>: a call made now
 * POST   /api/operator/pooling/contributions/{year} {kind: 'PROVISIONAL'|'ADJUSTED'|'FINAL', dueOn}  OPERATE  201 Call; 409 pooling.call.already, pooling.call.too-late; 422 pooling.call.nothing, pooling.line.no-key, pooling.figure.missing
 * GET    /api/operator/pooling/calls                         READ_TERRITORY  Call[]
 * GET    /api/operator/pooling/calls/{id}                    READ_TERRITORY  Owed[]
 * GET    /api/operator/pooling/calls/{id}/check              READ_TERRITORY  {same: boolean}: computed again from its frozen inputs
 * POST   /api/operator/pooling/members/{payer}/payments/{year} {amount, receivedOn, note}  OPERATE  204 (negative: paid back); 422 pooling.payment.zero
 * GET, PUT /api/operator/pooling/invoicing                   READ_TERRITORY / OPERATE  Invoicing | 404 until it is set
 * GET    /api/members/{member}/contributions                 READ_MEMBER     ContributionYear[], newest first
 * GET    /api/members/{member}/contributions/{year}          READ_MEMBER     Statement
 * GET    /api/members/{member}/contributions/{year}/statement.csv | statement.pdf | invoice.xml  READ_MEMBER  files; 404 pooling.call.none; invoice: 409 pooling.invoicing.missing, pooling.invoice.no-siren
 * GET    /api/members/{member}/budget/{year}                 READ_MEMBER     BudgetLine[] of the agreements the member takes part in
 */
export type Nature = 'running' | 'people' | 'investment';
/** amount and funding are of the whole line; inYear and fundingInYear what weighs on the year asked for. costKey null: the agreement's. */
export interface BudgetLine {
  id: Id; label: string; agreement: Id; agreementNumber: string; service: string | null; nature: Nature; firstYear: number; years: number; amount: Cents; funding: Cents;
  funder: string | null; costKey: Id | null; inYear: Cents; fundingInYear: Cents; version: number;
}
export interface NewBudgetLine { label: string; agreement: Id; service: string | null; nature: Nature; firstYear: number; years: number; amount: Cents; funding: Cents; funder: string | null; costKey: Id | null }
export interface BudgetChange { at: Instant; by: string; reason: string; amountBefore: Cents; amountAfter: Cents; fundingBefore: Cents; fundingAfter: Cents }
export type CallKind = 'provisional' | 'adjusted' | 'final';
export interface Call { id: Id; year: number; kind: CallKind; madeOn: IsoDate; dueOn: IsoDate; total: Cents }
export interface Owed { member: Id; name: string; amount: Cents; paid: Cents; balance: Cents }
/** text says the step in the reader's language: "Votre part: 57 000 habitants sur 310 000". */
export interface Reason { rule: string; values: Record<string, string>; text: string }
export interface StatementLine { label: string; agreement: string; shared: Cents; keyName: string; keyText: string; amount: Cents; reasons: Reason[] }
export interface Payment { amount: Cents; receivedOn: IsoDate; note: string | null }
export interface Statement {
  year: number; call: Call | null; countedOn: IsoDate | null; lines: StatementLine[]; amount: Cents; paid: Cents; balance: Cents; payments: Payment[];
  /** The calls of that year before the latest one, to show what was adjusted. */
  earlier: { kind: CallKind; amount: Cents }[];
}
export interface ContributionYear { year: number; kind: CallKind; dueOn: IsoDate; amount: Cents; paid: Cents; balance: Cents; overdue: boolean }
/** Who sends the invoices: the syndicate. */
export interface Invoicing { name: string; siret: string; street: string; postCode: string; city: string; email: string; iban: string; bic: string | null }

/* ───────────────────────────── Deciding ─────────────────────────────
 * Bodies
 * GET  /api/pooling/bodies                                   PERSON   Body[]
 * GET  /api/pooling/bodies/{id}                              PERSON   BodyDetail
 * POST /api/operator/pooling/bodies NewBody                  OPERATE  201 BodyDetail; 409 pooling.body.name-taken
 * PUT  /api/operator/pooling/bodies/{id}/seats {version, seats: {member, weight}[]}  OPERATE  BodyDetail; 409 pooling.body.ballot-open
 * POST /api/operator/pooling/bodies/{id}/delegates {seat, affiliation, substitute}   OPERATE  BodyDetail; 422 pooling.delegate.other-member
 * DELETE /api/operator/pooling/bodies/{id}/delegates/{delegate}                      OPERATE  204
 * Meetings
 * GET  /api/pooling/meetings                                 PERSON   Meeting[], newest first (no drafts, but for those who read the territory)
 * GET  /api/pooling/meetings/{id}                            PERSON   MeetingDetail
 * POST /api/operator/pooling/meetings {body, title, at, place}  OPERATE  201 MeetingDetail (draft)
 * POST /api/operator/pooling/meetings/{id}/items NewItem     OPERATE  201 MeetingDetail; 409 pooling.meeting.not-draft
 * DELETE /api/operator/pooling/meetings/{id}/items/{item}    OPERATE  204; 409 pooling.meeting.not-draft
 * POST /api/operator/pooling/meetings/{id}/items/{item}/documents (multipart file)  OPERATE  201 PoolingDocument
 * GET  /api/pooling/meetings/{id}/documents/{document}       PERSON   the file
 * POST /api/operator/pooling/meetings/{id}/convene           OPERATE  MeetingDetail: delegates get a notice
 * POST /api/operator/pooling/ballots/{id}/open {closesAt}    OPERATE  Ballot; 422 closesAt, 409 pooling.ballot.not-planned, pooling.meeting.not-convened
 * POST /api/operator/pooling/ballots/{id}/close              OPERATE  Ballot (closes by itself at closesAt)
 * POST /api/operator/pooling/ballots/{id}/effect/retry       OPERATE  Ballot: tries an effect that failed once more
 * POST /api/operator/pooling/meetings/{id}/close             OPERATE  MeetingDetail: signs the minute; 409 pooling.meeting.ballots-open
 * GET  /api/pooling/meetings/{id}/minute.pdf                 PERSON   the signed minute; 404 until the meeting is closed
 * GET  /api/pooling/decisions                                PERSON   Decision[], newest first
 * Voting, in the capacity in which one acts
 * GET  /api/me/ballots                                       PERSON   MyBallot[]: open ballots I may vote in, with what I hold
 * POST /api/me/ballots/{ballot}/vote {seat, choice}          PERSON   MyBallot; open: may be changed until it closes; secret: once. 409 pooling.ballot.closed, pooling.ballot.voted; 403 pooling.ballot.no-seat
 * GET  /api/me/proxies                                       PERSON   MyProxy[]: meetings to come where I hold a seat
 * PUT  /api/me/proxies/{meeting} {seat, to}                  PERSON   MyProxy; to null takes it back; 409 pooling.proxy.full (one a seat), pooling.proxy.chain, pooling.proxy.self, pooling.proxy.voted
 */
export type Majority = 'simple' | 'absolute' | 'two-thirds';
/** quorumPercent: of the seats that must take part in a ballot. simple: more for than against; absolute: more than half of all weights cast; two-thirds of them. */
export interface Body { id: Id; name: string; purpose: string; quorumPercent: number; majority: Majority; seats: number; weight: number; mine: boolean; version: number }
export interface NewBody { name: string; purpose: string; quorumPercent: number; majority: Majority; seats: { member: Id; weight: number }[] }
export interface Seat { id: Id; member: Id; name: string; weight: number; delegates: { id: Id; affiliation: Id; person: PersonRef; function: string; substitute: boolean; live: boolean }[] }
export interface BodyDetail extends Body { seatList: Seat[] }
export type MeetingState = 'draft' | 'convened' | 'closed' | 'cancelled';
export interface Meeting { id: Id; body: Id; bodyName: string; title: string; at: Instant; place: string; state: MeetingState; items: number; openBallots: number; minute: boolean; /** Why it was called off. */ reason: string | null }
export interface MeetingDetail extends Meeting { agenda: AgendaItem[]; proxies: { from: string; to: string }[] }
export interface AgendaItem { id: Id; position: number; title: string; text: string; documents: PoolingDocument[]; ballot: Ballot | null }
export interface NewItem { title: string; text: string; ballot: { question: string; secret: boolean; majority: Majority | null; effect: NewEffect | null } | null }
/** What an adopted decision brings about by itself, on its date (or at once when it has passed). */
export type NewEffect =
  | { kind: 'key'; key: Id; agreement: Id | null; effectiveOn: IsoDate }
  | { kind: 'agreement'; agreement: Id; effectiveOn: IsoDate }
  | { kind: 'budget'; year: number; effectiveOn: IsoDate }
  | { kind: 'service'; agreement: Id; service: string; effectiveOn: IsoDate };
export type Effect = NewEffect & { text: string; state: 'proposed' | 'waiting' | 'done' | 'failed' | 'dropped'; doneAt: Instant | null; error: string | null };
export type Choice = 'for' | 'against' | 'abstain';
export interface Ballot {
  id: Id; question: string; secret: boolean; majority: Majority; state: 'planned' | 'open' | 'closed'; openedAt: Instant | null; closesAt: Instant | null; closedAt: Instant | null;
  voted: number; seats: number; tally: Tally | null; effect: Effect | null;
}
/** Weights by choice. votes: only of an open ballot, once closed. A secret one keeps who voted, never what. */
export interface Tally {
  for: number; against: number; abstain: number; seatsVoted: number; seats: number; quorumReached: boolean; adopted: boolean;
  votes: { member: string; choice: Choice; weight: number; by: string; proxyOf: string | null }[];
}
export interface Decision { id: Id; question: string; body: string; meeting: Id; meetingTitle: string; closedAt: Instant; adopted: boolean; tally: Tally; effect: Effect | null }
/** held: my own seat and those given to it by proxy. choice: what was voted for that seat, of an open ballot. */
export interface MyBallot { ballot: Ballot; meeting: Id; meetingTitle: string; bodyName: string; title: string; held: { seat: Id; member: string; weight: number; proxy: boolean; voted: boolean; choice: Choice | null }[] }
export interface MyProxy { meeting: Id; title: string; bodyName: string; at: Instant; seat: Id; to: Id | null; toName: string | null; candidates: { seat: Id; name: string }[] }

/* ───────────────────────────── Usage ─────────────────────────────
 * Open to every person: counts a member, a service and a day; no personal data.
 * GET /api/pooling/usage/metrics                             PERSON   UsageMetric[]: what there is
 * GET /api/pooling/usage?metric=&service=&from=&to=&by=month|quarter|year&members=id,id  PERSON  Usage (from, to: yyyy-MM; members: none → all); 422 pooling.usage.range (at most 120 months)
 * GET /api/pooling/usage.csv (same parameters), /api/pooling/usage.json   PERSON  files
 * GET /api/members/{member}/usage?from=&to=                  READ_MEMBER  MemberUsage: mine beside comparable members
 * GET /basic/metrics  Authorization: Bearer the operator's metrics token  PUBLIC (401 without)  OpenMetrics text; GET /api/operator/pooling/usage/metrics READ_TERRITORY the same
 * usage.csv without service: every service of the metric, month by month.
 */
export interface UsageMetric { metric: string; name: string; unit: string; service: string; serviceName: Text2; firstDay: IsoDate; lastDay: IsoDate }
/** kind: a 'level' (accounts, storage) is averaged over a period, a 'flow' (sign-ins) summed. values: one a period, null where nothing was measured. */
export interface Usage { metric: string; name: string; unit: string; kind: 'level' | 'flow'; service: string; serviceName: Text2; periods: string[]; members: { member: Id; name: string; population: number | null; values: (number | null)[] }[] }
export interface MemberUsage { member: Id; comparable: { member: Id; name: string; population: number | null }[]; series: { metric: string; name: string; unit: string; service: string; serviceName: Text2; periods: string[]; mine: (number | null)[]; comparableMedian: (number | null)[] }[] }

/* ───────────────────────────── Catalogue, requests, roadmap ─────────────────────────────
 * GET  /api/pooling/catalogue                                PERSON   CatalogueEntry[]
 * PUT  /api/operator/pooling/catalogue/{service} ServiceSheet  OPERATE  CatalogueEntry
 * GET  /api/pooling/requests?state=&q=                       PERSON   PoolRequest[]
 * GET  /api/pooling/requests/{id}                            PERSON   PoolRequestDetail
 * POST /api/pooling/requests {title, need, service}          PERSON   201 PoolRequestDetail; service: ask for a service of the catalogue; 409 pooling.request.same-service (this member asked already)
 * POST /api/pooling/requests/{id}/comments {text}            PERSON   201 PoolRequestDetail
 * PUT  /api/members/{member}/requests/{id}/backing {weight: 1|2|3, budget: Cents|null, note}  MANAGE_MEMBER  PoolRequestDetail; 409 pooling.request.settled
 * DELETE /api/members/{member}/requests/{id}/backing         MANAGE_MEMBER  204
 * POST /api/operator/pooling/requests/{id}/answer RequestAnswer  OPERATE  PoolRequestDetail: backers get a notice; 409 pooling.changed-meanwhile, pooling.request.no-way
 * GET  /api/pooling/roadmap                                  PERSON   Roadmap
 */
export type RequestState = 'idea' | 'studied' | 'accepted' | 'building' | 'live' | 'declined' | 'withdrawn';
export interface ServiceSheet {
  purpose: Text2; maturity: 'pilot' | 'production' | 'mature' | 'ending'; licence: string; dataLocation: string; operatedBy: Id | null; prerequisites: Text2; contact: string | null;
}
/** yearCost: what the budget of this year says of the service. */
export interface CatalogueEntry {
  service: string; name: Text2; summary: Text2; icon: string; category: string; sheet: ServiceSheet | null; operator: string | null; members: { member: Id; name: string; since: IsoDate }[];
  yearCost: Cents | null; mine: boolean;
}
export interface PoolRequest {
  id: Id; title: string; need: string; state: RequestState; member: Id; memberName: string; by: string; at: Instant; service: string | null; release: string | null; expected: IsoDate | null;
  backers: number; weight: number; budget: Cents | null; comments: number; backedByMine: boolean; /** I asked, or my member did, and nobody works on it yet. */ mayTakeBack: boolean; version: number;
}
/** The sum of budgets is null below three of them, but for those who read the territory. Each budget is seen by the operator, auditors of the territory and the backer alone: null otherwise. */
export interface PoolRequestDetail extends PoolRequest {
  backing: { member: Id; name: string; weight: number; budget: Cents | null; note: string | null; at: Instant }[];
  talk: { id: Id; at: Instant; by: string; member: string; text: string; answer: RequestState | null }[]; next: RequestState[];
}
export interface RequestAnswer { version: number; state: RequestState; text: string; service: string | null; release: string | null; expected: IsoDate | null }
export interface Roadmap { columns: { state: RequestState; requests: PoolRequest[] }[] }
