// What is generated of the program for its readers: `.docs.mjs` writes it. No part of what is installed.
export { readCatalog } from '../commands/catalog';
export { fillMarkers, MARKED, referencePage } from './markdown';
export { loadPhrasebook } from '../render/phrases';
export { manFiles, manPages } from './man';
