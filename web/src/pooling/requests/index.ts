/** One file for the browser to fetch: the first page carries the address of each, and has no room for many. */
export { RequestPage } from './RequestPage';
export { RequestsPage } from './RequestsPage';
