// One part of the application: whoever opens one of these pages opens the others as well.
export { AboutPage } from './AboutPage';
export { BinPage } from './BinPage';
export { ConnectPage } from './ConnectPage';
export { FavouritesPage, RecentPage } from './MarksPages';
export { FirstPage } from './FirstPage';
export { FolderPage } from './FolderPage';
export { FoundPage } from './FoundPage';
export { SharedPage } from './SharedPage';
