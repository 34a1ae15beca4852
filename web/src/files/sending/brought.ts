import type { DirectoryDropItem, DropItem } from 'react-aria-components/useDragAndDrop';

/** A file that somebody brings, and the folders it lies in from what was dropped. */
export interface Brought {
  file: File;
  path: readonly string[];
}

/** What machines leave in folders, and nobody means to bring. */
const leftovers = /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** Of a picker: a folder that was chosen gives each file with its way there. */
export function ofPicker(list: Iterable<File>): Brought[] {
  return [...list]
    .filter((file) => !leftovers.test(file.name))
    .map((file) => ({ file, path: file.webkitRelativePath ? file.webkitRelativePath.split('/').slice(0, -1) : [] }));
}

/** Of a drop from the desktop: files, and folders with all that is in them. */
export async function ofDrop(items: Iterable<DropItem>): Promise<Brought[]> {
  const found: Brought[] = [];
  const walk = async (item: DropItem, path: readonly string[]): Promise<void> => {
    if (item.kind === 'file') {
      const file = await item.getFile();
      if (!leftovers.test(file.name)) found.push({ file, path });
    } else if (item.kind === 'directory') {
      const folder = item as DirectoryDropItem;
      for await (const entry of folder.getEntries()) await walk(entry, [...path, folder.name]);
    }
  };
  for (const item of items) await walk(item, []);
  return found;
}
