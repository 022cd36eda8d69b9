import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** One folder a function, with its `index.mjs`. */
export const buildDirectory = join(projectRoot, '.build', 'functions');
