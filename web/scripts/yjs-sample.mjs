// Prints a Yjs update, in hexadecimal, with every kind of content there is: YUpdateTest reads it. Run anew when yjs is changed.
import * as Y from 'yjs';

const doc = new Y.Doc();
doc.clientID = 7;
const text = doc.getText('text');
text.insert(0, 'Vœux à Givors 🎉');
text.format(0, 4, { bold: true });
text.insertEmbed(3, { image: 'a' });
text.delete(5, 3);
const map = doc.getMap('map');
for (const [key, value] of Object.entries({ a: 1, b: -70, c: 1.5, d: 0.1, e: 'é', f: null, g: undefined, h: true, i: false, j: { k: [1, 'l'] }, m: 9007199254740991n }))
  map.set(key, value);
map.set('a', 2);
map.set('bytes', new Uint8Array([1, 2, 3]));
map.set('in', new Y.Map([['x', 'y']]));
map.set('doc', new Y.Doc({ guid: 'other' }));
doc.getArray('array').insert(0, [1, 'deux', { trois: 3 }, new Uint8Array([4])]);
const paragraph = new Y.XmlElement('paragraph');
paragraph.setAttribute('style', 'Titre');
paragraph.insert(0, [new Y.XmlText('Bonjour')]);
doc.getXmlFragment('supereditor').insert(0, [paragraph]);

const other = new Y.Doc();
other.clientID = 9;
Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
other.getText('text').insert(2, 'xx');
console.log(Buffer.from(Y.encodeStateAsUpdate(other)).toString('hex'));
