// Hectre's emulator in a process of its own, so that its work is not counted as ours. Says its address and ends with its
// parent. Arguments: latency in ms.
import {startHectre} from '../../connectors/hectre/emulator.ts';

const latencyMs = Number(process.argv[2] ?? 0);
const emulator = await startHectre({latencyMs, searchLagMs: [0, 0]});
process.send?.({url: emulator.url});
process.once('disconnect', () => process.exit());
