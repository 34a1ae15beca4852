/** The shapes of the JSON API: they change together with docs/developers/api.md and the controllers. */

export type Id = string;
export type Instant = string;
export type IsoDate = string;
export type Kind = 'agent' | 'elu' | 'partner' | 'trainee';
export type Role = 'operator_admin' | 'member_admin' | 'member_hr' | 'auditor';
export type Right = 'READ_MEMBER' | 'MANAGE_PEOPLE' | 'MANAGE_MEMBER' | 'READ_TERRITORY' | 'OPERATE';
export type Phase = 'planned' | 'current' | 'ended';

export interface Page<T> { items: T[]; total: number; offset: number }
export interface Problem { status: number; code: string; detail: string; fields?: Record<string, string> }

export interface Territory { name: string; operator: string | null; demo: boolean }

export interface MemberRef { id: Id; name: string; siren: string | null; colour: string }
export interface PersonRef { id: Id; givenName: string; usualName: string }
export interface UnitRef { id: Id; name: string; fullName: string }

export interface Capacity {
  id: Id; member: MemberRef; kind: Kind; function: string; unit: UnitRef | null; address: string | null;
  from: Instant; until: Instant | null; roles: Role[];
}
export interface Me {
  person: PersonRef; acting: Capacity | null; capacities: Capacity[];
  /** Those of the capacities for which this session does not count until one confirms, by password, that it is oneself. */
  unconfirmed: Id[];
  /** Rights of the acting capacity; those of a member are for acting.member only, unless READ_TERRITORY or OPERATE. */
  rights: Right[]; language: 'fr' | 'en'; density: 'comfortable' | 'compact'; unreadNotices: number;
  /** The acting capacity is only what an invitation to a space made: neither directory nor pooling. */
  invited?: boolean;
}

export interface Text2 { fr: string; en: string }
export interface Tile { service: string; name: Text2; summary: Text2; icon: string; category: string; url: string; external: boolean }
export interface Home { categories: { id: string; name: Text2; tiles: Tile[] }[]; elsewhere: { service: string; name: Text2; capacity: Capacity }[] }
export interface Notice { id: Id; at: Instant; kind: string; title: string; body: string; to: string | null; read: boolean }

export interface Session { id: Id; where: 'portal' | 'app'; app: string; capacity: Capacity | null; device: string; address: string | null; since: Instant; lastSeen: Instant; current: boolean }
/** A door is `files`, `mail` or `ldap:SERVICE`; `ldap` alone (every such application) only on passwords of before. `name` is the application's. */
export interface AppDoor { door: string; name: Text2 | null }
export interface AppPassword { id: Id; label: string; capacity: Capacity; opens: AppDoor[]; madeAt: Instant; lastUsedAt: Instant | null; lastUsedFrom: string | null; revokedAt: Instant | null }

/** Both add and remove lead to Keycloak's own pages, which come back to the portal. */
export interface SecondFactors { required: boolean; factors: { id: Id; type: 'totp' | 'passkey'; label: string; madeAt: Instant | null; remove: string }[]; addTotp: string; addPasskey: string; changePassword: string; passwordAt: string[] }
/** What the territory knows of me, in the reader's words: each room tells its part, and what it is kept for. */
export interface MyData { sections: { id: string; title: string; why: string; facts: { label: string; value: string }[] }[] }
export interface SearchAnswer { people: DirectoryEntry[]; members: MemberRef[]; services: Tile[]; functions: { function: string; people: number }[] }

export interface Affiliation {
  id: Id; person: Id; member: MemberRef; kind: Kind; function: string; unit: UnitRef | null; address: string | null; phone: string | null;
  weeklyShare: number | null; from: Instant; until: Instant | null; phase: Phase; source: string; reference: string | null; groups: string[]; roles: Role[]; version: number;
}
export interface DirectoryEntry { person: PersonRef; affiliations: Affiliation[] }
export interface MemberPerson { person: PersonRef & { birthName: string | null; birthDate: IsoDate | null; version: number }; affiliations: Affiliation[]; elsewhere: number }

