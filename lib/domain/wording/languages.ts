/** Every language that there is. To add one: its file beside these, and its line here. */
export { arabic } from './languages/ar.ts';
export { english } from './languages/en.ts';
export { french } from './languages/fr.ts';
