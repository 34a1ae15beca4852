import { plural } from '@lingui/core/macro';
import { t } from '@lingui/core/macro';
import { problemText } from '../api/problem';
import { toast } from '../ui/Toasts';
import { marks } from './about';
import { changed, downloadOf, type FileNode, files, type Outcome, save, zipMost } from './api';

/** To the bin at once, and back again as easily. */
export async function throwAway(nodes: readonly FileNode[]): Promise<boolean> {
  const ids = nodes.map((node) => node.id);
  const [first] = nodes;
  if (!first) return false;
  try {
    await files.trash(ids);
  } catch (failure) {
    toast(problemText(failure), { tone: 'bad' });
    await changed();
    return false;
  }
  await changed();
  const { name } = first;
  toast(nodes.length === 1 ? t`« ${name} » est dans la corbeille.` : plural(nodes.length, { one: '# élément est dans la corbeille.', other: '# éléments sont dans la corbeille.' }), {
    action: { label: t`Annuler`, onPress: () => void takeBack(ids) },
  });
  return true;
}

export async function takeBack(ids: string[]): Promise<void> {
  try {
    told(await files.restore(ids), (count) => plural(count, { one: '# élément est revenu à sa place.', other: '# éléments sont revenus à leur place.' }));
  } catch (failure) {
    toast(problemText(failure), { tone: 'bad' });
  }
  await changed();
}

/** Says what was done and, of what was not, why. */
export function told({ done, failed }: Outcome, words: (count: number) => string): void {
  if (done.length > 0) toast(words(done.length));
  const [first] = failed;
  if (!first) return;
  const more = failed.length - 1;
  const reason = first.name ? `${first.name} : ${first.detail}` : first.detail;
  toast(more === 0 ? reason : t`${reason} (et ${more} autres)`, { tone: 'bad' });
}

export function download(nodes: readonly FileNode[]): void {
  if (nodes.length > zipMost) {
    toast(t`Au plus ${zipMost} éléments à la fois : choisissez plutôt leur dossier.`, { tone: 'bad' });
    return;
  }
  save(downloadOf(nodes));
  const [first] = nodes;
  if (nodes.length === 1 && first && !first.folder) marks.opened(first.id);
}

export async function mark(node: FileNode, favourite: boolean): Promise<void> {
  const { name } = node;
  try {
    await marks.set(node.id, favourite);
    toast(favourite ? t`« ${name} » est parmi vos favoris.` : t`« ${name} » n’est plus parmi vos favoris.`);
  } catch (failure) {
    toast(problemText(failure), { tone: 'bad' });
  }
}