export interface MemberDetail extends MemberRef {
  siret: string | null; insee: string | null; kind: string; population: number | null; populationSource: string | null; populationDate: IsoDate | null;
  parent: MemberRef | null; isOperator: boolean; status: 'invited' | 'active' | 'left'; joinedOn: IsoDate; leftOn: IsoDate | null;
  departureLimit: number; secondFactor: 'admins' | 'everyone'; domains: Domain[]; counts: { people: number; agents: number; elus: number; services: number }; version: number;
}
/** What anybody of the territory may see of a member; the list of them is a Page of these. */
export interface MemberCard extends MemberRef {
  siret: string | null; insee: string | null; kind: string; population: number | null; populationSource: string | null; populationDate: IsoDate | null;
  parent: MemberRef | null; isOperator: boolean; status: MemberDetail['status']; domains: string[]; people: number;
}
export interface Domain { domain: string; token: string; verifiedAt: Instant | null }
export interface Unit { id: Id; parent: Id | null; code: string | null; name: string; closed: boolean; people: number }

export type ImportState = 'analysing' | 'analysed' | 'applying' | 'applied' | 'failed';
export interface Import {
  id: Id; source: 'hr' | 'ldap'; fileName: string; state: ImportState; progress: number; error: string | null; at: Instant; by: string; encoding: string; separator: string;
  headers: string[]; columns: Record<string, string | null>; missingColumns: string[];
  counts: { lines: number; arrivals: number; changes: number; departures: number; unchanged: number; doubts: number; undecided: number; errors: number };
  departuresPercent: number; departureLimit: number; mustConfirmDepartures: boolean;
}
export interface ImportRow {
  line: number; what: 'arrival' | 'change' | 'departure' | 'doubt' | 'error' | 'unchanged'; name: string; reference: string | null; message: string | null;
  changes: { field: string; before: string | null; after: string | null }[];
  candidates: { person: PersonRef; birthDate: IsoDate | null; members: string[]; why: string[] }[]; decision: { decision: 'same' | 'new' | 'skip'; person?: Id } | null;
}

export interface Service {
  id: string; name: Text2; summary: Text2; icon: string; category: string; signIn: 'built-in' | 'oidc' | 'saml' | 'cas' | 'gateway' | 'link'; roles: string[]; suits: Kind[]; connector: string | null; needs: string[]; secondFactor?: boolean;
}
/** Whom a subscription serves, in one role: an empty list sets no bound; a unit stands for all units below it too. */
export interface Population { kinds: Kind[]; units: Id[]; groups: string[]; role: string }
/** One line a service of the catalogue, taken or not; `everyone`: given by rule, there is nothing to subscribe to. */
export interface Subscription { service: Service; active: boolean; everyone: boolean; populations: Population[]; since: Instant | null; people: number }
export interface SubscriptionPreview { gains: number; loses: number; gaining: PersonRef[]; losing: PersonRef[]; alsoLost: { id: string; name: Text2 }[] }
export interface Explanation {
  service: string; name: Text2; given: boolean; role: string | null;
  steps: { ok: boolean; rule: string; text: string }[]; account: { state: AccountState; since: Instant; error: string | null } | null;
}
export type AccountState = 'planned' | 'active' | 'suspended' | 'closed';
export interface Account { id: Id; service: string; name: Text2; capacity: Id; state: AccountState; desired: AccountState; since: Instant; attempts: number; nextAttemptAt: Instant | null; error: string | null }
export interface FailingAccount { person: PersonRef; account: Account }

export type DepartureState = 'scheduled' | 'cutting' | 'complete' | 'cancelled' | 'undone';
export interface Departure {
  id: Id; affiliation: Affiliation; person: PersonRef; state: DepartureState; at: Instant; askedBy: string; askedAt: Instant; reason: string; cause: string;
  successor: { person?: PersonRef; unit?: UnitRef } | null; undoUntil: Instant | null; completedAt: Instant | null; acts: DepartureAct[]; apps: ToldApp[]; certificate: boolean;
}
export interface DepartureAct { system: string; label: string; state: 'waiting' | 'done' | 'failed'; at: Instant | null; detail: string; attempts: number; nextAttemptAt: Instant | null }
/** By which means an application was told: `unsure` is what nothing more can be done about. */
export interface ToldApp { service: string; label: string; means: ToldBy[] }
export interface ToldBy { means: string; state: 'waiting' | 'done' | 'failed' | 'unsure'; at: Instant | null; detail: string; attempts: number; nextAttemptAt: Instant | null }
export interface DeparturePreview { at: Instant; person: PersonRef; member: MemberRef; services: { id: string; name: Text2 }[]; sessions: number; appPasswords: number; remaining: Capacity[]; warnings: string[] }

