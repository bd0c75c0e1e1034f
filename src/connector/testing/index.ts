// What emulators and connectors' tests import. The conformance kit stands apart (conformance.ts), so that a demo that
// starts emulators does not load the test runner.
export {type Clock, systemClock} from '../../std/clock.ts';
export {instantClock, manualClock, settled, type TestClock} from './clocks.ts';
export {
  type Emulator,
  type EmulatorAnswer,
  type EmulatorOptions,
  type EmulatorRequest,
  type JournalEntry,
  startEmulator,
} from './emulator.ts';
export {type Fault, type FaultRule, type Faults, fault} from './faults.ts';
export {openWorld, receivedFile, type World, type WorldOptions} from './world.ts';
