import { type Handler, ok, on, problem } from './kit.ts';

const draft = 'draft';

/** What is written together needs a platform (scripts/together.mjs has one): here, what a page says when a document is not opened. Of `draft` something is unsaved, and its file has gone. */
export const office: Handler[] = [
  on('POST', '/api/office/{node}/sitting', ({ params, state }) =>
    params.node === draft
      ? ok({
          sitting: state.rooms.draftGivenUp ? null : 'sitting-1',
          name: 'Délibération 12.docx',
          writes: false,
          manages: true,
          seeded: false,
          unsaved: !state.rooms.draftGivenUp,
          changed: null,
          largest: 20_000_000,
          largestMessage: 1_000_000,
          saveEverySeconds: 60,
          me: 'Nadia Benali',
          color: '#7a3b00',
        })
      : problem(413, 'office.too-large', 'Ce document est trop volumineux pour être modifié ici (20 Mo au plus) : téléchargez-le, ou allégez ses images.'),
  ),
  on('DELETE', '/api/office/{node}/sitting/{sitting}', ({ params, state }) => {
    if (params.node !== draft || state.rooms.draftGivenUp) return problem(404, 'office.ended', 'Ce document n’est plus ouvert.');
    state.rooms.draftGivenUp = true;
    return { status: 204 };
  }),
];