/** position is null until sealed (about a second). total stops at 10,000: `more` says there are more. next → ?before= of the next page. */
export interface LedgerPage extends Page<LedgerEntry> { more: boolean; next: string | null }
export interface LedgerVerification { intact: boolean; sealed: number; waiting: number; anchors: number; lastAnchorAt: Instant | null; found: number; findings: { position: number | null; code: string; text: string }[]; text: string }
export interface LedgerEntry { id: number; position: number | null; at: Instant; author: string; capacity: string | null; address: string | null; act: string; actText: string; member: MemberRef | null; subjectType: string; subjectId: string; subject: string; before: Record<string, unknown>; after: Record<string, unknown> }
export interface Engine { id: string; name: string; state: 'up' | 'down' | 'degraded'; detail: string; since: Instant | null }
/** The operator's office server, by the settings and as it described itself last. */
export interface OfficeServerOverview { url: string | null; name: string | null; platform: string; edits: string[]; views: string[]; signs: boolean; fetchedAt: Instant | null; calledAt: Instant | null }
export interface ServiceState { service: Service; accounts: Record<AccountState, number>; failing: number; lastReconciliation: { at: Instant; repaired: number } | null }
/** A description as it is kept; `revision` is null when it comes from a file, which the screen only shows. */
export interface Descriptor { id: string; yaml: string; revision: number | null; writtenAt: Instant | null; writtenBy: string | null }
/** What would become of a description; `secrets` are those it refers to and that are not kept yet. */
export interface CheckedDescriptor { service: Service | null; problems: { line: number; text: string }[]; secrets: string[] }
export interface KeptSecret { name: string; keptAt: Instant; keptBy: string | null; usedBy: string[] }
/** Two persons who may be one human being. */
export interface Double { one: DirectoryEntry; other: DirectoryEntry; why: 'name-and-birth-date' | 'swapped-names' | 'similar-name' | 'name' }
/** What a SAML application says of itself. */
export interface SamlAppMetadata { entityId: string; assertionConsumerServices: string[]; singleLogoutService: string | null; singleLogoutSoap: string | null; certificate: string | null }
/** What an OpenID Connect application says of itself; a remark that `stops` has to be dealt with in the application. */
export interface OidcAppMetadata {
  name: string | null; clientId: string | null; redirectUris: string[]; afterSignOut: string[]; backChannelLogout: string | null; opens: string | null;
  confidential: boolean; es256: boolean; remarks: { word: string; stops: boolean; text: string }[];
}
/** What is known of an application to start from; `proof` says how sure its way of signing in is. */
export interface ServiceTemplate {
  id: string; name: string; category: string; icon: string; summary: Text2; signIn: string; proof: 'documented' | 'to-check' | 'none'; source: string | null;
  questions: { id: string; kind: 'id' | 'text' | 'host' | 'url' | 'secret'; label: Text2; example: string }[];
}
export interface FilledTemplate { file: string; yaml: string; problems: { line: number; text: string }[]; steps: Text2 }
/** One line to be typed into an application. */
export interface ConnectionSetting { name: string; value: string }
/** What an application would be told of somebody in one capacity; `missing` are words that it cannot do without. */
export interface AppClaims { protocol: 'openid-connect' | 'saml' | 'cas' | 'gateway'; scopes: string[]; idToken: Record<string, unknown>; userinfo: Record<string, unknown>; missing: string[] }
/** What to declare to ProConnect; `record.value` is null as long as ProConnect has given no identifier. */
export interface ProConnectEnrolment { sheets: ProConnectSheet[] }
export interface ProConnectSheet {
  service: string; name: string; issuer: string; discovery: string; clientId: string; algorithm: string; doubts: string[]; text: string;
  members: { name: string; siret: string | null; domains: { domain: string; verified: boolean; record: { name: string; value: string | null } }[] }[];
}
export interface Job { id: Id; kind: string; state: string; title: string; detail: string; at: Instant; attempts: number; nextAttemptAt: Instant | null }
export interface CertificateCheck { genuine: boolean; unchanged: boolean; territory: string; signedAt: Instant | null; person: string | null; capacity: string | null; text: string }
/** Software of a member that keeps its people by SCIM; url is null as long as the member's SIREN is not known. */
export interface LdapSettings { url: string; bindDn: string; baseDn: string; filter: string; attributes: Record<string, string>; ca: string | null; nightly: number | null }
/** The directory of a member; the password never comes back. */
export interface Ldap {
  settings: LdapSettings | null; version: number; nextAt: Instant | null; presets: { id: string; filter: string; attributes: Record<string, string> }[];
  last: { state: string; at: Instant | null; message: string | null; entries: number | null; run: Id | null } | null;
  signIn: LdapSignIn | null;
}
/** Whether its people sign in with its password; `hint` is what a trial link names. */
export interface LdapSignIn { state: SourceState; passwordsToo: boolean; hint: string; trouble: string | null; troubleAt: Instant | null }
/** What the directory says of a password. */
export interface LdapSaid { said: 'right' | 'wrong' | 'away' | 'locked' | 'expired' | 'must_change' | 'disabled' | 'ended' | 'hours' | 'refused'; text: string }
export interface LdapTried {
  problem: string | null; field: string | null; entries: number; disabled: number; lacking: Record<string, number>;
  people: { dn: string; givenName: string | null; usualName: string | null; address: string | null; function: string | null; unit: string | null; phone: string | null; reference: string | null }[];
}
export interface ScimClients { url: string | null; users: number; clients: ScimClient[]; unknownUnits: UnknownUnit[] }
/** A unit that software names and nobody knows here; `people` wait for an answer. */
export interface UnknownUnit { id: Id; name: string; people: number }
export interface ScimClient { id: Id; name: string; madeAt: Instant; madeBy: string; lastUsedAt: Instant | null; makesUnits: boolean }
/** What the last sign-out of this browser has ended, in words of the server. */
export interface SignedOut { apps: EndedApp[]; source: EndedSource | null }
export interface EndedApp { name: string; means: 'oidc_back_channel' | 'saml_soap' | 'cas_logout' | 'browser' | 'none'; outcome: 'answered' | 'refused' | 'silent' | 'gone' | 'shown' | 'waiting' | 'untold' }
export interface EndedSource { name: string; outcome: 'waiting' | 'left' | 'returned' | 'unreached' }
/** By what a member's people sign in; `domains` are the member's proved mail domains. */
export interface IdentitySources { domains: string[]; sources: IdentitySource[] }
export type SourceState = 'off' | 'trial' | 'on';
export interface IdentitySource { id: Id; kind: 'oidc' | 'saml'; label: string; state: SourceState; domains: string[]; passwordsToo: boolean; trustsAddresses: boolean; trustsFactors: boolean; signsOutThere: boolean; hasSignOut: boolean; described: boolean; provider: string | null; clientId: string | null; hasSecret: boolean; ours: { redirectUri: string; entityId: string; metadataUrl: string; afterSignOutUri: string; backChannelSignOutUri: string }; version: number }
export interface SourceFinding { level: 'right' | 'doubtful' | 'wrong'; text: string }
export interface ProConnectSource { state: SourceState; trustsFactors: boolean; described: boolean; issuer: string | null; clientId: string | null; hasSecret: boolean; accounts: number; declared: { redirectUri: string; logoutUris: string[]; scopes: string; signatures: string }; sheet: string; version: number }
export interface RefusedArrival { at: Instant; member: string | null; address: string | null; siret: string | null; times: number; text: string; conflict: boolean }
export interface ProConnectHere { state: SourceState; agents: boolean; refused: RefusedArrival[] }
export interface Partner { affiliation: Id; person: Id; name: string; function: string; address: string | null; until: Instant | null; siret: string | null; account: { linkedAt: Instant; lastAt: Instant; address: string | null } | null }
export interface RefusedSignIn { at: Instant; address: string | null; text: string; conflict: boolean }
