// What commands say: sentences to stderr, so that stdout holds nothing but the answer; progress in place on a terminal
// and as plain lines elsewhere.

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function answer(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A line that is written over itself on a terminal; elsewhere each different one is a line, at most one a second. */
export function progressLine(): {show(line: string): void; end(): void} {
  const inPlace = process.stderr.isTTY === true;
  let shown = '';
  let shownAtMs = 0;
  return {
    show(line) {
      if (line === shown) return;
      const nowMs = performance.now();
      if (!inPlace && nowMs - shownAtMs < 1000) return;
      shown = line;
      shownAtMs = nowMs;
      process.stderr.write(inPlace ? `\r\u001b[2K${line}` : `${line}\n`);
    },
    end() {
      if (inPlace && shown !== '') process.stderr.write('\n');
      shown = '';
    },
  };
}

/** Columns as wide as their longest value. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows
    .map(row =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
