import type { Unit } from '../../api/types';

export interface UnitNode extends Unit {
  depth: number;
  /** "Direction / Service": what tells two units of one name apart. */
  fullName: string;
  children: UnitNode[];
}

/** Units come as a list; people think of them as a tree, each level in the order of the alphabet. */
export function unitTree(units: readonly Unit[]): UnitNode[] {
  const known = new Set(units.map((unit) => unit.id));
  const below = (parent: string | null, depth: number, path: string): UnitNode[] =>
    units
      .filter((unit) => (unit.parent !== null && known.has(unit.parent) ? unit.parent : null) === parent)
      .sort((a, b) => a.name.localeCompare(b.name, 'fr', { numeric: true }))
      .map((unit) => {
        const fullName = path ? `${path} / ${unit.name}` : unit.name;
        return { ...unit, depth, fullName, children: below(unit.id, depth + 1, fullName) };
      });
  return below(null, 0, '');
}

export const flat = (nodes: readonly UnitNode[]): UnitNode[] => nodes.flatMap((node) => [node, ...flat(node.children)]);

/** For a choice of one unit: open ones only, each below its parent. */
export function unitOptions(units: readonly Unit[], keep?: string | null): { value: string; label: string }[] {
  return flat(unitTree(units))
    .filter((unit) => !unit.closed || unit.id === keep)
    .map((unit) => ({ value: unit.id, label: `${'\u2003'.repeat(unit.depth)}${unit.name}` }));
}
