/** One file for the browser to fetch: the first page carries the address of each, and has no room for many. */
export { CataloguePage } from './CataloguePage';
export { MatrixPage } from './MatrixPage';
export { RoadmapPage } from './RoadmapPage';
export { UsageAcrossPage } from './UsageAcrossPage';
