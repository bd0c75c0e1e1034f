import {mapping, runTogether} from './together.ts';

await runTogether(...mapping);
