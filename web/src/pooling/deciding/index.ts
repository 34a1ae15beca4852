/** One file for the browser to fetch: the first page carries the address of each, and has no room for many. */
export { BodiesPage } from './BodiesPage';
export { BodyPage } from './BodyPage';
export { DecisionsPage } from './DecisionsPage';
export { MeetingPage } from './MeetingPage';
export { VotesPage } from './VotesPage';
