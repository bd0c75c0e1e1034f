// The server's own log: kept from growing for ever, and read for the reason when a start fails.
import {open, rename, stat} from 'node:fs/promises';

const largestBytes = 10_000_000;

/**
 * To be called before a start. A long log becomes `<file>.old`, in place of the one before.
 * @returns where in the file the new lines will begin, in bytes
 */
export async function turnLog(file: string): Promise<number> {
  const size = await stat(file).then(
    stats => stats.size,
    () => 0, // the first start
  );
  if (size <= largestBytes) return size;
  await rename(file, `${file}.old`);
  return 0;
}

/** What was written since; empty when there is no file. At most 64 kB. */
export async function readLog(file: string, fromByte: number): Promise<string> {
  try {
    await using handle = await open(file, 'r');
    const {buffer, bytesRead} = await handle.read({buffer: Buffer.alloc(65_536), position: fromByte});
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return ''; // the server's program did not get as far as opening it; pg_ctl's words then say why
  }
}
