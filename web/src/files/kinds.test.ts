import { expect, test } from 'vitest';
import { isWritable, previewOf, stemLength } from './kinds';

const file = (name: string, mediaType: string | null) => ({ name, mediaType, folder: false });

test('what a browser would run is never shown in its place', () => {
  for (const type of ['image/svg+xml', 'application/xhtml+xml', 'application/javascript', null]) expect(previewOf(file('x', type))).toBe(null);
  // HTML is shown as the text it is.
  expect(previewOf(file('x.html', 'text/html'))).toBe('text');
});

test('pictures, PDF, text, sound and films are shown', () => {
  expect(previewOf(file('x', 'image/png'))).toBe('image');
  expect(previewOf(file('x', 'application/pdf'))).toBe('pdf');
  expect(previewOf(file('x', 'text/plain;charset=utf-8'))).toBe('text');
  expect(previewOf(file('x', 'audio/mpeg'))).toBe('audio');
  expect(previewOf(file('x', 'video/mp4'))).toBe('video');
  expect(previewOf({ ...file('x', 'image/png'), folder: true })).toBe(null);
});

test('renaming begins with the name and leaves the ending', () => {
  expect(stemLength('rapport.pdf')).toBe(7);
  expect(stemLength('notes.tar.gz')).toBe(5);
  expect(stemLength('.profile')).toBe(8);
  expect(stemLength('Délibération du 3 mars')).toBe(22);
});

test('Word documents are opened to be written in, by their name or by their kind', () => {
  expect(isWritable(file('Note.DOCX', null))).toBe(true);
  expect(isWritable(file('Note', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'))).toBe(true);
  expect(isWritable(file('Note.doc', 'application/msword'))).toBe(false);
  expect(isWritable({ ...file('Dossier.docx', null), folder: true })).toBe(false);
});
