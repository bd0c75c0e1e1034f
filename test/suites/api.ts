import {api, runTogether} from './together.ts';

await runTogether(...api);
