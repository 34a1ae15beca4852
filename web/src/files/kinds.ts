import { File, FileArchive, FileAudio, FileImage, FileSpreadsheet, FileText, FileVideo, Folder, type LucideIcon, Presentation } from 'lucide-react';
import type { FileNode } from './api';

type Named = Pick<FileNode, 'name' | 'folder' | 'mediaType'>;

const office: [RegExp, LucideIcon][] = [
  [/\.(xlsx?|ods|csv|tsv)$/i, FileSpreadsheet],
  [/\.(pptx?|odp)$/i, Presentation],
  [/\.(zip|7z|rar|tar|gz|tgz)$/i, FileArchive],
  [/\.(docx?|odt|rtf|pdf|txt|md)$/i, FileText],
];

export function iconOf(node: Named): LucideIcon {
  if (node.folder) return Folder;
  const kind = node.mediaType?.split('/')[0];
  if (kind === 'image') return FileImage;
  if (kind === 'audio') return FileAudio;
  if (kind === 'video') return FileVideo;
  return office.find(([ending]) => ending.test(node.name))?.[1] ?? (kind === 'text' ? FileText : File);
}

export type Preview = 'image' | 'pdf' | 'office' | 'text' | 'audio' | 'video' | null;

/** What LibreOffice makes a PDF of, where it is installed. */
const officeDocument = /\.(docx?|odt|rtf|xlsx?|ods|pptx?|odp)$/i;

const images = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);

/** How a file can be looked at here; null where it can only be downloaded. The platform decides the same from the same kinds. */
export function previewOf(node: Named): Preview {
  const type = node.mediaType?.split(';')[0] ?? '';
  if (node.folder) return null;
  if (images.has(type)) return 'image';
  if (type === 'application/pdf') return 'pdf';
  if (officeDocument.test(node.name)) return 'office';
  if (type.startsWith('text/') || type === 'application/json' || /^application\/(x-)?yaml$/.test(type)) return 'text';
  if (/^audio\/(mpeg|mp4|aac|ogg|opus|wav|x-wav|flac|webm)$/.test(type)) return 'audio';
  if (/^video\/(mp4|webm|ogg|quicktime)$/.test(type)) return 'video';
  return null;
}

/** What is opened in the browser to be written in together, or read: the room office knows how. */
export function isWritable(node: Named): boolean {
  return !node.folder && (/\.docx$/i.test(node.name) || node.mediaType === 'application/vnd.openxmlformats-officedocument.wordprocessingml.document');
}

/** Where the ending begins: what is chosen when one renames. "notes.tar.gz" keeps its whole ending. */
export function stemLength(name: string): number {
  const ending = /(\.tar)?\.[^.]{1,9}$/.exec(name);
  return ending && ending.index > 0 ? ending.index : name.length;
}
