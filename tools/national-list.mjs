// Makes platform/src/main/resources/national/authorities.csv.gz again. In an empty folder:
//   npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-decoupage-administratif-6.0.0.tgz
//   node <repository>/tools/national-list.mjs package
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const from = process.argv[2];
const read = (name) => JSON.parse(readFileSync(`${from}/data/${name}.json`, 'utf8'));
const groupings = read('epci');
const communes = read('communes').filter((c) => c.type === 'commune-actuelle');

const parent = new Map();
const population = new Map();
for (const grouping of groupings) {
  for (const member of grouping.membres) {
    parent.set(member.code, grouping.code);
    population.set(member.code, member.populationMunicipale);
  }
}
const line = (...cells) => {
  if (cells.some((c) => String(c).includes(';') || String(c).includes('\n'))) throw new Error(`a separator in ${cells}`);
  return cells.join(';');
};
const kind = { METRO: 'metropole', MET69: 'metropole' };
const lines = ['kind;siren;insee;name;population;parent;departement'];
for (const g of groupings) lines.push(line(kind[g.type] ?? 'epci', g.code, '', g.nom, g.populationMunicipale ?? '', '', ''));
for (const c of communes) {
  lines.push(line('commune', c.siren ?? '', c.code, c.nom, population.get(c.code) ?? '', parent.get(c.code) ?? '', c.departement ?? ''));
}
const target = new URL('../platform/src/main/resources/national/authorities.csv.gz', import.meta.url);
writeFileSync(target, gzipSync(`${lines.join('\n')}\n`, { level: 9 }));
console.log(`${groupings.length} groupings, ${communes.length} communes, ${communes.filter((c) => !c.siren).length} without SIREN`);
