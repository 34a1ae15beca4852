/** One file for the browser to fetch: the first page carries the address of each, and has no room for many. */
export { AgreementPage } from './AgreementPage';
export { AgreementsPage } from './AgreementsPage';
export { CallPage } from './CallPage';
export { CallsPage } from './CallsPage';
export { BudgetPage } from './BudgetPage';
export { ComparePage } from './ComparePage';
export { JoiningPage } from './JoiningPage';
export { KeysPage } from './KeysPage';
export { PoolingHome } from './PoolingHome';
export { WhatIfPage } from './WhatIfPage';
