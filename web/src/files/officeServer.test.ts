import { expect, test } from 'vitest';
import { type OfficeOffer, opensInOffice } from './officeServer';

const offer: OfficeOffer = { name: 'Collabora', edits: ['docx', 'odt'], views: ['sxw'] };

test('what the office server opens is told by the end of a name, whatever its capitals', () => {
  expect(opensInOffice(offer, { name: 'Lettre.DOCX', folder: false })).toBe(true);
  expect(opensInOffice(offer, { name: 'vieux.sxw', folder: false })).toBe(true);
  expect(opensInOffice(offer, { name: 'photo.png', folder: false })).toBe(false);
  expect(opensInOffice(offer, { name: 'Lettre.docx.zip', folder: false })).toBe(false);
  expect(opensInOffice(offer, { name: 'dossier.odt', folder: true })).toBe(false);
});

test('without an office server nothing opens in one', () => {
  expect(opensInOffice(undefined, { name: 'Lettre.docx', folder: false })).toBe(false);
  expect(opensInOffice({ name: null, edits: [], views: [] }, { name: 'Lettre.docx', folder: false })).toBe(false);
});
