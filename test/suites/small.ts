import {runTogether, small} from './together.ts';

await runTogether(...small);
