import { type Handler, on, problem } from './kit.ts';

/** What is written together needs a platform (scripts/together.mjs has one): here, what a page says when a document is not opened. */
export const office: Handler[] = [
  on('POST', '/api/office/{node}/sitting', () =>
    problem(413, 'office.too-large', 'Ce document est trop volumineux pour être modifié ici (20 Mo au plus) : téléchargez-le, ou allégez ses images.'),
  ),
];
