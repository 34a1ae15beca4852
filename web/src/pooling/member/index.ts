/** One file for the browser to fetch: the first page carries the address of each, and has no room for many. */
export { ContributionsPage } from './ContributionsPage';
export { MyAgreementsPage } from './MyAgreementsPage';
export { StatementPage } from './StatementPage';
export { UsagePage } from './UsagePage';
