// What the package itself says, and where the built web app lies.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {z} from 'zod';

const root = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(root, 'package.json'), 'utf8');

export const {version} = z.object({version: z.string()}).parse(JSON.parse(text));
export const distDir = join(root, 'dist');
